"""What outbreak mode would bring: more people in secondary, and how long they would wait. A sketch, not a promise."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bmis.kernel.actor import Actor, Permission, require
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.outbreaks.outbreak import ExpectedLoad
from poe_health.screening.records import SqlScreeningCounts
from poe_health.screening.secondary_rules import secondary_policy

DAYS = 7


@dataclass(frozen=True, slots=True)
class ExpectLoad:
    """Answers from the counts of the seven days before ``today``, the post's day."""

    open_read: OpenUnit
    today: Callable[[], date]

    def __call__(self, by: Actor, *, areas_to_secondary: bool, rooms: int = 1) -> ExpectedLoad:
        """Return the load. Show it before outbreak mode starts: starting asks for exactly this.

        Raises:
            NotAllowedError: the role does not decide on outbreak mode.
        """
        require(by, Permission.MANAGE_OUTBREAKS)
        with self.open_read() as unit:
            return expected_load(unit, self.today(), areas_to_secondary=areas_to_secondary, rooms=rooms)


def expected_load(unit: UnitOfWork, today: date, *, areas_to_secondary: bool, rooms: int) -> ExpectedLoad:
    """Return the load from the counts of the seven days before today.

    The busiest hour of those days is taken to come again, with the share that would go to secondary; people arrive and
    are seen irregularly (a single queue, exponential times), which is why a room that is nearly full makes long waits.
    """
    first, last = today - timedelta(days=DAYS), today - timedelta(days=1)
    counts = SqlScreeningCounts(unit).load(first, last)
    more_by_area = counts.more_by_area if areas_to_secondary else 0
    together = counts.secondary + counts.more_by_threshold + more_by_area
    room = rooms * 60 / secondary_policy().target_minutes
    a_day = busiest = wait = grows = None
    if counts.screened:
        a_day = round(together / counts.days_with_records, 1)
        arriving = counts.busiest_hour * together / counts.screened
        busiest = round(arriving, 2)
        if arriving < room:
            wait = round(60 * arriving / (room * (room - arriving)), 1)
        else:
            grows = round(arriving - room, 2)
    return ExpectedLoad(
        first=first,
        last=last,
        days_with_records=counts.days_with_records,
        screened=counts.screened,
        secondary_before=counts.secondary,
        more_by_threshold=counts.more_by_threshold,
        more_by_area=more_by_area,
        rooms=rooms,
        secondary_a_day=a_day,
        busiest_hour=busiest,
        room_an_hour=room,
        wait_minutes=wait,
        grows_by_an_hour=grows,
    )
