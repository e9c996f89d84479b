"""What rules of retention took from express records of cholera."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "cholera_event",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("record_id", sa.Uuid, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_cholera_event"),
        sa.UniqueConstraint("id", name="uq_cholera_event_id"),
    )
    op.create_index("ix_cholera_event_record_id", "cholera_event", ["record_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("cholera_event")
