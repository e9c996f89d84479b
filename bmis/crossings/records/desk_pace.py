"""When the desk recorded its crossings, for how fast the queue moves."""

from datetime import datetime
from typing import cast

from sqlalchemy import Table, func, select

from bmis.crossings.decision import RecordMode
from bmis.crossings.records.tables import CrossingRow
from bmis.store.unit import UnitOfWork

_C = cast(Table, CrossingRow.__table__).c


def recorded_since(unit: UnitOfWork, desk_id: str, since: datetime) -> tuple[datetime, ...]:
    """Return the moments, UTC, at which the desk kept crossings of the lane (no back-fill) since then, in order."""
    here = func.coalesce(_C.desk_id, "") == desk_id  # by the index of desks every crossing would be read
    asked = select(_C.recorded_at).where(
        _C.recorded_at >= since, here, _C.record_mode != RecordMode.PAPER_BACKFILL.value
    )
    return tuple(sorted(unit.connection.execute(asked).scalars()))
