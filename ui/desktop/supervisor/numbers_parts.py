"""What the supervisor's pages of numbers need of the rooms. Every call runs on a thread of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bmis.crossings.queue_numbers import Overstays
from bmis.flows.day_numbers import DayNumbers

Tell = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class NumbersNow:
    """The desk and the day. ``seconds`` None: the records do not say. ``unsent`` counts messages of this home."""

    in_lane: int
    seconds: int | None
    in_secondary: int
    unsent: int
    owed: int
    day: DayNumbers
    overstays: Overstays


class NumbersParts(Protocol):
    """May raise BmisError. ``tell`` hears how far counting is; None where it was ``cancelled``."""

    def numbers(self, tell: Tell, cancelled: Cancelled) -> NumbersNow | None:
        """Return the numbers, once every crossing kept so far is counted."""

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
