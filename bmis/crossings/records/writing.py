"""Keeping crossings and events, and reading one back, inside one unit of work."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, func, insert, select, update

from bmis.crossings.crossing import Crossing, CrossingEvent, EventKind
from bmis.crossings.errors import CrossingDamagedError
from bmis.crossings.identity import Identity
from bmis.crossings.images import NewImage
from bmis.crossings.payload import crossing_of, crossing_payload, event_of
from bmis.crossings.records.columns import columns_of
from bmis.crossings.records.tables import (
    CrossingEventRow,
    CrossingRow,
    ImageRow,
    TravellerLinkRow,
    TravellerRow,
)
from bmis.crossings.view import CrossingView, fold
from bmis.documents.dates import PartialDate
from bmis.store.canonical import Message
from bmis.store.records import AuditRow
from bmis.store.unit import UnitOfWork

_CROSSING = cast(Table, CrossingRow.__table__)
_EVENT = cast(Table, CrossingEventRow.__table__)
_TRAVELLER = cast(Table, TravellerRow.__table__)
_LINK = cast(Table, TravellerLinkRow.__table__)
_IMAGE = cast(Table, ImageRow.__table__)
_ADD, _ADD_EVENT = insert(_CROSSING), insert(_EVENT)
_ADD_TRAVELLER, _ADD_LINK, _ADD_IMAGE = insert(_TRAVELLER), insert(_LINK), insert(_IMAGE)
_LAST_SEQ = select(func.max(CrossingRow.seq)).where(CrossingRow.desk_id == bindparam("desk"))
_LAST_ID = select(CrossingRow.id).where(CrossingRow.desk_id == bindparam("desk"), CrossingRow.seq == bindparam("seq"))
_BY_ID = select(CrossingRow.payload, CrossingRow.seq).where(CrossingRow.id == bindparam("wanted"))
_BY_REQUEST = select(CrossingRow.payload, CrossingRow.seq).where(CrossingRow.request_id == bindparam("wanted"))
_EVENTS = select(CrossingEventRow.payload).where(CrossingEventRow.crossing_id == bindparam("wanted"))
_EVENTS = _EVENTS.order_by(CrossingEventRow.number)
_LINK_OF = (
    select(_LINK, CrossingEventRow.crossing_id)
    .join(_EVENT, CrossingEventRow.id == TravellerLinkRow.event_id)
    .where(TravellerLinkRow.event_id == bindparam("wanted"))
)
_UNLINKED = select(TravellerLinkRow.event_id).where(
    TravellerLinkRow.link_id == bindparam("wanted"), TravellerLinkRow.kind == "unlinked"
)
_LATEST = select(func.max(CrossingRow.recorded_at)).scalar_subquery()
_AUDIT_END = select(AuditRow.recorded_at).order_by(AuditRow.seq.desc()).limit(64).subquery()
_LATEST_AUDIT = select(func.max(_AUDIT_END.c.recorded_at)).scalar_subquery()
_LAST_SEEN = select(_LATEST, _LATEST_AUDIT)
_STANDING = select(  # one statement for what a unit that records must know first: it holds everybody up
    _LATEST,
    _LATEST_AUDIT,
    _LAST_SEQ.scalar_subquery(),
    select(CrossingRow.payload).where(CrossingRow.request_id == bindparam("wanted")).scalar_subquery(),
)
_SHOWN_BY = (
    select(
        CrossingRow.traveller_id,
        CrossingRow.surname_key,
        CrossingRow.given_names_key,
        CrossingRow.birth_date,
        CrossingRow.sex,
    )
    .where(
        CrossingRow.document_number == bindparam("number"),
        CrossingRow.issuing_state == bindparam("issuer"),
        CrossingRow.state == "standing",
    )
    .order_by(CrossingRow.crossed_at.desc())
    .limit(100)
)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the store stands: the latest moment it knows of, the desk's next number, what the request gave before."""

    last_seen_at: datetime | None
    next_seq: int
    kept: Crossing | None


