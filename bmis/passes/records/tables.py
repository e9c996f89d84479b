"""The tables of border passes. States and columns are an index over the events, never the truth."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base

HELD = "state IN ('ACTIVE', 'SUSPENDED')"
UNDER_WAY = "state IN ('PENDING_ATTESTATION', 'PENDING_APPROVAL', 'APPROVED', 'PRODUCED')"


class PassPersonRow(Base):
    """Keys to find somebody by, no name. Emptied when the person is forgotten."""

    __tablename__ = "pass_person"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    id_key: Mapped[str | None] = mapped_column(String(60), unique=True)
    name_key: Mapped[str] = mapped_column(String(300))
    birth: Mapped[str] = mapped_column(String(10))
    birth_year: Mapped[int] = mapped_column(index=True)
    sex: Mapped[str] = mapped_column(String(1))
    village_key: Mapped[str] = mapped_column(String(300))
    forgotten: Mapped[bool]


class PassPartRow(Base):
    """What can be erased: who it is, the photo, a note, the seal (it holds the name)."""

    __tablename__ = "pass_part"
    __table_args__ = (UniqueConstraint("owner_id", "part"),)

    seq: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[UUID]
    part: Mapped[str] = mapped_column(String(20))
    subject_id: Mapped[UUID] = mapped_column(index=True)
    person_id: Mapped[UUID] = mapped_column(index=True)
    salt: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class PassApplicationRow(Base):
    """An application as its events leave it."""

    __tablename__ = "pass_application"
    __table_args__ = (
        Index("uq_pass_application_under_way", "person_id", "scheme", unique=True, sqlite_where=text(UNDER_WAY)),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    serial: Mapped[int] = mapped_column(unique=True)
    request_id: Mapped[UUID] = mapped_column(unique=True)
    scheme: Mapped[str] = mapped_column(String(20), index=True)
    scheme_version: Mapped[str] = mapped_column(String(40))
    person_id: Mapped[UUID] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    origin: Mapped[str] = mapped_column(String(12))
    earlier_pass_id: Mapped[UUID | None]
    captured_by: Mapped[str] = mapped_column(String(80))
    approved_by: Mapped[str | None] = mapped_column(String(80))
    sex: Mapped[str] = mapped_column(String(1))
    age_band: Mapped[str] = mapped_column(String(10))
    purpose: Mapped[str | None] = mapped_column(String(40))
    district: Mapped[str | None] = mapped_column(String(12))
    dependants: Mapped[int]
    answers: Mapped[str] = mapped_column(Text)


class BorderPassRow(Base):
    """A pass as its events leave it. One that is held, a person and scheme: the store itself refuses a second."""

    __tablename__ = "border_pass"
    __table_args__ = (
        Index("uq_border_pass_held", "person_id", "scheme", unique=True, sqlite_where=text(HELD)),
        CheckConstraint("valid_from <= valid_to", name="validity"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    serial: Mapped[int] = mapped_column(unique=True)
    range_id: Mapped[UUID] = mapped_column(index=True)
    scheme: Mapped[str] = mapped_column(String(20), index=True)
    person_id: Mapped[UUID] = mapped_column(index=True)
    application_id: Mapped[UUID] = mapped_column(index=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    valid_from: Mapped[date]
    valid_to: Mapped[date] = mapped_column(index=True)
    suspended_until: Mapped[datetime | None]
    post_code: Mapped[str] = mapped_column(String(40))
    sex: Mapped[str] = mapped_column(String(1))
    age_band: Mapped[str] = mapped_column(String(10))
    purpose: Mapped[str | None] = mapped_column(String(40))
    district: Mapped[str | None] = mapped_column(String(12))
    dependants: Mapped[int]
    receipt: Mapped[str | None] = mapped_column(String(40))
    handed_over_at: Mapped[datetime | None]


class SerialRangeRow(Base):
    """Serials given to this desk beforehand."""

    __tablename__ = "pass_serial_range"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    first: Mapped[int] = mapped_column(unique=True)
    last: Mapped[int] = mapped_column(unique=True)
    place: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(80))
    allocated_at: Mapped[datetime]


class SpoiledSerialRow(Base):
    """A blank that can be used no more, without ever having been a pass."""

    __tablename__ = "pass_spoiled_serial"

    serial: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    range_id: Mapped[UUID] = mapped_column(index=True)
    event_id: Mapped[UUID]


class PassUseRow(Base):
    """One crossing with a pass, ours or a partner's. ``serial`` is as it is printed."""

    __tablename__ = "pass_use"
    __table_args__ = (
        Index("ix_pass_use_serial", "scheme", "serial", "used_at"),
        CheckConstraint("direction IN ('ENTRY', 'EXIT')", name="direction"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    scheme: Mapped[str] = mapped_column(String(20))
    serial: Mapped[str] = mapped_column(String(40))
    pass_id: Mapped[UUID | None] = mapped_column(index=True)
    crossing_id: Mapped[UUID | None] = mapped_column(unique=True)
    post_code: Mapped[str] = mapped_column(String(40))
    desk_id: Mapped[str] = mapped_column(String(60))
    direction: Mapped[str] = mapped_column(String(5))
    used_at: Mapped[datetime] = mapped_column(index=True)
    sex: Mapped[str | None] = mapped_column(String(1))
    age_band: Mapped[str | None] = mapped_column(String(10))
    purpose: Mapped[str | None] = mapped_column(String(40))
    regime: Mapped[str | None] = mapped_column(String(20))
    products: Mapped[str] = mapped_column(String(500))  # codes, a space between
    withdrawn: Mapped[bool]


class PassEventRow(Base):
    """One event, never changed."""

    __tablename__ = "pass_event"

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    subject_id: Mapped[UUID] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    facts: Mapped[str] = mapped_column(Text)
