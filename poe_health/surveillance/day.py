"""The day of a tally as events: submitted, reopened by a late record or by hand, submitted again as revised."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from poe_health.surveillance.arithmetic import TallyFault, faults_of
from poe_health.surveillance.errors import (
    AlreadySubmittedError,
    DayHistoryError,
    DayNotComeError,
    NothingSubmittedError,
    ReopeningReasonError,
    TallyArithmeticError,
)
from poe_health.surveillance.tally import DailyTally

SHORTEST_REASON = 10  # characters


class DayState(StrEnum):
    """Where a day stands."""

    OPEN = "open"
    SUBMITTED = "submitted"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Submitted:
    """The tally as it was sent. ``revision`` 0 is the first; a later one is marked revised."""

    at: datetime
    by: str
    tally: DailyTally
    revision: int


@dataclass(frozen=True, slots=True)
class Reopened:
    """The day was opened again: by a late record (``record``: its id), or by hand with a reason."""

    at: datetime
    by: str
    record: str | None = None
    reason: str | None = None


DayEvent = Submitted | Reopened


@dataclass(frozen=True, slots=True)
class Day:
    """The events of a day folded. ``sent`` is the last tally that was submitted."""

    state: DayState
    sent: Submitted | None
    reopened: tuple[Reopened, ...]

    @property
    def is_revised(self) -> bool:
        """Return whether what was sent last corrects something that was sent before."""
        return self.sent is not None and self.sent.revision > 0


def day_of(events: Sequence[DayEvent]) -> Day:
    """Return where the day stands after its events.

    Raises:
        DayHistoryError: they do not follow each other.
    """
    state, sent, reopened = DayState.OPEN, None, []
    for place, event in enumerate(events):
        if isinstance(event, Submitted):
            if state is DayState.SUBMITTED or event.revision != (sent.revision + 1 if sent else 0):
                raise DayHistoryError(place)
            state, sent = DayState.SUBMITTED, event
        else:
            if sent is None:
                raise DayHistoryError(place)
            state = DayState.REOPENED
            reopened.append(event)
    return Day(state, sent, tuple(reopened))


def submit(
    events: Sequence[DayEvent],
    tally: DailyTally,
    *,
    today: date,
    at: datetime,
    by: str,
    also: Sequence[TallyFault] = (),
) -> Submitted:
    """Return the event of submitting the tally. ``today`` is the day on the wall clock of the post.

    ``also``: what else does not add up, which the tally alone does not show.

    Raises:
        DayNotComeError: the day has not begun. AlreadySubmittedError: nothing came in since.
        TallyArithmeticError: the numbers contradict each other; nothing is submitted.
    """
    if tally.day > today:
        raise DayNotComeError
    day = day_of(events)
    if day.state is DayState.SUBMITTED:
        raise AlreadySubmittedError
    found = [one for one in (*faults_of(tally), *also) if one.blocks]
    if found:
        raise TallyArithmeticError(*dict.fromkeys(one.fault.value for one in found))
    return Submitted(at, by, tally, revision=day.sent.revision + 1 if day.sent else 0)


def record_arrived(events: Sequence[DayEvent], record: str, *, at: datetime, by: str) -> Reopened | None:
    """Return the event of a record (or a void) that came for a submitted day; None: the day is open anyway."""
    return Reopened(at, by, record=record) if day_of(events).state is DayState.SUBMITTED else None


def reopen(events: Sequence[DayEvent], reason: str, *, at: datetime, by: str) -> Reopened:
    """Return the event of reopening by hand.

    Raises:
        NothingSubmittedError: the day is open. ReopeningReasonError: the reason is too short.
    """
    if day_of(events).state is not DayState.SUBMITTED:
        raise NothingSubmittedError
    if len(reason.strip()) < SHORTEST_REASON:
        raise ReopeningReasonError(SHORTEST_REASON)
    return Reopened(at, by, reason=reason.strip())
