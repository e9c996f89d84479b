"""The stores of the post at the terminal: shelf, equipment, procedures, vaccination, kept checks and assessments."""

import io
import json
from uuid import uuid4

import pytest
from pypdf import PdfReader

NOW = ("--now", "2026-11-22T09:00", "--json")
STAMARIL = "a640b9f1e3bf870989c9f7498a0ae5a1"
QUESTIONS = (
    "AGE_UNDER_6_MONTHS",
    "AGE_6_TO_8_MONTHS",
    "SEVERE_ALLERGY",
    "IMMUNODEFICIENCY",
    "THYMUS",
    "PREGNANT",
    "BREASTFEEDING",
    "AGE_60_OR_OVER",
    "ACUTE_ILLNESS",
)
VACCINE = {
    "item": "YF_VACCINE",
    "move": "RECEIVED",
    "quantity": 20,
    "lot": "SYN-22",
    "expires_on": "2027-06-30",
    "product": STAMARIL,
    "doses_per_vial": 10,
}
BLOCK = {"prefix": "MZ-", "first": 101, "last": 103, "digits": 6}
DOSE = {
    "who": {"name": "UTOPIANO, Berta Sintetica", "birth_date": "1990-02-03", "sex": "F", "nationality": "UTO"},
    "consent": {"given": True, "risks_told": True, "language": "pt", "asked_at": "2026-11-22T08:50:00+02:00"},
    "answers": dict.fromkeys(QUESTIONS, "no"),
    "lot": "SYN-22",
    "vial": {"opened_at": "2026-11-22T08:55:00+02:00", "vvm": 1},
    "site": "LEFT_ARM",
    "given_at": "2026-11-22T08:58:00+02:00",
}
CARD = {
    "paper": {"kind": "PAPER_ICVP", "doses": [{"date": "2020-05-05", "vaccine": "STAMARIL"}]},
    "traveller": {"surname": "UTOPIANO", "given_names": "BERTA", "birth_date": "1990-02-03"},
}


@pytest.fixture
def says(terminal):
    """Types a command of health with an object on its standard input, as one of the roles."""

    def say(*words, said=None, user="clinician", schema=None):
        terminal.is_user(user)
        text = None if said is None else json.dumps({"request_id": str(uuid4())} | said)
        return terminal.types("health", *words, *NOW, stdin=text, schema=schema)

    return say


def test_a_day_of_vaccination_from_the_box_to_the_certificate(says, terminal, tmp_path):
    assert says("stock", "move", "-", said=VACCINE, schema="health-stock-move").json["after"] == 20
    assert says("numbers", "receive", "-", said=BLOCK, schema="health-numbers").json["blocks"][0]["remaining"] == 3
    spoiled = says("numbers", "spoil", "MZ-000101", "--reason", "TORN", schema="health-numbers")
    given = says("vaccination", "record", "-", said=DOSE, schema="health-vaccination")
    listed = says("vaccination", "list", schema="health-vaccination-list")
    number = given.json["certificate_number"]
    shown = says("vaccination", "show", number, schema="health-vaccination-show")
    paper = says("vaccination", "paper", number, "--folder", tmp_path, schema="health-paper")

    assert spoiled.json["blocks"][0]["next"] == number == "MZ-000102"
    assert (given.code, given.json["day"], given.json["valid_on"]) == (0, "2026-11-22", "2026-12-02")
    assert "UTOPIANO" not in listed.out
    assert shown.json["who"]["name"] == "UTOPIANO, Berta Sintetica"
    text = " ".join(
        PdfReader(io.BytesIO((tmp_path / f"vacina-{number}.pdf").read_bytes())).pages[0].extract_text().split()
    )
    assert "02 Dec 2026" in text
    assert str(tmp_path) in paper.json["paper"]
    shelf = says("stock", "list", "--alerts", schema="health-stock-list")
    assert shelf.code == 1
    (vaccine,) = [one for one in shelf.json["items"] if one["item"] == "YF_VACCINE"]
    assert (vaccine["usable"], vaccine["alerts"]) == (19, ["BELOW_MINIMUM"])
    moves = says("stock", "movements", "--item", "YF_VACCINE", schema="health-stock-movements").json["movements"]
    assert [one["move"] for one in moves] == ["GIVEN", "RECEIVED"]
    event = says(
        "vaccination",
        "after",
        "-",
        said={"dose": number, "onset_at": "2026-11-22T08:59:00+02:00", "symptoms": ["FAINTING"], "serious": "no"},
        schema="health-aefi",
    )
    told = says("vaccination", "told", event.json["id"], schema="health-aefi")
    assert (event.json["due_at"], told.json["told_at"] is not None) == (None, True)
    annulled = says("vaccination", "annul", given.json["id"], "--reason", "WRONG_ENTRY", schema="health-vaccination")
    assert annulled.json["annulled"] == "WRONG_ENTRY"
    assert says("numbers", "list", schema="health-numbers").json["blocks"][0]["used"] == 1
    terminal.is_user("health-supervisor")
    verified = terminal.sets(BMIS_HEALTH_PASSPHRASE="treino").types("db", "verify", *NOW)
    assert verified.code == 0, verified.out


