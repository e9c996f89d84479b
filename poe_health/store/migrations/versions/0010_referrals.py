"""Transfers and their steps, monitoring and its steps, who they are about, the post's directory."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0003"


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "health_identity",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("salt", sa.String(64), nullable=False),
        sa.Column("content", sa.Text, nullable=True),
        sa.Column("kept_at", sa.BigInteger, nullable=False),
        sa.Column("forgotten_at", sa.BigInteger, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_health_identity"),
    )
    op.create_table(
        "referral",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("screening_id", sa.Uuid, nullable=True),
        sa.Column("identity_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_referral"),
        sa.UniqueConstraint("number", name="uq_referral_number"),
        sa.UniqueConstraint("serial", name="uq_referral_serial"),
    )
    op.create_index("ix_referral_state", "referral", ["state"])
    op.create_index("ix_referral_screening_id", "referral", ["screening_id"])
    _events("referral")
    op.create_table(
        "monitoring",
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("serial", sa.Integer, nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("disease", sa.String(40), nullable=False),
        sa.Column("last_day", sa.String(10), nullable=False),
        sa.Column("opened_at", sa.BigInteger, nullable=False),
        sa.Column("screening_id", sa.Uuid, nullable=True),
        sa.Column("identity_id", sa.Uuid, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_monitoring"),
        sa.UniqueConstraint("number", name="uq_monitoring_number"),
        sa.UniqueConstraint("serial", name="uq_monitoring_serial"),
    )
    op.create_index("ix_monitoring_state", "monitoring", ["state"])
    op.create_index("ix_monitoring_disease", "monitoring", ["disease"])
    op.create_index("ix_monitoring_screening_id", "monitoring", ["screening_id"])
    _events("monitoring")
    op.create_table(
        "health_directory",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_health_directory"),
        sa.UniqueConstraint("id", name="uq_health_directory_id"),
    )


def _events(of: str) -> None:
    op.create_table(
        f"{of}_event",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column(f"{of}_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("seq", name=f"pk_{of}_event"),
        sa.UniqueConstraint("id", name=f"uq_{of}_event_id"),
    )
    op.create_index(f"ix_{of}_event_{of}_id", f"{of}_event", [f"{of}_id"])


def downgrade() -> None:
    """Drop them."""
    for table in (
        "health_directory",
        "monitoring_event",
        "monitoring",
        "referral_event",
        "referral",
        "health_identity",
    ):
        op.drop_table(table)
