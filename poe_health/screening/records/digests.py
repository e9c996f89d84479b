"""The digests of screenings, made again from the rows, for the audit chain to prove them."""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Table, select

from bmis.store.canonical import digest
from poe_health.screening.record import EventKind, Screening, ScreeningEvent
from poe_health.screening.records.tables import ScreeningEventRow, ScreeningRow
from poe_health.screening.records.writing import RECORDED, columns_of, part_of
from poe_health.screening.view import fold
from poe_health.store.records.parts import part_digests

_SCREENING = cast(Table, ScreeningRow.__table__)
_EVENT = cast(Table, ScreeningEventRow.__table__)
_NOT_PROVED = digest("not what the event says")  # the digest of no payload: those are JSON objects


class RedigestScreenings:
    """Makes the digests of screenings and their events again.

    A digest is that of the stored payload only where the columns agree with payload and events, and where each part is
    there unchanged, or gone by an event that says so.
    """

    kinds = frozenset({RECORDED, *(kind.value for kind in EventKind)})

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each row's event and the digest of its content."""
        parts: dict[UUID, dict[str, str]] = defaultdict(dict)
        for owner, part, made in part_digests(connection):
            parts[owner][part] = made
        events: dict[UUID, list[tuple[UUID, str]]] = defaultdict(list)
        for row in connection.execute(select(_EVENT).order_by(ScreeningEventRow.number)):
            events[row.screening_id].append((row.id, row.payload))
        for row in connection.execution_options(yield_per=1000).execute(select(_SCREENING)):
            its_events = events.pop(row.id, [])
            proved = _agrees(row, its_events, parts)
            yield row.id, digest(row.payload) if proved else _NOT_PROVED
            for identifier, payload in its_events:
                yield identifier, digest(payload) if proved else _NOT_PROVED
        for orphans in events.values():
            yield from ((identifier, _NOT_PROVED) for identifier, _ in orphans)


def _agrees(row: Any, events: list[tuple[UUID, str]], parts: dict[UUID, dict[str, str]]) -> bool:
    try:
        screening = part_of(Screening, row.payload)
        folded = [part_of(ScreeningEvent, payload) for _, payload in events]
        view = fold(screening, folded)
        wanted = columns_of(screening, view.facts) | {"state": view.state.value, "cholera_id": view.cholera_id}
        named = json.loads(row.payload)["id"] == str(row.id)
    except Exception:
        return False
    if not named or any(row._mapping[name] != value for name, value in wanted.items()):
        return False
    if [event.id for event in folded] != [identifier for identifier, _ in events]:
        return False
    owners = {screening.id: screening.digests, **{event.id: event.digests for event in folded}}
    for owner, digests in owners.items():
        kept = parts.get(owner, {})
        there = {name: digests[name] for name in digests if name not in view.erased}
        if kept != there:
            return False
    return True
