"""Keeping screenings and their events, and reading them back, inside one unit of work."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import Connection, Select, Table, and_, bindparam, func, insert, or_, select, text, update
from sqlalchemy.orm import aliased

from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.plain import plain, value_of
from bmis.store.canonical import Message
from bmis.store.unit import UnitOfWork
from poe_health.screening.errors import ScreeningDamagedError
from poe_health.screening.record import Clinical, Facts, Kind, Person, Screening, ScreeningEvent, ScreeningView, State
from poe_health.screening.records.counted_days import changed_days, days_late
from poe_health.screening.records.tables import OPEN, ScreeningEventRow, ScreeningRow
from poe_health.screening.view import fold
from poe_health.store.records.parts import CLINICAL, PERSON, HealthPartRow, NewPart, SqlParts
from poe_health.surveillance.records import SqlTallyDays

RECORDED = "screening.recorded"
SCHEMA = 1
SENT = ("SECONDARY", "ISOLATE_NOW", "REFUSED")
_Noun = TypeVar("_Noun")
_SCREENING = cast(Table, ScreeningRow.__table__)
_EVENT = cast(Table, ScreeningEventRow.__table__)
_LAST_SEQ = select(func.max(ScreeningRow.seq)).where(ScreeningRow.desk_id == bindparam("desk"))


@dataclass(frozen=True, slots=True)
class Content:
    """The parts of a record as they stand; None: there never was one, or it was erased."""

    clinical: Clinical | None
    person: Person | None


@dataclass(frozen=True, slots=True)
class KeptOld:
    """A record that still has parts."""

    id: UUID
    kind: str
    disposition: str | None
    day: date
    parts: frozenset[str]


class SqlScreenings:
    """Screenings inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._connection: Connection = unit.connection

    def next_seq(self, desk_id: str) -> int:
        """Return the desk's next number; only a unit that writes may use it."""
        return (self._connection.execute(_LAST_SEQ, {"desk": desk_id}).scalar() or 0) + 1

    def by_request(self, request_id: UUID) -> ScreeningView | None:
        """Return what was kept for the request, as it stands."""
        asked = select(ScreeningRow.id).where(ScreeningRow.request_id == request_id)
        found = self._connection.execute(asked).scalar()
        return None if found is None else self.find(found)

    def find(self, screening_id: UUID) -> ScreeningView | None:
        """Return the record as it stands."""
        asked = select(ScreeningRow.payload).where(ScreeningRow.id == screening_id)
        payload = self._connection.execute(asked).scalar()
        return None if payload is None else fold(part_of(Screening, payload), self._events_of(screening_id))

    def content(self, view: ScreeningView) -> Content:
        """Return the newest parts of the record."""
        kept = SqlParts(self._unit).of_record(view.id)
        owners = [event.id for event in reversed(view.events) if event.digests] + [view.id]
        return _content_of(next((kept[owner] for owner in owners if owner in kept), {}))

    def first_content(self, view: ScreeningView) -> Content:
        """Return the parts as they were first kept."""
        return _content_of(SqlParts(self._unit).of_record(view.id).get(view.id, {}))

    def add(self, screening: Screening, parts: Sequence[NewPart]) -> None:
        """Keep the record with its parts, its audit link and its message."""
        self.add_many([(screening, parts)])

    def add_many(self, screenings: Sequence[tuple[Screening, Sequence[NewPart]]]) -> None:
        """Keep records in order."""
        if not screenings:
            return
        messages = [_message(one.id, one.by, one) for one, _ in screenings]
        rows = [
            columns_of(one, one.facts) | {"state": State.STANDING.value, "payload": kept.text, "payload_schema": SCHEMA}
            for (one, _), kept in zip(screenings, messages, strict=True)
        ]
        self._connection.execute(insert(_SCREENING), rows)
        keeper = SqlParts(self._unit)
        for one, parts in screenings:
            keeper.add(one.id, one.id, parts)
        self._unit.audit.add_many(RECORDED, messages)
        self._unit.outbox.add_many(RECORDED, messages)
        late: dict[date, Screening] = {}
        for one, _ in screenings:
            for day in days_late(self._connection, one):
                late.setdefault(day, one)
        for day, one in late.items():
            SqlTallyDays(self._unit).record_arrived((day,), one.id, one.by, one.recorded_at)

    def add_event(self, event: ScreeningEvent, parts: Sequence[NewPart] = ()) -> None:
        """Keep the event and let the columns of its record follow."""
        kept = _message(event.id, event.by, event)
        row = {
            "id": event.id,
            "kind": event.kind.value,
            "screening_id": event.screening_id,
            "by": event.by,
            "recorded_at": event.recorded_at,
            "payload": kept.text,
        }
        self._connection.execute(insert(_EVENT), row)
        SqlParts(self._unit).add(event.id, event.screening_id, parts)
        view = self.find(event.screening_id)
        if view is not None:
            columns = columns_of(view.record, view.facts) | {"state": view.state.value, "cholera_id": view.cholera_id}
            self._connection.execute(update(_SCREENING).where(ScreeningRow.id == view.id).values(columns))
        self._unit.audit.add(event.kind.value, kept)
        self._unit.outbox.add(event.kind.value, kept)
        if view is not None:
            late = changed_days(self._connection, view, event)
            SqlTallyDays(self._unit).record_arrived(late, view.id, event.by, event.recorded_at)

    def waiting(self) -> tuple[ScreeningView, ...]:
        """Return those sent to secondary that have no case yet, and the open cases; the oldest first."""
        follower = aliased(ScreeningRow)
        followed = select(follower.id).where(follower.primary_id == ScreeningRow.id, follower.state == "standing")
        sent = and_(
            ScreeningRow.kind == Kind.PRIMARY.value,
            ScreeningRow.result.in_(SENT),
            ~followed.exists(),
        )
        asked = select(ScreeningRow.id).where(ScreeningRow.state == "standing", or_(sent, text(f"({OPEN})")))
        return self._views(asked.order_by(ScreeningRow.screened_at))

    def for_second_look(self, since: datetime) -> tuple[ScreeningView, ...]:
        """Return those screened since who may go on and wait a short while, by lot or at a full desk; oldest first."""
        asked = select(ScreeningRow.id).where(
            ScreeningRow.day >= since.date(),  # for the index; the day at the post is never before that in UTC
            ScreeningRow.screened_at >= since,
            ScreeningRow.kind == Kind.PRIMARY.value,
            ScreeningRow.state == "standing",
            ScreeningRow.clearance == ClearanceOutcome.H_WAIT.value,
            ScreeningRow.result.not_in(SENT),
        )
        found = self._views(asked.order_by(ScreeningRow.screened_at, ScreeningRow.seq))
        return tuple(view for view in found if view.facts.waits_for_second_look)

    def of_day(self, day: date, *, limit: int = 200) -> tuple[ScreeningView, ...]:
        """Return the records of a day, the newest first, voided ones too."""
        asked = select(ScreeningRow.id).where(ScreeningRow.day == day)
        return self._views(asked.order_by(ScreeningRow.screened_at.desc(), ScreeningRow.seq.desc()).limit(limit))

    def of_voyage(self, voyage_key: str) -> tuple[ScreeningView, ...]:
        """Return the standing records of one voyage, oldest first."""
        asked = select(ScreeningRow.id).where(ScreeningRow.voyage_key == voyage_key, ScreeningRow.state == "standing")
        return self._views(asked.order_by(ScreeningRow.screened_at))

    def older_than(self, day: date, kinds: Iterable[str]) -> list[KeptOld]:
        """Return the records of those kinds before that day of which a part is still kept, the oldest first."""
        asked = (
            select(ScreeningRow.id, ScreeningRow.kind, ScreeningRow.disposition, ScreeningRow.day, HealthPartRow.part)
            .join(HealthPartRow, HealthPartRow.record_id == ScreeningRow.id)
            .where(ScreeningRow.day < day, ScreeningRow.kind.in_(sorted(kinds)))
            .distinct()
        )
        found: dict[UUID, KeptOld] = {}
        for row in self._connection.execute(asked.order_by(ScreeningRow.day, ScreeningRow.id)):
            before = found[row.id].parts if row.id in found else frozenset()
            found[row.id] = KeptOld(row.id, row.kind, row.disposition, row.day, before | {row.part})
        return list(found.values())

    def _views(self, asked: Select[Any]) -> tuple[ScreeningView, ...]:
        found = (self.find(identifier) for identifier in self._connection.execute(asked).scalars().all())
        return tuple(view for view in found if view is not None)

    def _events_of(self, screening_id: UUID) -> list[ScreeningEvent]:
        asked = select(ScreeningEventRow.payload).where(ScreeningEventRow.screening_id == screening_id)
        found = self._connection.execute(asked.order_by(ScreeningEventRow.number)).scalars()
        return [part_of(ScreeningEvent, payload) for payload in found]


