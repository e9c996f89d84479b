"""Exchange in the health store: its keys, its log, the cases to export.

The log lies in the audit chain and in the messages to the centre.
"""

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, select

from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.store.canonical import Message
from bmis.store.records import OutboxRow
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.exchange.export_event import ExportEvent, ExportKind, Handed, handed_in
from poe_health.exchange.identifiers import ExchangeKeys
from poe_health.exchange.package import Level
from poe_health.exchange.source import Standing
from poe_health.followup.monitoring import Monitoring
from poe_health.followup.records import MonitoringRow, SqlMonitoring
from poe_health.screening.record import Kind, ScreeningView, State
from poe_health.screening.records import SqlScreenings
from poe_health.screening.records.tables import ScreeningRow
from poe_health.screening.records.writing import Content
from poe_health.store.records.access import Access, AccessKind, SqlAccess
from poe_health.store.records.secret_keys import SqlSecrets

IDENTIFIERS, PSEUDONYMS = "exchange", "pseudonym"
_OUTBOX = cast(Table, OutboxRow.__table__)


class SqlExchange:
    """Keys and log over one open store; each call is a unit of work of its own."""

    def __init__(self, write: OpenUnit, read: OpenUnit, now: Clock, by: str) -> None:
        self._write, self._read, self._now, self._by = write, read, now, by

    def keys(self) -> ExchangeKeys:
        """Return the keys; the one of identifiers is the first there ever was, that of pseudonyms the newest."""
        with self._write() as unit:
            kept = SqlSecrets(unit)
            found = {}
            for purpose, place in ((IDENTIFIERS, -1), (PSEUDONYMS, 0)):
                made = [secret for _, secret in kept.every(purpose)]
                found[purpose] = made[place] if made else kept.make(purpose, self._now(), self._by)
            unit.commit()
        # 32 random bytes: six digits of their digest name the key and tell nothing of it
        name = f"k{hashlib.sha256(found[PSEUDONYMS]).hexdigest()[:6]}"
        return ExchangeKeys(found[IDENTIFIERS], found[PSEUDONYMS], name)

    def keep(self, event: ExportEvent, opened: Sequence[UUID] = ()) -> None:
        """Keep the line, and for each record one of the log of openings."""
        message = Message.of(event.id, event.by, event.payload())
        with self._write() as unit:
            unit.audit.add(event.kind.value, message)
            unit.outbox.add(event.kind.value, message)
            access = SqlAccess(unit)
            for record in opened:
                one = new_id(self._now())
                access.add(Access(one, AccessKind.READ, record, event.by, event.role, event.reason))
            unit.commit()

    def released(self) -> set[tuple[date, date]]:
        """Return the first and the last day of every public file that was written or sent."""
        kinds = (ExportKind.WRITTEN.value, ExportKind.SENT.value)
        asked = select(_OUTBOX.c.payload).where(_OUTBOX.c.kind.in_(kinds))
        with self._read() as unit:
            lines = [json.loads(text) for text in unit.connection.execute(asked).scalars()]
        public = (said for said in lines if said["level"] == Level.PUBLIC.value)
        return {(date.fromisoformat(said["first"]), date.fromisoformat(said["last"])) for said in public}

    def handed(self) -> tuple[Handed, ...]:
        """Return what of single cases others have from us."""
        with self._read() as unit:
            return SqlExportLog(unit).handed()

    def known(self, target: str) -> Mapping[str, str]:
        """Return the newest digest of each record that the receiver has."""
        asked = select(_OUTBOX.c.payload).where(_OUTBOX.c.kind == ExportKind.SENT.value).order_by(_OUTBOX.c.seq)
        found: dict[str, str] = {}
        with self._read() as unit:
            for text in unit.connection.execute(asked).scalars():
                said = json.loads(text)
                if said["target"] == target:
                    found |= said["digests"]
        return found


class SqlExportLog:
    """The lines of exports inside one unit of work: their messages, which the audit chain covers."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def newest(self, limit: int) -> list[dict[str, Any]]:
        """Return the newest lines as they were kept."""
        kinds = [one.value for one in ExportKind]
        asked = select(_OUTBOX.c.payload).where(_OUTBOX.c.kind.in_(kinds)).order_by(_OUTBOX.c.seq.desc()).limit(limit)
        return [json.loads(text) for text in self._unit.connection.execute(asked).scalars()]

    def handed(self) -> tuple[Handed, ...]:
        """Return what of single cases others have from us."""
        kinds = (ExportKind.WRITTEN.value, ExportKind.SENT.value)
        asked = select(_OUTBOX.c.payload).where(_OUTBOX.c.kind.in_(kinds)).order_by(_OUTBOX.c.seq)
        return handed_in(json.loads(text) for text in self._unit.connection.execute(asked).scalars())


def standing_of(unit: UnitOfWork, cases: Collection[UUID]) -> dict[UUID, Standing]:
    """Return where the cases stand of which there is a record."""
    store, found = SqlScreenings(unit), {}
    for identifier in cases:
        view = store.find(identifier)
        if view is not None:
            changed = max([view.record.recorded_at, *(event.recorded_at for event in view.events)])
            number = f"{view.record.desk_id}-{view.record.seq}"
            found[identifier] = Standing(view.state is State.VOIDED, changed, view.record.day, number)
    return found


class SecondaryCases:
    """The secondary cases of some days inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def __call__(self, first: date, last: date) -> Iterator[tuple[ScreeningView, Content]]:
        """Yield each standing case with what is left of its parts, oldest first."""
        asked = select(ScreeningRow.id).where(
            ScreeningRow.kind == Kind.SECONDARY.value,
            ScreeningRow.state == "standing",
            ScreeningRow.day.between(first, last),
        )
        store = SqlScreenings(self._unit)
        found = self._unit.connection.execute(asked.order_by(ScreeningRow.screened_at, ScreeningRow.id)).scalars().all()
        for identifier in found:
            view = store.find(identifier)
            if view is not None:
                yield view, store.content(view)


class MonitoringsOf:
    """The monitorings that a screening began, inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def __call__(self, screening_id: UUID) -> tuple[Monitoring, ...]:
        """Return them, the oldest first."""
        asked = (
            select(MonitoringRow.id).where(MonitoringRow.screening_id == screening_id).order_by(MonitoringRow.serial)
        )
        store = SqlMonitoring(self._unit)
        return tuple(store.get(one) for one in self._unit.connection.execute(asked).scalars().all())
