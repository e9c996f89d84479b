"""Opening the stores of the post for a call, and the values that their JSON shares."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from ui.cli.at_home import signed_in
from ui.cli.call import Call
from ui.cli.errors import InputFieldError, ValueRefusedError

if TYPE_CHECKING:
    from ui.health_stores import HealthStores


@contextmanager
def stores_at(call: Call) -> "Iterator[HealthStores]":
    """Give the stores of the person who signs in, for the block.

    Raises:
        NotAllowedError: the person is not of health.
    """
    from ui.compose_health import health_stores

    with signed_in(call) as session:
        yield health_stores(session)


def moment_of(said: Mapping[str, Any], field: str, schema: str, default: datetime | None = None) -> datetime:
    """Return a moment with its time zone.

    Raises:
        InputFieldError: it is not there and has no default, or it is none.
    """
    text = said.get(field)
    if text is None and default is not None:
        return default
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError as error:
        raise InputFieldError(field=field, schema=schema) from error
    if found.tzinfo is None:
        raise InputFieldError(field=field, schema=schema)
    return found


def day_of(said: Mapping[str, Any], field: str, schema: str) -> date | None:
    """Return a day, None where there is none. Raises InputFieldError: it is no day."""
    text = said.get(field)
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise InputFieldError(field=field, schema=schema) from error


def option_day(text: str | None, argument: str) -> date | None:
    """Return the day of an option. Raises ValueRefusedError: it is none."""
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError as error:
        raise ValueRefusedError(argument=argument) from error


def identifier(text: str, argument: str = "ID") -> UUID:
    """Return the identifier of an argument. Raises ValueRefusedError: it is none."""
    try:
        return UUID(text)
    except ValueError as error:
        raise ValueRefusedError(argument=argument) from error


def dose_of(text: str) -> UUID | str:
    """Return the identifier, or the number as it is."""
    try:
        return UUID(text)
    except ValueError:
        return text


def iso(at: date | datetime | None) -> str | None:
    """Return it as JSON has it."""
    return None if at is None else at.isoformat()
