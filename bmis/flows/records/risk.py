"""The table of what is kept of risk. Append-only; rows never leave this module."""

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, String, Text, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.flows.risk_event import RiskEvent, RiskEventKind
from bmis.kernel.identifiers import made_at
from bmis.store.base import Base
from bmis.store.canonical import canonical, digest
from bmis.store.unit import UnitOfWork


class RiskEventRow(Base):
    """One event, never changed. ``number`` keeps the order: a clock may stand still."""

    __tablename__ = "risk_event"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    selector_id: Mapped[UUID]
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    facts: Mapped[str] = mapped_column(Text)


class SqlRiskEvents:
    """Events inside one unit of work. An addition is linked to the audit and told to the hub."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, event: RiskEvent) -> None:
        """Keep an event."""
        self._unit.connection.execute(
            insert(RiskEventRow),
            {
                "id": event.id,
                "kind": event.kind.value,
                "selector_id": event.selector_id,
                "by": event.by,
                "recorded_at": made_at(event.id),
                "facts": canonical(event.facts),
            },
        )
        self._unit.audit.add(event.kind.value, event)
        self._unit.outbox.add(event.kind.value, event)

    def all(self) -> tuple[RiskEvent, ...]:
        """Return all events, in order."""
        asked = select(RiskEventRow.__table__).order_by(RiskEventRow.number)
        return tuple(_event(row) for row in self._unit.connection.execute(asked))


class RedigestRisk:
    """Makes the digests of this table's rows again, for the verification of the store."""

    kinds = frozenset(kind.value for kind in RiskEventKind)

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each row's event and the digest of its content."""
        for row in connection.execute(select(RiskEventRow.__table__).order_by(RiskEventRow.number)):
            event = _event(row)
            yield event.id, digest(canonical(event.payload()))


def _event(row: Any) -> RiskEvent:
    return RiskEvent(row.id, RiskEventKind(row.kind), row.selector_id, row.by, json.loads(row.facts))
