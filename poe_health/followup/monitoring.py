"""A monitoring as its steps made it: the days, what each says, where it stands."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from bmis.kernel.clock import local
from poe_health.followup.errors import MonitoringStepError, NotSeenWellError, VisitDayError
from poe_health.followup.step_checks import check_step
from poe_health.followup.steps import (
    Ended,
    HandoverAcknowledged,
    HandoverDeclined,
    HandoverSent,
    PersonChanged,
    PersonForgotten,
    Replanned,
    Started,
    Step,
    Told,
    Visited,
)
from poe_health.followup.visit import FROM_VISITS, DayStatus, status_of
from poe_health.referrals.errors import ReferralHistoryError, ReferralTimeError

DONE = "DONE"
_ROUNDED = timedelta(milliseconds=1)  # what the moment inside an event's id leaves off


class State(StrEnum):
    """Where a monitoring stands; the endings are those of the list of endings."""

    MONITORED = "MONITORED"
    HANDOVER_SENT = "HANDOVER_SENT"  # not acknowledged: the person is still ours
    HANDED_OVER = "HANDED_OVER"
    DONE = "DONE"
    LOST = "LOST"
    CASE = "CASE"
    EXCLUDED = "EXCLUDED"
    DIED = "DIED"


OPEN = frozenset({State.MONITORED, State.HANDOVER_SENT})
_OURS = frozenset({Visited, Told, Replanned, PersonChanged})
_OVER = frozenset({PersonForgotten})
_ALLOWED: Mapping[State, frozenset[type[Step]]] = MappingProxyType(
    {
        State.MONITORED: _OURS | {HandoverSent, Ended},
        State.HANDOVER_SENT: _OURS | {HandoverSent, HandoverAcknowledged, HandoverDeclined, Ended},
        State.HANDED_OVER: _OVER,
        State.DONE: _OVER,
        State.LOST: _OVER,
        State.CASE: _OVER,
        State.EXCLUDED: _OVER,
        State.DIED: _OVER,
    }
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A visit as recorded. ``status`` is what it says; ``late``: recorded on a later day than it happened."""

    visit: Visited
    status: DayStatus
    late: bool

    @property
    def day(self) -> date:
        """The day of the visit at the post."""
        return local(self.visit.at).date()


@dataclass(frozen=True, slots=True)
class MonitoredDay:
    """One day: its number from day 0, its status, and whether it was recorded late."""

    number: int
    day: date
    status: DayStatus
    late: bool = False


