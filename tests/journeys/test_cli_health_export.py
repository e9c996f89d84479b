"""Exports at the terminal: out of a home where people were screened, into a file for each receiver."""

import json
import warnings

import pytest

from bmis.kernel.csv_cells import rows_in
from tests.unit.poe_health.exchange.xchg_templates import ENGLISH

CASE = {
    "stage": "secondary",
    "temperature_c": 38.6,
    "temperature_method": "AXILLA",
    "age_years": 34,
    "sex": "F",
    "direction": "ENTRY",
    "symptoms": {"RASH_MACULOPAPULAR": "yes", "COUGH": "no", "HEADACHE": "unknown"},
    "others": "unknown",
}
NOW = ("--now", "2026-11-22T09:00:00+02:00")
WHY = ("--from", "2026-11-20", "--to", "2026-11-22", "--reason", "relatório", "--recipient", "INS")


@pytest.fixture
def clinician(terminal):
    terminal.is_user("clinician")
    screened = terminal.types("health", "screen", "-", "--json", *NOW, stdin=json.dumps(CASE))
    assert screened.code == 0, screened
    return terminal


def exports(terminal, receiver, out, *more):
    return terminal.types(
        "health", "export", receiver, "--out", out, "--json", *WHY, *NOW, *more, schema="health-export"
    )


def test_every_receiver_gets_a_file_out_of_the_store(clinician, tmp_path):
    template = tmp_path / "template.csv"
    template.write_bytes(ENGLISH)

    made = {}
    for receiver in ("dhis2-tracker", "dhis2-aggregate", "sormas", "godata", "fhir", "csv"):
        more = {"sormas": ("--template", template), "fhir": ("--level", "named")}.get(receiver, ())
        answer = exports(clinician, receiver, tmp_path / f"{receiver}.out", *more)
        assert answer.code == 0, answer
        made[receiver] = (tmp_path / f"{receiver}.out").read_bytes()

    (entity,) = json.loads(made["dhis2-tracker"])["trackedEntities"]
    said = {one["dataElement"]: one["value"] for one in entity["enrollments"][0]["events"][0]["dataValues"]}
    assert (said["BH5SRLl5PfH"], said["EWZcuvPOrJF"], said["Yh5KOJj8l7p"], said["iUEwXfg9CgD"]) == (
        "38.6",
        "Yes",
        "No",
        "Unknown",
    )
    assert entity["enrollments"][0]["enrolledAt"] == "2026-11-22T09:00:00.000"
    counts = json.loads(made["dhis2-aggregate"])
    assert (counts["dataValues"], counts["orgUnitIdScheme"]) == ([], "CODE")  # nobody has submitted the day
    assert rows_in(made["sormas"])[2][0] == "MEASLES"
    assert json.loads(made["godata"])[0]["age"] == {"years": 34, "months": 0}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from fhir.resources.R4B.bundle import Bundle
    kinds = [one.resource.__resource_type__ for one in Bundle.model_validate_json(made["fhir"]).entry]
    assert kinds == ["Patient", "Encounter", "Observation", "Condition", "QuestionnaireResponse"]
    assert b"SUPPRESSED" in made["csv"]


def test_the_store_proves_after_exports_and_the_same_case_keeps_its_identifiers(clinician, tmp_path):
    first = exports(clinician, "dhis2-tracker", tmp_path / "a.json")
    again = exports(clinician, "dhis2-tracker", tmp_path / "b.json")

    assert first.json["sha256"] == again.json["sha256"]
    assert first.json["notes"] == []
    proved = clinician.is_user("health-supervisor").types("audit", "verify", "--json", *NOW, schema="audit-verify")
    assert proved.code == 0


def test_an_epidemiologist_gets_pseudonyms_and_an_officer_nothing(clinician, tmp_path):
    clinician.is_user("epidemiologist")
    assert exports(clinician, "csv", tmp_path / "a.csv", "--level", "cases").code == 0
    assert exports(clinician, "csv", tmp_path / "b.csv", "--level", "named").error == "BMIS-010"

    clinician.is_user("officer")
    assert exports(clinician, "csv", tmp_path / "c.csv").error == "BMIS-010"
    assert not (tmp_path / "b.csv").exists()
    assert not (tmp_path / "c.csv").exists()


@pytest.mark.parametrize(
    ("words", "code", "exit_code"),
    [
        (("csv", "--out", "x.csv", "--from", "2026-11-22", "--to", "2026-11-22"), "BMIS-491", 3),
        (("csv", "--out", "x.csv", *WHY, "--from", "2026-11-23"), "BMIS-490", 3),
        (("csv", "--out", "x.csv", *WHY, "--from", "yesterday"), "BMIS-004", 2),
        (("fax", "--out", "x.csv", *WHY), "BMIS-004", 2),
        (("csv", "--out", "x.csv", *WHY, "--level", "all"), "BMIS-004", 2),
        (("csv", *WHY), "BMIS-003", 2),
        (("sormas", "--out", "x.csv", *WHY), "BMIS-494", 3),
        (("sormas", "--out", "x.csv", *WHY, "--template", "none.csv"), "BMIS-005", 2),
        (("fhir", "--out", "x.json", *WHY, "--level", "named", "--recipient", "SENAMI"), "BMIS-492", 3),
        (("godata", "--out", "x.json", *WHY, "--level", "cases"), "BMIS-495", 3),
        (("csv", "--out", "none/x.csv", *WHY), "BMIS-493", 3),
        (("fhir", *WHY, "--send", "https://localhost:1"), "BMIS-498", 3),
    ],
)
def test_what_cannot_be_has_a_code_and_writes_nothing(clinician, tmp_path, monkeypatch, words, code, exit_code):
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.chdir(folder)

    answer = clinician.types("health", "export", *words, *NOW, "--json", schema="error")

    assert (answer.error, answer.code) == (code, exit_code)
    assert list(folder.iterdir()) == []


def test_a_training_home_sends_nothing(clinician):
    clinician.sets(BMIS_EXCHANGE_TOKEN="specimen")
    answer = clinician.types("health", "export", "dhis2-tracker", *WHY, *NOW, "--send", "https://localhost:1", "--json")

    assert answer.error == "BMIS-498"
    assert "casa de treino" in answer.json["error"]["what"]


def test_a_person_reads_words(clinician, tmp_path):
    said = clinician.types("health", "export", "csv", "--out", tmp_path / "a.csv", *WHY, *NOW, "--lang", "en").out

    assert "not submitted, left out (not zero)" in said
    assert "Numbers hidden because they are small" in said
