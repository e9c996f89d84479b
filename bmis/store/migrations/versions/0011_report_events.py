"""What is kept of reports: returns of posts, past bulletins, published editions."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "report_event",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("subject", sa.String(80), nullable=False),
        sa.Column("first", sa.String(10), nullable=False),
        sa.Column("last", sa.String(10), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_report_event"),
        sa.UniqueConstraint("id", name="uq_report_event_id"),
    )
    op.create_index("ix_report_event_kind_last", "report_event", ["kind", "last"])
    op.create_index("ix_report_event_subject", "report_event", ["subject"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("report_event")
