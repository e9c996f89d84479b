"""Half-done work of the health desks."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "health_draft",
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("desk", sa.String(40), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("started_at", sa.BigInteger, nullable=False),
        sa.Column("updated_at", sa.BigInteger, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("request_id", name="pk_health_draft"),
    )
    op.create_index("ix_health_draft_by", "health_draft", ["by"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("health_draft")
