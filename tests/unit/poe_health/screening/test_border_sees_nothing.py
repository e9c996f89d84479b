"""Tallies, signals, drafts, voyages, cards: no role of the border reads them, by use case or in the raw files."""

from datetime import timedelta
from uuid import uuid4

import pytest
from health_shift import DAY, NOW

from bmis.kernel.actor import Actor, NotAllowedError, Role, Service, service_of
from bmis.kernel.clearance import ClearanceOutcome
from bmis.staff.create_home import TRAINING_WORD
from bmis.staff.sign_in import SignIn
from bmis.store.border import BORDER
from bmis.store.home import Home
from poe_health.events.signal import Signal
from poe_health.outbreaks.cholera import CholeraAnswers, Dehydration
from poe_health.post_events.events import EventPeople
from poe_health.post_events.note_event import WhatHappened
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.store.health import HEALTH
from poe_health.surveillance.tally import DayTold
from poe_health.surveillance.week import epi_week
from ui.compose_health import health_day, health_desk
from ui.health_voyages import desk_of as voyage_desk

BORDER_ROLES = [role for role in Role if service_of(role) is Service.BORDER]
CHOLERA = CholeraAnswers("BANDA-77", Dehydration.SEVERE, "F", 4, "Aldeia Sintética")
DEATH = WhatHappened("DEATH_AT_POST", NOW - timedelta(hours=1), "SALA-QUATRO")
WHO = EventPeople(PatientIdentity(surname="FALECIDOVA"))
DRAFT = {"symptoms": {"MEIO-PERGUNTADO": "yes"}}


@pytest.mark.parametrize("join", [health_desk, health_day, voyage_desk])
@pytest.mark.parametrize("role", [Role.OFFICER, Role.ADMIN, Role.AUDITOR])
def test_nobody_of_the_border_gets_a_desk_of_health(signed_in, role, join):
    with pytest.raises(NotAllowedError):
        join(signed_in(role))


@pytest.mark.parametrize("role", BORDER_ROLES)
def test_no_act_on_days_signals_drafts_voyages_or_cards_is_theirs(at_health, role):
    desk, stranger = at_health(Role.HEALTH_SUPERVISOR), Actor("x", role)
    day, voyages = health_day(desk.session), voyage_desk(desk.session)
    signal = Signal("OTHER", "STAFF", NOW, "MZ.L.RSG")
    acts = (
        lambda: day.read(DAY, stranger),
        lambda: day.submit(DAY, DayTold(), stranger),
        lambda: day.week(epi_week(DAY), stranger),
        lambda: day.watch(DAY, DAY, stranger),
        lambda: day.report(uuid4(), signal, stranger),
        lambda: day.signals.open(stranger),
        lambda: day.signals.between(DAY, DAY, stranger),
        lambda: desk.drafts.of("health_primary", stranger),
        lambda: desk.drafts.save("health_primary", uuid4(), DRAFT, stranger),
        lambda: desk.cholera(uuid4(), CHOLERA, stranger),
        lambda: desk.cholera.of_day(DAY, stranger),
        lambda: desk.cholera.numbered("BANDA-77", stranger),
        lambda: desk.sign_cards(ClearanceOutcome.H_OK, 1, stranger),
        lambda: desk.access_log(NOW, stranger),
        lambda: voyages.voyages(stranger),
        lambda: voyages.events.listed(stranger),
        lambda: voyages.note_event(uuid4(), DEATH, WHO, stranger),
    )

    for number, act in enumerate(acts):
        with pytest.raises(NotAllowedError):
            pytest.fail(f"act {number} gave {act()!r}")


def test_the_raw_files_of_the_home_tell_nothing_of_them(at_health, training_home):
    desk = at_health(Role.CLINICIAN)
    by = desk.session.actor
    desk.cholera(uuid4(), CHOLERA, by)
    desk.drafts.save("health_primary", uuid4(), DRAFT, by)
    voyage_desk(desk.session).note_event(uuid4(), DEATH, WHO, by)

    raw = b"".join(path.read_bytes() for path in training_home.rglob("*") if path.is_file())

    for word in ("BANDA-77", "Aldeia", "MEIO-PERGUNTADO", "SALA-QUATRO", "FALECIDOVA", "DEATH_UNEXPLAINED", "signal."):
        assert word.encode() not in raw, word


def test_a_draft_that_nobody_took_up_goes_with_the_retention_run(at_health, training_home):
    screener = at_health(Role.SCREENER)
    screener.drafts.save("health_primary", uuid4(), DRAFT, screener.session.actor)
    later = SignIn(Home.open(training_home), (BORDER, HEALTH), lambda: NOW + timedelta(hours=49))

    with later("health-supervisor", TRAINING_WORD) as session:
        desk, by = health_desk(session), session.actor
        assert desk.retention.due(by).due == {"HEALTH_DRAFTS": 1}
        assert desk.retention(by).taken == {"HEALTH_DRAFTS": 1}
        assert desk.retention(by).taken == {}
        with session.store.read() as unit:
            assert unit.connection.exec_driver_sql("SELECT count(*) FROM health_draft").scalar() == 0
