"""Voyages, contacts, measures, free pratique and events at the post at the terminal, for people of health only."""

import json
from uuid import uuid4

import pytest

NOW = "2026-11-22T10:00:00+02:00"
SHEET = {
    "conveyance": "AIR",
    "number": "TM 301",
    "day": "2026-11-22",
    "origin": "Lilongwe",
    "destination": "Maputo",
    "carrier": "Utopia Air",
    "layout": "AIR_3_3",
    "stops": [{"place": "Tete", "arrived_at": "2026-11-22T07:00:00+02:00"}],
}
SHIP = {
    "conveyance": "SHIP",
    "number": "Utopia Star",
    "day": "2026-11-22",
    "origin": "Durban",
    "destination": "Beira",
    "imo": "9999993",
    "waters": "SEA",
}
WHO = {"surname": "SPECIMENOVA", "given_names": "Utopia", "sex": "F", "age_years": 34, "phone": "+000 99 123"}
ASK = {"step": "ask", "at": NOW}


@pytest.fixture
def clinician(terminal):
    return terminal.is_user("clinician")


@pytest.fixture
def types(clinician, tmp_path):
    """Types a command of health with the object in a file of its own; requests get their identifier."""

    def run(*words, said=None, schema=None, at=NOW):
        if said is not None:
            path = tmp_path / f"{uuid4()}.json"
            path.write_text(json.dumps({"request_id": str(uuid4())} | said), encoding="utf-8")
            words = (*words, str(path))
        return clinician.types("health", *words, "--now", at, "--json", schema=schema)

    return run


def recorded(types, sheet=SHEET, **more):
    found = types("voyage", "record", said={"sheet": sheet} | more, schema="health-voyage")
    assert found.code == 0, found.err
    return found.json["number"]


def step(types, number, **said):
    return types("pratique", "step", number, said=ASK | said, schema="health-voyage")


def test_a_contact_is_proposed_chosen_followed_and_handed_over(types, tmp_path):
    number = recorded(types, in_charge={"surname": "PILOTOVA"})
    people = [{"who": WHO, "seats": ["14A"]}, {"who": {"surname": "LONGEVA"}, "seats": ["25F"]}]
    listed = types("voyage", "aboard", number, said={"people": people}, schema="health-voyage")
    assert listed.json["people_listed"] == 2
    form = {"form": {"surname": "FORMOVA", "seat": "11C", "family": [{"surname": "FORMOVA", "given_names": "Filha"}]}}
    assert types("voyage", "locator", number, said=form).error == "BMIS-553"
    told = {"disease": "MEASLES", "at": "2026-11-22T09:00:00+02:00", "told_by": "Hospital de Utopia, por telefone"}
    assert types("voyage", "told", number, said=told, schema="health-voyage").code == 0
    assert types("voyage", "locator", number, said=form, schema="health-voyage").code == 0

    proposed = types(
        "contacts", "propose", number, "--disease", "MEASLES", "--seat", "12C", schema="health-contacts-proposed"
    ).json
    assert proposed["preset"] == "ROWS_2"
    said_of = {one["who"]["surname"]: one["contact"] for one in proposed["people"] if one["who"]}
    assert said_of["SPECIMENOVA"] == "yes"
    assert said_of["LONGEVA"] == "unknown"  # far away, and nobody asked about an infant, pregnancy or weak immunity
    assert [one["contact"] for one in proposed["people"] if one["near"] == "seat_unknown"] == ["unknown"]  # no seat
    refs = [one["ref"] for one in proposed["people"] if one["contact"] == "yes"]
    case = {"disease": "MEASLES", "seats": ["12C"]}
    choice = {"case": case, "preset": "ROWS_2", "refs": refs, "last_contact_on": "2026-11-22"}
    assert types("contacts", "choose", number, said=choice, schema="health-voyage").json["contacts"] == 2

    rows = types("contacts", "list", schema="health-contacts").json["contacts"]
    assert [one["monitoring_id"] for one in rows] == [None, None]
    assert "SPECIMENOVA" not in json.dumps(rows)
    followed = types(
        "contacts", "follow", number, rows[0]["id"], "--consent", "yes", schema="health-contact-followed"
    ).json
    assert followed["last_day"] == "2026-12-15"
    passed_on = {"receiver": "DISTRICT", "place": "TETE", "at": NOW, "person": "Enf. do distrito"}
    assert types("contacts", "hand-over", number, said=passed_on, schema="health-voyage").code == 0
    plain = types("voyage", "show", number, schema="health-voyage")
    assert "SPECIMENOVA" not in plain.out
    assert "PILOTOVA" not in plain.out
    shown = types("voyage", "show", number, "--names", schema="health-voyage").json
    assert shown["in_charge"] == {"surname": "PILOTOVA"}
    assert {one["who"]["surname"] for one in shown["contact_list"]} == {"SPECIMENOVA", "FORMOVA"}

    made = types("voyage", "paper", number, "--paper", "contacts", "--folder", str(tmp_path), schema="health-paper")
    assert made.json["paper"].endswith(f"contactos-{number}.pdf")
    assert types("voyage", "list", schema="health-voyage-list").json["voyages"][0]["contacts"] == 2


