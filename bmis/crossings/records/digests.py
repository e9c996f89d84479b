"""The digests of what is kept, made again from the rows, for the audit chain to prove them."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Select, Table, select
from sqlalchemy.engine import Row

from bmis.crossings.crossing import EventKind
from bmis.crossings.payload import crossing_payload, event_of
from bmis.crossings.records.columns import columns_of
from bmis.crossings.records.tables import CrossingEventRow, CrossingRow, ImageRow, TravellerLinkRow
from bmis.crossings.records.writing import crossing_from
from bmis.crossings.view import fold
from bmis.store.canonical import digest

RECORDED = "crossing.recorded"
_CROSSING = cast(Table, CrossingRow.__table__)
_EVENT = cast(Table, CrossingEventRow.__table__)
_LINK = cast(Table, TravellerLinkRow.__table__)
_IMAGE = cast(Table, ImageRow.__table__)
_NOT_PROVED = digest("not what the event says")  # the digest of no payload: those are JSON objects


class RedigestCrossings:
    """Makes the digests of crossings and their events again, for the verification of the store."""

    kinds = frozenset({RECORDED, *(kind.value for kind in EventKind)})

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each row's event and the digest of its content."""
        return crossing_digests(connection)


def crossing_digests(connection: Connection) -> Iterator[tuple[UUID, str]]:
    """Yield (event, digest) for every crossing and every event of one.

    A digest is that of the stored payload only where all else agrees with it: the columns that searches use, the
    pictures, the links. Otherwise it is one that no event has, so the chain shows where the store was altered.
    """
    events = defaultdict(list)
    for event in connection.execute(select(_EVENT.c.crossing_id, _EVENT.c.payload).order_by(_EVENT.c.number)):
        events[event.crossing_id].append(event.payload)
    pictures: dict[UUID, dict[str, str]] = defaultdict(dict)
    for image in connection.execution_options(yield_per=20).execute(select(_IMAGE)):
        pictures[image.crossing_id][str(image.id)] = f"{image.kind} {hashlib.sha256(image.jpeg).hexdigest()}"
    crossings: Select[Any] = select(_CROSSING).order_by(_CROSSING.c.seq)
    for crossing in connection.execution_options(yield_per=1000).execute(crossings):
        proved = _crossing_agrees(crossing, events.pop(crossing.id, ()), pictures.pop(crossing.id, {}))
        yield crossing.id, digest(crossing.payload) if proved else _NOT_PROVED
    for orphan in (*events, *pictures):
        yield orphan, _NOT_PROVED  # of a crossing that is gone
    yield from _event_digests(connection)


def _crossing_agrees(row: Row[Any], events: Any, pictures: Mapping[str, str]) -> bool:
    try:
        payload = json.loads(row.payload)
        state, closed_by = "standing", None
        if events:
            view = fold(crossing_from(row.payload, row.seq), [event_of(json.loads(text)) for text in events])
            payload, state, closed_by = crossing_payload(view.crossing), view.state.value, view.closed_by
        wanted = columns_of(payload, state=state, closed_by=closed_by)
        kept = {image["id"]: f"{image['kind']} {image['sha256']}" for image in payload.get("images", ())}
    except Exception:
        return False
    return kept == pictures and all(row._mapping[name] == value for name, value in wanted.items())


def _event_digests(connection: Connection) -> Iterator[tuple[UUID, str]]:
    links = {row.event_id: row for row in connection.execute(select(_LINK))}
    for row in connection.execution_options(yield_per=1000).execute(select(_EVENT).order_by(_EVENT.c.number)):
        proved = _event_agrees(row, links.pop(row.id, None))
        yield row.id, digest(row.payload) if proved else _NOT_PROVED
    for orphan in links:
        yield orphan, _NOT_PROVED


def _event_agrees(row: Row[Any], link: Row[Any] | None) -> bool:
    try:
        event = event_of(json.loads(row.payload))
    except Exception:
        return False
    told = (event.id, event.kind.value, event.crossing_id, event.by, event.recorded_at, event.other_id)
    if told != (row.id, row.kind, row.crossing_id, row.by, row.recorded_at, row.other_id):
        return False
    if event.kind is EventKind.LINKED:
        return link is not None and (link.kind, link.link_id, link.other_id) == ("linked", event.id, event.other_id)
    if event.kind is EventKind.UNLINKED:
        return link is not None and (link.kind, link.link_id) == ("unlinked", event.other_id)
    return link is None
