"""A crossing or an event into the record, the audit chain and the outbox, together."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bmis.crossings.crossing import Crossing, CrossingEvent, EventKind
from bmis.crossings.errors import CrossingUnknownError
from bmis.crossings.images import NewImage
from bmis.crossings.payload import message
from bmis.crossings.records import SqlCrossings
from bmis.crossings.records.digests import RECORDED
from bmis.crossings.view import CrossingView
from bmis.kernel.identifiers import made_at, new_id
from bmis.store.unit import UnitOfWork


def keep_crossing(unit: UnitOfWork, crossing: Crossing, images: Sequence[NewImage] = (), *, is_new: bool) -> None:
    """Keep one crossing with its pictures; ``is_new`` says that the traveller was not known."""
    kept = message(crossing)
    store = SqlCrossings(unit)
    store.add([(crossing, kept)], [crossing] if is_new else ())
    store.add_images(crossing.id, images)
    unit.audit.add(RECORDED, kept)
    unit.outbox.add(RECORDED, kept)


def keep_crossings(unit: UnitOfWork, crossings: Sequence[Crossing], new_travellers: Sequence[Crossing]) -> None:
    """Keep many at once (demonstration data). ``new_travellers``: those among them in which somebody is first seen."""
    if not crossings:
        return
    kept = [message(crossing) for crossing in crossings]
    SqlCrossings(unit).add(list(zip(crossings, kept, strict=True)), new_travellers)
    unit.audit.add_many(RECORDED, kept)
    unit.outbox.add_many(RECORDED, kept)


def keep_event(unit: UnitOfWork, event: CrossingEvent) -> None:
    """Keep one event and let its crossing's columns follow."""
    kept = message(event)
    SqlCrossings(unit).add_event(event, kept)
    unit.audit.add(event.kind.value, kept)
    unit.outbox.add(event.kind.value, kept)


def new_event(
    kind: EventKind,
    crossing_id: UUID,
    by: str,
    at: datetime,
    reason: str = "",
    *,
    second_officer: str | None = None,
    other_id: UUID | None = None,
) -> CrossingEvent:
    """Return an event made at ``at``; its moment is the one inside its identifier."""
    event_id = new_id(at)
    return CrossingEvent(
        event_id, kind, crossing_id, by, made_at(event_id), reason, second_officer=second_officer, other_id=other_id
    )


def existing(store: SqlCrossings, crossing_id: UUID) -> CrossingView:
    """Return the crossing as it stands.

    Raises:
        CrossingUnknownError: there is none.
    """
    view = store.find(crossing_id)
    if view is None:
        raise CrossingUnknownError
    return view
