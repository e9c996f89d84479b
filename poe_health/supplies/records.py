"""The table of movements of supplies. No line is ever changed; what is on the shelf is in ``after`` of the last one."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, String
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.unit import UnitOfWork
from poe_health.keeping.records import KeptRow, Ledger, RedigestKept
from poe_health.store.records.parts import NewPart
from poe_health.supplies.movement import LotHeld, Movement, held, moved

MOVED = "supply.moved"


class SupplyMovementRow(KeptRow):
    """One movement; the database itself refuses a shelf below zero."""

    __tablename__ = "supply_movement"
    __table_args__ = (CheckConstraint("after >= 0", name="ck_supply_movement_shelf"),)

    item: Mapped[str] = mapped_column(String(40), index=True)
    lot: Mapped[str] = mapped_column(String(40))
    after: Mapped[int]
    expires_on: Mapped[date | None]
    request_id: Mapped[UUID | None] = mapped_column(unique=True)


def _columns(one: Movement) -> dict[str, object]:
    return {
        "item": one.item,
        "lot": one.lot,
        "after": one.after,
        "expires_on": one.expires_on,
        "request_id": one.request_id,
    }


MOVEMENTS: Ledger[Movement] = Ledger(SupplyMovementRow, {MOVED: Movement}, _columns)


class SqlSupplies:
    """Movements inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def lot(self, item: str, lot: str) -> LotHeld | None:
        """Return the batch as the ledger has it; None: it never came. Raises KeptDamagedError."""
        return held(self.of(item, lot)).get((item, lot))

    def of(self, item: str, lot: str) -> list[Movement]:
        """Return the movements of a batch, in order."""
        return MOVEMENTS.events(self._unit, SupplyMovementRow.item == item, SupplyMovementRow.lot == lot)

    def add(self, one: Movement, parts: Sequence[NewPart] = ()) -> None:
        """Keep a movement whose ``after`` was computed from the batch in this same unit."""
        MOVEMENTS.add(self._unit, one, parts)

    def by_request(self, request_id: UUID) -> Movement | None:
        """Return what was kept for the request."""
        found = MOVEMENTS.events(self._unit, SupplyMovementRow.request_id == request_id)
        return found[0] if found else None

    def everything(self) -> dict[tuple[str, str], LotHeld]:
        """Return every batch as it stands."""
        return held(MOVEMENTS.events(self._unit))

    def newest(self, item: str | None, limit: int) -> list[Movement]:
        """Return the newest movements, of one item where it is named."""
        where = () if item is None else (SupplyMovementRow.item == item,)
        return MOVEMENTS.events(self._unit, *where, newest_first=True, limit=limit)


def _unlike(_connection: Connection, events: Sequence[Movement]) -> frozenset[UUID]:
    """Return the movements whose shelf is not what the movements before them give."""
    wrong: set[UUID] = set()
    shelf: dict[tuple[str, str], LotHeld] = {}
    for one in events:
        try:
            shelf[(one.item, one.lot)] = moved(shelf.get((one.item, one.lot)), one)
        except Exception:  # whatever rule it breaks, it cannot have been kept by us
            wrong.add(one.id)
            continue
        if shelf[(one.item, one.lot)].held != one.after:
            wrong.add(one.id)
    return frozenset(wrong)


def redigest_supplies() -> RedigestKept[Movement]:
    """Return what makes the digests of these rows again."""
    return RedigestKept(MOVEMENTS, also=_unlike)