def test_a_dose_is_refused_with_its_code(says):
    says("stock", "move", "-", said=VACCINE)
    says("numbers", "receive", "-", said=BLOCK)
    for said, code in (
        (DOSE | {"consent": DOSE["consent"] | {"given": False}}, "BMIS-440"),
        (DOSE | {"lot": "OTHER"}, "BMIS-537"),
        (DOSE | {"vial": {"opened_at": "2026-11-22T01:00:00+02:00"}}, "BMIS-441"),
        (DOSE | {"answers": {}}, "BMIS-442"),
        (DOSE | {"certificate": "MZ-000999"}, "BMIS-443"),
        (DOSE | {"site": "NOSE"}, "BMIS-007"),
        (DOSE | {"given_at": "2026-11-22T08:58:00"}, "BMIS-007"),
        (DOSE | {"who": DOSE["who"] | {"birth_date": "1990-99"}}, "BMIS-007"),
    ):
        assert says("vaccination", "record", "-", said=said).error == code
    assert says("vaccination", "list", schema="health-vaccination-list").json == {"vaccinations": []}


def test_stock_that_does_not_fit_is_refused_with_its_code(says):
    ors = {"item": "ORS", "move": "RECEIVED", "quantity": 10, "lot": "O-1", "expires_on": "2027-01-31"}
    says("stock", "move", "-", said=ors)
    for said, code in (
        ({"item": "ORS", "move": "ISSUED", "quantity": 11, "lot": "O-1"}, "BMIS-538"),
        ({"item": "ORS", "move": "COUNTED", "quantity": 9, "lot": "O-1"}, "BMIS-539"),
        ({"item": "ORS", "move": "ISSUED", "quantity": 1, "lot": "O-2"}, "BMIS-537"),
        ({"item": "UNICORN", "move": "ISSUED", "quantity": 1}, "BMIS-535"),
        (ors | {"expires_on": None}, "BMIS-007"),
        (ors | {"expires_on": "2026-02-30"}, "BMIS-007"),
        ({"item": "ORS", "move": "GIVEN", "quantity": 1, "lot": "O-1"}, "BMIS-007"),
    ):
        assert says("stock", "move", "-", said=said).error == code


def test_a_thermometer_fails_goes_out_and_comes_back(says):
    says("equipment", "register", "-", said={"mark": "T-1", "kind": "THERMOMETER_INFRARED"}, schema="health-equipment")
    bad = {"mark": "T-1", "reference": "R-1", "readings": [{"device_c": 37.5, "reference_c": 36.8}] * 2}
    good = bad | {"readings": [{"device_c": 36.9, "reference_c": 36.8}] * 2}

    failed = says("equipment", "check", "-", said=bad, user="screener", schema="health-equipment")
    early = says("equipment", "back", "T-1", user="screener")
    listed = says("equipment", "list", schema="health-equipment-list")
    passed = says("equipment", "check", "-", said=good, schema="health-equipment")
    back = says("equipment", "back", "T-1", schema="health-equipment")

    assert (failed.code, failed.json["state"], failed.json["last_check"]["worst_c"]) == (1, "OUT_OF_SERVICE", 0.7)
    assert (early.code, early.error) == (3, "BMIS-543")
    assert listed.code == 1
    assert (passed.code, back.json["state"], back.json["due_on"]) == (0, "IN_SERVICE", "2026-11-29")
    assert says("equipment", "list", schema="health-equipment-list").code == 0
    assert says("equipment", "out", "T-1", "--reason", "WHIM").error == "BMIS-535"
    retired = says("equipment", "retire", "T-1", "--reason", "BROKEN", schema="health-equipment")
    assert retired.json["state"] == "RETIRED"


