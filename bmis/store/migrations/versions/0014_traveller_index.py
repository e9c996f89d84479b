"""Whether somebody went on since is answered by two indexes alone: stays past their day are looked for each minute."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_OPEN_STAY = "direction = 'ENTRY' AND decision = 'ADMITTED' AND state = 'standing' AND stay_until IS NOT NULL"


def upgrade() -> None:
    """Widen the indexes."""
    op.drop_index("ix_crossing_traveller", "crossing")
    op.create_index("ix_crossing_traveller", "crossing", ["traveller_id", "crossed_at", "state", "decision"])
    op.drop_index("ix_crossing_stay", "crossing")
    op.create_index(
        "ix_crossing_stay", "crossing", ["stay_until", "traveller_id", "crossed_at"], sqlite_where=sa.text(_OPEN_STAY)
    )


def downgrade() -> None:
    """Make them as they were."""
    op.drop_index("ix_crossing_stay", "crossing")
    op.create_index("ix_crossing_stay", "crossing", ["stay_until"], sqlite_where=sa.text(_OPEN_STAY))
    op.drop_index("ix_crossing_traveller", "crossing")
    op.create_index("ix_crossing_traveller", "crossing", ["traveller_id", "crossed_at"])
