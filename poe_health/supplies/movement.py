"""One line of the ledger of supplies, and what is on the shelf after all of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from poe_health.keeping.errors import DifferenceUnexplainedError, LotUnusableError, StockShortError, StoreFieldError
from poe_health.keeping.event import KeptEvent
from poe_health.supplies.settings import SupplyItem

MOST = 1_000_000  # units in one movement
SOON = timedelta(days=30)  # a batch that ends within is shown


class Move(StrEnum):
    """Why units came or went."""

    RECEIVED = "RECEIVED"
    ISSUED = "ISSUED"  # for use at the post
    GIVEN = "GIVEN"  # a dose, by vaccination
    WASTED_OPEN = "WASTED_OPEN"  # left in a vial that was open too long
    WASTED_EXPIRED = "WASTED_EXPIRED"
    WASTED_HEAT = "WASTED_HEAT"
    WASTED_BROKEN = "WASTED_BROKEN"
    RETURNED = "RETURNED"  # to the district
    COUNTED = "COUNTED"  # the shelf had so many: the difference is booked


WASTED = frozenset({Move.WASTED_OPEN, Move.WASTED_EXPIRED, Move.WASTED_HEAT, Move.WASTED_BROKEN})
LEAVES_EXPIRED = WASTED | {Move.RETURNED}  # what may still be done with a batch that has ended


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement(KeptEvent):
    """One line. ``quantity``: units that moved; for COUNTED the units that were there; ``after``: on the shelf then.

    ``lot`` "" for an item without batches. ``expires_on``, ``product`` and ``doses_per_vial`` as received.
    ``for_record``: the vaccination that took the dose. ``reason``: why a count differed.
    """

    item: str
    lot: str
    move: Move
    quantity: int
    after: int
    expires_on: date | None = None
    product: str | None = None
    doses_per_vial: int | None = None
    reason: str | None = None
    for_record: UUID | None = None
    request_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class LotHeld:
    """One batch of an item as the ledger has it; ``difference``: found by counting, minus is missing."""

    item: str
    lot: str
    held: int
    expires_on: date | None
    product: str | None
    doses_per_vial: int | None
    received: int
    used: int
    wasted: int
    returned: int
    difference: int

    @property
    def wastage_percent(self) -> float | None:
        """Return what was wasted of all that was opened or spoilt, in percent; None before the first."""
        gone = self.used + self.wasted
        return round(100 * self.wasted / gone, 1) if gone else None

    def expired(self, today: date) -> bool:
        """Return whether its last day is over; the day printed on it is a good day."""
        return self.expires_on is not None and today > self.expires_on

    def ends_soon(self, today: date) -> bool:
        """Return whether it ends within 30 days."""
        return self.expires_on is not None and today + SOON >= self.expires_on


def held(movements: Iterable[Movement]) -> dict[tuple[str, str], LotHeld]:
    """Return each batch after all movements, in their order.

    Raises:
        StoreFieldError: not a number of units. LotUnusableError: a batch that never came, or came with another last
            day. StockShortError: below zero.
    """
    found: dict[tuple[str, str], LotHeld] = {}
    for one in movements:
        found[(one.item, one.lot)] = moved(found.get((one.item, one.lot)), one)
    return found


def moved(before: LotHeld | None, one: Movement) -> LotHeld:
    """Return the batch after one movement. Raises as ``held``."""
    least = 0 if one.move is Move.COUNTED else 1
    if not least <= one.quantity <= MOST:
        raise StoreFieldError("quantity")
    if before is None:
        if one.move is not Move.RECEIVED and (one.lot or one.move is not Move.COUNTED):
            raise LotUnusableError("unknown")
        before = LotHeld(one.item, one.lot, 0, one.expires_on, one.product, one.doses_per_vial, 0, 0, 0, 0, 0)
    elif one.move is Move.RECEIVED and (one.expires_on, one.product) != (before.expires_on, before.product):
        raise LotUnusableError("other_expiry")
    counts = {
        "received": before.received,
        "used": before.used,
        "wasted": before.wasted,
        "returned": before.returned,
        "difference": before.difference,
    }
    if one.move is Move.COUNTED:
        after = one.quantity
        counts["difference"] += after - before.held
    else:
        delta = one.quantity if one.move is Move.RECEIVED else -one.quantity
        after = before.held + delta
        if after < 0:
            raise StockShortError(before.held)
        counts[_column(one.move)] += one.quantity
    return LotHeld(one.item, one.lot, after, before.expires_on, before.product, before.doses_per_vial, **counts)


def _column(move: Move) -> str:
    if move is Move.RECEIVED:
        return "received"
    if move in WASTED:
        return "wasted"
    return "returned" if move is Move.RETURNED else "used"


def require_explained(before: LotHeld | None, counted: int, reason: str | None) -> None:
    """Return only if a count agrees with the ledger or says why not. Raises DifferenceUnexplainedError."""
    ledger = before.held if before else 0
    if counted != ledger and reason is None:
        raise DifferenceUnexplainedError(ledger)


class StockAlert(StrEnum):
    """What must be looked at on the shelf."""

    BELOW_MINIMUM = "BELOW_MINIMUM"
    NEVER_COUNTED = "NEVER_COUNTED"  # nobody ever entered it: unknown, not zero
    EXPIRED = "EXPIRED"
    EXPIRES_SOON = "EXPIRES_SOON"


@dataclass(frozen=True, slots=True)
class OnShelf:
    """An item with its batches. ``usable`` None: nobody ever entered it; expired batches are not in it."""

    item: SupplyItem
    usable: int | None
    lots: tuple[LotHeld, ...]
    alerts: tuple[StockAlert, ...]


def on_shelf(item: SupplyItem, lots: Sequence[LotHeld], today: date) -> OnShelf:
    """Return the item as it stands on ``today``, the batch that ends first in front."""
    if not lots:
        return OnShelf(item, None, (), (StockAlert.NEVER_COUNTED,))
    there = [lot for lot in lots if lot.held]
    usable = sum(lot.held for lot in there if not lot.expired(today))
    alerts = []
    if usable < item.minimum:
        alerts.append(StockAlert.BELOW_MINIMUM)
    if any(lot.expired(today) for lot in there):
        alerts.append(StockAlert.EXPIRED)
    if any(lot.ends_soon(today) and not lot.expired(today) for lot in there):
        alerts.append(StockAlert.EXPIRES_SOON)
    ordered = sorted(lots, key=lambda lot: (lot.held == 0, lot.expires_on or date.max, lot.lot))
    return OnShelf(item, usable, tuple(ordered), tuple(alerts))
