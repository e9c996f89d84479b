"""Additional measures (IHR art. 43)."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    """Make the table. Each measure has a number of its own."""
    op.create_table(
        "additional_measure_event",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("record_id", sa.Uuid, nullable=False),
        sa.Column("payload", sa.Text, nullable=False),
        sa.Column("serial", sa.Integer, nullable=True),
        sa.Column("request_id", sa.Uuid, nullable=True),
        sa.PrimaryKeyConstraint("number", name="pk_additional_measure_event"),
        sa.UniqueConstraint("id", name="uq_additional_measure_event_id"),
        sa.UniqueConstraint("serial", name="uq_additional_measure_event_serial"),
        sa.UniqueConstraint("request_id", name="uq_additional_measure_event_request_id"),
    )
    op.create_index("ix_additional_measure_event_record_id", "additional_measure_event", ["record_id"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("additional_measure_event")
