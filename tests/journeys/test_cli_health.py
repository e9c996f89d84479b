"""Screening at the terminal: a proposal for a form, without a home, a person or a log."""

import json
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.home import Home
from poe_health.outbreaks.cholera import CholeraAnswers, Dehydration
from poe_health.store.health import HEALTH
from tests.journeys.cli_robot import as_process
from ui.cli.schemas import first_fault
from ui.compose_health import health_desk

WELL = {"stage": "primary", "temperature_c": 36.6, "others": "no"}
DAY = ("--today", "2026-11-22")
EBOLA = {
    "stage": "secondary",
    "temperature_c": 38.6,
    "temperature_method": "AXILLA",
    "age_years": 34,
    "sex": "F",
    "direction": "ENTRY",
    "symptoms": {"HEADACHE": "yes", "VOMITING": "yes", "DIARRHOEA": "yes"},
    "exposures": {"BURIAL": {"answer": "yes", "last_on": "2026-11-10"}},
    "others": "unknown",
    "itinerary": [{"country": "COD", "admin1": "CD-NK", "from": "2026-11-01", "to": "2026-11-15"}],
    "context": {"outbreaks": [], "affected": [{"disease": "EVD", "country": "COD", "admin1": "CD-NK"}]},
}


def screens(terminal, form, *more):
    untrusted = form if isinstance(form, str) else json.dumps(form)
    return terminal.types(
        "health", "screen", "-", "--evaluate", "--json", *DAY, *more, stdin=untrusted, schema="health-screen-out"
    )


def test_a_well_traveller_passes(terminal):
    answer = screens(terminal, WELL)

    assert answer.code == 0
    assert (answer.json["disposition"], answer.json["clearance"], answer.json["token"]) == ("PASS", "H_OK", None)
    assert answer.json["needs"] == []


def test_an_ebola_suspect_is_isolated_and_the_rules_say_why(terminal):
    answer = screens(terminal, EBOLA)

    assert answer.json["suspected"][0] == "EVD"
    assert answer.json["red_flags"] == ["RF_VHF_CONTACT_ILL"]
    assert (answer.json["disposition"], answer.json["clearance"]) == ("ISOLATED", "H_WITH_HEALTH")
    assert {"temperature_c", "BURIAL"} <= set(answer.json["because"]["EVD"])
    assert len(answer.json["needs"]) == 5
    assert answer.json["status"].startswith("draft")
    assert "diseases/evd.toml" in answer.json["rule_versions"]


def test_a_file_is_read_and_a_person_gets_words_in_the_language_asked(terminal, tmp_path):
    form = tmp_path / "form.json"
    form.write_text(json.dumps(EBOLA), encoding="utf-8")

    portuguese = terminal.types("health", "screen", form, "--evaluate", *DAY).out
    english = terminal.types("health", "screen", form, "--evaluate", *DAY, "--lang", "en").out

    assert "Doença por vírus Ébola" in portuguese
    assert "MISAU/INS" in portuguese
    assert "Ebola disease" in english
    assert "RED FLAG" in english


def test_nothing_is_stored_and_no_home_is_touched(terminal):
    before = {path: path.stat().st_mtime_ns for path in terminal.home.rglob("*")}

    assert screens(terminal, WELL).code == 0
    assert screens(terminal, {**WELL, "temperature_c": 99}).code == 3
    assert {path: path.stat().st_mtime_ns for path in terminal.home.rglob("*")} == before


def test_each_of_many_forms_gets_its_line_and_a_wrong_one_stops_no_other(terminal):
    lines = "\n".join(json.dumps(each) for each in (WELL, {**WELL, "temperature_c": 99}, EBOLA))

    answer = terminal.types("health", "screen", "-", "--evaluate", "--json", *DAY, stdin=lines)

    assert [line.get("disposition") for line in answer.lines] == ["PASS", None, "ISOLATED"]
    assert answer.lines[1]["error"]["code"] == "BMIS-400"
    assert answer.code == 3


