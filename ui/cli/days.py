"""Days in the options of commands."""

from datetime import date

from ui.cli.errors import ValueRefusedError


def day_of(text: str, option: str) -> date:
    """Return the day of an option.

    Raises:
        ValueRefusedError: it is none.
    """
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ValueRefusedError(argument=option) from error


def day_if_given(text: str | None, option: str) -> date | None:
    """Return the day of an option that may be left out. Raises as ``day_of``."""
    return day_of(text, option) if text else None