def test_a_ship_is_declared_inspected_treated_and_let_in(types, clinician, tmp_path):
    number = recorded(types, SHIP)
    ship = {
        "port": "Beira",
        "day": "2026-11-22",
        "ship_name": "Utopia Star",
        "registration": "9999993",
        "flag": "UTO",
        "arriving_from": "Durban",
        "sailing_to": "Dar es Salaam",
        "crew_count": 18,
        "passenger_count": 0,
        "answers": {"q4_ill_now": "yes"},
        "schedule": [{"ref": "a", "illness": "febre"}],
    }
    paper = {"ship": ship, "people": {"signed_by": "COMANDANTOVA", "ill": {"a": {"surname": "DOENTEVA"}}}}
    declared = types("voyage", "declare", number, said=paper, schema="health-voyage").json
    assert declared["declaration"]["reading"] == "reported"
    certificate = {"kind": "SSCEC", "number": "UTO-77", "issued_on": "2026-05-22", "port": "Durban"}
    seen = types("voyage", "certificate", number, said={"certificate": certificate}, schema="health-voyage").json
    assert seen["sanitation"] == {"kind": "SSCEC", "number": "UTO-77", "state": "valid", "valid_until": "2026-11-22"}
    longer = {"reason": "o porto não pode hoje", "port_cannot_inspect": True, "port_authorised": True}
    extend = {"extend": longer | {"evidence": "no"}}
    extended = types("voyage", "certificate", number, said=extend, schema="health-voyage").json
    assert extended["sanitation"]["valid_until"] == "2026-12-22"

    assert step(types, number).json["pratique"] == "ASKED"
    assert step(types, number, step="grant").error == "BMIS-556"
    judged = {"affected": "yes", "from_affected_area": "unknown", "reason": "ratos no porão dois"}
    assert types("conveyance", "judge", number, said=judged, schema="health-voyage").json["affected"] == "yes"
    areas = {"at": NOW, "areas": [{"area": "HOLDS_CARGO", "evidence": "yes", "measure": "DERAT"}]}
    assert types("conveyance", "inspect", number, said=areas, schema="health-voyage").code == 0
    order = {"measure": "DERAT", "basis": "ART_27", "reason": "ratos no porão dois", "at": NOW}
    assert types("conveyance", "measure", number, said=order).error == "BMIS-555"
    clinician.is_user("clinician", second="health-supervisor")
    ordered = types("conveyance", "measure", number, said=order, schema="health-voyage").json["measures"][0]
    assert (ordered["ordered_by"], ordered["second"]) == ("clinician", "health-supervisor")
    assert step(types, number, step="order_measures", reason="desratizar primeiro").json["pratique"] == "WITH_MEASURES"
    assert step(types, number, step="finish_measures").error == "BMIS-558"
    later = "2026-11-22T15:00:00+02:00"
    finished = {"measure_id": ordered["id"], "at": "2026-11-22T14:00:00+02:00", "how": "armadilhas"}
    types("conveyance", "done", number, said=finished, schema="health-voyage", at=later)
    evidence = {"measure_ids": [ordered["id"]]}
    assert (
        types("conveyance", "evidence", number, said=evidence, schema="health-voyage", at=later).json["evidence_owed"]
        == []
    )
    granted = types(
        "pratique",
        "step",
        number,
        said={"step": "finish_measures", "at": later},
        schema="health-voyage",
        at=later,
    )
    assert granted.json["pratique"] == "GRANTED"
    next_steps = types("pratique", "show", number, schema="health-voyage", at=later).json["next_steps"]
    assert next_steps == ["report_illness"]
    for kind in ("measures", "pratique"):
        made = types("voyage", "paper", number, "--paper", kind, "--folder", str(tmp_path), schema="health-paper")
        assert made.code == 0
    assert types("voyage", "paper", number, "--paper", "map", "--folder", str(tmp_path)).code == 2


