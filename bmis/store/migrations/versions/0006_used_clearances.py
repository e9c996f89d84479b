"""Health tokens with which somebody crossed: a hash, and until when it is remembered."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "used_clearance",
        sa.Column("mark", sa.String(64), nullable=False),
        sa.Column("forget_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("mark", name="pk_used_clearance"),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("used_clearance")
