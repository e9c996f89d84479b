"""Events of passes: each with its audit link and its message, in the unit of what it tells."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import insert, select

from bmis.kernel.identifiers import made_at
from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import PassKind
from bmis.passes.records.tables import PassEventRow
from bmis.store.canonical import canonical
from bmis.store.unit import UnitOfWork


def keep_event(unit: UnitOfWork, event: PassEvent) -> None:
    """Add the event, its audit link and its message to the unit; ``commit`` keeps all three."""
    unit.connection.execute(
        insert(PassEventRow),
        {
            "id": event.id,
            "kind": event.kind.value,
            "subject_id": event.subject,
            "by": event.by,
            "recorded_at": made_at(event.id),
            "facts": canonical(event.facts),
        },
    )
    unit.audit.add(event.kind.value, event)
    unit.outbox.add(event.kind.value, event)


def events_of(unit: UnitOfWork, subject: UUID) -> tuple[PassEvent, ...]:
    """Return what happened to the application, the pass, the range or the person, in order."""
    asked = select(PassEventRow.__table__).where(PassEventRow.subject_id == subject).order_by(PassEventRow.seq)
    return tuple(event_of(row) for row in unit.connection.execute(asked))


def events_of_kind(unit: UnitOfWork, kind: PassKind) -> tuple[PassEvent, ...]:
    """Return every event of the kind, in order."""
    asked = select(PassEventRow.__table__).where(PassEventRow.kind == kind.value).order_by(PassEventRow.seq)
    return tuple(event_of(row) for row in unit.connection.execute(asked))


def event_of(row: Any) -> PassEvent:
    """Return the event of a row."""
    return PassEvent(row.id, PassKind(row.kind), row.by, row.subject_id, json.loads(row.facts))
