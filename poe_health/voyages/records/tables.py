"""The tables of voyages. Events never change; the other two are indexes over them, never the truth."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base
from poe_health.keeping.records import KeptRow


class VoyageRow(Base):
    """Where a voyage stands. ``kept_from``: the day of the last event that brought somebody's name or answers."""

    __tablename__ = "voyage"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60), unique=True)
    serial: Mapped[int] = mapped_column(unique=True)
    key: Mapped[str] = mapped_column(String(400), index=True)
    conveyance: Mapped[str] = mapped_column(String(20))
    day: Mapped[date] = mapped_column(index=True)
    pratique: Mapped[str] = mapped_column(String(20))
    contacts: Mapped[int]
    kept_from: Mapped[date | None] = mapped_column(index=True)


class VoyageEventRow(KeptRow):
    """One thing that happened to a voyage."""

    __tablename__ = "voyage_event"

    request_id: Mapped[UUID] = mapped_column(unique=True)
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]


class VoyageCaseRow(Base):
    """Which voyage has contacts of which case."""

    __tablename__ = "voyage_case"

    voyage_id: Mapped[UUID] = mapped_column(primary_key=True)
    case_id: Mapped[UUID] = mapped_column(primary_key=True, index=True)
