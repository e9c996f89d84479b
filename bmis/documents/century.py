"""Which century two printed digits of a year mean, and why."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache

from bmis.documents.dates import PartialDate
from bmis.documents.errors import CodeTableError, DateTextError
from bmis.documents.mrz_layout import FILLER
from bmis.kernel.resources import resource

NOT_IN_FUTURE = "birth_not_in_future"  # the later century would be a birth after today
BEFORE_EXPIRY = "birth_before_expiry"  # the later century would be a birth after the document's end
OLDER_THAN_ANYONE = "earlier_is_older_than_anyone"  # the earlier century would be an impossible age
YOUNGER_OF_TWO = "younger_of_two"  # a child and a very old person are both possible: look at the traveller
ONLY_ONE_EXISTS = "only_one_exists"  # 29 February is in one of the two years only
NEAREST_EXPIRY = "expiry_nearest"  # the only century within the years that a document can be valid for


_UNKNOWN = (FILLER * 2, "XX")


@dataclass(frozen=True, slots=True)
class Dated:
    """A date read from six cells, why it is of its century, and what is wrong with it (a code), if anything is."""

    value: PartialDate | None = None
    reason: str | None = None
    wrong: str | None = None


@dataclass(frozen=True, slots=True)
class _Cells:
    year: int
    month: int | None
    day: int | None

    def in_century(self, century: int) -> PartialDate:
        return PartialDate(century + self.year, self.month, self.day)


def birth_from(cells: str, today: date, expiry: PartialDate | None) -> Dated:
    """Return the date of birth that six cells YYMMDD mean: the latest that is neither after today nor after expiry.

    Unknown parts are fillers (ICAO Doc 9303-3, 4.8); 00 and XX are taken for the same and reported in ``wrong``.
    """
    read, wrong = _read(cells)
    if read is None:
        return Dated(wrong=wrong)
    century = today.year // 100 * 100
    later, earlier = _in(read, century), _in(read, century - 100)
    if later is None or earlier is None:  # a 29 February that only one of the two centuries has, or none
        return _only(later or earlier, today, wrong)
    if later.surely_after(today):
        return Dated(earlier, NOT_IN_FUTURE, wrong)
    if expiry is not None and later.surely_after(expiry.latest()):
        return Dated(earlier, BEFORE_EXPIRY, wrong)
    if earlier.age_on(today)[0] > _bounds()[0]:
        return Dated(later, OLDER_THAN_ANYONE, wrong)
    return Dated(later, YOUNGER_OF_TWO, wrong)


def expiry_from(cells: str, today: date) -> Dated:
    """Return the date of expiry that six cells YYMMDD mean: the century in which it lies nearest to today."""
    read, wrong = _read(cells)
    if read is None:
        return Dated(wrong=wrong)
    last = today.year + _bounds()[1]
    year = last - (last - read.year) % 100  # the only one within the hundred years that end there
    value = _in(read, year - read.year)
    return Dated(value, NEAREST_EXPIRY, wrong) if value else Dated(wrong="date_impossible")


def _only(possible: PartialDate | None, today: date, wrong: str | None) -> Dated:
    if possible is None or possible.surely_after(today):
        return Dated(wrong="date_impossible")
    return Dated(possible, ONLY_ONE_EXISTS, wrong)


def _in(read: _Cells, century: int) -> PartialDate | None:
    try:
        return read.in_century(century)
    except DateTextError:
        return None


def _read(cells: str) -> tuple[_Cells | None, str | None]:
    """Unknown parts are fillers; the XX of the visual zone and 00 are taken for them and reported."""
    parts = [cells[0:2], cells[2:4], cells[4:6]]
    if all(part == FILLER * 2 for part in parts):
        return None, None
    if not all(part in _UNKNOWN or (part.isascii() and part.isdigit()) for part in parts):
        return None, "date_unreadable"
    year, month, day = parts
    if year in _UNKNOWN:
        return None, "year_unknown"
    known_month = int(month) if month not in {*_UNKNOWN, "00"} else None
    known_day = int(day) if day not in {*_UNKNOWN, "00"} else None
    if known_month is None and known_day is not None:  # legal, but a day without its month says nothing
        return _Cells(int(year), None, None), "day_without_month"
    return _Cells(int(year), known_month, known_day), _as_printed(month, day)


def _as_printed(month: str, day: str) -> str | None:
    if "00" in (month, day):
        return "zero_for_unknown"
    return "xx_for_unknown" if "XX" in (month, day) else None


@cache
def _bounds() -> tuple[int, int]:
    try:
        with resource("codes", "mrz_centuries.toml").open("rb") as file:
            table = tomllib.load(file)
        return int(table["oldest_age_years"]), int(table["expiry_years_ahead"])
    except (OSError, KeyError, ValueError) as error:
        raise CodeTableError("mrz_centuries") from error