def _content_of(parts: Mapping[str, str]) -> Content:
    return Content(
        part_of(Clinical, parts[CLINICAL]) if CLINICAL in parts else None,
        part_of(Person, parts[PERSON]) if PERSON in parts else None,
    )


def columns_of(screening: Screening, facts: Facts) -> dict[str, Any]:
    """Return every column but the state and the payload; ``facts`` are those that hold now."""
    cell = facts.cell
    return {
        "id": screening.id,
        "seq": screening.seq,
        "request_id": screening.request_id,
        "kind": screening.kind.value,
        "day": screening.day,
        "screened_at": screening.screened_at,
        "recorded_at": screening.recorded_at,
        "direction": cell.direction,
        "conveyance": cell.conveyance,
        "sex": cell.sex,
        "age_band": cell.age_band,
        "origin_country": cell.origin_country,
        "result": facts.result,
        "disposition": facts.disposition,
        "clearance": None if facts.clearance is None else facts.clearance.value,
        "persons": facts.persons,
        "threshold_reached": facts.threshold_reached,
        "outbreak_threshold_reached": facts.outbreak_threshold_reached,
        "area": facts.area,
        "alert": facts.alert,
        "suspected": " ".join(facts.suspected),
        "certificate": facts.certificate,
        "risk_level": facts.risk_level,
        "samples": facts.samples,
        "follow_up": facts.follow_up,
        "overridden": facts.overridden,
        "voyage_key": screening.voyage_key,
        "primary_id": screening.primary_id,
        "cholera_id": screening.cholera_id,
        "post_code": screening.post_code,
        "site_id": screening.site_id,
        "desk_id": screening.desk_id,
        "by": screening.by,
    }


def _message(identifier: UUID, by: str, noun: Screening | ScreeningEvent) -> Message:
    return Message.of(identifier, by, {"schema": SCHEMA, **plain(noun)})


def part_of(kind: type[_Noun], payload: str) -> _Noun:
    """Return the noun of a stored text.

    Raises:
        ScreeningDamagedError: it cannot be read.
    """
    try:
        said: Mapping[str, Any] = json.loads(payload)
        return value_of(kind, said)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ScreeningDamagedError from error
