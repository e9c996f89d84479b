"""Crossings, their events, travellers and the links between them, pictures."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables of crossings."""
    _crossing()
    op.create_table(
        "crossing_event",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("crossing_id", sa.Uuid, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("other_id", sa.Uuid, nullable=True),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_crossing_event"),
        sa.UniqueConstraint("id", name="uq_crossing_event_id"),
    )
    op.create_index("ix_crossing_event_kind", "crossing_event", ["kind"])
    op.create_index("ix_crossing_event_crossing_id", "crossing_event", ["crossing_id"])
    op.create_table(
        "traveller",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("first_crossing_id", sa.Uuid, nullable=False),
        sa.Column("first_seen_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_traveller"),
    )
    op.create_table(
        "traveller_link",
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("link_id", sa.Uuid, nullable=False),
        sa.Column("traveller_id", sa.Uuid, nullable=False),
        sa.Column("other_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_traveller_link"),
        sa.CheckConstraint("kind IN ('linked', 'unlinked')", name="ck_traveller_link_kind"),
    )
    for column in ("link_id", "traveller_id", "other_id"):
        op.create_index(f"ix_traveller_link_{column}", "traveller_link", [column])
    op.create_table(
        "image",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("crossing_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("jpeg", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_image"),
        sa.CheckConstraint("kind IN ('traveller', 'document_photo', 'page')", name="ck_image_kind"),
    )
    op.create_index("ix_image_crossing_id", "image", ["crossing_id"])


def _crossing() -> None:
    op.create_table(
        "crossing",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("direction", sa.String(5), nullable=False),
        sa.Column("decision", sa.String(20), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("record_mode", sa.String(20), nullable=False),
        sa.Column("document_kind", sa.String(40), nullable=False),
        sa.Column("document_number", sa.String(23), nullable=True),
        sa.Column("number_missing_reason", sa.String(40), nullable=True),
        sa.Column("issuing_state", sa.String(3), nullable=True),
        sa.Column("surname_key", sa.String(120), nullable=False),
        sa.Column("given_names_key", sa.String(120), nullable=False),
        sa.Column("surname", sa.String(120), nullable=True),
        sa.Column("given_names", sa.String(120), nullable=True),
        sa.Column("birth_date", sa.String(10), nullable=True),
        sa.Column("nationality", sa.String(3), nullable=True),
        sa.Column("sex", sa.String(1), nullable=True),
        sa.Column("traveller_class", sa.String(20), nullable=True),
        sa.Column("travel_mode", sa.String(20), nullable=True),
        sa.Column("purpose", sa.String(40), nullable=True),
        sa.Column("stay_until", sa.String(10), nullable=True),
        sa.Column("crossed_at", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("post_code", sa.String(40), nullable=False),
        sa.Column("site_id", sa.String(40), nullable=False),
        sa.Column("desk_id", sa.String(60), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("second_officer", sa.String(80), nullable=True),
        sa.Column("traveller_id", sa.Uuid, nullable=False),
        sa.Column("closes", sa.Uuid, nullable=True),
        sa.Column("closed_by", sa.Uuid, nullable=True),
        sa.Column("paper_form", sa.String(40), nullable=True),
        sa.Column("payload_schema", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_crossing"),
        sa.UniqueConstraint("desk_id", "seq", name="uq_crossing_desk_id_seq"),
        sa.UniqueConstraint("request_id", name="uq_crossing_request_id"),
        sa.CheckConstraint(
            "coalesce(document_number, '') <> '' OR coalesce(number_missing_reason, '') <> ''",
            name="ck_crossing_number_or_reason",
        ),
        sa.CheckConstraint("direction IN ('ENTRY', 'EXIT')", name="ck_crossing_direction"),
        sa.CheckConstraint("state IN ('standing', 'undone', 'annulled')", name="ck_crossing_state"),
        sa.CheckConstraint("seq > 0", name="ck_crossing_seq_counts_from_one"),
    )
    op.create_index("ix_crossing_document", "crossing", ["document_number", "issuing_state", "crossed_at"])
    op.create_index("ix_crossing_site", "crossing", ["site_id", "crossed_at"])
    op.create_index("ix_crossing_name", "crossing", ["surname_key", "given_names_key", "birth_date", "crossed_at"])
    op.create_index("ix_crossing_birth", "crossing", ["birth_date", "crossed_at"])
    op.create_index("ix_crossing_traveller", "crossing", ["traveller_id", "crossed_at"])
    op.create_index("ix_crossing_crossed_at", "crossing", ["crossed_at"])
    op.create_index("ix_crossing_recorded_at", "crossing", ["recorded_at"])
    waiting = sa.text("decision = 'PENDING_SECONDARY' AND closed_by IS NULL AND state = 'standing'")
    op.create_index("ix_crossing_waiting", "crossing", ["crossed_at"], sqlite_where=waiting)
    op.create_index(
        "ix_crossing_paper_form", "crossing", ["paper_form"], sqlite_where=sa.text("paper_form IS NOT NULL")
    )


def downgrade() -> None:
    """Drop them."""
    for table in ("image", "traveller_link", "traveller", "crossing_event", "crossing"):
        op.drop_table(table)
