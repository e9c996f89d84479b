"""Signals at the post: reported by anybody of health, judged by who may, with their clocks; state is their events."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.identifiers import new_id
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.events.annex2 import Annex2Sheet, FocalPointChoice, advise, decided
from poe_health.events.clocks import EventTimes, RunningClock, Timeliness, clocks, timeliness
from poe_health.events.errors import (
    EventOrderError,
    SignalConflictError,
    SignalFieldError,
    SignalHistoryError,
    SignalStepError,
    SignalUnknownError,
)
from poe_health.events.records import SqlSignals
from poe_health.events.signal import (
    Assessed,
    FocalPointDecided,
    Signal,
    SignalEvent,
    SignalState,
    SignalView,
    ToldFocalPoint,
    ToldProvince,
    after,
    view_of,
)
from poe_health.events.signal_json import KeptSignalEvent, Reported
from poe_health.referrals.open_referral import paper_number

NUMBER_KIND = "SIN"
LONGEST_PLACE = 120  # characters
OPEN = frozenset({SignalState.NEW, SignalState.TO_VERIFY, SignalState.EVENT})
_OF_THE_POST = ("CASE_REPORT_NATIONAL", "CASE_REPORT_PROVINCE", "NATIONAL_ASSESSMENT")
_TO_WHO = (
    ("NOTIFY_WHO", "assessed"),
    ("IMPORTED_EXPORTED", "import_evidence"),
    ("ADDITIONAL_MEASURE", "measure_began"),
)
_REPLY = "REPLY_TO_WHO"


@dataclass(frozen=True, slots=True)
class SignalShown:
    """A signal as it stands, with its clocks and 7-1-7. Discarded: no clock runs (``timeliness`` None)."""

    id: UUID
    number: str
    view: SignalView
    events: tuple[KeptSignalEvent, ...]
    clocks: tuple[RunningClock, ...]
    timeliness: Timeliness | None

    @property
    def is_open(self) -> bool:
        """Return whether somebody must still go on with it."""
        return self.view.state in OPEN


@dataclass(frozen=True, slots=True)
class ReportSignal:
    """Keeps what was heard, seen or counted."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(self, request_id: UUID, signal: Signal, by: Actor) -> SignalShown:
        """Return the kept signal; for a request that was kept before, the same.

        Raises:
            NotAllowedError: the person is not of port health.
            SignalConflictError: the same request was kept with another content.
            EventOrderError: it was noticed in the future. SignalFieldError: a place that is a story.
        """
        require(by, Permission.REPORT_SIGNAL)
        now = self.now()
        if signal.detected_at > now:
            raise EventOrderError("detected_at")
        if len(signal.where) > LONGEST_PLACE:
            raise SignalFieldError("where")
        with self.open_unit() as unit:
            known = SqlSignals(unit).by_request(request_id)
            if known is not None:
                events = SqlSignals(unit).of_signal(known)
                if _reported(events).signal != signal:
                    raise SignalConflictError
                return shown_of(events, now)
            event = open_signal(unit, self.home, request_id, signal, by, now)
            unit.commit()
        return shown_of((event,), now)


def open_signal(
    unit: UnitOfWork, home: Home, request_id: UUID, signal: Signal, by: Actor, now: datetime
) -> KeptSignalEvent:
    """Return the first event of a new signal, kept in the unit of the record that it comes from; nothing is committed.

    Raises:
        NotAllowedError: the person is not of port health.
    """
    require(by, Permission.REPORT_SIGNAL)
    signals = SqlSignals(unit)
    serial, identifier = signals.next_serial(), new_id(now)
    number = paper_number(NUMBER_KIND, home, now, serial)
    event = KeptSignalEvent(identifier, identifier, by.name, Reported(number, serial, request_id, signal))
    signals.keep(event)
    return event


