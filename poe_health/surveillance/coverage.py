"""Coverage of a day: screened of those who crossed, over the hours that both counted and over no others."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES
from bmis.store.crossing_hours import CrossingHoursError
from bmis.store.unit import OpenUnit
from poe_health.screening.records import SqlScreeningCounts
from poe_health.surveillance.tally import Coverage, coverage

CrossedByHour = Callable[[date], Mapping[int, int] | None]
"""Answers how many crossed in each hour of a day, as immigration handed it over; None: it handed nothing over."""


class NoCoverage(StrEnum):
    """Why there is no coverage."""

    NOT_HANDED_OVER = "not_handed_over"
    NO_SHARED_HOUR = "no_shared_hour"
    UNREADABLE = "unreadable"  # what was handed over is damaged


@dataclass(frozen=True, slots=True)
class CoverageShown:
    """The coverage, or why there is none."""

    coverage: Coverage | None
    why: NoCoverage | None


@dataclass(frozen=True, slots=True)
class ReadCoverage:
    """Answers the coverage of a day. What immigration counted comes as a value: no crossing is read here."""

    open_read: OpenUnit
    crossed: CrossedByHour
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, day: date, by: Actor) -> CoverageShown:
        """Return it over the hours in which somebody was screened and of which the border told a count.

        A file that is damaged stops no tally: there is no coverage, and it is said why.

        Raises:
            NotAllowedError: the role reads no counts.
        """
        require(by, Permission.READ_HEALTH_COUNTS)
        try:
            crossed = self.crossed(day)
        except CrossingHoursError:
            return CoverageShown(None, NoCoverage.UNREADABLE)
        if crossed is None:
            return CoverageShown(None, NoCoverage.NOT_HANDED_OVER)
        with self.open_read() as unit:
            screened = SqlScreeningCounts(unit).by_hour(day, self.utc_offset_minutes)
        found = coverage(screened, crossed)
        return CoverageShown(found, None if found is not None else NoCoverage.NO_SHARED_HOUR)
