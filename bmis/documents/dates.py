"""Dates of which the month or the day may be unknown."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self

from bmis.documents.errors import DateTextError

_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?", re.ASCII)
_TYPED_WHOLE = re.compile(r"([0-9]{2}|xx|\?\?|--)([0-9]{2}|xx|\?\?|--)([0-9]{4})", re.ASCII)
_TYPED_PARTS = re.compile(r"(?:(?:([0-9]{1,2}|xx?|\?\??)[/. -])?([0-9]{1,2}|xx?|\?\??)[/. -])?([0-9]{4})", re.ASCII)


class Precision(StrEnum):
    """How much of a date is known."""

    YEAR = "Y"
    MONTH = "YM"
    DAY = "YMD"


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date known to the day, the month or only the year; it exists in the Gregorian calendar.

    Raises:
        DateTextError: there is no such date, or a day without its month.
    """

    year: int
    month: int | None = None
    day: int | None = None

    def __post_init__(self) -> None:
        if not 1 <= self.year <= 9999 or (self.month is None and self.day is not None):
            raise DateTextError
        if self.month is not None and not 1 <= self.month <= 12:
            raise DateTextError
        if self.day is not None and not 1 <= self.day <= _days_in(self.year, self.month or 1):
            raise DateTextError

    @classmethod
    def of(cls, day: date) -> Self:
        """Return ``day``, known to the day."""
        return cls(day.year, day.month, day.day)

    @classmethod
    def parse(cls, untrusted_text: str) -> Self:
        """Return the date written YYYY, YYYY-MM or YYYY-MM-DD.

        Raises:
            DateTextError: it is written otherwise, or there is no such date.
        """
        match = _ISO.fullmatch(untrusted_text)
        if match is None:
            raise DateTextError
        year, month, day = match.groups()
        return cls(int(year), int(month) if month else None, int(day) if day else None)

    @classmethod
    def typed(cls, untrusted_text: str) -> Self:
        """Return the date that an officer typed, day first: ddmmyyyy, dd/mm/yyyy, mm/yyyy, yyyy or the ISO forms.

        An unknown day or month is 00, xx or ?? (00001980, xx/05/1980). The year is always four digits: of two
        digits nobody could say the century.

        Raises:
            DateTextError: it cannot be read, there is no such date, or the month is unknown while the day is not.
        """
        text = untrusted_text.strip().lower()
        if _ISO.fullmatch(text):
            return cls.parse(text)
        match = _TYPED_WHOLE.fullmatch(text) or _TYPED_PARTS.fullmatch(text)
        if match is None:
            raise DateTextError
        day, month, year = match.groups()
        return cls(int(year), _known(month), _known(day))

    @property
    def precision(self) -> Precision:
        """Return how much of the date is known."""
        if self.month is None:
            return Precision.YEAR
        return Precision.MONTH if self.day is None else Precision.DAY

    def __str__(self) -> str:
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in self._known_parts())])

    def shown(self) -> str:
        """Return it as people in Mozambique write it: 12/08/1974, 08/1974 or 1974."""
        return "/".join([*(f"{part:02}" for part in reversed(list(self._known_parts()))), f"{self.year:04}"])

    def _known_parts(self) -> Iterator[int]:
        if self.month is not None:
            yield self.month
        if self.day is not None:
            yield self.day

    def earliest(self) -> date:
        """Return the first day that it can be."""
        return date(self.year, self.month or 1, self.day or 1)

    def latest(self) -> date:
        """Return the last day that it can be."""
        month = self.month or 12
        return date(self.year, month, self.day or _days_in(self.year, month))

    def as_date(self) -> date | None:
        """Return the day, None where it is not known to the day."""
        return self.earliest() if self.precision is Precision.DAY else None

    def surely_before(self, day: date) -> bool:
        """Return whether it is before ``day`` whatever its unknown parts are."""
        return self.latest() < day

    def surely_after(self, day: date) -> bool:
        """Return whether it is after ``day`` whatever its unknown parts are."""
        return self.earliest() > day

    def may_be(self, other: "PartialDate") -> bool:
        """Return whether both can be the same day."""
        return self.earliest() <= other.latest() and other.earliest() <= self.latest()

    def age_on(self, day: date) -> tuple[int, int]:
        """Return the least and the greatest number of whole years from this date to ``day`` (negative: not yet)."""
        return _whole_years(self.latest(), day), _whole_years(self.earliest(), day)


def _known(part: str | None) -> int | None:
    return int(part) if part and part.isdigit() and int(part) else None


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _whole_years(start: date, end: date) -> int:
    return end.year - start.year - ((end.month, end.day) < (start.month, start.day))
