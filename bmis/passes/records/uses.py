"""Where passes were used, inside one unit of work: the log that shows one serial at two posts."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select, update

from bmis.passes.at_crossing import Use
from bmis.passes.records.tables import PassUseRow
from bmis.store.unit import UnitOfWork


class SqlPassUses:
    """The uses that this desk knows of."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection

    def add(self, one: Use) -> None:
        """Keep a use."""
        self._connection.execute(
            insert(PassUseRow),
            {
                "id": one.id,
                "scheme": one.scheme,
                "serial": one.serial,
                "pass_id": one.pass_id,
                "crossing_id": one.crossing_id,
                "post_code": one.post_code,
                "desk_id": one.desk_id,
                "direction": one.direction,
                "used_at": one.at,
                "sex": one.sex,
                "age_band": one.age_band,
                "purpose": one.purpose,
                "regime": one.regime,
                "products": " ".join(one.products),
                "withdrawn": False,
            },
        )

    def of_serial(self, scheme: str, serial: str, limit: int = 50) -> tuple[Use, ...]:
        """Return the newest first; uses that were taken back are none."""
        asked = (
            select(PassUseRow.__table__)
            .where(PassUseRow.scheme == scheme, PassUseRow.serial == serial, PassUseRow.withdrawn.is_(False))
            .order_by(PassUseRow.used_at.desc(), PassUseRow.id.desc())
            .limit(limit)
        )
        return tuple(_use(row) for row in self._connection.execute(asked))

    def of_crossing(self, crossing_id: UUID) -> Use | None:
        """Return the use that was kept with the crossing."""
        asked = select(PassUseRow.__table__).where(PassUseRow.crossing_id == crossing_id)
        row = self._connection.execute(asked).one_or_none()
        return None if row is None else _use(row)

    def withdraw(self, use_id: UUID) -> None:
        """Take a use back: its crossing was undone."""
        self._connection.execute(update(PassUseRow).where(PassUseRow.id == use_id).values(withdrawn=True))

    def between(self, first: datetime, last: datetime) -> tuple[Use, ...]:
        """Return the uses from one moment to before another, in order."""
        asked = (
            select(PassUseRow.__table__)
            .where(PassUseRow.used_at >= first, PassUseRow.used_at < last, PassUseRow.withdrawn.is_(False))
            .order_by(PassUseRow.used_at, PassUseRow.id)
        )
        return tuple(_use(row) for row in self._connection.execute(asked))


def _use(row: Any) -> Use:
    return Use(
        id=row.id,
        scheme=row.scheme,
        serial=row.serial,
        pass_id=row.pass_id,
        crossing_id=row.crossing_id,
        post_code=row.post_code,
        desk_id=row.desk_id,
        direction=row.direction,
        at=row.used_at,
        sex=row.sex,
        age_band=row.age_band,
        purpose=row.purpose,
        regime=row.regime,
        products=tuple(row.products.split()),
    )
