"""The table of runs: when the rules of retention were applied, by whom, and how much they took. Append-only."""

import json
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, String, Text, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.plain import plain, value_of
from bmis.store.base import Base
from bmis.store.canonical import Message, digest
from bmis.store.unit import UnitOfWork
from poe_health.retention.run import RetentionRun

APPLIED = "retention.applied"


class RetentionRunRow(Base):
    """One run."""

    __tablename__ = "retention_run"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    payload: Mapped[str] = mapped_column(Text)


class SqlRetentionRuns:
    """Runs inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, run: RetentionRun) -> None:
        """Keep the run with its audit link."""
        kept = Message.of(run.id, run.by, plain(run))
        row = {"id": run.id, "by": run.by, "recorded_at": run.recorded_at, "payload": kept.text}
        self._unit.connection.execute(insert(RetentionRunRow), row)
        self._unit.audit.add(APPLIED, kept)

    def last(self) -> RetentionRun | None:
        """Return the newest run."""
        asked = select(RetentionRunRow.payload).order_by(RetentionRunRow.number.desc()).limit(1)
        payload = self._unit.connection.execute(asked).scalar()
        return None if payload is None else value_of(RetentionRun, json.loads(payload))


class RedigestRetention:
    """Makes the digests of these rows again, for the verification of the store."""

    kinds = frozenset({APPLIED})

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each run and the digest of its content."""
        for row in connection.execute(select(RetentionRunRow.id, RetentionRunRow.payload)):
            yield row.id, digest(row.payload)
