"""What was sent and is wrong: voided cases are taken back; no server gets a case by name and under pseudonym."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

import pytest
from fhir.resources.R4B.bundle import Bundle

from bmis.kernel.clock import fixed_clock, local
from poe_health.exchange.errors import KindsMixedError
from poe_health.exchange.export_health import ExportHealth, ExportRequest
from poe_health.exchange.https import Credentials, Endpoint
from poe_health.exchange.package import Level
from poe_health.exchange.read_exports import ReadCorrections
from poe_health.exchange.records import SqlExchange
from poe_health.exchange.results import Outcome
from poe_health.exchange.source import KnownFacts, Standing
from poe_health.exchange.stored import StoredFacts
from poe_health.screening.form import ScreeningForm, Stage, Temperature
from poe_health.screening.record import Person, ScreeningRequest, Travel
from tests.unit.poe_health.exchange.xchg_facts import (
    CASES,
    CONTACT,
    DAY,
    FOLLOWED,
    KEYS,
    MEASLES,
    NOW,
    POST,
    SUPERVISOR,
    WELL,
    Kept,
)
from tests.unit.poe_health.exchange.xchg_server import TOKEN
from tests.unit.poe_health.exchange.xchg_server import Receiver as Server
from ui.compose import open_home
from ui.compose_health import health_desk

BOTH = KnownFacts(CASES, (CONTACT,))
VOIDED = Standing(True, NOW, DAY)
MEASLES_VOIDED = KnownFacts((FOLLOWED, WELL), (), (), {MEASLES.id: VOIDED})
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
TODAY = local(AT).date()
FORM = ScreeningForm(Stage.SECONDARY, TODAY, temperature=Temperature(38.6, "AXILLA"), sex="F", direction="ENTRY")
TRIP = Travel("BUS", "ABC-1", None, "MWI")
SOMEBODY = Person(surname="Espécime", given_names="Ana")


WEEK = ExportRequest("dhis2-tracker", TODAY, TODAY, "relatório semanal", "MISAU", Level.CASES)


@pytest.fixture
def session(training_home):
    ticks, parts = count(), open_home(training_home, AT)
    object.__setattr__(parts, "now", lambda: AT + timedelta(seconds=next(ticks)))  # every step is later than the last
    with parts.sign_in("clinician", "treino") as found:
        yield found


def recorded(session):
    """Return a secondary case that is kept."""
    return health_desk(session).record(ScreeningRequest(uuid4(), FORM, TRIP, person=SOMEBODY), session.actor)


def not_in_training(session):
    """Return what sends: a training home sends nothing, whatever it is asked."""
    log = SqlExchange(session.store.write, session.store.read, session.now, session.by)
    source = StoredFacts(session.store.read, session.home.post_code, session.now)
    return ExportHealth(source, log, session.now, session.home.post_code, training=False)


def endpoint(server):
    return Endpoint(server.base, Credentials.token("ApiToken", TOKEN), server.ca, timeout_s=5.0, tries=1)


@pytest.fixture
def server(tmp_path):
    found = Server(tmp_path)
    yield found
    found.close()
    assert found.wrong == []


@pytest.fixture
def log():
    return Kept()


@pytest.fixture
def sends(log, server):
    """Sends the facts to one receiver of the server."""

    def send(facts, receiver="dhis2-tracker", level=Level.CASES, *, dry_run=False):
        exports = ExportHealth(facts, log, fixed_clock(NOW), POST, training=False)
        request = ExportRequest(receiver, DAY, DAY, "relatório semanal", "MISAU", level)
        path, kind = ("/fhir", "Bearer") if receiver == "fhir" else ("", "ApiToken")
        endpoint = Endpoint(server.base + path, Credentials.token(kind, TOKEN), server.ca, timeout_s=5.0, tries=1)
        return exports.send(request, SUPERVISOR, endpoint, lambda _: None, dry_run=dry_run)

    return send


def outcomes(sent):
    return {one.record: one.outcome for one in sent.transfer.results}


def test_a_voided_case_is_deleted_at_dhis2_by_the_next_sending_and_the_log_says_so(sends, server, log):
    sends(BOTH)
    uid = KEYS.uid("tracked_entity", MEASLES.id)
    assert uid in server.entities

    tried = sends(MEASLES_VOIDED, dry_run=True)
    assert outcomes(tried)[str(MEASLES.id)] is Outcome.WOULD_ACCEPT
    assert uid in server.entities
    sent = sends(MEASLES_VOIDED)

    assert uid not in server.entities
    assert len(server.entities) == 2
    assert outcomes(sent)[str(MEASLES.id)] is Outcome.WITHDRAWN
    assert sent.transfer.is_whole
    assert log.events[-1].withdrawn == [str(MEASLES.id)]
    assert dict(log.events[-1].outcomes) == {"known": 2, "withdrawn": 1}
    assert MEASLES.id not in {one.case for one in log.handed()}
    assert str(MEASLES.id) not in outcomes(sends(MEASLES_VOIDED))


def test_what_dhis2_does_not_delete_goes_on_waiting_and_what_is_gone_there_does_not(sends, server, log):
    sends(BOTH)
    uid = KEYS.uid("tracked_entity", MEASLES.id)
    server.refuse[uid] = "E1100"

    refused = sends(MEASLES_VOIDED)

    assert (outcomes(refused)[str(MEASLES.id)], refused.transfer.is_whole) == (Outcome.REFUSED, False)
    assert next(one for one in refused.transfer.results if one.record == str(MEASLES.id)).reason == "NO_ACCESS"
    assert MEASLES.id in {one.case for one in log.handed()}
    server.refuse.clear()
    del server.entities[uid]
    assert outcomes(sends(MEASLES_VOIDED))[str(MEASLES.id)] is Outcome.WITHDRAWN


@pytest.mark.parametrize("level", [Level.CASES, Level.NAMED])
def test_a_voided_case_is_entered_in_error_at_fhir_and_says_nothing_more(sends, server, level):
    sends(BOTH, "fhir", level)
    before = {key for key, one in server.resources.items() if "Ana" in json.dumps(one)}
    assert bool(before) is (level is Level.NAMED)

    sent = sends(MEASLES_VOIDED, "fhir", level)

    assert outcomes(sent)[str(MEASLES.id)] is Outcome.WITHDRAWN
    document = json.loads(server.requests[-1][2])
    Bundle.model_validate(document)
    took_back = {one["request"]["url"] for one in document["entry"] if one["request"]["method"] == "PUT"}
    wrong = [server.resources[key] for key in took_back]
    kinds = {one["resourceType"] for one in wrong}
    assert kinds >= {"Encounter", "Observation", "Condition", "QuestionnaireResponse", "ServiceRequest"}
    for one in wrong:
        said = json.dumps(one)
        assert "entered-in-error" in said or one["active"] is False
        assert not {"38.6", "MEASLES", "B05", "Ana"} & set(said.replace('"', " ").split())
    assert ("Patient" in kinds) is (level is Level.NAMED)
    assert not any("Ana" in json.dumps(one) for one in server.resources.values())


@pytest.mark.parametrize(("first", "second"), [(Level.CASES, Level.NAMED), (Level.NAMED, Level.CASES)])
def test_one_server_never_gets_a_case_by_name_and_under_pseudonym(sends, server, log, first, second):
    sends(BOTH, level=first)
    asked = len(server.requests)

    for receiver in ("dhis2-tracker", "fhir"):
        with pytest.raises(KindsMixedError) as refused:
            sends(BOTH, receiver, second)
        assert refused.value.facts == {"host": "localhost", "count": 3}
    with pytest.raises(KindsMixedError):
        sends(BOTH, level=second, dry_run=True)

    assert len(server.requests) == asked
    other = replace(WELL, id=CONTACT.id)
    assert sends(KnownFacts((other,)), level=second).transfer.is_whole


def test_a_case_whose_answer_was_lost_counts_as_there(sends, server, log):
    server.plan = ["drop_after"]
    sends(BOTH)

    assert {one.case for one in log.handed()} == {case.id for case in CASES}
    with pytest.raises(KindsMixedError):
        sends(BOTH, level=Level.NAMED)
    assert outcomes(sends(MEASLES_VOIDED))[str(MEASLES.id)] is Outcome.WITHDRAWN


def test_what_was_sent_and_voided_or_corrected_here_is_listed_until_it_is_corrected_there(session, server):
    kept, other = recorded(session), recorded(session)
    desk, by, exports = health_desk(session), session.actor, not_in_training(session)
    exports.send(WEEK, by, endpoint(server), lambda _: None)
    waits = ReadCorrections(session.store.read)
    assert waits(by) == ()

    desk.void(kept.view.id, "escrito para outra pessoa", by)
    changed = ScreeningRequest(uuid4(), replace(FORM, sex="M"), TRIP, person=SOMEBODY)
    desk.amend(other.view.id, changed, "o sexo estava trocado", by)

    (told,) = desk.where_sent(kept.view.id, by)
    assert (told.target, told.level, told.recipient) == ("dhis2-tracker localhost", "cases", "MISAU")
    assert [(one.case, one.standing.voided) for one in waits(by)] == [(kept.view.id, True), (other.view.id, False)]
    exports.send(WEEK, by, endpoint(server), lambda _: None)
    assert waits(by) == ()
    assert desk.where_sent(kept.view.id, by) == ()
    assert len(server.entities) == 1


def test_a_dry_run_leaves_nothing_that_another_kind_could_be_joined_with(sends, log):
    sends(BOTH, dry_run=True)

    assert log.handed() == ()
    assert sends(BOTH, level=Level.NAMED).transfer.is_whole
