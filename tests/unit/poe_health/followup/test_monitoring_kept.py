"""Monitoring kept in the store of health: lists without names, taken over by another post, provable."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text

from bmis.kernel.actor import Actor, NotAllowedError, Role
from bmis.staff.records import RedigestStaff
from bmis.store.canonical import canonical
from bmis.store.verify import verify_store
from poe_health.followup.errors import HandoverFileError, MonitoringDaysError, MonitoringStepError
from poe_health.followup.follow import (
    CorrectPerson,
    ForgetFollowed,
    ListMonitoring,
    ShowMonitoring,
    TakeMonitoringStep,
    by_disease,
)
from poe_health.followup.handover import handover_from
from poe_health.followup.records import RedigestMonitoring
from poe_health.followup.start_monitoring import MonitoringRequest, StartMonitoring
from poe_health.followup.steps import Ended, HandoverSent, PersonForgotten, Visited
from poe_health.referrals.errors import ReferralFieldError, ReferralUnknownError
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer

WHO = PatientIdentity(surname="SPECIMENOVA", given_names="Utopia", phone="+000 99 123", address="atrás da escola")


class Desk:
    """Somebody who follows people, with a clock of the test's own."""

    def __init__(self, session):
        self.session, self.by = session, session.actor
        self.at = datetime(2026, 11, 22, 8, 0, 0, 123456, tzinfo=UTC)
        store = session.store
        self.start = StartMonitoring(store.write, session.home, lambda: self.at)
        self.step = TakeMonitoringStep(store.write, lambda: self.at)
        self.correct = CorrectPerson(store.write, lambda: self.at)
        self.forget = ForgetFollowed(store.write, lambda: self.at)
        self.show = ShowMonitoring(store.read, lambda: self.at)
        self.list = ListMonitoring(store.read, lambda: self.at)

    def begin(self, disease="CHOLERA", days_ago=1, who=WHO):
        day0 = (self.at - timedelta(days=days_ago)).date()
        return self.start(MonitoringRequest(uuid4(), disease, day0, "LAST_EXPOSURE", Answer.YES), who, self.by)


@pytest.fixture
def desk(signed_in):
    return Desk(signed_in(Role.HEALTH_SUPERVISOR))


def test_lists_by_disease_put_first_who_needs_somebody(desk):
    calm = desk.begin("EVD")
    desk.step(calm.id, Visited(desk.at, "VISIT", "SEEN", True, {}, 36.5), desk.by)
    late = desk.begin("CHOLERA")
    other = desk.begin("CHOLERA", 0)
    desk.at += timedelta(days=1)
    desk.step(other.id, Visited(desk.at, "PHONE", "SEEN", True), desk.by)

    found = desk.list(desk.by)

    assert [one.monitoring.id for one in found] == [late.id, other.id, calm.id]
    assert [each.finding for each in found[0].escalations] == ["MISSED"]
    assert {code: len(ones) for code, ones in by_disease(found).items()} == {"CHOLERA": 2, "EVD": 1}
    assert [one.monitoring.disease for one in desk.list(desk.by, disease="EVD")] == ["EVD"]
    assert "SPECIMENOVA" not in repr(found)


def test_no_event_names_the_person_and_the_store_proves(desk):
    one = desk.begin()
    desk.correct(one.id, replace(WHO, phone="+000 77 555"), desk.by)
    desk.step(one.id, Visited(desk.at, "PHONE", "SEEN", True, {"COUGH": Answer.NO}, 36.5), desk.by)

    shown = desk.show(one.number, desk.by)
    assert shown.who.phone == "+000 77 555"
    with desk.session.store.read() as unit:
        tables = ("monitoring", "monitoring_event", "audit", "outbox")
        said = [tuple(row) for table in tables for row in unit.connection.execute(text(f"SELECT * FROM {table}"))]
    assert len(said) > 6
    told = json.dumps(said, default=str, ensure_ascii=False)
    for secret in ("SPECIMENOVA", "Utopia", "99 123", "77 555", "escola"):
        assert secret not in told
    verify_store(desk.session.store, (RedigestStaff(), RedigestMonitoring()))


