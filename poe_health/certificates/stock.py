"""The vaccine ledger: movements in, balances out. Nothing is overwritten; a count that differs is its own movement."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from poe_health.certificates.errors import StockError
from poe_health.certificates.vaccination import Batch


class MovementKind(StrEnum):
    """Why doses came or went."""

    RECEIVED = "RECEIVED"
    GIVEN = "GIVEN"
    WASTED_OPEN = "WASTED_OPEN"  # left in a vial that was open too long
    WASTED_EXPIRED = "WASTED_EXPIRED"
    WASTED_HEAT = "WASTED_HEAT"
    WASTED_BROKEN = "WASTED_BROKEN"
    RETURNED = "RETURNED"  # to the district
    COUNTED = "COUNTED"  # the shelf had so many doses: the difference is booked


_IN = {MovementKind.RECEIVED}
_WASTED = {
    MovementKind.WASTED_OPEN,
    MovementKind.WASTED_EXPIRED,
    MovementKind.WASTED_HEAT,
    MovementKind.WASTED_BROKEN,
}


@dataclass(frozen=True, slots=True)
class Movement:
    """One line of the ledger. ``doses``: how many moved; for COUNTED how many were there."""

    ref: str
    kind: MovementKind
    lot: str
    doses: int
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class LotBalance:
    """One batch: doses on the shelf, and how they went. ``difference``: found by counting, minus is missing."""

    lot: str
    on_hand: int
    received: int
    given: int
    wasted: int
    returned: int
    difference: int

    @property
    def wastage_percent(self) -> float | None:
        """Return wasted doses of those opened or spoilt, in percent; None before the first."""
        used = self.given + self.wasted
        return round(100 * self.wasted / used, 1) if used else None


def balances(movements: Iterable[Movement]) -> dict[str, LotBalance]:
    """Return the balance of each batch after all movements, in the order of their times.

    Raises:
        StockError: not a number of doses, a movement twice, out of a batch that never came, below zero.
    """
    on_hand: dict[str, int] = {}
    sums: dict[str, Counter[str]] = {}
    seen: set[str] = set()
    for move in sorted(movements, key=lambda one: one.at):
        if move.ref in seen:
            raise StockError("twice")
        seen.add(move.ref)
        least = 0 if move.kind is MovementKind.COUNTED else 1
        if isinstance(move.doses, bool) or move.doses < least:
            raise StockError("quantity")
        if move.lot not in on_hand and move.kind not in _IN:
            raise StockError("unknown_batch")
        before = on_hand.setdefault(move.lot, 0)
        after, column = _after(move, before)
        if after < 0:
            raise StockError("below_zero")
        on_hand[move.lot] = after
        sums.setdefault(move.lot, Counter())[column] += (
            abs(after - before) if column != "difference" else after - before
        )
    return {
        lot: LotBalance(
            lot, left, *(sums[lot][name] for name in ("received", "given", "wasted", "returned", "difference"))
        )
        for lot, left in on_hand.items()
    }


def _after(move: Movement, before: int) -> tuple[int, str]:
    if move.kind is MovementKind.COUNTED:
        return move.doses, "difference"
    if move.kind in _IN:
        return before + move.doses, "received"
    if move.kind in _WASTED:
        return before - move.doses, "wasted"
    return before - move.doses, "given" if move.kind is MovementKind.GIVEN else "returned"


def next_batch(batches: Sequence[Batch], held: dict[str, LotBalance], today: date) -> Batch | None:
    """Return the batch to open: the one that expires first and has not; None when there is none to open."""
    usable = [
        batch for batch in batches if batch.expires_on >= today and batch.lot in held and held[batch.lot].on_hand > 0
    ]
    return min(usable, key=lambda batch: (batch.expires_on, batch.lot), default=None)
