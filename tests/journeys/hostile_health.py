"""Every command of port health that reads an object, with an object that it takes, and the values that none is."""

import json
from uuid import uuid4

from tests.journeys.test_cli_health import EBOLA, WELL
from tests.journeys.test_cli_health_assess import NOW as ASSESSMENT
from tests.journeys.test_cli_health_day import RUMOUR
from tests.journeys.test_cli_health_referral import NOTE, WHO
from tests.journeys.test_cli_health_stores import BLOCK, CARD, DOSE, VACCINE
from tests.journeys.test_cli_health_voyages import SHEET

AT = "2026-11-22T08:59:00+02:00"
NOW = ("--now", "2026-11-22T09:00:00+02:00", "--json")
NOTED = NOTE | {"vitals": [{"at": AT, "pulse": 120, "temp_c": 38.4}]}
HOSTILE = (
    10**400,
    -(10**400),
    1e308,
    -1,
    0,
    10**18,
    None,
    True,
    [],
    {},
    [[]],
    [{}],
    {"": ""},
    "",
    " ",
    "\n",
    "x" * 5000,
    "-",
    "NaN",
    "2026-02-30",
    "0001-01-01",
    "9999-12-31",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    "2026-11-22T25:61:00+02:00",
    "١٢٣",
    "\u202egnp",
    "00000000-0000-0000-0000-000000000000",
    "=HYPERLINK(1)",
    "' OR 1=1 --",
)
"""Numbers beyond every type, wrong kinds, empty, endless, no day, the first and the last moment there is, formulas."""

RAW = (
    b"",
    b"\xff\xfe{}",
    b"\x00",
    b"{",
    b"[]",
    b"[1]",
    b"nul",
    b'{"a":1}{"b":2}',
    b'{"stage":"primary","stage":"secondary"}',
    b'{"temperature_c":NaN}',
    b'{"temperature_c":-Infinity}',
    b'{"temperature_c":1e999}',
    b'{"temperature_c":' + b"9" * 5000 + b"}",
    b"[" * 100_000,
    b'{"a":' * 5000 + b"1" + b"}" * 5000,
    b'{"a":"\\ud800"}',
    b'{"a":"\xc3\x28"}',
    b'{"a":"' + b"x" * 300_000 + b'"}',
)
"""What is no object: not UTF-8, bombs of depth and length, keys twice, numbers that are none."""


NO_REQUEST = {
    ("assess", "--evaluate"),
    ("referral", "step"),
    ("referral", "amend"),
    ("monitoring", "step"),
    ("directory",),
    ("gap",),
    ("signal", "step"),
}


def asked(words, said):
    """Return the object with an identifier of its own where the command takes one."""
    return said if words[:2] in NO_REQUEST else {"request_id": str(uuid4())} | said


