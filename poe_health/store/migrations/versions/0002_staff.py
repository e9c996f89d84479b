"""People: accounts, sign-ins, approvals, shifts."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the four append-only tables."""
    op.create_table(
        "staff_event",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("full_name", sa.String(120), nullable=True),
        sa.Column("role", sa.String(20), nullable=True),
        sa.Column("agreement_key", sa.String(64), nullable=True),
        sa.Column("signing_key", sa.String(64), nullable=True),
        sa.Column("reason", sa.Text, nullable=True),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_staff_event"),
        sa.UniqueConstraint("id", name="uq_staff_event_id"),
    )
    op.create_table(
        "sign_in_event",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("count", sa.Integer, nullable=False),
        sa.Column("first_at", sa.BigInteger, nullable=True),
        sa.Column("last_at", sa.BigInteger, nullable=True),
        sa.Column("reason", sa.Text, nullable=True),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_sign_in_event"),
        sa.UniqueConstraint("id", name="uq_sign_in_event_id"),
    )
    op.create_index("ix_sign_in_event_recorded_at", "sign_in_event", ["recorded_at"])
    op.create_table(
        "approval_event",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("approval_id", sa.Uuid, nullable=False),
        sa.Column("action", sa.String(60), nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("second", sa.String(40), nullable=True),
        sa.Column("due_at", sa.BigInteger, nullable=True),
        sa.Column("reason", sa.Text, nullable=True),
        sa.Column("second_key", sa.String(64), nullable=True),
        sa.Column("signature", sa.String(128), nullable=True),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_approval_event"),
        sa.UniqueConstraint("id", name="uq_approval_event_id"),
    )
    op.create_index("ix_approval_event_kind", "approval_event", ["kind"])
    op.create_index("ix_approval_event_approval_id", "approval_event", ["approval_id"])
    op.create_index("ix_approval_event_subject_id", "approval_event", ["subject_id"])
    op.create_table(
        "shift_event",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("shift_id", sa.Uuid, nullable=False),
        sa.Column("lane", sa.String(40), nullable=False),
        sa.Column("counts", sa.Text, nullable=True),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_shift_event"),
        sa.UniqueConstraint("id", name="uq_shift_event_id"),
    )
    op.create_index("ix_shift_event_shift_id", "shift_event", ["shift_id"])


def downgrade() -> None:
    """Drop them."""
    for table in ("shift_event", "approval_event", "sign_in_event", "staff_event"):
        op.drop_table(table)
