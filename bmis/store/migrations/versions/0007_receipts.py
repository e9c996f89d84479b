"""Receipts, and everything that happened to money."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "receipt",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.String(40), nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("paid", sa.Integer, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("exempt", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("copies", sa.Integer, nullable=False),
        sa.Column("till_id", sa.Uuid, nullable=True),
        sa.Column("cancelled_till_id", sa.Uuid, nullable=True),
        sa.CheckConstraint("serial > 0 AND paid >= 0", name="ck_receipt_counts_from_one"),
        sa.CheckConstraint("state IN ('standing', 'cancelled')", name="ck_receipt_state"),
        sa.PrimaryKeyConstraint("id", name="pk_receipt"),
        sa.UniqueConstraint("number", name="uq_receipt_number"),
        sa.UniqueConstraint("serial", name="uq_receipt_serial"),
    )
    op.create_index("ix_receipt_subject_id", "receipt", ["subject_id"])
    op.create_index("ix_receipt_till_id", "receipt", ["till_id"])
    op.create_table(
        "money_event",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(60), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_money_event"),
        sa.UniqueConstraint("id", name="uq_money_event_id"),
    )
    op.create_index("ix_money_event_kind", "money_event", ["kind"])
    op.create_index("ix_money_event_subject", "money_event", ["subject"])


def downgrade() -> None:
    """Drop them."""
    op.drop_table("money_event")
    op.drop_table("receipt")
