"""The tables. A crossing's payload is the record and never changes; its columns are the index of the current view."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base

WAITING = "decision = 'PENDING_SECONDARY' AND closed_by IS NULL AND state = 'standing'"

OPEN_STAY = "direction = 'ENTRY' AND decision = 'ADMITTED' AND state = 'standing' AND stay_until IS NOT NULL"


class CrossingRow(Base):
    """One kept crossing. Corrections are events; they move the columns, never ``payload``, ``id`` or ``seq``.

    The audit chain covers ``payload``, and the columns must be what payload and events give: ``digests`` proves it.
    """

    __tablename__ = "crossing"
    __table_args__ = (
        CheckConstraint(
            "coalesce(document_number, '') <> '' OR coalesce(number_missing_reason, '') <> ''",
            name="number_or_reason",
        ),
        CheckConstraint("direction IN ('ENTRY', 'EXIT')", name="direction"),
        CheckConstraint("state IN ('standing', 'undone', 'annulled')", name="state"),
        CheckConstraint("seq > 0", name="seq_counts_from_one"),
        UniqueConstraint("desk_id", "seq"),
        Index("ix_crossing_document", "document_number", "issuing_state", "crossed_at"),
        Index("ix_crossing_site", "site_id", "crossed_at"),
        Index("ix_crossing_name", "surname_key", "given_names_key", "birth_date", "crossed_at"),
        Index("ix_crossing_birth", "birth_date", "crossed_at"),
        Index("ix_crossing_traveller", "traveller_id", "crossed_at", "state", "decision"),  # has anybody left since
        Index(
            "ix_crossing_explore",  # every filter of the explorer: a page of rare rows reads no others
            "crossed_at",
            "state",
            "direction",
            "decision",
            "post_code",
            "nationality",
            "travel_mode",
            "purpose",
            "document_kind",
            "by",
            "surname_key",
            "given_names_key",
        ),
        Index("ix_crossing_stay", "stay_until", "traveller_id", "crossed_at", sqlite_where=text(OPEN_STAY)),
        Index("ix_crossing_waiting", "crossed_at", sqlite_where=text(WAITING)),
        Index("ix_crossing_paper_form", "paper_form", sqlite_where=text("paper_form IS NOT NULL")),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    request_id: Mapped[UUID] = mapped_column(unique=True)
    direction: Mapped[str] = mapped_column(String(5))
    decision: Mapped[str] = mapped_column(String(20))
    state: Mapped[str] = mapped_column(String(10))
    record_mode: Mapped[str] = mapped_column(String(20))
    document_kind: Mapped[str] = mapped_column(String(40))
    document_number: Mapped[str | None] = mapped_column(String(23))
    number_missing_reason: Mapped[str | None] = mapped_column(String(40))
    issuing_state: Mapped[str | None] = mapped_column(String(3))
    surname_key: Mapped[str] = mapped_column(String(120))
    given_names_key: Mapped[str] = mapped_column(String(120))
    surname: Mapped[str | None] = mapped_column(String(120))  # as a person should see it, accents kept
    given_names: Mapped[str | None] = mapped_column(String(120))
    birth_date: Mapped[str | None] = mapped_column(String(10))
    nationality: Mapped[str | None] = mapped_column(String(3))
    sex: Mapped[str | None] = mapped_column(String(1))
    traveller_class: Mapped[str | None] = mapped_column(String(20))
    travel_mode: Mapped[str | None] = mapped_column(String(20))
    purpose: Mapped[str | None] = mapped_column(String(40))
    stay_until: Mapped[date | None]
    crossed_at: Mapped[datetime] = mapped_column(index=True)
    recorded_at: Mapped[datetime] = mapped_column(index=True)
    post_code: Mapped[str] = mapped_column(String(40))
    site_id: Mapped[str] = mapped_column(String(40))
    desk_id: Mapped[str] = mapped_column(String(60))
    by: Mapped[str] = mapped_column(String(80))
    second_officer: Mapped[str | None] = mapped_column(String(80))
    traveller_id: Mapped[UUID]
    closes: Mapped[UUID | None]
    closed_by: Mapped[UUID | None]
    paper_form: Mapped[str | None] = mapped_column(String(40))
    payload_schema: Mapped[int]
    payload: Mapped[str] = mapped_column(Text)


class CrossingEventRow(Base):
    """One correction or follow-up, never changed. ``number`` keeps the order: a clock may stand still."""

    __tablename__ = "crossing_event"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    crossing_id: Mapped[UUID] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    other_id: Mapped[UUID | None]
    payload: Mapped[str] = mapped_column(Text)


class TravellerRow(Base):
    """Somebody who crosses. What is known of them stands in their crossings; this is only the identifier."""

    __tablename__ = "traveller"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    first_crossing_id: Mapped[UUID]
    first_seen_at: Mapped[datetime]


class TravellerLinkRow(Base):
    """Two travellers said to be one (``kind`` linked), or a link taken back (unlinked, naming it). Never changed."""

    __tablename__ = "traveller_link"
    __table_args__ = (CheckConstraint("kind IN ('linked', 'unlinked')", name="kind"),)

    event_id: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(8))
    link_id: Mapped[UUID] = mapped_column(index=True)  # of the link: its own event, or the one that is taken back
    traveller_id: Mapped[UUID] = mapped_column(index=True)
    other_id: Mapped[UUID] = mapped_column(index=True)


class ImageRow(Base):
    """A picture of a crossing. Its hash stands in the crossing's payload, so the audit chain covers it."""

    __tablename__ = "image"
    __table_args__ = (CheckConstraint("kind IN ('traveller', 'document_photo', 'page')", name="kind"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    crossing_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(20))
    sha256: Mapped[str] = mapped_column(String(64))
    jpeg: Mapped[bytes] = mapped_column(LargeBinary)
