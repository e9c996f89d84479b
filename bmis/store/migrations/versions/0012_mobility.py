"""Mobility beside crossings: observed counts, mapping, surveys with their answers, posts."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "mobility_event",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("record_id", sa.Uuid, nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("first", sa.String(10), nullable=False),
        sa.Column("last", sa.String(10), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("request_id", sa.Uuid, nullable=True),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_mobility_event"),
        sa.UniqueConstraint("id", name="uq_mobility_event_id"),
        sa.UniqueConstraint("request_id", name="uq_mobility_event_request_id"),
    )
    op.create_index("ix_mobility_event_kind_last", "mobility_event", ["kind", "last"])
    op.create_index("ix_mobility_event_record_id", "mobility_event", ["record_id"])
    op.create_index("ix_mobility_event_subject", "mobility_event", ["subject"])
    op.create_table(
        "mobility_answers",
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("record_id", sa.Uuid, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("event_id", name="pk_mobility_answers"),
    )
    op.create_index("ix_mobility_answers_record_id", "mobility_answers", ["record_id"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("mobility_answers")
    op.drop_table("mobility_event")
