"""What the head of the desk shows of today: how many were screened, with which result, how many wait."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bmis.kernel.actor import Actor, Permission, require
from bmis.store.outbox import waiting
from bmis.store.unit import OpenUnit
from poe_health.screening.records import SqlScreenings
from poe_health.screening.records.today import results_of


@dataclass(frozen=True, slots=True)
class TodayCounts:
    """Persons of a day by result; ``waiting``: sent to secondary without an end; ``unsent``: messages to the hub."""

    by_result: Mapping[str, int]
    waiting: int
    unsent: int

    @property
    def screened(self) -> int:
        """Return everybody, crowds included."""
        return sum(self.by_result.values())


@dataclass(frozen=True, slots=True)
class CountToday:
    """Answers with numbers only."""

    open_read: OpenUnit

    def __call__(self, day: date, by: Actor) -> TodayCounts:
        """Return the counts.

        Raises:
            NotAllowedError: the role does not screen.
        """
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return TodayCounts(results_of(unit, day), len(SqlScreenings(unit).waiting()), waiting(unit.connection))