def test_a_procedure_is_attached_found_and_taken_out_again(says, tmp_path):
    path = tmp_path / "sop.txt"
    path.write_text("Cólera: hidratar primeiro, depois o formulário.", encoding="utf-8")
    words = ("--code", "pc-01", "--kind", "CASE_MANAGEMENT", "--title", "Cólera", "--version", "1.0")
    approval = ("--approved-by", "Direcção Distrital", "--approved-on", "2026-11-01")
    add = ("sop", "add", path, *words, *approval)

    kept = says(*add, user="health-supervisor", schema="health-sop")
    again = says(*add, user="health-supervisor")
    found = says("sop", "search", "colera", "hidra", user="screener", schema="health-sop-search")
    copy = tmp_path / "copy.txt"
    got = says("sop", "get", "PC-01", "--out", copy, user="screener", schema="health-sop")

    assert (kept.code, kept.json["in_force"], kept.json["review_on"]) == (0, True, "2027-11-01")
    assert again.error == "BMIS-545"
    assert "«Cólera»" in found.json["found"][0]["excerpt"]
    assert (got.code, copy.read_bytes()) == (0, path.read_bytes())
    assert says("sop", "get", "PC-01", "--out", copy).error == "BMIS-297"
    assert says("sop", "search", "sarampo", schema="health-sop-search").code == 1
    assert says("sop", "search", "...").error == "BMIS-546"
    assert says(*add).error == "BMIS-010"
    path.write_bytes(b"%PDF-1.4 nothing")
    assert says(*add, user="health-supervisor").error == "BMIS-544"
    gone = says("sop", "withdraw", "pc-01", user="health-supervisor", schema="health-sop-withdraw")
    assert gone.json["withdrawn"]
    assert says("sop", "list", schema="health-sop-list").code == 1
    assert len(says("sop", "list", "--all", schema="health-sop-list").json["plans"]) == 1


def test_a_card_is_checked_and_kept_without_a_name_in_the_list(says):
    kept = says("certificate", "record", "-", said={"check": CARD}, user="screener", schema="health-certificate")
    listed = says("certificate", "list", user="screener", schema="health-certificate-list")
    shown = says("certificate", "show", kept.json["id"], schema="health-certificate-show")

    assert kept.code == 1  # items of the card were not answered: nothing is proved
    assert (kept.json["shown"], kept.json["certificate"], kept.json["trust"]) == ("PAPER_ICVP", "UNKNOWN", None)
    assert "UTOPIANO" not in kept.out + listed.out
    assert shown.json["holder"]["surname"] == "UTOPIANO"
    assert says("certificate", "show", kept.json["id"], user="screener").error == "BMIS-010"
    assert says("certificate", "record", "-", said={"check": {"certificate": "HELLO"}}).error == "BMIS-430"
    assert says("certificate", "record", "-", said={"check": {"unicorn": 1}}).error == "BMIS-007"


def test_an_assessment_is_kept_compared_with_the_one_before_and_its_gaps_closed(says, terminal, tmp_path):
    items = {
        "C01": {"answer": "FULL", "evidence_seen": ["DOCUMENT"]},
        "C02": {"answer": "NONE", "gap_action": "Afixar"},
    }
    base = {"poe": "MZ.L.RSG", "poe_type": "GROUND", "tool_version": "0.1"}
    first, second = tmp_path / "1.json", tmp_path / "2.json"
    first.write_text(json.dumps(base | {"assessed_on": "2026-05-01", "items": items}))
    better = items | {"C02": {"answer": "PART", "evidence_seen": ["INTERVIEW"], "gap_action": "Iluminar"}}
    second.write_text(json.dumps(base | {"assessed_on": "2026-11-01", "items": better}))
    supervisor = {"user": "health-supervisor"}

    only = says("assess", second, "--evaluate", **supervisor, schema="health-assess")
    before = says("assess", first, **supervisor, schema="health-assess")
    after = says("assess", second, **supervisor, schema="health-assess")
    again = says("assess", second, **supervisor, schema="health-assess")

    assert "id" not in only.json
    assert (only.json["comparison"], before.json["comparison"]) == (None, None)
    assert after.json["comparison"]["better"] == ["C02"]
    assert again.json["id"] == after.json["id"]
    step = {"assessment": after.json["id"], "item": "C02", "state": "OPEN"}

    def goes(**more):
        terminal.is_user("health-supervisor")
        text = json.dumps(step | more)
        return terminal.types("health", "gap", "-", *NOW, stdin=text, schema="health-assessments")

    assert goes().error == "BMIS-547"
    (planned,) = goes(responsible="Chefe", due="2026-10-01").json["assessments"]
    assert [(one["responsible"], one["overdue"]) for one in planned["gaps"]] == [("Chefe", True)]
    (closed,) = goes(state="DONE").json["assessments"]
    assert (closed["open_gaps"], goes(state="DONE").error) == (0, "BMIS-547")
    listed = says("assessments", user="epidemiologist", schema="health-assessments").json["assessments"]
    assert [one["assessed_on"] for one in listed] == ["2026-11-01", "2026-05-01"]


@pytest.mark.parametrize("user", ["officer", "supervisor", "admin", "auditor", "pass-officer", "protection"])
def test_nobody_of_the_border_gets_anything_out_of_the_stores(says, user):
    for words in (
        ("stock", "list"),
        ("numbers", "list"),
        ("vaccination", "list"),
        ("equipment", "list"),
        ("sop", "search", "colera"),
        ("certificate", "list"),
        ("assessments",),
    ):
        assert says(*words, user=user).error == "BMIS-010"