@dataclass(frozen=True, slots=True)
class TakeSignalStep:
    """Keeps what became of a signal: triage, Annex 2, who was told, the focal point's decision, response, end."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, signal_id: UUID, step: SignalEvent, by: Actor) -> SignalShown:
        """Return the signal after the step; ``step.by`` is set to the person at work.

        Raises:
            NotAllowedError: telling is for everybody of health, judging for supervisor and epidemiologist.
            SignalUnknownError: there is none. SignalStepError: the step does not follow.
            SignalReasonError: a reason is missing. EventOrderError: a time before the one it follows, or to come.
        """
        tells = isinstance(step, ToldFocalPoint | ToldProvince)
        require(by, Permission.REPORT_SIGNAL if tells else Permission.JUDGE_SIGNALS)
        with self.open_unit() as unit:
            shown = self._keep(unit, signal_id, step, by)
            unit.commit()
        return shown

    def assess(self, signal_id: UUID, sheet: Annex2Sheet, at: datetime, by: Actor) -> SignalShown:
        """Return the signal with what the instrument of Annex 2 advises. Raises as ``__call__``."""
        return self(signal_id, Assessed(at, by.name, advise(sheet), sheet), by)

    def decide(
        self,
        signal_id: UUID,
        choice: FocalPointChoice,
        at: datetime,
        told_by: str,
        by: Actor,
        *,
        by_focal_point: bool,
        reason: str = "",
    ) -> SignalShown:
        """Return the signal with the national focal point's decision, as ``told_by`` told it to the post.

        Raises:
            As ``__call__``. FocalPointDecidesError: it is not the focal point's.
            SignalStepError: the instrument was not gone through, or the focal point was not told.
        """
        require(by, Permission.JUDGE_SIGNALS)
        with self.open_unit() as unit:
            view = shown_of(_existing(unit, signal_id), self.now()).view
            if view.advised is None:
                raise SignalStepError(state=view.state.value)
            decision = decided(
                view.advised, choice, at=at, told_by=told_by, by_focal_point=by_focal_point, reason=reason
            )
            shown = self._keep(unit, signal_id, FocalPointDecided(at, by.name, decision), by)
            unit.commit()
        return shown

    def _keep(self, unit: UnitOfWork, signal_id: UUID, step: SignalEvent, by: Actor) -> SignalShown:
        now = self.now()
        events = _existing(unit, signal_id)
        taken = replace(step, by=by.name)
        before = shown_of(events, now).view
        if taken.at > now or taken.at < before.signal.detected_at:
            raise EventOrderError("at")
        after(before, taken)
        kept = KeptSignalEvent(new_id(now), signal_id, by.name, taken)
        shown = shown_of((*events, kept), now)  # its clocks refuse a time that does not follow
        SqlSignals(unit).keep(kept)
        return shown


@dataclass(frozen=True, slots=True)
class ReadSignals:
    """Answers signals."""

    open_read: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, signal_id: UUID | str, by: Actor) -> SignalShown:
        """Return the signal of that identifier or number.

        Raises:
            NotAllowedError: the person is not of port health. SignalUnknownError: there is none.
            SignalHistoryError: what is kept does not prove.
        """
        require(by, Permission.REPORT_SIGNAL)
        with self.open_read() as unit:
            if isinstance(signal_id, UUID):
                return shown_of(_existing(unit, signal_id), self.now())
            wanted = signal_id.strip()
            for events in SqlSignals(unit).every():
                if wanted.upper() == _reported(events).number or wanted.lower() == str(events[0].signal_id):
                    return shown_of(events, self.now())
        raise SignalUnknownError

    def between(self, first: date, last: date, by: Actor) -> tuple[SignalShown, ...]:
        """Return the signals that were noticed in those days, and those that were open then; the oldest first."""
        return tuple(
            one
            for one in self._every(by)
            if self._day(one.view.signal.detected_at) <= last
            and (one.view.over_at is None or self._day(one.view.over_at) >= first)
        )

    def open(self, by: Actor) -> tuple[SignalShown, ...]:
        """Return the signals that somebody must go on with, the oldest first."""
        return tuple(one for one in self._every(by) if one.is_open)

    def _every(self, by: Actor) -> tuple[SignalShown, ...]:
        require(by, Permission.REPORT_SIGNAL)
        with self.open_read() as unit:
            found = [shown_of(events, self.now()) for events in SqlSignals(unit).every()]
        return tuple(sorted(found, key=lambda one: (one.view.signal.detected_at, one.number)))

    def _day(self, at: datetime) -> date:
        return local(at, self.utc_offset_minutes).date()


def shown_of(events: tuple[KeptSignalEvent, ...], now: datetime) -> SignalShown:
    """Return the signal of its kept events, its clocks as they stand ``now``, or when it was over.

    Raises:
        SignalHistoryError: the events do not follow each other. EventOrderError: their times do not.
    """
    reported = _reported(events)
    steps = [one.said for one in events[1:] if not isinstance(one.said, Reported)]
    view = view_of(reported.signal, steps)
    moments = [reported.signal.detected_at, *(one.at for one in steps)]
    then = max([view.over_at or now, *moments])  # a clock that was set back spoils no old record
    running, met = _clocks(view, then)
    return SignalShown(events[0].signal_id, reported.number, view, events, running, met)


def _clocks(view: SignalView, now: datetime) -> tuple[tuple[RunningClock, ...], Timeliness | None]:
    if view.state is SignalState.DISCARDED:
        return (), None
    notifies = view.decision is not None and view.decision.choice is FocalPointChoice.NOTIFY_WHO
    moments = {
        "detected": view.signal.detected_at,
        "told_national": view.told_at,
        "told_province": view.told_province_at,
        "assessed": view.decision.at if view.decision else None,
        "import_evidence": view.import_evidence_at,
        "measure_began": view.measure_began_at,
        "who_asked": view.who_asked_at,
        "replied_who": view.replied_who_at,
    }
    known = {name: at for name, at in moments.items() if at is not None}
    running = list(clocks(known, now, (*_OF_THE_POST, _REPLY) if view.who_asked_at else _OF_THE_POST))
    for code, starts in _TO_WHO:
        if starts in known and (notifies or starts != "assessed"):
            running += clocks(known | _told_who(view, known[starts]), now, (code,))
    running.sort(key=lambda one: (one.due_at is None, one.due_at or now))
    times = EventTimes(view.signal.detected_at, view.signal.emerged_on, view.told_at, view.responded_at)
    return tuple(running), timeliness(times, now)


def _told_who(view: SignalView, started: datetime) -> dict[str, datetime]:
    """Return the first time that WHO was told of what started then; told before that, it was of something else."""
    after = [at for at in view.told_who if at >= started]
    other = view.import_evidence_at is not None or view.measure_began_at is not None
    first = after[0] if after else (None if other else view.told_who_at)
    return {} if first is None else {"told_who": first}


def _reported(events: tuple[KeptSignalEvent, ...]) -> Reported:
    first = events[0].said
    if not isinstance(first, Reported):
        raise SignalHistoryError(0)
    return first


def _existing(unit: UnitOfWork, signal_id: UUID) -> tuple[KeptSignalEvent, ...]:
    events = SqlSignals(unit).of_signal(signal_id)
    if not events:
        raise SignalUnknownError
    return events
