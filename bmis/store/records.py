"""The tables that every database of ours has: the audit chain, its checkpoints, the outbox."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base


class AuditRow(Base):
    """One link: hash over the previous hash and this row. Never updated, never deleted."""

    __tablename__ = "audit"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(60), index=True)
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime] = mapped_column(index=True)  # the latest moment seen is asked before each decision
    digest: Mapped[str] = mapped_column(String(64))  # SHA-256 of the event's canonical payload
    hash: Mapped[str] = mapped_column(String(64))


class CheckpointRow(Base):
    """The hash at ``seq`` signed by the officer who was working: a tail cut off later is seen against it."""

    __tablename__ = "audit_checkpoint"

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    hash: Mapped[str] = mapped_column(String(64))
    signed_at: Mapped[datetime]
    by: Mapped[str] = mapped_column(String(80))
    public_key: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(128))


class OutboxRow(Base):
    """One message for the hub, with a gap-free number for the desk; acknowledged only by the hub's own answer."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_waiting", "acknowledged_at", "seq"),)

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    event_id: Mapped[UUID] = mapped_column(unique=True)
    site_id: Mapped[str] = mapped_column(String(40))
    desk_id: Mapped[str] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(String(60))
    schema_version: Mapped[int]
    recorded_at: Mapped[datetime]
    payload: Mapped[str] = mapped_column(Text)
    acknowledged_at: Mapped[datetime | None]