@pytest.mark.parametrize(
    ("form", "code", "exit_code"),
    [
        ({**WELL, "temperature_c": 98.6}, "BMIS-400", 3),
        ({**WELL, "temperature_c": 33}, "BMIS-401", 3),
        ({**WELL, "temperature_c": "38.6"}, "BMIS-007", 2),
        ({**WELL, "temperature_unit": "F"}, "BMIS-007", 2),
        ({**WELL, "age_years": 200}, "BMIS-402", 3),
        ({**WELL, "age_years": 3, "birth_date": "2020"}, "BMIS-403", 3),
        ({**WELL, "symptoms": {"FLU": "yes"}}, "BMIS-404", 3),
        ({**WELL, "symptoms": {"COUGH": "maybe"}}, "BMIS-007", 2),
        ({**WELL, "birth_date": "2026-13-01"}, "BMIS-405", 3),
        ({**WELL, "birth_date": "2031-01-01"}, "BMIS-406", 3),
        ({**WELL, "itinerary": [{"country": "COD", "from": "2026-11-02", "to": "2026-11-01"}]}, "BMIS-407", 3),
        ({**WELL, "itinerary": [{"country": "XQZ"}]}, "BMIS-408", 3),
        ({**WELL, "exposures": {"BURIAL": {"answer": "no", "last_on": "2026-11-01"}}}, "BMIS-409", 3),
        ({**WELL, "context": {"outbreaks": ["FLU"]}}, "BMIS-404", 3),
        ({}, "BMIS-007", 2),
        ([], "BMIS-007", 2),
        ('{"stage": "primary", "stage": "secondary"}', "BMIS-006", 2),
        ('{"stage": "primary", "symptoms": {"COUGH": "yes", "COUGH": "no"}}', "BMIS-006", 2),
        ('{"stage": "primary", "temperature_c": NaN}', "BMIS-006", 2),
        ('{"stage": "primary", "temperature_c": 1e999}', "BMIS-006", 2),
        ('{"stage": "primary", "context": ' + '{"a":' * 60 + "1" + "}" * 60 + "}", "BMIS-296", 2),
        ('{"stage": "' + "x" * 400_000 + '"}', "BMIS-296", 2),
        ({**WELL, "card": 10**30}, "BMIS-006", 2),
        ('{"stage": "primary", "reason": "a\\u0000b"}', "BMIS-006", 2),
        ("", "BMIS-006", 2),
        ("not JSON", "BMIS-006", 2),
    ],
)
def test_what_cannot_be_has_a_code_and_words(terminal, form, code, exit_code):
    if form == []:
        form = "[[]]"

    answer = screens(terminal, form)

    assert (answer.error, answer.code) == (code, exit_code)
    assert answer.err.startswith(f"{code} ")


def test_a_file_that_is_not_there(terminal, tmp_path):
    answer = terminal.types("health", "screen", tmp_path / "none.json", "--evaluate", "--json", schema="error")

    assert answer.error == "BMIS-005"


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dictionaries(st.sampled_from(sorted(EBOLA)), st.sampled_from(list(EBOLA.values())), max_size=5))
def test_any_mixture_of_values_is_an_outcome_or_a_coded_error(terminal, mixed):
    answer = terminal.types("health", "screen", "-", "--evaluate", "--json", *DAY, stdin=json.dumps(mixed))

    schema = "error" if "error" in answer.json else "health-screen-out"
    assert first_fault(answer.json, schema) is None
    assert not answer.error.endswith("000") if schema == "error" else answer.code == 0


@pytest.mark.slow
def test_the_program_itself_answers(tmp_path):
    form = tmp_path / "form.json"
    form.write_text(json.dumps(EBOLA), encoding="utf-8")

    answer = as_process("health", "screen", form, "--evaluate", "--json", env={"BMIS_HOME": str(tmp_path / "none")})

    assert answer.json["suspected"][0] == "EVD"


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
def test_a_moment_at_the_end_of_the_calendar_is_a_wrong_field_and_no_fault_of_the_program(terminal, at):
    form = {**WELL, "temperature_method": "AXILLA"}
    said = json.dumps(form | {"temperatures": [{"celsius": 36.6, "method": "AXILLA", "at": at}]})
    terminal.is_user("screener")

    answer = terminal.types("health", "screen", "-", "--json", "--now", "2026-11-22T09:00", stdin=said)

    assert (answer.code, answer.error) == (2, "BMIS-007")


def test_the_form_of_a_cholera_patient_comes_later_by_the_number_on_the_band(terminal):
    now = datetime(2026, 11, 22, 7, 0, tzinfo=UTC)
    with SignIn(Home.open(terminal.home), (BORDER, HEALTH), lambda: now)("screener", "treino") as session:
        health_desk(session).cholera(uuid4(), CholeraAnswers("B-07", Dehydration.SEVERE, "F"), session.actor)
    terminal.is_user("clinician")
    form = {"stage": "secondary", "temperature_c": 36.6, "temperature_method": "AXILLA"}
    form |= {"symptoms": {"DIARRHOEA_WATERY": "yes"}, "sex": "F", "direction": "ENTRY"}
    late = ("--json", "--now", "2026-11-22T10:00")

    unknown = terminal.types("health", "screen", "-", *late, stdin=json.dumps(form | {"cholera_number": "B-08"}))
    kept = terminal.types("health", "screen", "-", *late, stdin=json.dumps(form | {"cholera_number": "b-07"}))
    tally = terminal.is_user("health-supervisor").types("health", "tally", "--day", "2026-11-22", *late)

    assert unknown.error == "BMIS-489"
    assert kept.code == 0, kept.out
    assert "express_without_form" not in [one["fault"] for one in tally.json["faults"]]