def test_a_person_is_forgotten_after_the_end(desk):
    one = desk.begin()
    with pytest.raises(MonitoringStepError):
        desk.forget(one.id, desk.by)
    desk.step(one.id, Ended(desk.at, "EXCLUDED", "o caso fonte foi descartado"), desk.by)

    desk.forget(one.id, desk.by)

    assert desk.show(one.id, desk.by).who is None
    with pytest.raises(ReferralUnknownError):
        desk.show.handover(one.id, desk.by)
    verify_store(desk.session.store, (RedigestStaff(), RedigestMonitoring()))


def test_another_post_takes_over_with_the_days_already_seen(desk):
    one = desk.begin("EVD", 3)
    desk.step(one.id, Visited(desk.at, "VISIT", "SEEN", True, {}, 36.5), desk.by)
    desk.at += timedelta(days=2)
    sent = HandoverSent(desk.at, "POST", "MZ.B.MCP", "Saúde de Machipanda", "+000 2", "PHONE", "segue viagem")
    desk.step(one.id, sent, desk.by)
    said = json.loads(canonical(desk.show.handover(one.id, desk.by).payload()))

    taken = desk.start.taken_over(uuid4(), handover_from(said), desk.by)

    assert taken.started.taken_from == one.number
    assert taken.last_day == one.last_day
    days = {day.number: day.status.value for day in taken.days(desk.at.date())}
    assert days[3] == "WELL"
    assert days[4] == "MISSED"
    assert days[1] == "BEFORE"
    assert desk.show(taken.id, desk.by).who == WHO


@pytest.mark.parametrize(
    "change",
    [
        {"format": "other/1"},
        {"day0": "ontem"},
        {"who": {"surname": 7}},
        {"who": None},
        {"days": {"2026-11-20": "SUPER"}},
        {"days": {"dia": "WELL"}},
        {"days": {f"2026-01-{n:04d}": "WELL" for n in range(400)}},
        {"consent": "maybe"},
        {"number": 7},
    ],
)
def test_a_handover_that_cannot_be_is_refused(desk, change):
    one = desk.begin()
    said = json.loads(canonical(desk.show.handover(one.id, desk.by).payload())) | change

    with pytest.raises(HandoverFileError):
        handover_from(said)


def test_nothing_is_begun_for_days_that_are_over_or_to_come(desk):
    with pytest.raises(MonitoringDaysError):
        desk.begin("CHOLERA", 6)
    with pytest.raises(ReferralFieldError):
        desk.begin("CHOLERA", -1)
    with pytest.raises(ReferralFieldError):
        desk.begin("EVD", 200)
    assert desk.begin("CHOLERA", 5).last_day == date(2026, 11, 22)


def test_the_same_request_again_is_the_same_monitoring(desk):
    request = MonitoringRequest(uuid4(), "MPOX", desk.at.date(), "ARRIVAL")
    assert desk.start(request, WHO, desk.by) == desk.start(request, WHO, desk.by)


@pytest.mark.parametrize("role", [Role.SCREENER, Role.EPIDEMIOLOGIST, Role.ADMIN, Role.AUDITOR, Role.OFFICER])
def test_only_who_follows_people_sees_them(desk, role):
    one = desk.begin()
    stranger = Actor("x", role)

    for forbidden in (
        lambda: desk.show(one.id, stranger),
        lambda: desk.show.handover(one.id, stranger),
        lambda: desk.list(stranger),
        lambda: desk.step(one.id, Visited(desk.at, "PHONE", "NOT_REACHED"), stranger),
        lambda: desk.correct(one.id, WHO, stranger),
        lambda: desk.forget(one.id, stranger),
        lambda: desk.start(MonitoringRequest(uuid4(), "MPOX", desk.at.date(), "ARRIVAL"), WHO, stranger),
    ):
        with pytest.raises(NotAllowedError):
            forbidden()


def test_steps_with_a_way_of_their_own_are_not_taken_by_hand(desk):
    with pytest.raises(ReferralFieldError):
        desk.step(desk.begin().id, PersonForgotten(desk.at), desk.by)
