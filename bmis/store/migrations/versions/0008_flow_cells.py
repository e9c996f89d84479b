"""Cells of days: how many crossings of which kind, counted as they come in."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_KEYS = ("cube", "day", "post_code", "direction", "key1", "key2", "key3")
_SIZES = (40, 10, 40, 5, 80, 80, 80)


def upgrade() -> None:
    """Make the tables; they are filled from the crossings when somebody first asks for a number."""
    op.create_table(
        "flow_cell",
        *(sa.Column(name, sa.String(size), nullable=False) for name, size in zip(_KEYS, _SIZES, strict=True)),
        sa.Column("n", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint(*_KEYS, name="pk_flow_cell"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "flow_mark",
        sa.Column("cube", sa.String(40), nullable=False),
        sa.Column("desk_id", sa.String(60), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("cube", "desk_id", name="pk_flow_mark"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("flow_mark")
    op.drop_table("flow_cell")
