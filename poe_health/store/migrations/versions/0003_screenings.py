"""Screenings with parts and events; who read what; clearance; outbreaks and lists; cholera; retention."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables. Only ``health_part`` ever loses a row: when its time of retention is over."""
    op.create_table(
        "screening",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("screened_at", sa.BigInteger, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("direction", sa.String(10), nullable=True),
        sa.Column("conveyance", sa.String(20), nullable=True),
        sa.Column("sex", sa.String(1), nullable=True),
        sa.Column("age_band", sa.String(10), nullable=True),
        sa.Column("origin_country", sa.String(3), nullable=True),
        sa.Column("result", sa.String(20), nullable=True),
        sa.Column("disposition", sa.String(20), nullable=True),
        sa.Column("clearance", sa.String(20), nullable=True),
        sa.Column("persons", sa.Integer, nullable=False),
        sa.Column("threshold_reached", sa.Boolean, nullable=True),
        sa.Column("outbreak_threshold_reached", sa.Boolean, nullable=True),
        sa.Column("area", sa.Boolean, nullable=False),
        sa.Column("alert", sa.Boolean, nullable=False),
        sa.Column("suspected", sa.Text, nullable=False),
        sa.Column("certificate", sa.String(20), nullable=True),
        sa.Column("risk_level", sa.String(10), nullable=True),
        sa.Column("samples", sa.Integer, nullable=False),
        sa.Column("follow_up", sa.Boolean, nullable=False),
        sa.Column("overridden", sa.Boolean, nullable=False),
        sa.Column("voyage_key", sa.String(300), nullable=True),
        sa.Column("primary_id", sa.Uuid, nullable=True),
        sa.Column("cholera_id", sa.Uuid, nullable=True),
        sa.Column("post_code", sa.String(40), nullable=False),
        sa.Column("site_id", sa.String(40), nullable=False),
        sa.Column("desk_id", sa.String(60), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("payload_schema", sa.Integer, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.CheckConstraint("kind IN ('primary', 'secondary', 'count')", name="ck_screening_kind"),
        sa.CheckConstraint("state IN ('standing', 'voided')", name="ck_screening_state"),
        sa.CheckConstraint("seq > 0 AND persons > 0", name="ck_screening_counts_from_one"),
        sa.PrimaryKeyConstraint("id", name="pk_screening"),
        sa.UniqueConstraint("request_id", name="uq_screening_request_id"),
        sa.UniqueConstraint("desk_id", "seq", name="uq_screening_desk_id_seq"),
    )
    op.create_index("ix_screening_day", "screening", ["day", "kind", "state"])
    op.create_index("ix_screening_screened_at", "screening", ["screened_at"])
    op.create_index("ix_screening_recorded_at", "screening", ["recorded_at"])
    op.create_index("ix_screening_primary_id", "screening", ["primary_id"])
    op.create_index("ix_screening_voyage", "screening", ["voyage_key", "screened_at"])
    op.create_index(
        "ix_screening_open",
        "screening",
        ["screened_at"],
        sqlite_where=sa.text("kind = 'secondary' AND disposition IS NULL AND state = 'standing'"),
    )
    op.create_table(
        "screening_event",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("screening_id", sa.Uuid, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_screening_event"),
        sa.UniqueConstraint("id", name="uq_screening_event_id"),
    )
    op.create_index("ix_screening_event_screening_id", "screening_event", ["screening_id"])
    op.create_index("ix_screening_event_recorded_at", "screening_event", ["recorded_at"])
    op.create_table(
        "health_part",
        sa.Column("owner_id", sa.Uuid, nullable=False),  # of the record, or of the event that replaced the part
        sa.Column("part", sa.String(10), nullable=False),
        sa.Column("record_id", sa.Uuid, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("owner_id", "part", name="pk_health_part"),
    )
    op.create_index("ix_health_part_record_id", "health_part", ["record_id"])
    op.create_table(
        "health_access",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("record_id", sa.Uuid, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("role", sa.String(20), nullable=False),
        sa.Column("reason", sa.Text, nullable=True),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_health_access"),
        sa.UniqueConstraint("id", name="uq_health_access_id"),
    )
    op.create_index("ix_health_access_record_id", "health_access", ["record_id"])
    op.create_index("ix_health_access_recorded_at", "health_access", ["recorded_at"])
    op.create_table(
        "health_secret",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("purpose", sa.String(20), nullable=False),
        sa.Column("made_at", sa.BigInteger, nullable=False),
        sa.Column("secret", sa.String(64), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_health_secret"),
    )
    op.create_table(
        "clearance_issue",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("ref", sa.String(20), nullable=False),
        sa.Column("record_id", sa.Uuid, nullable=True),  # NULL: a card in the drawer
        sa.Column("outcome", sa.String(20), nullable=False),
        sa.Column("card", sa.Integer, nullable=True),
        sa.Column("issued_at", sa.BigInteger, nullable=False),
        sa.Column("valid_until", sa.BigInteger, nullable=False),
        sa.Column("token", sa.Text, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_clearance_issue"),
        sa.UniqueConstraint("id", name="uq_clearance_issue_id"),
    )
    op.create_index("ix_clearance_issue_ref", "clearance_issue", ["ref"])
    op.create_index("ix_clearance_issue_record_id", "clearance_issue", ["record_id"])
    op.create_index("ix_clearance_issue_card", "clearance_issue", ["card", "valid_until"])
    op.create_table(
        "outbreak_event",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_outbreak_event"),
        sa.UniqueConstraint("id", name="uq_outbreak_event_id"),
    )
    op.create_table(
        "cholera_record",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("sex", sa.String(1), nullable=True),
        sa.Column("age_band", sa.String(10), nullable=True),
        sa.Column("dehydration", sa.String(10), nullable=False),
        sa.Column("plan", sa.String(1), nullable=False),
        sa.Column("desk_id", sa.String(60), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_cholera_record"),
        sa.UniqueConstraint("request_id", name="uq_cholera_record_request_id"),
        sa.UniqueConstraint("desk_id", "seq", name="uq_cholera_record_desk_id_seq"),
    )
    op.create_index("ix_cholera_record_day", "cholera_record", ["day"])
    op.create_table(
        "retention_run",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_retention_run"),
        sa.UniqueConstraint("id", name="uq_retention_run_id"),
    )


def downgrade() -> None:
    """Drop them."""
    for table in (
        "retention_run",
        "cholera_record",
        "outbreak_event",
        "clearance_issue",
        "health_secret",
        "health_access",
        "health_part",
        "screening_event",
        "screening",
    ):
        op.drop_table(table)
