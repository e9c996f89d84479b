"""The table of what is kept of reports. Append-only; rows never leave this module."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Index, String, Text, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.identifiers import made_at
from bmis.reports.event import ReportEvent, ReportEventKind
from bmis.store.base import Base
from bmis.store.canonical import canonical, digest
from bmis.store.unit import UnitOfWork


class ReportEventRow(Base):
    """One event, never changed. ``number`` keeps the order: a clock may stand still."""

    __tablename__ = "report_event"
    __table_args__ = (Index("ix_report_event_kind_last", "kind", "last"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    subject: Mapped[str] = mapped_column(String(80), index=True)
    first: Mapped[date]
    last: Mapped[date]
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    facts: Mapped[str] = mapped_column(Text)


class SqlReportEvents:
    """Events inside one unit of work. An addition is linked to the audit and told to the hub."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, event: ReportEvent) -> None:
        """Keep an event."""
        self._unit.connection.execute(
            insert(ReportEventRow),
            {
                "id": event.id,
                "kind": event.kind.value,
                "subject": event.subject,
                "first": event.first,
                "last": event.last,
                "by": event.by,
                "recorded_at": made_at(event.id),
                "facts": canonical(event.facts),
            },
        )
        self._unit.audit.add(event.kind.value, event)
        self._unit.outbox.add(event.kind.value, event)

    def between(self, kind: ReportEventKind, first: date, last: date, subject: str | None = None) -> list[ReportEvent]:
        """Return the events of that kind whose days touch these, in order."""
        asked = select(ReportEventRow.__table__).where(
            ReportEventRow.kind == kind.value, ReportEventRow.last >= first, ReportEventRow.first <= last
        )
        if subject is not None:
            asked = asked.where(ReportEventRow.subject == subject)
        return [_event(row) for row in self._unit.connection.execute(asked.order_by(ReportEventRow.number))]

    def every(self, kind: ReportEventKind, subject: str | None = None) -> list[ReportEvent]:
        """Return all events of that kind, in order."""
        return self.between(kind, date.min, date.max, subject)


class RedigestReports:
    """Makes the digests of this table's rows again, for the verification of the store."""

    kinds = frozenset(kind.value for kind in ReportEventKind)

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each event and the digest of its content."""
        for row in connection.execute(select(ReportEventRow.__table__).order_by(ReportEventRow.number)):
            event = _event(row)
            yield event.id, digest(canonical(event.payload()))


def _event(row: Any) -> ReportEvent:
    return ReportEvent(
        row.id, ReportEventKind(row.kind), row.subject, row.first, row.last, row.by, json.loads(row.facts)
    )
