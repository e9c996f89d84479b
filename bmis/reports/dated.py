"""The dated files of reports under resources/reports."""

import tomllib
from datetime import date, timedelta
from functools import cache
from typing import Any

from bmis.kernel.resources import resource
from bmis.reports.errors import ReportDataError

_FILE = "bulletin.toml"
_DAYS = 7


@cache
def report_table(file: str) -> dict[str, Any]:
    """Return a file of resources/reports.

    Raises:
        ReportDataError: it is missing or damaged.
    """
    try:
        return tomllib.loads(resource("reports", file).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ReportDataError(file=file) from error


def bulletin_block(name: str, on: date) -> dict[str, Any]:
    """Return the block of the bulletin in force that day; before the first one the first holds."""
    try:
        blocks = sorted(report_table(_FILE)[name], key=lambda block: block["valid_from"])
        found: dict[str, Any] = next((one for one in reversed(blocks) if one["valid_from"] <= on), blocks[0])
        return found
    except (KeyError, TypeError, IndexError) as error:
        raise ReportDataError(file=_FILE) from error


def week_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the bulletin's week that the day lies in.

    Raises:
        ReportDataError: the file is missing or damaged.
    """
    try:
        starts_on = int(bulletin_block("week", day)["first_day"])
    except (KeyError, TypeError, ValueError) as error:
        raise ReportDataError(file=_FILE) from error
    first = day - timedelta(days=(day.isoweekday() - starts_on) % _DAYS)
    return first, first + timedelta(days=_DAYS - 1)


def festive_of(day: date) -> tuple[date, date]:
    """Return the first and the last day of the festive operation that the day lies in, else of the last one before it.

    Raises:
        ReportDataError: the file is missing or damaged.
    """
    block = bulletin_block("festive", day)
    try:
        first, last = (tuple(map(int, str(block[name]).split("-"))) for name in ("first", "last"))
        year = day.year if (day.month, day.day) >= first else day.year - 1
        return date(year, *first), date(year if last >= first else year + 1, *last)
    except (KeyError, TypeError, ValueError) as error:
        raise ReportDataError(file=_FILE) from error


def advice(on: date, language: str) -> str:
    """Return the closing words of the bulletin."""
    try:
        return str(bulletin_block("advice", on)["en" if language == "en" else "pt"])
    except KeyError as error:
        raise ReportDataError(file=_FILE) from error
