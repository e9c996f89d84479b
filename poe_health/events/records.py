"""The table of signals and what became of them. Append-only; rows never leave this module."""

import json
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, String, Text, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base
from bmis.store.canonical import Message, digest
from bmis.store.unit import UnitOfWork
from poe_health.events.errors import SignalHistoryError
from poe_health.events.signal_json import KINDS, REPORTED, KeptSignalEvent, Reported, signal_event_of


class SignalEventRow(Base):
    """One event of one signal, never changed. ``request_id``: of the report, which is the first."""

    __tablename__ = "signal_event"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    signal_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(40))
    request_id: Mapped[UUID | None] = mapped_column(unique=True)
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    payload: Mapped[str] = mapped_column(Text)


class SqlSignals:
    """Signals inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._connection = unit.connection

    def keep(self, event: KeptSignalEvent) -> None:
        """Keep the event with its audit link and its message."""
        kept = Message.of(event.id, event.by, event.payload())
        row = {"id": event.id, "signal_id": event.signal_id, "kind": event.kind, "by": event.by}
        row |= {"request_id": event.said.request_id if isinstance(event.said, Reported) else None}
        row |= {"recorded_at": event.recorded_at, "payload": kept.text}
        self._connection.execute(insert(SignalEventRow), row)
        self._unit.audit.add(event.kind, kept)
        self._unit.outbox.add(event.kind, kept)

    def next_serial(self) -> int:
        """Return the number of the next signal of this desk; only a unit that writes may use it."""
        asked = select(func.count()).select_from(SignalEventRow).where(SignalEventRow.kind == REPORTED)
        return self._connection.execute(asked).scalar_one() + 1

    def by_request(self, request_id: UUID) -> UUID | None:
        """Return which signal was kept for the request."""
        asked = select(SignalEventRow.signal_id).where(SignalEventRow.request_id == request_id)
        return self._connection.execute(asked).scalar()

    def of_signal(self, signal_id: UUID) -> tuple[KeptSignalEvent, ...]:
        """Return its events, in order; none where there is no such signal."""
        asked = select(SignalEventRow.payload).where(SignalEventRow.signal_id == signal_id)
        found = self._connection.execute(asked.order_by(SignalEventRow.number)).scalars()
        return tuple(_event(payload) for payload in found)

    def every(self) -> tuple[tuple[KeptSignalEvent, ...], ...]:
        """Return the events of every signal, the first reported first."""
        asked = select(SignalEventRow.payload).order_by(SignalEventRow.number)
        found: dict[UUID, list[KeptSignalEvent]] = {}
        for payload in self._connection.execute(asked).scalars():
            event = _event(payload)
            found.setdefault(event.signal_id, []).append(event)
        return tuple(tuple(events) for events in found.values())


class RedigestSignals:
    """Makes the digests of these rows again, for the verification of the store."""

    kinds = KINDS

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each event and the digest of its content; a column that says something else does not prove."""
        for row in connection.execute(select(SignalEventRow.__table__).order_by(SignalEventRow.number)):
            try:
                said = _event(row.payload)
                request_id = said.said.request_id if isinstance(said.said, Reported) else None
                agrees = (said.id, said.signal_id, said.kind, said.by, request_id) == (
                    row.id,
                    row.signal_id,
                    row.kind,
                    row.by,
                    row.request_id,
                )
            except SignalHistoryError:
                agrees = False
            yield row.id, digest(row.payload if agrees else "not what the columns say")


def _event(payload: str) -> KeptSignalEvent:
    try:
        said = json.loads(payload)
    except ValueError as error:
        raise SignalHistoryError(0) from error
    return signal_event_of(said)
