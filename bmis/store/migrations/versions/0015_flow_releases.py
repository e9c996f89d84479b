"""The register of numbers that were handed over, and what was hidden in them."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make it."""
    op.create_table(
        "flow_release",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("first", sa.String(10), nullable=False),
        sa.Column("last", sa.String(10), nullable=False),
        sa.Column("level", sa.String(10), nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_flow_release"),
        sa.UniqueConstraint("id", name="uq_flow_release_id"),
    )
    op.create_table(
        "flow_cut",
        sa.Column("audience", sa.String(20), nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("place", sa.String(40), nullable=False),
        sa.Column("direction", sa.String(10), nullable=False),
        sa.Column("split", sa.String(40), nullable=False),
        sa.Column("hidden", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("audience", "day", "kind", "place", "direction", "split", name="pk_flow_cut"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("flow_cut")
    op.drop_table("flow_release")