def commands(known):
    """Return (words, object) of every command; ``known`` are the numbers of what was opened before.

    A request gets an identifier of its own, except for the commands of ``NO_REQUEST``.
    """
    voyage, ship = known["voyage"], known["ship"]
    answered = {"step": "answered", "at": AT, "facility": "HD-MANICA", "answer": "NO_ANSWER", "means": "PHONE"}
    seen = {"step": "visited", "at": AT, "method": "PHONE", "contact": "SEEN", "symptoms": {"COUGH": "no"}}
    monitored = {"disease": "CHOLERA", "day0": "2026-11-21", "reckoned_from": "LAST_EXPOSURE", "who": WHO}
    declared = {"port": "Beira", "day": "2026-11-22", "ship_name": "Utopia Star", "registration": "9999993"}
    declared |= {"flag": "UTO", "arriving_from": "Durban", "sailing_to": "Dar es Salaam", "crew_count": 18}
    declared |= {"passenger_count": 0, "answers": {"q4_ill_now": "yes"}, "schedule": [{"ref": "a", "illness": "febre"}]}
    form = {"surname": "FORMOVA", "seat": "11C", "family": [{"surname": "FORMOVA", "given_names": "Filha"}]}
    hand_over = {"receiver": "DISTRICT", "place": "TETE", "at": AT, "person": "Enf. do distrito"}
    chosen = {"case": {"disease": "MEASLES", "seats": ["12C"]}, "preset": "ROWS_2", "refs": [str(uuid4())]}
    event = {"what": "DEATH_AT_POST", "at": AT, "where": "sala de isolamento"}
    certificate = {"kind": "SSCEC", "number": "UTO-77", "issued_on": "2026-05-22", "port": "Durban"}
    order = {"measure": "DERAT", "basis": "ART_27", "reason": "ratos no porao dois", "at": AT}
    registered = {"service": "CIVIL_REGISTRY", "at": AT, "person": "X", "taken": "yes"}
    entry = {"listed": "phone", "code": "DISTRICT", "valid_from": "2026-11-22", "source": "ligado", "phone": "110"}
    reading = {"device_c": 36.9, "reference_c": 36.8}
    triaged = {"step": "triaged", "at": AT, "triage": "VERIFY"}
    return (
        (("screen",), WELL | {"travel": {"conveyance": "BUS", "origin_country": "MWI"}}),
        (("screen",), EBOLA),
        (("screen", "--evaluate"), EBOLA),
        (("assess", "--evaluate"), ASSESSMENT),
        (("gap",), {"assessment": str(uuid4()), "item": "C02", "state": "OPEN"}),
        (("referral", "open"), {"note": NOTED, "who": WHO}),
        (("referral", "step", known["guia"]), answered),
        (("referral", "amend", known["guia"]), {"reason": "ficou mais grave", "note": {"given_care": "soro"}}),
        (("monitoring", "start"), monitored),
        (("monitoring", "step", known["sheet"]), seen),
        (("directory",), entry),
        (("signal", "report"), RUMOUR),
        (("signal", "step", known["signal"]), triaged),
        (("voyage", "record"), {"sheet": SHEET}),
        (("voyage", "correct", voyage), {"sheet": SHEET, "reason": "matricula mal lida"}),
        (("voyage", "aboard", voyage), {"people": [{"who": WHO, "seats": ["14A"]}]}),
        (("voyage", "told", voyage), {"disease": "MEASLES", "at": AT, "told_by": "Hospital de Utopia"}),
        (("voyage", "locator", voyage), {"form": form}),
        (("voyage", "declare", ship), {"ship": declared, "people": {"signed_by": "X", "ill": {"a": WHO}}}),
        (("voyage", "certificate", ship), {"certificate": certificate}),
        (("contacts", "choose", voyage), chosen),
        (("contacts", "hand-over", voyage), hand_over),
        (
            ("conveyance", "judge", ship),
            {"affected": "yes", "from_affected_area": "unknown", "reason": "ratos a bordo"},
        ),
        (("conveyance", "inspect", ship), {"at": AT, "areas": [{"area": "HOLDS_CARGO", "evidence": "yes"}]}),
        (("conveyance", "measure", ship), order),
        (("conveyance", "done", ship), {"measure_id": str(uuid4()), "at": AT, "how": "armadilhas"}),
        (("conveyance", "told", ship), {"place": "ZOBUE", "person": "Sr. Teste, posto seguinte", "at": AT}),
        (("pratique", "step", ship), {"step": "ask", "at": AT}),
        (("event-at-post", "note"), {"event": event, "people": {"subject": WHO}}),
        (("event-at-post", "tell", known["event"]), registered),
        (("certificate", "record"), {"check": CARD}),
        (("vaccination", "record"), DOSE),
        (("vaccination", "after"), {"dose": "MZ-000101", "onset_at": AT, "symptoms": ["FAINTING"], "serious": "no"}),
        (("numbers", "receive"), BLOCK),
        (("stock", "move"), VACCINE),
        (("equipment", "register"), {"mark": "T-9", "kind": "THERMOMETER_INFRARED"}),
        (("equipment", "check"), {"mark": "T-1", "reference": "R-1", "readings": [reading] * 2}),
    )


def mutations(said, path=()):
    """Yield the place of every leaf and of every object of a document."""
    if path:
        yield path
    inner = said.items() if isinstance(said, dict) else enumerate(said) if isinstance(said, list) else ()
    for key, each in inner:
        yield from mutations(each, (*path, key))


def with_value(said, path, value):
    """Return a copy in which that place has the value."""
    copy = json.loads(json.dumps(said))
    place = copy
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = value
    return copy
