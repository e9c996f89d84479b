"""bmis health retention: the supervisor sees what is due by dated rules, takes it away, and the store still proves."""

from uuid import uuid4

from tests.journeys.test_cli_health import WELL
from tests.journeys.test_cli_health_kept import keeps

LATER = ("--now", "2027-01-15T09:00", "--json")


def kept(terminal):
    form = WELL | {
        "request_id": str(uuid4()),
        "any_symptom": "yes",
        "temperature_c": 38.9,
        "temperature_method": "AXILLA",
    }
    answer = keeps(terminal, form)
    assert answer.code == 0
    return answer.json


def test_what_is_due_is_shown_then_taken_and_a_second_run_takes_nothing(terminal):
    kept(terminal)
    terminal.is_user("health-supervisor")

    shown = terminal.types("health", "retention", *LATER, schema="health-retention")
    taken = terminal.types("health", "retention", "--apply", *LATER, schema="health-retention")
    again = terminal.types("health", "retention", "--apply", *LATER, schema="health-retention")

    assert (shown.code, shown.json["due"], shown.json["taken"]) == (0, {"PRIMARY_ANSWERS": 1}, None)
    assert (taken.code, taken.json["taken"], taken.json["swept"]) == (0, {"PRIMARY_ANSWERS": 1}, True)
    assert (again.code, again.json["taken"], again.json["due"]) == (0, {}, {})
    assert again.json["last"] is not None
    proved = terminal.types("db", "verify", *LATER)
    assert proved.code == 0, proved.out


def test_a_person_reads_the_rules_in_words_and_that_they_are_drafts(terminal):
    terminal.is_user("health-supervisor")

    answer = terminal.types("health", "retention", "--now", "2027-01-15T09:00")

    assert answer.code == 0
    assert "Transferências terminadas" in answer.out
    assert "1825" in answer.out


def test_nobody_else_applies_it(terminal):
    kept(terminal)
    for user in ("clinician", "epidemiologist", "screener", "officer", "admin", "auditor"):
        terminal.is_user(user)
        answer = terminal.types("health", "retention", "--apply", *LATER)
        assert (answer.code, answer.error) == (3, "BMIS-010"), user