class SqlCrossings:
    """Crossings inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection: Connection = unit.connection

    def standing(self, desk_id: str, request_id: UUID) -> Standing:
        """Return where the store stands for a desk that is about to record; only a unit that writes may use it."""
        row = self._connection.execute(_STANDING, {"desk": desk_id, "wanted": request_id}).one()
        latest, latest_audit, seq, payload = row
        return Standing(_later(latest, latest_audit), (seq or 0) + 1, payload and crossing_from(payload, seq))

    def next_seq(self, desk_id: str) -> int:
        """Return the desk's next number; only a unit that writes may use it."""
        return (self._connection.execute(_LAST_SEQ, {"desk": desk_id}).scalar() or 0) + 1

    def traveller_by(self, issuing_state: str, number: str, identity: Identity) -> UUID | None:
        """Return whom the document was last shown by under this identity."""
        for row in self._connection.execute(_SHOWN_BY, {"issuer": issuing_state, "number": number}):
            birth = PartialDate.parse(row.birth_date) if row.birth_date else None
            if not Identity(row.surname_key, row.given_names_key, birth, row.sex).differs_in(identity):
                return cast(UUID, row.traveller_id)
        return None

    def last_id_of(self, desk_id: str) -> UUID | None:
        """Return the crossing that the desk kept last."""
        seq = self._connection.execute(_LAST_SEQ, {"desk": desk_id}).scalar()
        return self._connection.execute(_LAST_ID, {"desk": desk_id, "seq": seq}).scalar() if seq else None

    def last_seen_at(self) -> datetime | None:
        """Return the latest moment that crossings and the end of the audit chain know of."""
        return _later(*self._connection.execute(_LAST_SEEN).one())

    def add(self, crossings: Sequence[tuple[Crossing, Message]], new_travellers: Iterable[Crossing] = ()) -> None:
        """Keep the crossings, each with its message, and the travellers seen for the first time in some of them."""
        rows = []
        for _, message in crossings:
            row = columns_of(message.content)
            row["payload"] = message.text
            rows.append(row)
        self._connection.execute(_ADD, rows)
        travellers = [
            {"id": first.traveller_id, "first_crossing_id": first.id, "first_seen_at": first.crossed_at}
            for first in new_travellers
        ]
        if travellers:
            self._connection.execute(_ADD_TRAVELLER, travellers)

    def add_images(self, crossing_id: UUID, images: Iterable[NewImage]) -> None:
        """Keep the crossing's pictures."""
        rows = [
            {
                "id": image.id,
                "crossing_id": crossing_id,
                "kind": image.kind.value,
                "sha256": image.sha256,
                "jpeg": image.jpeg,
            }
            for image in images
        ]
        if rows:
            self._connection.execute(_ADD_IMAGE, rows)

    def by_request(self, request_id: UUID) -> Crossing | None:
        """Return the crossing that was kept for the request, as it was kept."""
        row = self._connection.execute(_BY_REQUEST, {"wanted": request_id}).one_or_none()
        return None if row is None else crossing_from(row.payload, row.seq)

    def find(self, crossing_id: UUID) -> CrossingView | None:
        """Return the crossing as it stands."""
        row = self._connection.execute(_BY_ID, {"wanted": crossing_id}).one_or_none()
        if row is None:
            return None
        return fold(crossing_from(row.payload, row.seq), self.events_of(crossing_id))

    def events_of(self, crossing_id: UUID) -> list[CrossingEvent]:
        """Return the crossing's events, in order."""
        found = self._connection.execute(_EVENTS, {"wanted": crossing_id}).scalars()
        return [event_of(json.loads(payload)) for payload in found]

    def add_event(self, event: CrossingEvent, message: Message) -> None:
        """Keep the event and move the columns of its crossing to where it now stands."""
        self._connection.execute(
            _ADD_EVENT,
            {
                "id": event.id,
                "kind": event.kind.value,
                "crossing_id": event.crossing_id,
                "by": event.by,
                "recorded_at": event.recorded_at,
                "other_id": event.other_id,
                "payload": message.text,
            },
        )
        if event.kind in (EventKind.LINKED, EventKind.UNLINKED, EventKind.PRINTED):
            return
        view = self.find(event.crossing_id)
        if view is None:
            return
        columns = columns_of(crossing_payload(view.crossing), state=view.state.value, closed_by=view.closed_by)
        self._connection.execute(update(_CROSSING).where(CrossingRow.id == event.crossing_id).values(columns))

    def add_link(self, event: CrossingEvent, traveller_id: UUID, other_id: UUID, link_id: UUID) -> None:
        """Keep the link that a linked or unlinked event made or took back."""
        kind = "linked" if event.kind is EventKind.LINKED else "unlinked"
        row = {"event_id": event.id, "kind": kind, "link_id": link_id}
        self._connection.execute(_ADD_LINK, row | {"traveller_id": traveller_id, "other_id": other_id})

    def link(self, link_id: UUID) -> tuple[UUID, UUID, UUID] | None:
        """Return the crossing and the two travellers of a link that holds, None where there is none (any longer)."""
        row = self._connection.execute(_LINK_OF, {"wanted": link_id}).one_or_none()
        if row is None or row.kind != "linked" or self._connection.execute(_UNLINKED, {"wanted": link_id}).first():
            return None
        return row.crossing_id, row.traveller_id, row.other_id

    def traveller_exists(self, traveller_id: UUID) -> bool:
        """Return whether the traveller has been seen."""
        asked = select(TravellerRow.id).where(TravellerRow.id == traveller_id)
        return self._connection.execute(asked).first() is not None


def _later(one: datetime | None, other: datetime | None) -> datetime | None:
    return max((moment for moment in (one, other) if moment is not None), default=None)


def crossing_from(payload: str, seq: int) -> Crossing:
    """Return the crossing of a stored payload.

    Raises:
        CrossingDamagedError: it cannot be read.
    """
    try:
        said: Mapping[str, Any] = json.loads(payload)
        return crossing_of(said)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise CrossingDamagedError(seq=seq) from error
