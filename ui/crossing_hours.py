"""The border's counts by the hour, handed to port health of the same home as values: sums, nobody."""

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from bmis.kernel.actor import Permission, require
from bmis.kernel.clock import local
from bmis.store.crossing_hours import hand_over_hours

if TYPE_CHECKING:
    from bmis.staff.session import SignedIn

CUBE = "travel_mode"  # movements: who crossed, not who was refused


def hand_over(session: "SignedIn", day: date) -> Mapping[int, int]:
    """Return how many crossed in each hour of the day that is over and in which somebody crossed; they are kept.

    Raises:
        NotAllowedError: the role reads no crossings. StoreReadOnlyError, StoreFullError.
    """
    from ui.compose import report_desk

    require(session.actor, Permission.READ_CROSSINGS)
    now = local(session.now())
    with report_desk(session).counts.view() as counts:
        sums = counts.sums(CUBE, day, day, ("hour",))
    hours = {int(keys[0]): many for keys, many in sums.items() if many}
    over = {hour: many for hour, many in sorted(hours.items()) if (day, hour) < (now.date(), now.hour)}
    hand_over_hours(session.home, day, over)
    return over
