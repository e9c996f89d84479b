"""Who read what: one row for each record whose names, or more than the role shows, were opened. Append-only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import String, Text, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.actor import Actor
from bmis.kernel.identifiers import made_at, new_id
from bmis.store.base import Base
from bmis.store.canonical import Message
from bmis.store.unit import UnitOfWork


class AccessKind(StrEnum):
    """How it was opened."""

    READ = "health.read"  # a record with a name, by a role that sees it
    GLASS = "health.glass"  # the glass broken, with a reason


@dataclass(frozen=True, slots=True)
class Access:
    """One opening of one record. ``reason`` is there where the glass was broken."""

    id: UUID
    kind: AccessKind
    record_id: UUID
    by: str
    role: str
    reason: str | None = None

    @property
    def recorded_at(self) -> datetime:
        """When it happened, UTC."""
        return made_at(self.id)

    def payload(self) -> Mapping[str, object]:
        """The content that the audit chain covers."""
        return {
            "id": str(self.id),
            "kind": self.kind.value,
            "record_id": str(self.record_id),
            "by": self.by,
            "role": self.role,
            "reason": self.reason,
        }


class HealthAccessRow(Base):
    """Who opened what."""

    __tablename__ = "health_access"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(20))
    record_id: Mapped[UUID] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(80))
    role: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str | None] = mapped_column(Text)
    recorded_at: Mapped[datetime] = mapped_column(index=True)


class SqlAccess:
    """The log of openings inside one unit of work; each is linked to the audit."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, access: Access) -> None:
        """Keep it."""
        self._unit.connection.execute(
            insert(HealthAccessRow),
            {
                "id": access.id,
                "kind": access.kind.value,
                "record_id": access.record_id,
                "by": access.by,
                "role": access.role,
                "reason": access.reason,
                "recorded_at": access.recorded_at,
            },
        )
        self._unit.audit.add(access.kind.value, Message.of(access.id, access.by, access.payload()))

    def since(self, moment: datetime) -> tuple[Access, ...]:
        """Return the openings from that moment on, oldest first."""
        asked = select(HealthAccessRow.__table__).where(HealthAccessRow.recorded_at >= moment)
        return tuple(
            Access(row.id, AccessKind(row.kind), row.record_id, row.by, row.role, row.reason)
            for row in self._unit.connection.execute(asked.order_by(HealthAccessRow.number))
        )


def log_named(unit: UnitOfWork, record_id: UUID, by: Actor, at: datetime) -> None:
    """Keep that a record with a name was opened; nothing is committed here."""
    SqlAccess(unit).add(Access(new_id(at), AccessKind.READ, record_id, by.name, by.role.value))
