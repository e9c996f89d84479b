"""The tables of events at the post. Steps never change; the other table is an index over them, never the truth."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Connection, String, Table, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.clock import local
from bmis.store.base import Base
from bmis.store.unit import UnitOfWork
from poe_health.keeping.errors import KeptDamagedError
from poe_health.keeping.records import KeptRow, Ledger, RedigestKept
from poe_health.post_events.events import DEATH, KINDS, Erased, PostEvent, PostEventStep, post_event_of
from poe_health.store.records.parts import PERSON, HealthPartRow, NewPart, SqlParts
from poe_health.surveillance.records import SqlTallyDays


class PostEventRow(Base):
    """Where an event stands. ``kept_from``: the day on which somebody's name was last kept with it."""

    __tablename__ = "post_event"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60), unique=True)
    serial: Mapped[int] = mapped_column(unique=True)
    what: Mapped[str] = mapped_column(String(40))
    state: Mapped[str] = mapped_column(String(10), index=True)
    day: Mapped[date] = mapped_column(index=True)
    kept_from: Mapped[date | None] = mapped_column(index=True)


class PostEventStepRow(KeptRow):
    """One step of an event at the post."""

    __tablename__ = "post_event_step"

    request_id: Mapped[UUID] = mapped_column(unique=True)
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]


LEDGER: Ledger[PostEventStep] = Ledger(
    PostEventStepRow,
    KINDS,
    lambda step: {"request_id": step.request_id, "by": step.by, "recorded_at": step.recorded_at},
)
_INDEX = cast(Table, PostEventRow.__table__)


@dataclass(frozen=True, slots=True)
class KeptNames:
    """An event of which names are still kept, since which day."""

    id: UUID
    kept_from: date


class SqlPostEvents:
    """Events at the post inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._connection = unit.connection

    def next_serial(self) -> int:
        """Return the number of the next event of this desk."""
        return (self._connection.execute(select(func.max(PostEventRow.serial))).scalar() or 0) + 1

    def find(self, identifier: UUID) -> PostEvent | None:
        """Return the event as it stands."""
        return post_event_of(LEDGER.events(self._unit, PostEventStepRow.record_id == identifier))

    def numbered(self, number: str) -> PostEvent | None:
        """Return the event of that number on a paper."""
        asked = select(PostEventRow.id).where(PostEventRow.number == number.strip().upper())
        found = self._connection.execute(asked).scalar_one_or_none()
        return None if found is None else self.find(found)

    def of_request(self, request_id: UUID) -> PostEventStep | None:
        """Return the step that was kept for the request."""
        found = LEDGER.events(self._unit, PostEventStepRow.request_id == request_id)
        return found[0] if found else None

    def listed(self, first: date, last: date, *, limit: int) -> tuple[PostEvent, ...]:
        """Return the events of those days: what is not told first, then the newest."""
        asked = select(PostEventRow.id).where(PostEventRow.day.between(first, last))
        order = (PostEventRow.state, PostEventRow.day.desc(), PostEventRow.serial.desc())
        found = (
            self.find(one) for one in self._connection.execute(asked.order_by(*order).limit(limit)).scalars().all()
        )
        return tuple(one for one in found if one is not None)

    def add(self, step: PostEventStep, parts: Sequence[NewPart] = ()) -> PostEvent:
        """Keep the step with its parts, its audit link and its message; return the event after it.

        Where it changes how many died on a day, that day of the tally is open again.
        """
        before = self.find(step.record_id)
        LEDGER.add(self._unit, step, parts)
        after = self.find(step.record_id)
        assert after is not None  # the step was just kept
        deaths = {_death_of(before), _death_of(after)}
        if len(deaths) > 1:
            days = [one[0] for one in deaths if one is not None]
            SqlTallyDays(self._unit).record_arrived(days, step.id, step.by, step.recorded_at)
        columns = _columns(after)
        if len(after.steps) == 1:
            self._connection.execute(insert(_INDEX), columns)
        else:
            self._connection.execute(update(_INDEX).where(PostEventRow.id == after.id).values(columns))
        return after

    def deaths_on(self, day: date) -> tuple[UUID | None, ...]:
        """Return for each death at the post on that day the screening of who died; None: of none of ours."""
        asked = select(PostEventRow.id).where(PostEventRow.what == DEATH, PostEventRow.day == day)
        found = (
            self.find(one) for one in self._connection.execute(asked.order_by(PostEventRow.serial)).scalars().all()
        )
        return tuple(one.facts.screening_id for one in found if one is not None)

    def parts(self, event: PostEvent, part: str) -> dict[UUID, Mapping[str, Any]]:
        """Return what is left of that part, by step.

        Raises:
            KeptDamagedError: it cannot be read.
        """
        kept = SqlParts(self._unit).of_record(event.id)
        try:
            return {owner: json.loads(parts[part]) for owner, parts in kept.items() if part in parts}
        except ValueError as error:
            raise KeptDamagedError from error

    def older_than(self, day: date) -> list[KeptNames]:
        """Return the events of which names are kept since before that day, the oldest first."""
        asked = (
            select(PostEventRow.id, PostEventRow.kept_from)
            .join(HealthPartRow, HealthPartRow.record_id == PostEventRow.id)
            .where(PostEventRow.kept_from < day, HealthPartRow.part == PERSON)
            .distinct()
        )
        rows = self._connection.execute(asked.order_by(PostEventRow.kept_from, PostEventRow.id))
        return [KeptNames(row.id, row.kept_from) for row in rows]


def _death_of(event: PostEvent | None) -> tuple[date, UUID | None] | None:
    """Return the day of the death and whose it was; None: it is no death."""
    if event is None or event.facts.what != DEATH:
        return None
    return local(event.facts.at).date(), event.facts.screening_id


def _columns(event: PostEvent) -> dict[str, Any]:
    named = [step for step in event.steps if PERSON in step.digests]
    return {
        "id": event.id,
        "number": event.number,
        "serial": event.noted.serial,
        "what": event.facts.what,
        "state": event.state.value,
        "day": local(event.facts.at).date(),
        "kept_from": local(named[-1].recorded_at).date() if named else None,
    }


def _erased(steps: Iterable[PostEventStep]) -> dict[UUID, frozenset[str]]:
    return {step.record_id: frozenset(step.parts) for step in steps if isinstance(step, Erased)}


def _index_differs(connection: Connection, steps: Sequence[PostEventStep]) -> frozenset[UUID]:
    """Return the first step of each event whose index row is not what its steps say."""
    by_event: dict[UUID, list[PostEventStep]] = {}
    for step in steps:
        by_event.setdefault(step.record_id, []).append(step)
    rows = {row.id: row for row in connection.execute(select(_INDEX))}
    return frozenset(its[0].id for identifier, its in by_event.items() if not _agrees(its, rows.get(identifier)))


def _agrees(steps: Sequence[PostEventStep], row: Any) -> bool:
    event = post_event_of(steps)
    return (
        event is not None
        and row is not None
        and all(row._mapping[name] == value for name, value in _columns(event).items())
    )


def redigest_post_events() -> RedigestKept[PostEventStep]:
    """Return what makes the digests of these tables again, for the verification of the store."""
    return RedigestKept(LEDGER, _erased, _index_differs)
