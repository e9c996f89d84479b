"""The only place that asks the machine for the time of day."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

Clock = Callable[[], datetime]
"""Answers an aware UTC datetime."""

MAPUTO_OFFSET_MINUTES = 120  # Central Africa Time, no daylight saving (border.md 6.5); a post may override it


def system_clock() -> datetime:
    """Return the machine's time, aware, in UTC."""
    return datetime.now(UTC)


def fixed_clock(at: datetime) -> Clock:
    """Return a clock that stands still, for training homes (``--now``) and tests.

    Raises:
        ValueError: ``at`` has no time zone.
    """
    if at.tzinfo is None:
        raise ValueError("a clock needs an aware datetime")
    moment = at.astimezone(UTC)
    return lambda: moment


def local(at: datetime, offset_minutes: int = MAPUTO_OFFSET_MINUTES) -> datetime:
    """Return ``at`` as the wall clock of the post shows it."""
    return at.astimezone(timezone(timedelta(minutes=offset_minutes)))
