"""The clocks of notification: hours that run without a pause, and the 7-1-7 targets."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, local
from poe_health.events.errors import EventOrderError
from poe_health.events.settings import ClockRule, TimelinessTarget, clock_rules, timeliness_target


class ClockState(StrEnum):
    """Where a clock stands."""

    NOT_STARTED = "not_started"  # the event that starts it is not known
    RUNNING = "running"
    OVERDUE = "overdue"
    IN_TIME = "in_time"
    LATE = "late"


@dataclass(frozen=True, slots=True)
class RunningClock:
    """One clock. ``left`` until it is due; negative once it is over; None when it has not started."""

    rule: ClockRule
    state: ClockState
    started_at: datetime | None
    due_at: datetime | None
    done_at: datetime | None
    left: timedelta | None


def clock(rule: ClockRule, moments: Mapping[str, datetime], now: datetime) -> RunningClock:
    """Return how the clock stands. ``moments``: when each event of the rules happened, aware; absent: not yet.

    Raises:
        EventOrderError: it ends before it started, or an event lies in the future.
    """
    started, done = moments.get(rule.starts), moments.get(rule.ends)
    for name, at in ((rule.starts, started), (rule.ends, done)):
        if at is not None and at > now:
            raise EventOrderError(name)
    if started is None:
        return RunningClock(rule, ClockState.NOT_STARTED, None, None, done, None)
    due = started + timedelta(hours=rule.hours)
    if done is None:
        state = ClockState.RUNNING if now <= due else ClockState.OVERDUE
        return RunningClock(rule, state, started, due, None, due - now)
    if done < started:
        raise EventOrderError(rule.ends)
    return RunningClock(rule, ClockState.IN_TIME if done <= due else ClockState.LATE, started, due, done, due - done)


def clocks(
    moments: Mapping[str, datetime], now: datetime, only: Iterable[str] | None = None
) -> tuple[RunningClock, ...]:
    """Return every clock (or those named) by the rules in force when it started, the soonest due first.

    Raises:
        EventOrderError: as ``clock``.
    """
    wanted = None if only is None else set(only)
    found = []
    for code, rule in clock_rules(now.date()).items():
        if wanted is None or code in wanted:
            started = moments.get(rule.starts)
            then = rule if started is None else clock_rules(local(started).date()).get(code, rule)
            found.append(clock(then, moments, now))
    return tuple(sorted(found, key=lambda one: (one.due_at is None, one.due_at or now)))


class Target(StrEnum):
    """Whether a 7-1-7 target was met. ``UNKNOWN``: a time is not known, which is not "missed"."""

    MET = "met"
    MISSED = "missed"
    RUNNING = "running"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Timeliness:
    """The three targets. Days of detection; hours of notification and response; None: not known or not over."""

    detect: Target
    notify: Target
    respond: Target
    detect_days: int | None
    notify_hours: float | None
    respond_hours: float | None

    @property
    def all_met(self) -> bool | None:
        """Return whether all three were met; None while one is running or unknown and none was missed."""
        three = {self.detect, self.notify, self.respond}
        if Target.MISSED in three:
            return False
        return True if three == {Target.MET} else None


@dataclass(frozen=True, slots=True)
class EventTimes:
    """When the event began, was noticed, was told to the national focal point, and the early response was complete."""

    detected_at: datetime
    emerged_on: date | None = None
    notified_at: datetime | None = None
    responded_at: datetime | None = None


def timeliness(
    times: EventTimes,
    now: datetime,
    target: TimelinessTarget | None = None,
    offset_minutes: int = MAPUTO_OFFSET_MINUTES,
) -> Timeliness:
    """Return how the event stands against 7-1-7. ``target`` None: that in force on the day of detection.

    Raises:
        EventOrderError: a time lies before the one it follows, or in the future.
    """
    detected_on = local(times.detected_at, offset_minutes).date()
    _in_order(times, detected_on, now)
    target = target or timeliness_target(detected_on)
    days = (detected_on - times.emerged_on).days if times.emerged_on is not None else None
    detect = Target.UNKNOWN if days is None else (Target.MET if days <= target.detect_days else Target.MISSED)
    notify, notify_hours = _step(times.detected_at, times.notified_at, target.notify_hours, now)
    respond, respond_hours = _step(times.notified_at, times.responded_at, target.respond_hours, now)
    return Timeliness(detect, notify, respond, days, notify_hours, respond_hours)


def _in_order(times: EventTimes, detected_on: date, now: datetime) -> None:
    if times.detected_at > now:
        raise EventOrderError("detected_at")
    if times.emerged_on is not None and times.emerged_on > detected_on:
        raise EventOrderError("detected_at")
    before = times.detected_at
    for name, at in (("notified_at", times.notified_at), ("responded_at", times.responded_at)):
        if at is not None:
            if at < before or at > now:
                raise EventOrderError(name)
            before = at


def _step(start: datetime | None, done: datetime | None, hours: int, now: datetime) -> tuple[Target, float | None]:
    if start is None:
        return Target.UNKNOWN, None
    limit = timedelta(hours=hours)
    if done is None:
        return (Target.RUNNING if now - start <= limit else Target.MISSED), None
    took = done - start
    return (Target.MET if took <= limit else Target.MISSED), took / timedelta(hours=1)
