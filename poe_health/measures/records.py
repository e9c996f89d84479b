"""The table of additional measures. Append-only."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.unit import UnitOfWork
from poe_health.keeping.records import KeptRow, Ledger, RedigestKept
from poe_health.measures.measure import MeasureEvent, MeasureReviewed, MeasureTaken, MeasureTold
from poe_health.store.records.parts import NewPart


class MeasureEventRow(KeptRow):
    """A measure, that WHO was informed of it, or a review."""

    __tablename__ = "additional_measure_event"

    serial: Mapped[int | None] = mapped_column(unique=True)
    request_id: Mapped[UUID | None] = mapped_column(unique=True)


def _columns(one: MeasureEvent) -> dict[str, object]:
    if isinstance(one, MeasureTaken):
        return {"serial": one.number, "request_id": one.request_id}
    return {"serial": None, "request_id": None}


MEASURES: Ledger[MeasureEvent] = Ledger(
    MeasureEventRow,
    {"additional.taken": MeasureTaken, "additional.told": MeasureTold, "additional.reviewed": MeasureReviewed},
    _columns,
)


class SqlMeasures:
    """Additional measures inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, event: MeasureEvent, parts: tuple[NewPart, ...]) -> None:
        """Keep a measure, or a step."""
        MEASURES.add(self._unit, event, parts)

    def next_number(self) -> int:
        """Return the next number; only a unit that writes may use it."""
        return (self._unit.connection.execute(select(func.max(MeasureEventRow.serial))).scalar() or 0) + 1

    def by_request(self, request_id: UUID) -> MeasureTaken | None:
        """Return what was kept for the request."""
        found = MEASURES.events(self._unit, MeasureEventRow.request_id == request_id)
        return next((one for one in found if isinstance(one, MeasureTaken)), None)

    def of(self, measure_id: UUID) -> list[MeasureEvent]:
        """Return the events of a measure, in order."""
        return MEASURES.events(self._unit, MeasureEventRow.record_id == measure_id)

    def taken(self) -> list[MeasureTaken]:
        """Return every measure, the oldest first."""
        found = MEASURES.events(self._unit, MeasureEventRow.serial.is_not(None))
        return [one for one in found if isinstance(one, MeasureTaken)]


def redigest_measures() -> RedigestKept[MeasureEvent]:
    """Return what makes the digests of these rows again."""
    return RedigestKept(MEASURES)
