"""What happened to the days of the tally; signals and their steps."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "tally_event",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("post_code", sa.String(40), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_tally_event"),
        sa.UniqueConstraint("id", name="uq_tally_event_id"),
    )
    op.create_index("ix_tally_event_day", "tally_event", ["day"])
    op.create_table(
        "signal_event",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("signal_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("request_id", sa.Uuid, nullable=True),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_signal_event"),
        sa.UniqueConstraint("id", name="uq_signal_event_id"),
        sa.UniqueConstraint("request_id", name="uq_signal_event_request_id"),
    )
    op.create_index("ix_signal_event_signal_id", "signal_event", ["signal_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("signal_event", "tally_event"):
        op.drop_table(table)
