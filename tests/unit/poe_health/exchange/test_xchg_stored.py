"""What the store keeps, as the exports take it: nothing that was not said, nothing that was erased."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from bmis.kernel.clock import local
from poe_health.exchange.export_health import ExportRequest
from poe_health.exchange.package import Level
from poe_health.exchange.stored import StoredFacts
from poe_health.rules.answer import Answer
from poe_health.screening.form import Age, ScreeningForm, Stage, Temperature
from poe_health.screening.record import Person, ScreeningRequest, Travel
from poe_health.surveillance.tally import DayTold
from ui.compose import open_home
from ui.compose_health import export_health, health_day, health_desk

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = local(NOW).date()
ANA = Person(
    surname="Espécime", given_names="Ana", document_kind="PASSPORT", document_country="UTO", document_number="U1"
)


@pytest.fixture
def session(training_home):
    with open_home(training_home, NOW).sign_in("clinician", "treino") as found:
        yield found


def recorded(session, **more):
    said = {
        "stage": Stage.SECONDARY,
        "today": TODAY,
        "temperature": Temperature(38.6, "AXILLA"),
        "age": Age.of_years(34),
        "sex": "F",
        "direction": "ENTRY",
        "symptoms": {"RASH_MACULOPAPULAR": Answer.YES, "COUGH": Answer.NO},
    }
    form = ScreeningForm(**(said | more.pop("form", {})))
    request = ScreeningRequest(uuid4(), form, Travel("BUS", "ABC-1", None, "MWI"), person=ANA, **more)
    return health_desk(session).record(request, session.actor)


def facts(session):
    return StoredFacts(session.store.read, session.home.post_code, session.now)


def test_a_kept_case_is_handed_on_as_it_was_said(session):
    recorded(session)
    (case,) = facts(session).cases(TODAY, TODAY)

    assert (case.sex, case.age_years, case.origin_country, case.suspected[0]) == ("F", 34, "MWI", "MEASLES")
    assert [one.celsius for one in case.temperatures] == [38.6]
    assert case.symptoms == {"RASH_MACULOPAPULAR": Answer.YES, "COUGH": Answer.NO, "FEVER": Answer.YES}
    assert (case.voyage.conveyance, case.voyage.number) == ("BUS", "ABC-1")
    assert (case.person.surname, case.disposition, case.closed_at) == ("Espécime", None, None)
    assert case.pseudonym
    assert case.ref.endswith("-1")
    assert facts(session).cases(TODAY.replace(day=1), TODAY.replace(day=2)) == []


def test_asked_none_is_no_for_every_question_and_not_asked_is_nothing(session):
    recorded(session, form={"others": Answer.NO})
    (case,) = facts(session).cases(TODAY, TODAY)

    assert case.symptoms["VOMITING"] is Answer.NO
    assert case.symptoms["FEVER"] is Answer.YES  # measured: the card does not undo it
    assert case.exposures["BURIAL"].answer is Answer.NO


def test_a_day_is_counted_from_its_records_and_nobody_submitted_it(session):
    recorded(session)
    (day,) = facts(session).tallies(TODAY, TODAY)

    assert (day.tally.day, day.submitted_at, day.tally.counts.secondary) == (TODAY, None, 1)
    assert facts(session).contacts(TODAY, TODAY) == ()


def test_a_submitted_day_is_handed_on_as_it_was_submitted_until_it_is_submitted_again(session, training_home):
    recorded(session)
    with open_home(training_home, NOW).sign_in("health-supervisor", "treino") as supervisor:
        day, by = health_day(supervisor), supervisor.actor
        day.submit(TODAY, DayTold(hours_open=Decimal(12)), by)
        day.submit.closed(TODAY - timedelta(days=1), "CLOSED", "Ponte submersa desde a madrugada", by)
        closed, first = facts(session).tallies(TODAY - timedelta(days=2), TODAY)
        assert (closed.tally.has_data, closed.revision) == (False, 0)
        assert (first.submitted_at, first.revision, first.tally.counts.secondary) == (NOW, 0, 1)

        recorded(session)
        assert facts(session).tallies(TODAY, TODAY) == [first]
        day.submit(TODAY, DayTold(), by)

    (second,) = facts(session).tallies(TODAY, TODAY)
    assert (second.revision, second.tally.counts.secondary) == (1, 2)


def test_an_export_of_counts_names_the_closed_day_and_gives_it_no_zero(session, training_home, tmp_path):
    with open_home(training_home, NOW).sign_in("health-supervisor", "treino") as supervisor:
        health_day(supervisor).submit.closed(TODAY, "CLOSED", "Ponte submersa desde a madrugada", supervisor.actor)
    request = ExportRequest("dhis2-aggregate", TODAY, TODAY, "relatório", "MISAU")

    package = export_health(session).write(request, session.actor, tmp_path / "a.json").package

    assert "day_closed" in {one.code for one in package.notes}
    assert b'"POE_SCREENED"' not in package.main


def test_keys_are_made_once_and_each_opening_is_in_the_log(session, tmp_path):
    recorded(session)
    request = ExportRequest("fhir", TODAY, TODAY, "relatório", "INS", Level.NAMED)
    first = export_health(session).write(request, session.actor, tmp_path / "a.json")
    again = export_health(session).write(request, session.actor, tmp_path / "b.json")

    assert first.package.sha256 == again.package.sha256
    with session.store.read() as unit:
        from poe_health.store.records.access import SqlAccess

        openings = SqlAccess(unit).since(NOW.replace(year=2020))
    assert [one.reason for one in openings] == ["relatório"] * 2


def test_a_file_under_pseudonym_has_no_name(session, tmp_path):
    recorded(session)
    request = ExportRequest("csv", TODAY, TODAY, "análise", "INS", Level.CASES)
    done = export_health(session).write(request, session.actor, tmp_path / "a.csv")

    text = done.package.main.decode()
    assert "Espécime" not in text
    assert "ABC-1" not in text
    assert session.home.desk_id not in text


def test_what_a_server_has_is_remembered_out_of_the_log(session):
    from dataclasses import replace

    from bmis.kernel.identifiers import new_id
    from poe_health.exchange.export_event import ExportEvent, ExportKind
    from poe_health.exchange.records import SqlExchange

    log = SqlExchange(session.store.write, session.store.read, session.now, session.by)
    event = ExportEvent(
        id=new_id(NOW),
        kind=ExportKind.SENT,
        by="clinician",
        role="clinician",
        receiver="fhir",
        level="named",
        first=TODAY,
        last=TODAY,
        reason="relatório",
        recipient="INS",
        records=1,
        people=1,
        fields=(),
        files={},
        mapping="",
        target="fhir localhost",
        digests={"a": "1", "b": "2"},
    )
    log.keep(event)
    log.keep(replace(event, id=new_id(NOW), digests={"b": "3"}))

    assert log.known("fhir localhost") == {"a": "1", "b": "3"}
    assert log.known("fhir elsewhere") == {}
