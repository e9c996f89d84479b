"""Signals in the store: append-only, proved by the audit, their clocks running as their events say."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from bmis.kernel.actor import NotAllowedError, Role
from bmis.store.canonical import canonical
from bmis.store.errors import RecordChangedError
from poe_health.events.annex2 import Advice, Annex2Sheet, FocalPointChoice
from poe_health.events.clocks import ClockState
from poe_health.events.errors import (
    EventOrderError,
    FocalPointDecidesError,
    SignalHistoryError,
    SignalStepError,
    SignalUnknownError,
)
from poe_health.events.keep_signals import ReadSignals, ReportSignal, TakeSignalStep
from poe_health.events.signal import (
    Closed,
    ImportEvidence,
    MeasureBegan,
    RepliedWho,
    Responded,
    Signal,
    SignalState,
    ToldFocalPoint,
    ToldProvince,
    ToldWho,
    Triage,
    Triaged,
    WhoAsked,
)
from poe_health.events.signal_json import signal_event_of
from poe_health.rules.answer import Answer
from ui.compose import verify_store

NOW = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)
SEEN = NOW - timedelta(hours=3)
DEATH = Signal("DEATH_UNEXPLAINED", "STAFF", SEEN, "Parque de camiões", date(2026, 3, 13), ill=None, dead=1)
NOTIFY = Annex2Sheet({"Q1": Answer.YES, "Q3": Answer.YES})


class Room:
    """Somebody of health with the signals of the desk, and a clock that can be moved."""

    def __init__(self, session):
        self.session, self.by, self.at = session, session.actor, NOW
        store = session.store
        self.report = ReportSignal(store.write, session.home, self.now)
        self.take = TakeSignalStep(store.write, self.now)
        self.read = ReadSignals(store.read, self.now)

    def now(self):
        return self.at

    def reported(self, signal=DEATH):
        return self.report(uuid4(), signal, self.by).id

    def event(self):
        kept = self.reported()
        self.take(kept, Triaged(NOW, "", Triage.EVENT), self.by)
        return kept


@pytest.fixture
def room(signed_in):
    return Room(signed_in(Role.HEALTH_SUPERVISOR))


def states(shown):
    return {one.rule.code: one.state for one in shown.clocks}


def test_a_signal_is_kept_as_it_was_told_and_what_nobody_knows_stays_unknown(room):
    kept = room.reported()

    shown = room.read(kept, room.by)
    assert shown.view.signal == DEATH
    assert (shown.view.signal.ill, shown.view.state, shown.is_open) == (None, SignalState.NEW, True)
    assert room.read(shown.number.lower(), room.by).id == kept
    with room.session.store.read() as unit:
        sent = unit.connection.exec_driver_sql("SELECT kind FROM outbox").scalars().all()
    assert sent == ["signal.reported"]
    with pytest.raises(SignalUnknownError):
        room.read(uuid4(), room.by)


def test_the_clocks_run_until_the_post_has_told_and_the_national_level_has_decided(room):
    kept = room.event()
    room.at = SEEN + timedelta(hours=25)
    assert states(room.read(kept, room.by))["CASE_REPORT_NATIONAL"] is ClockState.OVERDUE

    told = room.take(kept, ToldFocalPoint(SEEN + timedelta(hours=24, minutes=1), ""), room.by)
    room.take(kept, ToldProvince(SEEN + timedelta(hours=2), ""), room.by)

    assert states(told)["CASE_REPORT_NATIONAL"] is ClockState.LATE
    assert states(room.read(kept, room.by))["CASE_REPORT_PROVINCE"] is ClockState.IN_TIME
    assert states(told)["NATIONAL_ASSESSMENT"] is ClockState.RUNNING
    assert "NOTIFY_WHO" not in states(told)


def test_who_is_told_by_the_national_level_and_only_where_the_focal_point_decided_so(room):
    kept = room.event()
    room.take(kept, ToldFocalPoint(NOW, ""), room.by)
    with pytest.raises(SignalStepError):  # nobody went through the instrument
        room.take.decide(kept, FocalPointChoice.NOTIFY_WHO, NOW, "PFN", room.by, by_focal_point=True)
    assert room.take.assess(kept, NOTIFY, NOW, room.by).view.advised.advice is Advice.NOTIFY
    with pytest.raises(FocalPointDecidesError):
        room.take.decide(kept, FocalPointChoice.NOTIFY_WHO, NOW, "PFN", room.by, by_focal_point=False)
    with pytest.raises(SignalStepError):
        room.take(kept, ToldWho(NOW, "", "PFN"), room.by)

    room.at = NOW + timedelta(hours=2)
    decided = room.take.decide(kept, FocalPointChoice.NOTIFY_WHO, room.at, "PFN", room.by, by_focal_point=True)
    assert states(decided)["NOTIFY_WHO"] is ClockState.RUNNING
    assert states(room.take(kept, ToldWho(room.at, "", "PFN"), room.by))["NOTIFY_WHO"] is ClockState.IN_TIME


def test_something_that_crossed_a_border_a_request_of_who_and_a_measure_each_have_their_clock(room):
    kept = room.event()
    assert not {"IMPORTED_EXPORTED", "REPLY_TO_WHO", "ADDITIONAL_MEASURE"} & set(states(room.read(kept, room.by)))
    with pytest.raises(SignalStepError):
        room.take(kept, RepliedWho(NOW, "", "PFN"), room.by)

    asked = states(room.take(kept, WhoAsked(NOW, ""), room.by))
    crossed = states(room.take(kept, ImportEvidence(NOW, ""), room.by))
    room.at = NOW + timedelta(hours=25)
    late = states(room.take(kept, RepliedWho(room.at, "", "PFN"), room.by))
    told = room.at
    room.take(kept, ToldWho(told, "", "PFN"), room.by)
    room.at = NOW + timedelta(hours=30)
    began = room.take(kept, MeasureBegan(room.at, ""), room.by)

    assert (asked["REPLY_TO_WHO"], late["REPLY_TO_WHO"]) == (ClockState.RUNNING, ClockState.LATE)
    assert crossed["IMPORTED_EXPORTED"] is ClockState.RUNNING
    assert states(began)["IMPORTED_EXPORTED"] is ClockState.LATE
    assert states(began)["ADDITIONAL_MEASURE"] is ClockState.RUNNING  # what was told before was of something else
    room.at = NOW + timedelta(hours=40)
    done = room.take(kept, ToldWho(room.at, "", "PFN"), room.by)
    assert states(done)["ADDITIONAL_MEASURE"] is ClockState.IN_TIME
    assert done.view.told_who_at == told
    verify_store(room.session)()


def test_not_now_starts_no_clock_of_who(room):
    kept = room.event()
    room.take(kept, ToldFocalPoint(NOW, ""), room.by)
    room.take.assess(kept, Annex2Sheet(), NOW, room.by)

    after = room.take.decide(kept, FocalPointChoice.CONSULT_WHO, NOW, "PFN", room.by, by_focal_point=True)

    assert after.view.advised.advice is Advice.NEEDS_INFO
    assert "NOTIFY_WHO" not in states(after)
    with pytest.raises(SignalStepError):
        room.take(kept, ToldWho(NOW, "", "PFN"), room.by)


def test_a_discarded_signal_has_no_clock_and_a_closed_one_stands_as_when_it_was_closed(room):
    gone, done = room.reported(), room.event()
    room.take(gone, Triaged(NOW, "", Triage.DISCARD, "Brincadeira de rádio"), room.by)
    room.take(done, Closed(NOW, "", "Causa natural confirmada"), room.by)
    room.at = NOW + timedelta(days=30)

    assert (room.read(gone, room.by).clocks, room.read(gone, room.by).timeliness) == ((), None)
    assert states(room.read(done, room.by))["CASE_REPORT_NATIONAL"] is ClockState.RUNNING
    assert room.read.open(room.by) == ()
    assert {one.id for one in room.read.between(NOW.date(), NOW.date(), room.by)} == {gone, done}
    assert room.read.between(date(2026, 4, 1), date(2026, 4, 2), room.by) == ()
    assert room.read.between(date(2026, 3, 1), date(2026, 3, 2), room.by) == ()


def test_times_that_do_not_follow_keep_nothing(room):
    kept = room.event()

    for step in (
        ToldFocalPoint(NOW + timedelta(minutes=1), ""),
        ToldFocalPoint(SEEN - timedelta(minutes=1), ""),
    ):
        with pytest.raises(EventOrderError):
            room.take(kept, step, room.by)
    room.take(kept, ToldFocalPoint(NOW, ""), room.by)
    with pytest.raises(EventOrderError):
        room.take(kept, Responded(NOW - timedelta(hours=1), ""), room.by)
    assert len(room.read(kept, room.by).events) == 3


def test_a_clock_that_was_set_back_spoils_no_old_signal(room):
    kept = room.event()
    room.at = NOW - timedelta(days=2)

    assert room.read(kept, room.by).view.state is SignalState.EVENT


@pytest.mark.parametrize("role", [Role.SCREENER, Role.CLINICIAN])
def test_everybody_reports_and_tells_and_only_supervisor_and_epidemiologist_judge(signed_in, role):
    room = Room(signed_in(role))
    kept = room.reported()

    assert room.take(kept, ToldFocalPoint(NOW, ""), room.by).view.told_at == NOW
    with pytest.raises(NotAllowedError):
        room.take(kept, Triaged(NOW, "", Triage.EVENT), room.by)
    with pytest.raises(NotAllowedError):
        room.take.assess(kept, NOTIFY, NOW, room.by)


def test_the_name_in_a_step_is_that_of_the_person_at_work(room):
    kept = room.reported()

    shown = room.take(kept, Triaged(NOW, "somebody else", Triage.VERIFY), room.by)

    assert [one.by for one in shown.events] == ["health-supervisor"] * 2
    assert shown.events[1].said.by == "health-supervisor"


@pytest.mark.parametrize(
    "changed",
    [
        "UPDATE signal_event SET payload = replace(payload, '\"dead\":1', '\"dead\":0') WHERE number = 1",
        "UPDATE signal_event SET kind = 'signal.closed' WHERE number = 2",
        "UPDATE signal_event SET request_id = NULL WHERE number = 1",
        "DELETE FROM signal_event WHERE number = 2",
    ],
)
def test_a_signal_that_was_changed_in_the_file_does_not_prove(room, changed):
    room.event()
    verify_store(room.session)()
    with room.session.store.write() as unit:
        assert unit.connection.exec_driver_sql(changed).rowcount == 1
        unit.commit()

    with pytest.raises(RecordChangedError):
        verify_store(room.session)()


def test_every_event_comes_back_from_its_plain_values_as_it_was(room):
    import json

    kept = room.event()
    room.take.assess(kept, Annex2Sheet({"Q1A": Answer.YES}, "MERS_SARS", Answer.UNKNOWN), NOW, room.by)
    room.take(kept, ToldFocalPoint(NOW, ""), room.by)
    shown = room.take.decide(kept, FocalPointChoice.NOT_NOW, NOW, "PFN", room.by, by_focal_point=True, reason="a" * 12)

    for event in shown.events:
        assert signal_event_of(json.loads(canonical(event.payload()))) == event
    for said in ({}, {"kind": "signal.guessed"}, {**shown.events[0].payload(), "facts": {}}):
        with pytest.raises(SignalHistoryError):
            signal_event_of(said)
