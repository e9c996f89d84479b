"""When the desk recorded its crossings, for how fast the queue moves."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, select

from bmis.crossings.decision import RecordMode
from bmis.crossings.records.tables import CrossingRow
from bmis.store.unit import UnitOfWork

_C = cast(Table, CrossingRow.__table__).c


def recorded_since(unit: UnitOfWork, desk_id: str, since: datetime) -> tuple[datetime, ...]:
    """Return the moments, UTC, at which the desk kept crossings of the lane (no back-fill) since then, in order."""
    asked = select(_C.recorded_at).where(
        _C.recorded_at >= since, _C.desk_id == desk_id, _C.record_mode != RecordMode.PAPER_BACKFILL.value
    )
    return tuple(sorted(unit.connection.execute(asked).scalars()))
