"""Dated settings of the post."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the append-only table."""
    op.create_table(
        "post_setting",
        sa.Column("seq", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("name", sa.String(40), nullable=False),
        sa.Column("value", sa.Text, nullable=False),
        sa.Column("valid_from", sa.String(10), nullable=False),
        sa.Column("valid_to", sa.String(10), nullable=True),
        sa.Column("set_by", sa.String(80), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_post_setting"),
        sa.UniqueConstraint("id", name="uq_post_setting_id"),
    )
    op.create_index("ix_post_setting_name", "post_setting", ["name"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("post_setting")
