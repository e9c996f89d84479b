"""The tables of screenings. A record's payload never changes; its columns are the index of where it stands now."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Boolean, CheckConstraint, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base

OPEN = "kind = 'secondary' AND disposition IS NULL AND state = 'standing'"


class ScreeningRow(Base):
    """One record: the index of where it stands now, and the payload as it was kept."""

    __tablename__ = "screening"
    __table_args__ = (
        CheckConstraint("kind IN ('primary', 'secondary', 'count')", name="kind"),
        CheckConstraint("state IN ('standing', 'voided')", name="state"),
        CheckConstraint("seq > 0 AND persons > 0", name="counts_from_one"),
        UniqueConstraint("desk_id", "seq"),
        Index("ix_screening_day", "day", "kind", "state"),
        Index("ix_screening_voyage", "voyage_key", "screened_at"),
        Index("ix_screening_open", "screened_at", sqlite_where=text(OPEN)),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    request_id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(10))
    state: Mapped[str] = mapped_column(String(10))
    day: Mapped[date]
    screened_at: Mapped[datetime] = mapped_column(index=True)
    recorded_at: Mapped[datetime] = mapped_column(index=True)
    direction: Mapped[str | None] = mapped_column(String(10))
    conveyance: Mapped[str | None] = mapped_column(String(20))
    sex: Mapped[str | None] = mapped_column(String(1))
    age_band: Mapped[str | None] = mapped_column(String(10))
    origin_country: Mapped[str | None] = mapped_column(String(3))
    result: Mapped[str | None] = mapped_column(String(20))
    disposition: Mapped[str | None] = mapped_column(String(20))
    clearance: Mapped[str | None] = mapped_column(String(20))
    persons: Mapped[int]
    threshold_reached: Mapped[bool | None] = mapped_column(Boolean)
    outbreak_threshold_reached: Mapped[bool | None] = mapped_column(Boolean)
    area: Mapped[bool] = mapped_column(Boolean)
    alert: Mapped[bool] = mapped_column(Boolean)
    suspected: Mapped[str] = mapped_column(Text)  # codes, a space between
    certificate: Mapped[str | None] = mapped_column(String(20))
    risk_level: Mapped[str | None] = mapped_column(String(10))
    samples: Mapped[int]
    follow_up: Mapped[bool] = mapped_column(Boolean)
    overridden: Mapped[bool] = mapped_column(Boolean)
    voyage_key: Mapped[str | None] = mapped_column(String(300))
    primary_id: Mapped[UUID | None] = mapped_column(index=True)
    cholera_id: Mapped[UUID | None]
    post_code: Mapped[str] = mapped_column(String(40))
    site_id: Mapped[str] = mapped_column(String(40))
    desk_id: Mapped[str] = mapped_column(String(60))
    by: Mapped[str] = mapped_column(String(80))
    payload_schema: Mapped[int]
    payload: Mapped[str] = mapped_column(Text)


class ScreeningEventRow(Base):
    """One thing that happened to a record, never changed."""

    __tablename__ = "screening_event"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    screening_id: Mapped[UUID] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime] = mapped_column(index=True)
    payload: Mapped[str] = mapped_column(Text)
