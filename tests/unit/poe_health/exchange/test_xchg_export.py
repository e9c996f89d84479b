"""Exporting as people do it: who may, to whom, why; the file whole with its line in the log; sending and going on."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bmis.kernel.actor import Actor, NotAllowedError, Role
from bmis.kernel.clock import fixed_clock
from bmis.kernel.csv_cells import rows_in
from poe_health.exchange import files as writing
from poe_health.exchange.errors import (
    ExportFileError,
    ExportLevelError,
    ExportPeriodError,
    ExportReasonError,
    RecipientRefusedError,
    SendingUnsafeError,
    TemplateRefusedError,
)
from poe_health.exchange.export_event import ExportKind
from poe_health.exchange.export_health import ExportHealth, ExportRequest
from poe_health.exchange.https import Credentials, Endpoint
from poe_health.exchange.package import Level
from poe_health.exchange.receivers import receivers
from poe_health.exchange.results import Outcome
from poe_health.exchange.source import KnownFacts
from tests.unit.poe_health.exchange.xchg_facts import (
    CASES,
    CLINICIAN,
    CONTACT,
    DAY,
    EPIDEMIOLOGIST,
    FACTS,
    MEASLES,
    NOW,
    POST,
    SUPERVISOR,
    Kept,
    busy_day,
)
from tests.unit.poe_health.exchange.xchg_server import TOKEN
from tests.unit.poe_health.exchange.xchg_server import Receiver as Server
from tests.unit.poe_health.exchange.xchg_templates import ENGLISH


def asked(receiver, **more):
    given = {"reason": "relatório semanal", "recipient": "MISAU", "first": DAY, "last": DAY}
    if receiver == "sormas":
        given["untrusted_template"] = ENGLISH
    return ExportRequest(receiver, **(given | more))


@pytest.fixture
def log():
    return Kept()


@pytest.fixture
def exports(log):
    return ExportHealth(FACTS, log, fixed_clock(NOW), POST, training=False)


def test_each_receiver_gets_its_file_and_each_file_its_line(exports, log, tmp_path):
    for receiver in receivers():
        done = exports.write(asked(receiver), SUPERVISOR, tmp_path / f"{receiver}.out")
        line = log.events[-1]

        assert (line.kind, line.receiver, line.by) == (ExportKind.WRITTEN, receiver, "health-supervisor")
        assert (line.reason, line.recipient) == ("relatório semanal", "MISAU")
        assert line.files[""] == done.package.sha256
        assert (tmp_path / f"{receiver}.out").read_bytes() == done.package.main
    assert len(log.events) == len(receivers())
    assert {path.name for path in tmp_path.iterdir()} >= {
        "csv.dictionary.out",
        "godata.contacts.out",
        "godata.relationships.out",
    }


def test_the_line_names_fields_and_counts_and_no_person(exports, log, tmp_path):
    exports.write(asked("csv", level=Level.NAMED), SUPERVISOR, tmp_path / "a.csv")

    payload = log.events[0].payload()
    assert (payload["records"], payload["people"], payload["level"]) == (3, 3, "named")
    assert {"surname", "document_number"} <= set(payload["fields"])
    for name in ("Ana", "Espécime", "U 000-0001", "258840000000"):
        assert name not in repr(payload)


def test_without_a_level_each_receiver_gets_the_least_of_a_person_that_it_takes(exports, tmp_path):
    said = {one: exports.write(asked(one), SUPERVISOR, tmp_path / f"{one}.out").event.level for one in receivers()}

    assert said == {
        "dhis2-tracker": "cases",
        "dhis2-aggregate": "aggregate",
        "sormas": "named",
        "godata": "named",
        "fhir": "public",
        "csv": "public",
    }


def test_the_csv_is_public_unless_somebody_asks_for_more(exports, tmp_path):
    done = exports.write(asked("csv", recipient="Jornal Espécime"), EPIDEMIOLOGIST, tmp_path / "a.csv")

    assert done.event.level == "public"
    numbers = [int(row[8]) for row in rows_in(done.package.main)[1:] if row[8] and row[3] != "days"]
    assert numbers
    assert not [number for number in numbers if 0 < number < 5]


def test_names_go_to_health_services_only_and_nothing_is_written(exports, log, tmp_path):
    for recipient in ("SENAMI", "Ana", "MISAU e Migração"):
        with pytest.raises(RecipientRefusedError):
            exports.write(asked("fhir", level=Level.NAMED, recipient=recipient), SUPERVISOR, tmp_path / "a.json")
    assert (list(tmp_path.iterdir()), log.events) == ([], [])


@pytest.mark.parametrize(
    ("actor", "level", "may"),
    [
        (SUPERVISOR, Level.NAMED, True),
        (CLINICIAN, Level.NAMED, True),
        (EPIDEMIOLOGIST, Level.NAMED, False),
        (EPIDEMIOLOGIST, Level.CASES, True),
        (EPIDEMIOLOGIST, Level.AGGREGATE, True),
        (Actor("screener", Role.SCREENER), Level.PUBLIC, False),
        (Actor("officer", Role.OFFICER), Level.PUBLIC, False),
        (Actor("admin", Role.ADMIN), Level.PUBLIC, False),
        (Actor("auditor", Role.AUDITOR), Level.NAMED, False),
    ],
)
def test_who_may_export_what(exports, log, tmp_path, actor, level, may):
    request = asked("csv", level=level)
    if may:
        exports.write(request, actor, tmp_path / "a.csv")
    else:
        with pytest.raises(NotAllowedError):
            exports.write(request, actor, tmp_path / "a.csv")
    assert len(log.events) == may


def test_every_receiver_refuses_the_levels_that_it_does_not_take(exports, tmp_path):
    for receiver in receivers():
        for level in set(Level) - set(receivers()[receiver].levels):
            with pytest.raises(ExportLevelError):
                exports.write(asked(receiver, level=level), SUPERVISOR, tmp_path / "a")


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"reason": ""}, ExportReasonError),
        ({"reason": "   "}, ExportReasonError),
        ({"reason": "x" * 500}, ExportReasonError),
        ({"reason": "linha\nlinha"}, ExportReasonError),
        ({"recipient": ""}, ExportReasonError),
        ({"first": DAY + timedelta(days=1)}, ExportPeriodError),
        ({"last": DAY + timedelta(days=5)}, ExportPeriodError),
        ({"first": DAY - timedelta(days=400)}, ExportPeriodError),
    ],
)
def test_an_export_says_why_for_whom_and_of_days_that_have_come(exports, log, tmp_path, change, error):
    with pytest.raises(error):
        exports.write(asked("csv", **change), SUPERVISOR, tmp_path / "a.csv")
    assert (list(tmp_path.iterdir()), log.events) == ([], [])


def test_sormas_needs_its_template(exports, tmp_path):
    with pytest.raises(TemplateRefusedError) as refused:
        exports.write(asked("sormas", untrusted_template=None), SUPERVISOR, tmp_path / "a.csv")
    assert refused.value.facts["why"] == "template_missing"


def test_no_file_without_its_line(tmp_path):
    exports = ExportHealth(FACTS, Kept(fails=RuntimeError("full")), fixed_clock(NOW), POST, training=False)

    with pytest.raises(RuntimeError):
        exports.write(asked("csv"), SUPERVISOR, tmp_path / "a.csv")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_could_not_be_put_in_place_is_told_in_the_log(exports, log, tmp_path, monkeypatch):
    def refuses(*_, **__):
        raise FileExistsError

    monkeypatch.setattr(writing, "_place", refuses)
    with pytest.raises(ExportFileError):
        exports.write(asked("csv"), SUPERVISOR, tmp_path / "a.csv")
    assert [line.kind for line in log.events] == [ExportKind.WRITTEN, ExportKind.NOT_WRITTEN]
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_there_is_overwritten_only_when_asked(exports, tmp_path):
    (tmp_path / "a.csv").write_text("before")

    with pytest.raises(ExportFileError):
        exports.write(asked("csv"), SUPERVISOR, tmp_path / "a.csv")
    exports.write(asked("csv"), SUPERVISOR, tmp_path / "a.csv", replace=True)
    assert (tmp_path / "a.csv").read_bytes().startswith(b"post_code,")


def test_each_record_whose_single_facts_left_is_on_record(exports, log, tmp_path):
    exports.write(asked("csv"), SUPERVISOR, tmp_path / "a.csv")
    assert log.opened == []

    exports.write(asked("fhir", level=Level.NAMED), SUPERVISOR, tmp_path / "a.json")
    assert log.opened == [case.id for case in CASES]


def test_a_pseudonym_that_the_store_keeps_is_used(log, tmp_path):
    kept = replace(MEASLES, person=None, pseudonym="abc")
    exports = ExportHealth(KnownFacts((kept,)), log, fixed_clock(NOW), POST, training=False)
    done = exports.write(asked("csv", level=Level.CASES), EPIDEMIOLOGIST, tmp_path / "a.csv")

    assert rows_in(done.package.main)[1][0] == "abc"


def test_the_same_export_twice_is_the_same_file(exports, tmp_path):
    for receiver in receivers():
        first = exports.write(asked(receiver), SUPERVISOR, tmp_path / f"{receiver}.1")
        again = exports.write(asked(receiver), SUPERVISOR, tmp_path / f"{receiver}.2")
        assert first.package.sha256 == again.package.sha256


def test_the_aggregate_file_as_csv(exports, tmp_path):
    done = exports.write(asked("dhis2-aggregate", as_csv=True), SUPERVISOR, tmp_path / "a.csv")

    assert done.package.main.startswith(b'"dataelement"')


@pytest.fixture
def server(tmp_path):
    found = Server(tmp_path)
    yield found
    found.close()
    assert found.wrong == []


def at(server, path="", kind="ApiToken"):
    return Endpoint(server.base + path, Credentials.token(kind, TOKEN), server.ca, timeout_s=5.0, tries=1)


def test_cases_are_sent_and_the_log_says_what_became_of_them(exports, log, server):
    sent = exports.send(asked("dhis2-tracker"), SUPERVISOR, at(server), lambda _: None)

    (line,) = log.events
    assert (line.kind, line.target, dict(line.outcomes)) == (ExportKind.SENT, "dhis2-tracker localhost", {"created": 3})
    assert sent.transfer.is_whole
    assert set(line.digests) == {str(case.id) for case in CASES}


def test_sending_goes_on_where_it_broke(exports, log, server):
    server.plan = [None, "drop_before"]
    request = asked("fhir", level=Level.NAMED)
    first = exports.send(request, SUPERVISOR, at(server, "/fhir", "Bearer"), lambda _: None)
    again = exports.send(request, SUPERVISOR, at(server, "/fhir", "Bearer"), lambda _: None)

    assert first.transfer.broken_off is not None
    assert [one.outcome for one in first.transfer.results] == [Outcome.CREATED, Outcome.NOT_SENT, Outcome.NOT_SENT]
    assert [one.outcome for one in again.transfer.results] == [Outcome.KNOWN, Outcome.CREATED, Outcome.CREATED]
    assert [dict(line.outcomes) for line in log.events] == [{"created": 1, "not_sent": 2}, {"known": 1, "created": 2}]


def test_a_dry_run_is_in_the_log_and_remembers_nothing(exports, log, server):
    exports.send(asked("dhis2-aggregate"), SUPERVISOR, at(server), lambda _: None, dry_run=True)

    assert (dict(log.events[0].outcomes), dict(log.events[0].digests)) == ({"would_accept": 1}, {})
    assert server.sets == {}


def test_cases_are_sent_under_pseudonym_too(exports, server):
    request = asked("dhis2-tracker", level=Level.CASES)
    exports.send(request, EPIDEMIOLOGIST, at(server), lambda _: None)

    body = server.requests[0][2].decode()
    assert "Ana" not in body
    assert "258" not in body
    assert "k1-" in body


@pytest.mark.parametrize("receiver", ["sormas", "godata", "csv"])
def test_some_receivers_take_files_only(exports, log, server, receiver):
    with pytest.raises(SendingUnsafeError) as refused:
        exports.send(asked(receiver), SUPERVISOR, at(server), lambda _: None)
    assert refused.value.facts["why"] == "files_only"
    assert (log.events, server.requests) == ([], [])


def test_fhir_has_no_dry_run(exports, server):
    with pytest.raises(SendingUnsafeError):
        exports.send(asked("fhir"), SUPERVISOR, at(server, "/fhir"), lambda _: None, dry_run=True)


def test_a_training_home_sends_nothing(log, server):
    exports = ExportHealth(FACTS, log, fixed_clock(NOW), POST, training=True)

    with pytest.raises(SendingUnsafeError) as refused:
        exports.send(asked("dhis2-tracker"), SUPERVISOR, at(server), lambda _: None)
    assert refused.value.facts["why"] == "training"
    assert server.requests == []


def test_contacts_without_their_case_stay_at_home(log, tmp_path):
    facts = KnownFacts((), (CONTACT,), (busy_day(),))
    exports = ExportHealth(facts, log, fixed_clock(NOW), POST, training=False)
    done = exports.write(asked("godata"), SUPERVISOR, tmp_path / "a.json")

    assert (done.package.people, done.package.main.strip()) == (0, b"[]")
