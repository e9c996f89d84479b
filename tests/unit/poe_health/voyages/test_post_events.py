"""Deaths, births, remains and animals at the post: noted, told to who decides, erased after their time."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from voyage_facts import NOW

from bmis.kernel.actor import NotAllowedError, Role
from poe_health.post_events.events import EventPeople, EventState
from poe_health.post_events.note_event import WhatHappened
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.voyages.errors import VoyageCodeError, VoyageFieldError
from poe_health.voyages.record_errors import (
    PeopleErasedError,
    PostEventServiceError,
    PostEventUnknownError,
    VoyageConflictError,
    VoyageMomentError,
)
from ui.compose import verify_store
from ui.compose_health import health_day

DEATH = WhatHappened("DEATH_AT_POST", NOW - timedelta(hours=1), "sala de isolamento", "ENTRY")
PEOPLE = EventPeople(
    PatientIdentity(surname="FALECIDOVA", given_names="Utopia", sex="M", age_years=70),
    informant=PatientIdentity(surname="FILHOVA", phone="+258 84 000 0003"),
)
BIRTH = WhatHappened("BIRTH_AT_POST", NOW - timedelta(hours=2), "sala de exame")
MOTHER = EventPeople(PatientIdentity(sex="F"), PatientIdentity(surname="MAEZINHA", given_names="Utopia"))


@pytest.fixture
def clinician(at_work):
    return at_work(Role.CLINICIAN)


def noted(at, said=DEATH, people=PEOPLE):
    return at.desk.note_event(uuid4(), said, people, at.by)


def told(at, event, service, **more):
    return at.desk.tell_service(event.id, uuid4(), service, NOW, "Conservador de Utopia", at.by, **more)


def test_a_death_goes_to_the_civil_registry_and_its_cause_unknown_is_a_signal(clinician):
    event = noted(clinician)

    assert event.services == ("CIVIL_REGISTRY", "POLICE", "HEALTH_FACILITY")
    assert event.facts.signal == "DEATH_UNEXPLAINED"
    assert event.number.startswith("OC-")
    for service in event.services:
        assert event.state is EventState.NOTED
        event = told(clinician, event, service, taken=Answer.YES, their_number="77/2026")
    assert event.state is EventState.TOLD
    with pytest.raises(PostEventServiceError):
        told(clinician, event, "VETERINARY_SERVICE")


def test_an_unexplained_death_opens_its_signal_in_the_same_step_and_only_once(clinician, at_work):
    event = noted(clinician)
    again = clinician.desk.note_event(event.id, DEATH, PEOPLE, clinician.by)
    day = health_day(clinician.session)

    (signal,) = day.signals.open(clinician.by)
    assert event.signal_number == again.signal_number == signal.number
    said = signal.view.signal
    assert (said.kind, said.dead, said.detected_at) == ("DEATH_UNEXPLAINED", 1, DEATH.at)
    assert said.evidence == (str(event.id),)
    assert "isolamento" not in said.where
    assert verify_store(at_work(Role.HEALTH_SUPERVISOR).session)().records


def test_a_death_that_proves_unexplained_opens_a_signal_and_one_that_is_explained_later_closes_none(clinician):
    explained = replace(DEATH, cause_known=Answer.YES)
    event = noted(clinician, explained)
    day = health_day(clinician.session)
    assert (event.signal_number, day.signals.open(clinician.by)) == (None, ())

    def corrected(said):
        return clinician.desk.note_event.correct(
            event.id, uuid4(), said, PEOPLE, "a causa foi posta em dúvida", clinician.by
        )

    number = corrected(DEATH).signal_number
    corrected(explained)
    after = corrected(DEATH)

    assert after.signal_number == number
    assert [one.number for one in day.signals.open(clinician.by)] == [number]


def test_a_power_cut_between_event_and_signal_leaves_neither(clinician, monkeypatch):
    def cut(*_):
        raise OSError("power")

    monkeypatch.setattr("poe_health.post_events.note_event.open_signal", cut)
    with pytest.raises(OSError, match="power"):
        noted(clinician)

    assert clinician.desk.events.listed(clinician.by) == ()


def test_a_birth_is_no_signal(clinician):
    assert noted(clinician, BIRTH, MOTHER).signal_number is None
    assert health_day(clinician.session).signals.open(clinician.by) == ()


def test_meat_goes_to_the_veterinary_service_and_nowhere_else(clinician):
    event = noted(clinician, WhatHappened("MEAT", NOW, "balcão", number=3), EventPeople())

    assert (event.services, event.facts.number) == (("VETERINARY_SERVICE",), 3)


def test_the_same_request_is_the_same_event_and_a_correction_keeps_the_first_words(clinician):
    request = uuid4()
    one = clinician.desk.note_event(request, DEATH, PEOPLE, clinician.by)
    assert clinician.desk.note_event(request, DEATH, PEOPLE, clinician.by).id == one.id
    with pytest.raises(VoyageConflictError):
        clinician.desk.note_event(request, BIRTH, MOTHER, clinician.by)

    known = WhatHappened("DEATH_AT_POST", DEATH.at, "sala de isolamento", "ENTRY", cause_known=Answer.YES)
    after = clinician.desk.note_event.correct(one.id, uuid4(), known, PEOPLE, "a causa ficou conhecida", clinician.by)

    assert (after.facts.signal, after.noted.facts.signal) == (None, "DEATH_UNEXPLAINED")


@pytest.mark.parametrize(
    ("said", "trouble"),
    [
        (WhatHappened("EARTHQUAKE", NOW, "aqui"), VoyageCodeError),
        (WhatHappened("MEAT", NOW, " "), VoyageFieldError),
        (WhatHappened("MEAT", NOW, "balcão", number=0), VoyageFieldError),
        (WhatHappened("MEAT", NOW + timedelta(hours=1), "balcão"), VoyageMomentError),
    ],
)
def test_what_cannot_be_is_refused(clinician, said, trouble):
    with pytest.raises(trouble):
        noted(clinician, said, EventPeople())


def test_names_are_kept_apart_seen_on_record_and_erased_after_their_time(clinician, at_work, clock_of_test):
    event = noted(clinician)
    screener = at_work(Role.SCREENER)
    assert screener.desk.events(event.number, screener.by).people is None
    with pytest.raises(NotAllowedError):
        screener.desk.events(event.id, screener.by, names=True)
    assert clinician.desk.events(event.id, clinician.by, names=True).people == PEOPLE
    with clinician.session.store.read() as unit:
        sent = unit.connection.exec_driver_sql("SELECT group_concat(payload, ' ') FROM outbox").scalar()
    for word in ("FALECIDOVA", "FILHOVA", "isolamento"):
        assert word not in sent
    supervisor = at_work(Role.HEALTH_SUPERVISOR)
    log = supervisor.health.access_log(NOW, supervisor.by)
    assert [one.by for one in log if one.record_id == event.id] == ["clinician"]

    clock_of_test.wait(days=62)
    supervisor = at_work(Role.HEALTH_SUPERVISOR)
    assert supervisor.health.retention(supervisor.by).taken["POST_EVENT_PEOPLE"] == 1

    shown = supervisor.desk.events(event.id, supervisor.by, names=True)
    assert (shown.people, shown.event.erased, shown.event.facts) == (None, True, event.facts)
    with pytest.raises(PeopleErasedError):
        supervisor.desk.note_event.correct(event.id, uuid4(), DEATH, PEOPLE, "o nome estava mal escrito", supervisor.by)
    assert verify_store(supervisor.session)().records


def test_an_unknown_event_is_told(clinician):
    with pytest.raises(PostEventUnknownError):
        clinician.desk.events("OC-0", clinician.by)
