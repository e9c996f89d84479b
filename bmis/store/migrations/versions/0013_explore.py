"""The movement explorer: an index that pages by key, and the filters that people keep for themselves."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"

_FILTERS = (
    "crossed_at",
    "state",
    "direction",
    "decision",
    "post_code",
    "nationality",
    "travel_mode",
    "purpose",
    "document_kind",
    "by",
    "surname_key",
    "given_names_key",
)
_OPEN_STAY = "direction = 'ENTRY' AND decision = 'ADMITTED' AND state = 'standing' AND stay_until IS NOT NULL"


def upgrade() -> None:
    """Make them."""
    op.create_index("ix_crossing_explore", "crossing", list(_FILTERS))
    op.create_index("ix_crossing_stay", "crossing", ["stay_until"], sqlite_where=sa.text(_OPEN_STAY))
    op.create_table(
        "saved_filter",
        sa.Column("owner", sa.String(80), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("wanted", sa.Text, nullable=False),
        sa.Column("kept_at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("owner", "name", name="pk_saved_filter"),
        sqlite_with_rowid=False,
    )

    op.create_table(
        "risk_event",
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.String(40), nullable=False),
        sa.Column("selector_id", sa.Uuid, nullable=False),
        sa.Column("by", sa.String(80), nullable=False),
        sa.Column("recorded_at", sa.BigInteger, nullable=False),
        sa.Column("facts", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("number", name="pk_risk_event"),
        sa.UniqueConstraint("id", name="uq_risk_event_id"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("risk_event")
    op.drop_table("saved_filter")
    op.drop_index("ix_crossing_stay", "crossing")
    op.drop_index("ix_crossing_explore", "crossing")
