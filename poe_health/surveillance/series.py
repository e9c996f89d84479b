"""The days of one condition at one post as alarms see them: a day without counts is not in the series."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from poe_health.surveillance.tally import DailyTally


@dataclass(frozen=True, slots=True)
class DayPoint:
    """Cases of a day, of so many screened."""

    cases: int
    screened: int


Series = Mapping[date, DayPoint]
"""By day. A day that is not there was closed, or its counts are missing: never zero."""


def series_of(disease: str, tallies: Iterable[DailyTally]) -> Series:
    """Return the days of ``disease`` in the tallies of one post; days without counts are left out."""
    return MappingProxyType(
        {
            one.day: DayPoint(one.suspected_by.get(disease, 0), one.counts.screened)
            for one in sorted(tallies, key=lambda each: each.day)
            if one.has_data
        }
    )
