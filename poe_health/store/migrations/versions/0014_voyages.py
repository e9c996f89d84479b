"""Voyages with their events and cases; events at the post with their steps."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "voyage",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("key", sa.String(400), nullable=False),
        sa.Column("conveyance", sa.String(20), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("pratique", sa.String(20), nullable=False),
        sa.Column("contacts", sa.Integer, nullable=False),
        sa.Column("kept_from", sa.String(10), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_voyage"),
        sa.UniqueConstraint("number", name="uq_voyage_number"),
        sa.UniqueConstraint("serial", name="uq_voyage_serial"),
    )
    for column in ("key", "day", "kept_from"):
        op.create_index(f"ix_voyage_{column}", "voyage", [column])
    _events("voyage_event")
    op.create_table(
        "voyage_case",
        sa.Column("voyage_id", sa.Uuid, nullable=False),
        sa.Column("case_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("voyage_id", "case_id", name="pk_voyage_case"),
    )
    op.create_index("ix_voyage_case_case_id", "voyage_case", ["case_id"])
    op.create_table(
        "post_event",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("what", sa.String(40), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("kept_from", sa.String(10), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_post_event"),
        sa.UniqueConstraint("number", name="uq_post_event_number"),
        sa.UniqueConstraint("serial", name="uq_post_event_serial"),
    )
    for column in ("state", "day", "kept_from"):
        op.create_index(f"ix_post_event_{column}", "post_event", [column])
    _events("post_event_step")


def _events(name: str) -> None:
    op.create_table(
        name,
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("record_id", sa.Uuid, nullable=False),
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name=f"pk_{name}"),
        sa.UniqueConstraint("id", name=f"uq_{name}_id"),
        sa.UniqueConstraint("request_id", name=f"uq_{name}_request_id"),
    )
    op.create_index(f"ix_{name}_record_id", name, ["record_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("post_event_step", "post_event", "voyage_case", "voyage_event", "voyage"):
        op.drop_table(table)
