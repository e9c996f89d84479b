"""Receiving, issuing and counting what lies on the shelf; one unit of work a movement."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.certificates.rule_data import vaccines
from poe_health.keeping.errors import LotUnusableError, StoreConflictError, StoreFieldError, StoreItemError
from poe_health.keeping.event import DETAIL, LONGEST_TEXT
from poe_health.store.records.parts import NewPart
from poe_health.supplies.movement import (
    LEAVES_EXPIRED,
    LotHeld,
    Move,
    Movement,
    OnShelf,
    moved,
    on_shelf,
    require_explained,
)
from poe_health.supplies.records import SqlSupplies
from poe_health.supplies.settings import SupplyItem, difference_reasons, known_item, supply_items

_LOT = re.compile(r"[A-Z0-9][A-Z0-9./_-]{0,29}", re.ASCII)
_OPENS = frozenset({Move.RECEIVED, Move.COUNTED, Move.RETURNED})  # what the keepers of the stock do
MOST_DOSES_A_VIAL = 100


@dataclass(frozen=True, slots=True)
class StockRequest:
    """What somebody says of the shelf. ``quantity``: units moved, or units counted. The rest as ``Movement``."""

    request_id: UUID
    item: str
    move: Move
    quantity: int
    lot: str = ""
    expires_on: date | None = None
    product: str | None = None
    doses_per_vial: int | None = None
    reason: str | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class MoveStock:
    """Keeps one movement. ``today`` is the post's day."""

    open_unit: OpenUnit
    now: Clock
    today: Callable[[], date]

    def __call__(self, request: StockRequest, by: Actor) -> Movement:
        """Return the movement as kept; for a request that was kept before, the same.

        Raises:
            NotAllowedError: the role does not move that. StoreConflictError: the request was kept otherwise.
            StoreItemError, StoreFieldError, LotUnusableError: what is wrong with it.
            StockShortError: more than there is. DifferenceUnexplainedError: a count differs, and nobody says why.
        """
        require(by, Permission.KEEP_HEALTH_STOCK if request.move in _OPENS else Permission.SCREEN_HEALTH)
        item = known_item(request.item)
        if request.move is Move.GIVEN or (item.vaccine and request.move is Move.ISSUED):
            raise StoreFieldError("move")  # a dose leaves with its vaccination, or as waste
        asked = _checked(request, item, self.today())
        with self.open_unit() as unit:
            supplies = SqlSupplies(unit)
            kept = supplies.by_request(request.request_id)
            if kept is not None:
                if _content(kept) != _asked(asked):
                    raise StoreConflictError
                return kept
            before = supplies.lot(item.code, asked.lot)
            if asked.move is Move.COUNTED:
                require_explained(before, asked.quantity, asked.reason)
            _require_good(asked.move, before, self.today())
            movement = take(unit, asked, before, new_id(self.now()), by)
            unit.commit()
        return movement


def take(
    unit: UnitOfWork,
    asked: StockRequest,
    before: LotHeld | None,
    identifier: UUID,
    by: Actor,
    for_record: UUID | None = None,
) -> Movement:
    """Return a movement kept in the unit, which is not committed here. Raises as ``moved``."""
    parts = () if not asked.note else (NewPart.of(DETAIL, {"note": asked.note}),)
    movement = Movement(
        id=identifier,
        record_id=identifier,
        by=by.name,
        digests={part.part: part.digest for part in parts},
        item=asked.item,
        lot=asked.lot,
        move=asked.move,
        quantity=asked.quantity,
        after=0,
        expires_on=asked.expires_on if asked.move is Move.RECEIVED else None,
        product=asked.product if asked.move is Move.RECEIVED else None,
        doses_per_vial=asked.doses_per_vial if asked.move is Move.RECEIVED else None,
        reason=asked.reason,
        for_record=for_record,
        request_id=asked.request_id,
    )
    movement = replace(movement, after=moved(before, movement).held)
    SqlSupplies(unit).add(movement, parts)
    return movement


def _require_good(move: Move, before: LotHeld | None, today: date) -> None:
    if before is not None and before.expired(today) and move not in LEAVES_EXPIRED | {Move.COUNTED}:
        raise LotUnusableError("expired")


def _checked(request: StockRequest, item: SupplyItem, today: date) -> StockRequest:
    """Return the request in the form in which it is kept."""
    lot = request.lot.strip().upper()
    if item.lots and not _LOT.fullmatch(lot):
        raise LotUnusableError("lot_missing")
    if not item.lots and lot:
        raise StoreFieldError("lot")
    if request.reason is not None and (request.move is not Move.COUNTED or request.reason not in difference_reasons()):
        raise StoreItemError("reason", request.reason)
    note = (request.note or "").strip()
    if len(note) > LONGEST_TEXT:
        raise StoreFieldError("note")
    asked = replace(request, lot=lot, note=note or None)
    return _received(asked, item, today) if request.move is Move.RECEIVED else asked


def _received(asked: StockRequest, item: SupplyItem, today: date) -> StockRequest:
    if item.expires != (asked.expires_on is not None):
        raise StoreFieldError("expires_on")
    if asked.expires_on is not None and asked.expires_on < today:
        raise LotUnusableError("expired")
    if item.vaccine is None:
        if asked.product is not None or asked.doses_per_vial is not None:
            raise StoreFieldError("product")
        return asked
    products = vaccines().products
    given = (asked.product or "").strip()
    if given not in products:
        raise StoreItemError("product", given.upper())
    doses = asked.doses_per_vial
    if doses is None or not 1 <= doses <= MOST_DOSES_A_VIAL or asked.quantity % doses:
        raise StoreFieldError("doses_per_vial")  # vaccine is received in whole vials
    return replace(asked, product=given)


def _content(kept: Movement) -> tuple[object, ...]:
    return kept.item, kept.lot, kept.move, kept.quantity, kept.expires_on, kept.product, kept.reason


def _asked(asked: StockRequest) -> tuple[object, ...]:
    received = asked.move is Move.RECEIVED
    expires_on, product = (asked.expires_on, asked.product) if received else (None, None)
    return asked.item, asked.lot, asked.move, asked.quantity, expires_on, product, asked.reason


@dataclass(frozen=True, slots=True)
class ReadStock:
    """Answers what is on the shelf and how it got there."""

    open_read: OpenUnit
    today: Callable[[], date]

    def shelf(self, by: Actor) -> tuple[OnShelf, ...]:
        """Return every item as it stands; those that nobody ever entered too.

        Raises:
            NotAllowedError: nobody of health. KeptDamagedError: what is kept does not prove.
        """
        require(by, Permission.SCREEN_HEALTH)
        today = self.today()
        with self.open_read() as unit:
            lots = SqlSupplies(unit).everything()
        return tuple(
            on_shelf(item, [lot for (code, _), lot in lots.items() if code == item.code], today)
            for item in supply_items().values()
        )

    def movements(self, by: Actor, *, item: str | None = None, limit: int = 200) -> tuple[Movement, ...]:
        """Return the newest movements. Raises NotAllowedError, StoreItemError."""
        require(by, Permission.SCREEN_HEALTH)
        if item is not None:
            known_item(item)
        with self.open_read() as unit:
            return tuple(SqlSupplies(unit).newest(item, limit))