@dataclass(frozen=True, slots=True)
class Monitoring:
    """A monitoring. ``handover`` is the last one that was sent; ``end`` how it ended here."""

    id: UUID
    started: Started
    state: State
    day0: date
    reckoned_from: str
    identity_id: UUID
    identity_seal: str
    visits: tuple[Seen, ...] = ()
    told: tuple[Told, ...] = ()
    handover: HandoverSent | None = None
    acknowledged: HandoverAcknowledged | None = None
    declined: tuple[HandoverDeclined, ...] = ()
    end: Ended | None = None
    forgotten: bool = False

    @classmethod
    def begun(cls, identifier: UUID, step: Started) -> "Monitoring":
        """Return the monitoring that the step begins."""
        return cls(
            identifier,
            step,
            State.MONITORED,
            step.day0,
            step.reckoned_from,
            step.identity_id,
            step.identity_seal,
        )

    @property
    def number(self) -> str:
        """The number on its papers."""
        return self.started.number

    @property
    def disease(self) -> str:
        """What the person was exposed to."""
        return self.started.disease

    def follows(self, kind: type[Step]) -> bool:
        """Return whether a step of this kind may follow where the monitoring stands."""
        return kind in _ALLOWED[self.state]

    @property
    def is_open(self) -> bool:
        """Whether the person is followed here."""
        return self.state in OPEN

    @property
    def first_day(self) -> date:
        """The first day that is monitored here: the day after day 0, not before it began."""
        return max(self.day0 + timedelta(days=1), local(self.started.at).date())

    @property
    def last_day(self) -> date:
        """The last day: day 0 and the days of the rules."""
        return self.day0 + timedelta(days=self.started.days)

    @property
    def closed_on(self) -> date | None:
        """The day from which the person is not followed here any more."""
        step = self.end or self.acknowledged
        return None if step is None else local(step.at).date()

    def days(self, today: date) -> tuple[MonitoredDay, ...]:
        """Return every day from the first to the last, as it stands on ``today``."""
        found = []
        for number in range(1, self.started.days + 1):
            day = self.day0 + timedelta(days=number)
            found.append(self._day(number, day, today))
        return tuple(found)

    def counts(self, today: date) -> Mapping[DayStatus, int]:
        """Return how many days have each status."""
        return MappingProxyType(Counter(one.status for one in self.days(today)))

    def seen_well_at_the_end(self) -> bool:
        """Return whether the person was last seen well, and that on or after the last day."""
        after = [one for one in self.visits if one.day >= self.last_day]
        return bool(after) and max(after, key=lambda one: one.visit.at).status is DayStatus.WELL

    def unsettled_illness(self) -> Seen | None:
        """Return the latest visit that found the person ill and that nobody was told of."""
        ill = [one for one in self.visits if one.status is DayStatus.ILL]
        latest = max(ill, key=lambda one: one.visit.at, default=None)
        if latest is None or any(one.finding == "ILL" and one.at >= latest.visit.at for one in self.told):
            return None
        return latest

    def after(self, step: Step, now: datetime) -> "Monitoring":
        """Return the monitoring after the step.

        Raises:
            MonitoringStepError: it does not follow. VisitDayError: a visit outside the days.
            NotSeenWellError: it cannot be completed. ReferralTimeError: a moment in the future or too early.
            ReferralFieldError, ReferralCodeError, ReferralReasonError, VisitAnswerError: what is wrong with the step.
        """
        self._refuse_out_of_order(step)
        check_step(step)
        return self._moved(step, now)

    def replayed(self, step: Step, recorded_at: datetime) -> "Monitoring":
        """Return the monitoring after a step that was kept before. Raises as ``after``."""
        self._refuse_out_of_order(step)
        return self._moved(step, recorded_at + _ROUNDED)

    def _refuse_out_of_order(self, step: Step) -> None:
        if type(step) not in _ALLOWED[self.state] or self.forgotten:
            raise MonitoringStepError(state=self.state.value)

    def _moved(self, step: Step, now: datetime) -> "Monitoring":
        if step.at > now or step.at < self._not_before(step):
            raise ReferralTimeError("at")
        if isinstance(step, Visited):
            seen = Seen(step, status_of(step, self.disease), local(step.at).date() < local(now).date())
            if seen.day < local(self.started.at).date():
                raise VisitDayError
            return replace(self, visits=(*self.visits, seen))
        if isinstance(step, Ended):
            if step.ending == DONE and (not self.seen_well_at_the_end() or self.unsettled_illness() is not None):
                raise NotSeenWellError
            return replace(self, state=State(step.ending), end=step)
        return self._with(step)

    def _not_before(self, step: Step) -> datetime:
        if isinstance(step, HandoverAcknowledged | HandoverDeclined) and self.handover is not None:
            return self.handover.at
        return self.started.at

    def _with(self, step: Step) -> "Monitoring":
        if isinstance(step, Told):
            return replace(self, told=(*self.told, step))
        if isinstance(step, HandoverSent):
            return replace(self, state=State.HANDOVER_SENT, handover=step)
        if isinstance(step, HandoverAcknowledged):
            return replace(self, state=State.HANDED_OVER, acknowledged=step)
        if isinstance(step, HandoverDeclined):
            return replace(self, state=State.MONITORED, declined=(*self.declined, step))
        if isinstance(step, Replanned):
            return replace(self, day0=step.day0, reckoned_from=step.reckoned_from)
        if isinstance(step, PersonChanged):
            return replace(self, identity_id=step.identity_id, identity_seal=step.identity_seal)
        return replace(self, forgotten=True)

    def _day(self, number: int, day: date, today: date) -> MonitoredDay:
        seen = [one for one in self.visits if one.day == day]
        for status in FROM_VISITS:
            fitting = [one for one in seen if one.status is status]
            if fitting:
                return MonitoredDay(number, day, status, all(one.late for one in fitting))
        earlier = self.started.earlier.get(day.isoformat())
        if earlier is not None:
            return MonitoredDay(number, day, DayStatus(earlier))
        if day < self.first_day:
            return MonitoredDay(number, day, DayStatus.BEFORE)
        if self.closed_on is not None and day >= self.closed_on:
            return MonitoredDay(number, day, DayStatus.AFTER)
        if day > today:
            return MonitoredDay(number, day, DayStatus.PLANNED)
        return MonitoredDay(number, day, DayStatus.DUE if day == today else DayStatus.MISSED)


def monitoring_of(identifier: UUID, history: Iterable[tuple[Step, datetime]]) -> Monitoring:
    """Return the monitoring that its recorded steps make, each with the moment it was recorded.

    Raises:
        ReferralHistoryError: they do not follow one another.
    """
    found: Monitoring | None = None
    for at, (step, recorded_at) in enumerate(history, start=1):
        try:
            if found is None:
                if not isinstance(step, Started):
                    raise ReferralHistoryError(at)
                found = Monitoring.begun(identifier, step)
            else:
                found = found.replayed(step, recorded_at)
        except (MonitoringStepError, NotSeenWellError, ReferralTimeError, VisitDayError, ValueError) as error:
            raise ReferralHistoryError(at) from error
    if found is None:
        raise ReferralHistoryError(0)
    return found
