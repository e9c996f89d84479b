"""The tables of mobility records. Append-only; rows never leave this module."""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Index, String, Text, delete, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.flows.mobility.event import MobilityEvent, MobilityKind
from bmis.kernel.identifiers import made_at
from bmis.store.base import Base
from bmis.store.canonical import canonical, digest
from bmis.store.errors import RecordChangedError
from bmis.store.unit import UnitOfWork

ANSWERS = "answers"  # the fact that holds the salted digest of what lies beside the event


class MobilityEventRow(Base):
    """One event, never changed. ``number`` keeps the order: a clock may stand still."""

    __tablename__ = "mobility_event"
    __table_args__ = (Index("ix_mobility_event_kind_last", "kind", "last"),)

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[UUID] = mapped_column(index=True)
    subject: Mapped[str] = mapped_column(String(60), index=True)
    first: Mapped[date]
    last: Mapped[date]
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    request_id: Mapped[UUID | None] = mapped_column(unique=True)
    facts: Mapped[str] = mapped_column(Text)


class MobilityAnswersRow(Base):
    """The answers of one survey: they stay at the desk, the event has only their salted digest."""

    __tablename__ = "mobility_answers"

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    record_id: Mapped[UUID] = mapped_column(index=True)
    salt: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)


class SqlMobility:
    """Records inside one unit of work. An addition is linked to the audit and told to the hub."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, event: MobilityEvent) -> None:
        """Keep an event."""
        self._unit.connection.execute(
            insert(MobilityEventRow),
            {
                "id": event.id,
                "kind": event.kind.value,
                "record_id": event.record_id,
                "subject": event.subject,
                "first": event.first,
                "last": event.last,
                "by": event.by,
                "recorded_at": made_at(event.id),
                "request_id": event.request_id,
                "facts": canonical(event.facts),
            },
        )
        self._unit.audit.add(event.kind.value, event)
        self._unit.outbox.add(event.kind.value, event)

    def standing(
        self, kind: MobilityKind, first: date = date.min, last: date = date.max, subject: str | None = None
    ) -> list[MobilityEvent]:
        """Return the newest event of each record of that kind that was not taken back, where its days touch these."""
        newest = select(func.max(MobilityEventRow.number)).group_by(MobilityEventRow.record_id)
        asked = select(MobilityEventRow.__table__).where(
            MobilityEventRow.number.in_(newest),
            MobilityEventRow.kind == kind.value,
            MobilityEventRow.last >= first,
            MobilityEventRow.first <= last,
        )
        if subject is not None:
            asked = asked.where(MobilityEventRow.subject == subject)
        return [_event(row) for row in self._unit.connection.execute(asked.order_by(MobilityEventRow.number))]

    def record(self, record_id: UUID) -> list[MobilityEvent]:
        """Return everything that was said of a record, in order."""
        asked = select(MobilityEventRow.__table__).where(MobilityEventRow.record_id == record_id)
        return [_event(row) for row in self._unit.connection.execute(asked.order_by(MobilityEventRow.number))]

    def of_request(self, request_id: UUID) -> MobilityEvent | None:
        """Return what was kept for a request."""
        asked = select(MobilityEventRow.__table__).where(MobilityEventRow.request_id == request_id)
        row = self._unit.connection.execute(asked).one_or_none()
        return None if row is None else _event(row)

    def keep_answers(self, event_id: UUID, record_id: UUID, salt: str, content: str) -> None:
        """Keep the answers that the event has the digest of."""
        row = {"event_id": event_id, "record_id": record_id, "salt": salt, "content": content}
        self._unit.connection.execute(insert(MobilityAnswersRow), row)

    def answers(self, event_id: UUID) -> str | None:
        """Return the answers of an event, None where they were erased."""
        asked = select(MobilityAnswersRow.content).where(MobilityAnswersRow.event_id == event_id)
        return self._unit.connection.execute(asked).scalar_one_or_none()

    def erase_answers(self, record_id: UUID) -> None:
        """Take the answers of a record away."""
        self._unit.connection.execute(delete(MobilityAnswersRow).where(MobilityAnswersRow.record_id == record_id))


def answers_digest(salt: str, content: str) -> str:
    """Return HMAC-SHA-256 of the answers under the salt, in hexadecimal."""
    return hmac.new(bytes.fromhex(salt), content.encode(), hashlib.sha256).hexdigest()


class RedigestMobility:
    """Makes the digests of these tables' rows again, for the verification of the store."""

    kinds = frozenset(kind.value for kind in MobilityKind)

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each event and the digest of its content.

        Raises:
            RecordChangedError: answers are missing, were changed, or belong to no event.
        """
        said: dict[UUID, tuple[UUID, str]] = {}
        gone: set[UUID] = set()
        for row in connection.execute(select(MobilityEventRow.__table__).order_by(MobilityEventRow.number)):
            event = _event(row)
            if event.kind is MobilityKind.WITHDRAWN:
                gone.add(event.record_id)
            elif ANSWERS in event.facts:
                said[event.id] = (event.record_id, str(event.facts[ANSWERS]))
            yield event.id, digest(canonical(event.payload()))
        wanted = {one: seal for one, (record, seal) in said.items() if record not in gone}
        for row in connection.execute(select(MobilityAnswersRow.__table__)):
            if wanted.pop(row.event_id, None) != answers_digest(row.salt, row.content):
                raise RecordChangedError(event=str(row.event_id))
        if wanted:
            raise RecordChangedError(missing=len(wanted))


def _event(row: Any) -> MobilityEvent:
    kind = MobilityKind(row.kind)
    return MobilityEvent(
        row.id, kind, row.record_id, row.subject, row.first, row.last, row.by, json.loads(row.facts), row.request_id
    )
