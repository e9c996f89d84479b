"""What people type into a form of the desk, as values; an empty field is not known, which is not zero."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal, InvalidOperation

from ui.desktop.health_supervisor.errors import TypedFieldError
from ui.desktop.widgets.fields import parse_date

_TIME = re.compile(r"(?:(\S{8}|\S{10})\s+)?(\d{1,2})[:h. ]?(\d{2})", re.ASCII)
MOST = 1_000_000


def count_of(typed: str, where: str, most: int = MOST) -> int | None:
    """Return the count; None for an empty field.

    Raises:
        TypedFieldError: it is no count, or above ``most``.
    """
    text = typed.strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 8 and int(text) <= most):
        raise TypedFieldError(where)
    return int(text)


def needed_count(typed: str, where: str, most: int = MOST) -> int:
    """Return the count. Raises TypedFieldError: none, or no count."""
    found = count_of(typed, where, most)
    if found is None:
        raise TypedFieldError(where)
    return found


def number_of(typed: str, where: str) -> Decimal | None:
    """Return a number with a comma or a point; None for an empty field. Raises TypedFieldError."""
    text = typed.strip().replace(",", ".")
    if not text:
        return None
    try:
        found = Decimal(text)
    except InvalidOperation as error:
        raise TypedFieldError(where) from error
    if not found.is_finite() or len(text) > 8:
        raise TypedFieldError(where)
    return found


def day_of(typed: str, where: str) -> date | None:
    """Return the day of a date field, which gives YYYY-MM-DD; None for an empty one. Raises TypedFieldError."""
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError as error:
        raise TypedFieldError(where) from error


def needed_day(typed: str, where: str) -> date:
    """Return the day. Raises TypedFieldError: none."""
    found = day_of(typed, where)
    if found is None:
        raise TypedFieldError(where)
    return found


def moment_of(typed: str, where: str, now: datetime, here: datetime) -> datetime:
    """Return the moment of ``hhmm`` (the last time the post's clock showed it) or ``ddmmyyyy hhmm``; "" is now.

    ``here`` is ``now`` on the post's clock.

    Raises:
        TypedFieldError: it is none.
    """
    text = typed.strip()
    if not text:
        return now
    found = _TIME.fullmatch(text)
    if found is None or int(found[2]) > 23 or int(found[3]) > 59:
        raise TypedFieldError(where)
    at = here.replace(hour=int(found[2]), minute=int(found[3]), second=0, microsecond=0)
    if found[1]:
        day = parse_date(found[1], partial=False)
        if day is None:
            raise TypedFieldError(where)
        at = at.replace(year=day.year, month=day.month or 1, day=day.day or 1)
    elif at > here:
        at -= timedelta(days=1)
    return at.astimezone(UTC)
