"""What the pages of serials and of exchange rates need of the rooms."""

from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bmis.passes.serials import RangeAccount, SerialRange, SpoiledNumber
from bmis.receipts.rates import Rate


@dataclass(frozen=True, slots=True)
class NumbersShown:
    """Every range with what became of it, what was spoiled, and the places whose ranges are used here."""

    accounts: tuple[RangeAccount, ...]
    spoiled: tuple[SpoiledNumber, ...]
    here: frozenset[str]
    post: str

    @property
    def left_here(self) -> int:
        """Return how many passes can still be made here."""
        return sum(one.left for one in self.accounts if one.range.place in self.here)


class NumberParts(Protocol):
    """Every call runs on the store thread and may raise BmisError."""

    def shown(self) -> NumbersShown:
        """Return ranges and spoiled serials."""

    def allocate(self, first: str, last: str, place: str) -> SerialRange:
        """Enter a range from the centre; serials as they were typed."""

    def enter_rate(self, currency: str, metical: str, source: str, on: date) -> Rate:
        """Enter the rate of a day; ``metical`` as it was typed."""
