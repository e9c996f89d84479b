"""Reading crossings for counting: those that are new, and those that a correction has moved."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, Table, bindparam, func, select

from bmis.crossings.counted import CountedCrossing
from bmis.crossings.crossing import Crossing, CrossingEvent, EventKind
from bmis.crossings.decision import Decision
from bmis.crossings.payload import crossing_of, event_of
from bmis.crossings.records.tables import CrossingEventRow, CrossingRow
from bmis.crossings.view import RecordState, fold
from bmis.documents.dates import PartialDate
from bmis.documents.errors import DateTextError
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES

_C = cast(Table, CrossingRow.__table__).c
_E = cast(Table, CrossingEventRow.__table__).c
_COUNTS = (EventKind.AMENDED.value, EventKind.ANNULLED.value, EventKind.UNDONE.value)
_FACTS = (
    _C.id,
    _C.seq,
    _C.state,
    _C.crossed_at,
    _C.post_code,
    _C.direction,
    _C.decision,
    _C.nationality,
    _C.sex,
    _C.birth_date,
    _C.document_kind,
    _C.issuing_state,
    _C.travel_mode,
    _C.purpose,
    _C.traveller_class,
    _C.record_mode,
    _C.second_officer,
    _C.closes,
    func.json_extract(
        _C.payload,
        "$.request.journey.coming_from",
        "$.request.journey.going_to",
        "$.request.journey.intended_days",
        "$.request.stay.kind",
        "$.request.document.capture_method",
        "$.verdict.reasons",
        "$.verdict.acknowledged",
    ).label("more"),
)
_DESK = select(func.min(_C.desk_id).label("desk_id")).cte("desk", recursive=True)
_LATER, _OWN = cast(Table, CrossingRow.__table__).alias(), cast(Table, CrossingRow.__table__).alias()
_ALL_DESKS = _DESK.union_all(  # from one desk to the next along the index: a scan would grow with every crossing
    select(select(func.min(_LATER.c.desk_id)).where(_LATER.c.desk_id > _DESK.c.desk_id).scalar_subquery()).where(
        _DESK.c.desk_id.is_not(None)
    )
)
_DESKS = select(
    _ALL_DESKS.c.desk_id,
    select(func.max(_OWN.c.seq)).where(_OWN.c.desk_id == _ALL_DESKS.c.desk_id).scalar_subquery().label("last"),
).where(_ALL_DESKS.c.desk_id.is_not(None))
_NEW = (
    select(*_FACTS)
    .where(_C.desk_id == bindparam("desk"), _C.seq > bindparam("after"), _C.seq <= bindparam("up_to"))
    .order_by(_C.seq)
)
_OF_TIME = select(*_FACTS).where(_C.crossed_at >= bindparam("first"), _C.crossed_at < bindparam("end"))
_CORRECTED = (
    select(_C.id, _C.payload, _C.desk_id, _C.seq)
    .where(_C.id.in_(select(_E.crossing_id).where(_E.number > bindparam("after"), _E.kind.in_(_COUNTS))))
    .order_by(_C.desk_id, _C.seq)
)
_TOUCHED = select(_E.crossing_id).where(_E.kind.in_(_COUNTS), _E.crossing_id.in_(bindparam("ids", expanding=True)))
_EVENTS = select(_E.number, _E.payload).where(_E.crossing_id == bindparam("wanted")).order_by(_E.number)
_LAST_EVENT = select(func.coalesce(func.max(_E.number), 0))
_PAYLOADS = select(_C.id, _C.payload).where(_C.id.in_(bindparam("ids", expanding=True)))


@dataclass(frozen=True, slots=True)
class Correction:
    """One crossing before and after corrections; None: it did not count, or no longer does."""

    desk_id: str
    seq: int
    before: CountedCrossing | None
    after: CountedCrossing | None


class SqlCounting:
    """Crossings as they count, inside one unit of work."""

    def __init__(self, connection: Connection, utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES) -> None:
        self._connection = connection
        self._zone = timezone(timedelta(minutes=utc_offset_minutes))

    def last_numbers(self) -> dict[str, int]:
        """Return each desk with the number of its last crossing."""
        return {row.desk_id: row.last for row in self._connection.execute(_DESKS)}

    def last_event(self) -> int:
        """Return the number of the last event of any crossing, 0 where there is none."""
        return cast(int, self._connection.execute(_LAST_EVENT).scalar_one())

    def recorded(self, desk_id: str, after: int, up_to: int) -> Iterator[CountedCrossing]:
        """Yield a desk's crossings of these numbers as they were recorded, whatever was corrected since."""
        rows = self._connection.execute(_NEW, {"desk": desk_id, "after": after, "up_to": up_to}).all()
        ids = [row.id for row in rows]
        touched = set(self._connection.execute(_TOUCHED, {"ids": ids}).scalars()) if self.last_event() else set()
        kept: dict[UUID, str] = {}
        if touched:
            kept = {row.id: row.payload for row in self._connection.execute(_PAYLOADS, {"ids": list(touched)})}
        for row in rows:
            if row.id in touched:
                yield self._of(crossing_of(json.loads(kept[row.id])))
            else:
                yield self._from(row)

    def corrected(self, after: int) -> Iterator[Correction]:
        """Yield every crossing that an event numbered above ``after`` corrected, as before that and as it stands."""
        for row in self._connection.execute(_CORRECTED, {"after": after}).all():
            events = [
                (number, event_of(json.loads(payload)))
                for number, payload in self._connection.execute(_EVENTS, {"wanted": row.id})
            ]
            crossing = crossing_of(json.loads(row.payload))
            before = self._standing(crossing, [event for number, event in events if number <= after])
            yield Correction(row.desk_id, row.seq, before, self._standing(crossing, [event for _, event in events]))

    def standing_between(self, first: date, last: date) -> Iterator[CountedCrossing]:
        """Yield the crossings of these local days that count now: a scan, for proving what was counted."""
        begin = datetime.combine(first, time(), self._zone)
        end = datetime.combine(last + timedelta(days=1), time(), self._zone)
        rows = self._connection.execution_options(yield_per=2000).execute(_OF_TIME, {"first": begin, "end": end})
        touched = self._amended()
        for row in rows:
            if row.state != RecordState.STANDING.value:
                continue
            if row.id in touched:
                view = touched[row.id]
                if view is not None:
                    yield view
            else:
                yield self._from(row)

    def _amended(self) -> dict[UUID, CountedCrossing | None]:
        every = self._connection.execute(_CORRECTED, {"after": 0}).all()
        found: dict[UUID, CountedCrossing | None] = {}
        for row in every:
            events = [
                event_of(json.loads(payload)) for _, payload in self._connection.execute(_EVENTS, {"wanted": row.id})
            ]
            found[row.id] = self._standing(crossing_of(json.loads(row.payload)), events)
        return found

    def _standing(self, crossing: Crossing, events: Sequence[CrossingEvent]) -> CountedCrossing | None:
        view = fold(crossing, events)
        return self._of(view.crossing) if view.state is RecordState.STANDING else None

    def _of(self, crossing: Crossing) -> CountedCrossing:
        request, document, journey = crossing.request, crossing.document, crossing.request.journey
        return CountedCrossing(
            at=crossing.crossed_at.astimezone(self._zone),
            post_code=crossing.place.post_code,
            direction=crossing.direction.value,
            decision=crossing.decision,
            nationality=document.nationality,
            sex=document.sex,
            birth_date=document.birth_date,
            document_kind=document.kind,
            issuing_state=document.issuing_state,
            travel_mode=journey.travel_mode,
            purpose=journey.purpose,
            traveller_class=request.person.traveller_class,
            coming_from=journey.coming_from,
            going_to=journey.going_to,
            intended_days=journey.intended_days,
            stay_kind=request.stay.kind,
            record_mode=crossing.record_mode.value,
            capture_method=document.capture_method.value,
            reasons=crossing.verdict.reasons,
            has_second_officer=crossing.second_officer is not None,
            overrides=len(crossing.verdict.acknowledged),
            after_secondary=crossing.closes is not None,
        )

    def _from(self, row: Any) -> CountedCrossing:
        coming, going, days, stay, method, reasons, accepted = json.loads(row.more)
        return CountedCrossing(
            at=row.crossed_at.astimezone(self._zone),
            post_code=row.post_code,
            direction=row.direction,
            decision=Decision(row.decision),
            nationality=row.nationality,
            sex=row.sex,
            birth_date=_birth(row.birth_date),
            document_kind=row.document_kind,
            issuing_state=row.issuing_state,
            travel_mode=row.travel_mode,
            purpose=row.purpose,
            traveller_class=row.traveller_class,
            coming_from=coming,
            going_to=going,
            intended_days=days,
            stay_kind=stay,
            record_mode=row.record_mode,
            capture_method=method,
            reasons=tuple(reasons or ()),
            has_second_officer=row.second_officer is not None,
            overrides=len(accepted or ()),
            after_secondary=row.closes is not None,
        )


def _birth(text: str | None) -> PartialDate | None:
    if not text:
        return None
    try:
        return PartialDate.parse(text)
    except DateTextError:
        return None  # db verify names the damaged record; a count goes on without its age
