"""The tables of monitoring. Rows never leave this module."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, String, Text, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base
from bmis.store.canonical import canonical, digest
from bmis.store.unit import UnitOfWork
from poe_health.followup.events import PREFIX, MonitoringEvent
from poe_health.followup.monitoring import OPEN, Monitoring, monitoring_of
from poe_health.followup.steps import STEPS
from poe_health.referrals.errors import ReferralUnknownError


class MonitoringRow(Base):
    """A monitoring as its events leave it: an index over them, never the truth."""

    __tablename__ = "monitoring"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60), unique=True)
    serial: Mapped[int] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    disease: Mapped[str] = mapped_column(String(40), index=True)
    last_day: Mapped[date]
    opened_at: Mapped[datetime]
    screening_id: Mapped[UUID | None] = mapped_column(index=True)
    identity_id: Mapped[UUID]


class MonitoringEventRow(Base):
    """One step, never changed."""

    __tablename__ = "monitoring_event"

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    monitoring_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    facts: Mapped[str] = mapped_column(Text)


class SqlMonitoring:
    """The monitoring inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._connection = unit.connection

    def next_serial(self) -> int:
        """Return the number of the next monitoring of this desk."""
        return (self._connection.execute(select(func.max(MonitoringRow.serial))).scalar() or 0) + 1

    def add(self, event: MonitoringEvent, one: Monitoring, serial: int) -> None:
        """Keep a new monitoring with its first event."""
        values = {"id": one.id, "number": one.number, "serial": serial, "disease": one.disease}
        values |= {"opened_at": one.started.at, "screening_id": one.started.screening_id}
        self._connection.execute(insert(MonitoringRow), values | _moving(one))
        self._keep(event)

    def step(self, event: MonitoringEvent, after: Monitoring) -> None:
        """Keep one more event and where the monitoring stands after it."""
        self._connection.execute(update(MonitoringRow).where(MonitoringRow.id == after.id).values(**_moving(after)))
        self._keep(event)

    def get(self, monitoring_id: UUID) -> Monitoring:
        """Return the monitoring.

        Raises:
            ReferralUnknownError: there is none.
            ReferralHistoryError: its events do not follow one another.
        """
        events = self.events_of(monitoring_id)
        if not events:
            raise ReferralUnknownError
        return monitoring_of(monitoring_id, ((one.step, one.recorded_at) for one in events))

    def exists(self, monitoring_id: UUID) -> bool:
        """Return whether there is such a monitoring."""
        asked = select(MonitoringRow.id).where(MonitoringRow.id == monitoring_id)
        return self._connection.execute(asked).one_or_none() is not None

    def events_of(self, monitoring_id: UUID) -> tuple[MonitoringEvent, ...]:
        """Return its events, in order."""
        asked = (
            select(MonitoringEventRow.__table__)
            .where(MonitoringEventRow.monitoring_id == monitoring_id)
            .order_by(MonitoringEventRow.seq)
        )
        return tuple(_event(row) for row in self._connection.execute(asked))

    def by_number(self, number: str) -> UUID:
        """Return which monitoring has the number.

        Raises:
            ReferralUnknownError: none has.
        """
        asked = select(MonitoringRow.id).where(MonitoringRow.number == number.strip().upper())
        found = self._connection.execute(asked).scalar_one_or_none()
        if found is None:
            raise ReferralUnknownError
        return found

    def listed(self, *, only_open: bool, disease: str | None, limit: int) -> tuple[Monitoring, ...]:
        """Return the monitoring whose last day comes first, first."""
        asked = select(MonitoringRow.id).order_by(MonitoringRow.last_day, MonitoringRow.serial).limit(limit)
        if only_open:
            asked = asked.where(MonitoringRow.state.in_([state.value for state in OPEN]))
        if disease is not None:
            asked = asked.where(MonitoringRow.disease == disease)
        return tuple(self.get(one) for one in self._connection.execute(asked).scalars().all())

    def _keep(self, event: MonitoringEvent) -> None:
        self._connection.execute(
            insert(MonitoringEventRow),
            {
                "id": event.id,
                "monitoring_id": event.monitoring_id,
                "kind": event.kind,
                "by": event.by,
                "recorded_at": event.recorded_at,
                "facts": canonical(event.facts),
            },
        )
        self._unit.audit.add(event.kind, event)
        self._unit.outbox.add(event.kind, event)


class RedigestMonitoring:
    """Makes the digests of this table's rows again, for the verification of the store."""

    kinds = frozenset(PREFIX + name for name in STEPS)

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each row's event and the digest of its content."""
        for row in connection.execute(select(MonitoringEventRow.__table__).order_by(MonitoringEventRow.seq)):
            event = _event(row)
            yield event.id, digest(canonical(event.payload()))


def _moving(one: Monitoring) -> dict[str, object]:
    return {"state": one.state.value, "last_day": one.last_day, "identity_id": one.identity_id}


def _event(row: object) -> MonitoringEvent:
    return MonitoringEvent.kept(
        row.id,  # type: ignore[attr-defined]  # a SQLAlchemy row of the event table
        row.monitoring_id,  # type: ignore[attr-defined]
        row.kind,  # type: ignore[attr-defined]
        row.by,  # type: ignore[attr-defined]
        json.loads(row.facts),  # type: ignore[attr-defined]
    )