def test_an_untreated_bus_in_transit_is_passed_on(types, clinician):
    bus = SHEET | {"conveyance": "BUS", "passage": "road_transit"}
    bus.pop("layout")
    number = recorded(types, bus)
    clinician.is_user("health-supervisor")
    order = {"measure": "DISINSECT", "basis": "ART_27", "reason": "mosquitos no autocarro", "at": NOW}
    assert types("conveyance", "measure", number, said=order).error == "BMIS-476"
    judged = {"affected": "yes", "from_affected_area": "yes", "reason": "mosquitos no autocarro"}
    types("conveyance", "judge", number, said=judged)
    assert types("conveyance", "measure", number, said=order, schema="health-voyage").json["tell_next_post"] == "yes"
    told = {"place": "ZOBUE", "person": "Sr. Teste, posto seguinte", "at": NOW}
    assert types("conveyance", "told", number, said=told, schema="health-voyage").json["tell_next_post"] == "no"
    assert step(types, number).error == "BMIS-557"
    right = bus | {"number": "TM 302"}
    correct = types("voyage", "correct", number, said={"sheet": right, "reason": "matrícula mal lida"})
    assert correct.json["sheet"]["number"] == "TM 302"


def test_a_death_is_noted_and_the_registry_gets_its_paper(types, tmp_path):
    event = {"what": "DEATH_AT_POST", "at": "2026-11-22T09:00:00+02:00", "where": "sala de isolamento"}
    said = {"event": event, "people": {"subject": WHO}}
    noted = types("event-at-post", "note", said=said, schema="health-post-event").json
    number = noted["number"]
    assert (noted["signal"], noted["state"]) == ("DEATH_UNEXPLAINED", "noted")
    opened = types("signal", "show", noted["signal_number"], schema="health-signal").json
    assert (opened["kind"], opened["dead"]) == ("DEATH_UNEXPLAINED", 1)
    told = {"service": "CIVIL_REGISTRY", "at": NOW, "person": "Conservador", "taken": "yes", "their_number": "7/2026"}
    after = types("event-at-post", "tell", number, said=told, schema="health-post-event").json
    assert after["services"][0]["their_number"] == "7/2026"
    assert types("event-at-post", "tell", number, said=told | {"service": "VETERINARY_SERVICE"}).error == "BMIS-563"
    known = said | {"event": event | {"cause_known": "yes"}, "reason": "a causa ficou conhecida"}
    corrected = types("event-at-post", "correct", number, said=known, schema="health-post-event")
    assert corrected.json["signal"] is None
    assert "SPECIMENOVA" not in types("event-at-post", "list", schema="health-post-event-list").out
    shown = types("event-at-post", "show", number, "--names", schema="health-post-event").json
    assert shown["people"]["subject"]["surname"] == "SPECIMENOVA"
    made = types("event-at-post", "paper", number, "--folder", str(tmp_path), schema="health-paper").json
    assert made["paper"].endswith(f"ocorrencia-{number}-CIVIL-REGISTRY.pdf")


@pytest.mark.parametrize(
    "wrong",
    [
        {"sheet": SHEET | {"colour": "red"}},
        {"sheet": SHEET | {"day": "2026-02-31"}},
        {"sheet": SHEET | {"crew_count": "six"}},
        {"sheet": SHEET | {"stops": [{"place": "Tete", "arrived_at": "2026-11-22T07:00:00"}]}},
        {"sheet": {"conveyance": "AIR"}},
        {},
    ],
)
def test_a_sheet_that_cannot_be_is_a_wrong_call(types, wrong):
    assert types("voyage", "record", said=wrong).code == 2


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"conveyance": "ROCKET"}, "BMIS-404"),
        ({"layout": "BUS_2_2"}, "BMIS-470"),
        ({"day": "2026-01-01"}, "BMIS-470"),
        ({"layout": "AIR_9"}, "BMIS-477"),
    ],
)
def test_a_voyage_that_cannot_be_is_told(types, wrong, code):
    assert types("voyage", "record", said={"sheet": SHEET | wrong}).error == code


def test_nothing_there_is_told_and_the_border_has_no_voyages(types, clinician):
    assert types("voyage", "show", "VG-0").error == "BMIS-550"
    assert types("event-at-post", "show", "OC-0").error == "BMIS-562"
    assert types("voyage", "list", schema="health-voyage-list").code == 1
    clinician.is_user("officer")
    for words in (("voyage", "list"), ("contacts", "list"), ("event-at-post", "list")):
        assert types(*words).error == "BMIS-010"


@pytest.mark.parametrize("group", ["voyage", "contacts", "conveyance", "pratique", "event-at-post"])
def test_each_group_tells_what_it_can_do(clinician, group):
    answer = clinician.types("health", group, "--help")

    assert answer.code == 0
    assert group in answer.out
