"""The epidemiological week and its summary: sums over the days that have counts, and how many have none."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta
from types import MappingProxyType

from poe_health.surveillance.settings import first_weekday, reasons_none_screened
from poe_health.surveillance.tally import Counts, DailyTally

DAYS = 7
_DECIDING_DAY = 3  # the week belongs to the year of its fourth day (ISO 8601; epidemiological weeks alike)


@dataclass(frozen=True, slots=True, order=True)
class EpiWeek:
    """A week by its year and number, with its first day."""

    year: int
    number: int
    first_day: date

    @property
    def code(self) -> str:
        """Return 2026W47, as DHIS2 writes it."""
        return f"{self.year}W{self.number}"

    @property
    def days(self) -> tuple[date, ...]:
        """Return its seven days."""
        return tuple(self.first_day + timedelta(days=n) for n in range(DAYS))


def epi_week(day: date, starts_on: int | None = None) -> EpiWeek:
    """Return the week of ``day``. ``starts_on``: 1 Monday to 7 Sunday; None: as in force on that day."""
    starts_on = first_weekday(day) if starts_on is None else starts_on
    first = day - timedelta(days=(day.isoweekday() - starts_on) % DAYS)
    deciding = first + timedelta(days=_DECIDING_DAY)
    return EpiWeek(deciding.year, (deciding.timetuple().tm_yday - 1) // DAYS + 1, first)


_NAMED = re.compile(r"([0-9]{4})-?W([0-9]{1,2})", re.ASCII)
_ALWAYS_IN_WEEK_1 = (1, 4)  # 4 January, on whatever day weeks begin


def week_named(text: str) -> EpiWeek:
    """Return the week of 2026-W47 or 2026W47.

    Raises:
        ValueError: it is no such text, or the year has no week of that number.
    """
    found = _NAMED.fullmatch(text.strip())
    if found is None or not int(found[1]) or not int(found[2]):
        raise ValueError("a week is a year and a number")
    year, number = int(found[1]), int(found[2])
    week = epi_week(epi_week(date(year, *_ALWAYS_IN_WEEK_1)).first_day + timedelta(days=DAYS * (number - 1)))
    if (week.year, week.number) != (year, number):
        raise ValueError("that year has no such week")
    return week


@dataclass(frozen=True, slots=True)
class WeekSummary:
    """One week of one post.

    ``counts`` and ``suspected_by`` sum the ``days_counted``; None: no day has counts, which is not zero. Diseases
    asked for stand in ``suspected_by`` with zero when no day counted one (the zero report). ``days_without`` were
    submitted without counts, by reason; ``days_missing`` were not submitted.
    """

    post_code: str
    week: EpiWeek
    counts: Counts | None
    suspected_by: Mapping[str, int | None]
    crossed: int | None
    days_counted: tuple[date, ...]
    days_without: Mapping[date, str]
    days_missing: tuple[date, ...]

    @property
    def is_complete(self) -> bool:
        """Return whether every day was submitted."""
        return not self.days_missing


def summary_of(
    post_code: str, week: EpiWeek, submitted: Iterable[DailyTally], diseases: Sequence[str] = ()
) -> WeekSummary:
    """Return the summary of the last submitted tallies of the week; tallies of other days are left out."""
    tallies = {one.day: one for one in submitted if one.post_code == post_code and one.day in week.days}
    counted = [one for one in tallies.values() if one.has_data]
    named = dict.fromkeys([*diseases, *(code for one in counted for code in one.suspected_by)])
    by_disease = {code: sum(one.suspected_by.get(code, 0) for one in counted) if counted else None for code in named}
    crossed = [sum(one.crossed.values()) for one in counted if one.crossed is not None]
    return WeekSummary(
        post_code=post_code,
        week=week,
        counts=_sum([one.counts for one in counted]) if counted else None,
        suspected_by=MappingProxyType(by_disease),
        crossed=sum(crossed) if counted and len(crossed) == len(counted) else None,
        days_counted=tuple(sorted(one.day for one in counted)),
        days_without=MappingProxyType({day: _reason(one) for day, one in sorted(tallies.items()) if not one.has_data}),
        days_missing=tuple(day for day in week.days if day not in tallies),
    )


def _sum(counts: Sequence[Counts]) -> Counts:
    sums: dict[str, int | None] = {}
    for one in fields(Counts):
        values = [getattr(each, one.name) for each in counts]
        sums[one.name] = None if None in values else sum(values)
    return Counts(**sums)  # type: ignore[arg-type]  # only the numbers that may be None can be None in ``counts``


def _reason(tally: DailyTally) -> str:
    known = reasons_none_screened().get(tally.none_screened_reason or "")
    return known.code if known else "OTHER"
