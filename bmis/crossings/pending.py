"""The people in secondary: crossings that wait for their decision."""

from dataclasses import dataclass
from datetime import timedelta

from bmis.crossings.records import SqlSearches
from bmis.crossings.view import CrossingSummary
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.store.unit import OpenUnit


@dataclass(frozen=True, slots=True)
class Waiting:
    """Somebody in secondary and since how long. ``waited`` is never negative: a clock may have been set back."""

    crossing: CrossingSummary
    waited: timedelta


@dataclass(frozen=True, slots=True)
class ListPending:
    """Answers who waits, the one who has waited longest first. Recording a crossing that ``closes`` one ends it."""

    open_read: OpenUnit
    now: Clock

    def __call__(self, by: Actor) -> tuple[Waiting, ...]:
        """Return the open cases.

        Raises:
            NotAllowedError: the role does not read crossings.
        """
        require(by, Permission.READ_CROSSINGS)
        now = self.now()
        with self.open_read() as unit:
            found = SqlSearches(unit).waiting()
        return tuple(Waiting(crossing, max(now - crossing.crossed_at, timedelta(0))) for crossing in found)
