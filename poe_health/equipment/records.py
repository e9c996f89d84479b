"""The table of equipment: registered, checked, out of service and back."""

from uuid import UUID

from sqlalchemy import String, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.unit import UnitOfWork
from poe_health.equipment.item import Checked, Equipment, Registered, Stepped, equipment_of
from poe_health.keeping.errors import KeptUnknownError
from poe_health.keeping.event import KeptEvent
from poe_health.keeping.records import KeptRow, Ledger, RedigestKept
from poe_health.store.records.parts import NewPart


class EquipmentEventRow(KeptRow):
    """What happened to a piece of equipment; its mark stands at its registration only."""

    __tablename__ = "equipment_event"

    mark: Mapped[str | None] = mapped_column(String(40), unique=True)
    request_id: Mapped[UUID | None] = mapped_column(unique=True)


def _columns(one: KeptEvent) -> dict[str, object]:
    return {
        "mark": one.mark if isinstance(one, Registered) else None,
        "request_id": one.request_id if isinstance(one, Registered | Checked) else None,
    }


EQUIPMENT: Ledger[KeptEvent] = Ledger(
    EquipmentEventRow,
    {"equipment.registered": Registered, "equipment.checked": Checked, "equipment.stepped": Stepped},
    _columns,
)


class SqlEquipment:
    """Equipment inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, event: KeptEvent, parts: tuple[NewPart, ...] = ()) -> None:
        """Keep an event."""
        EQUIPMENT.add(self._unit, event, parts)

    def by_request(self, request_id: UUID) -> KeptEvent | None:
        """Return what was kept for the request."""
        found = EQUIPMENT.events(self._unit, EquipmentEventRow.request_id == request_id)
        return found[0] if found else None

    def by_mark(self, mark: str) -> Equipment:
        """Return the equipment with that mark. Raises KeptUnknownError: there is none."""
        asked = select(EquipmentEventRow.id).where(EquipmentEventRow.mark == mark)
        found = self._unit.connection.execute(asked).scalar()
        if found is None:
            raise KeptUnknownError("equipment")
        return self.get(found)

    def is_marked(self, mark: str) -> bool:
        """Return whether the mark is in use."""
        asked = select(EquipmentEventRow.id).where(EquipmentEventRow.mark == mark)
        return self._unit.connection.execute(asked).scalar() is not None

    def get(self, equipment_id: UUID) -> Equipment:
        """Return the equipment as it stands."""
        return equipment_of(self.events_of(equipment_id))

    def events_of(self, equipment_id: UUID) -> list[KeptEvent]:
        """Return its events, in order."""
        return EQUIPMENT.events(self._unit, EquipmentEventRow.record_id == equipment_id)

    def everything(self) -> list[Equipment]:
        """Return all of it, in the order in which it came."""
        found: dict[UUID, list[KeptEvent]] = {}
        for one in EQUIPMENT.events(self._unit):
            found.setdefault(one.record_id, []).append(one)
        return [equipment_of(events) for events in found.values()]


def redigest_equipment() -> RedigestKept[KeptEvent]:
    """Return what makes the digests of these rows again."""
    return RedigestKept(EQUIPMENT)
