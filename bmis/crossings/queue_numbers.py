"""What the records say of the queue now, and of people who should have left."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from statistics import median

from bmis.crossings.records.desk_pace import recorded_since
from bmis.crossings.records.stays import count_overstays, overstays
from bmis.crossings.view import CrossingSummary
from bmis.kernel.actor import Actor, Permission, require
from bmis.store.unit import OpenUnit

LOOKED_BACK_DAYS = 3 * 366  # stays that ended earlier are no longer a list for a shift
MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class Overstays:
    """Registered stays past their last day: no way out, and no new entry, is recorded here since. ``listed`` are the
    newest of ``count``. Somebody may have left by a post that has not sent its records."""

    count: int
    listed: tuple[CrossingSummary, ...]


@dataclass(frozen=True, slots=True)
class ReadOverstays:
    """Looks for stays that ended before today."""

    open_read: OpenUnit

    def __call__(self, today: date, by: Actor) -> Overstays:
        """Return them. Raises NotAllowedError: the role does not read crossings."""
        require(by, Permission.READ_CROSSINGS)
        since = today - timedelta(days=LOOKED_BACK_DAYS)
        with self.open_read() as unit:
            listed = overstays(unit, since, today, MOST_LISTED)
            count = len(listed) if len(listed) < MOST_LISTED else count_overstays(unit, since, today)
        return Overstays(count, listed)


def seconds_a_traveller(moments: Sequence[datetime], longest_gap_s: int, least_gaps: int) -> int | None:
    """Return the median seconds from one kept crossing to the next; None where there are too few to say.

    A gap above ``longest_gap_s`` is left out: nobody was waiting. The record does not say when a traveller came to the
    window, so that this is the pace of the queue and not the time of one case.
    """
    gaps = [(after - before).total_seconds() for before, after in pairwise(moments)]
    kept = [gap for gap in gaps if 0 < gap <= longest_gap_s]
    return round(median(kept)) if len(kept) >= least_gaps else None


@dataclass(frozen=True, slots=True)
class ReadPace:
    """Reads how fast the desk's queue has moved."""

    open_read: OpenUnit
    desk_id: str

    def __call__(self, now: datetime, minutes: int, longest_gap_s: int, least_gaps: int, by: Actor) -> int | None:
        """Return the seconds. Raises NotAllowedError: the role does not read crossings."""
        require(by, Permission.READ_CROSSINGS)
        with self.open_read() as unit:
            moments = recorded_since(unit, self.desk_id, now - timedelta(minutes=minutes))
        return seconds_a_traveller(moments, longest_gap_s, least_gaps)
