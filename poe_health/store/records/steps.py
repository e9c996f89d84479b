"""What is kept as steps: a noun is an index row, its truth the events, each with audit link and message.

What a step says in words, measures or answers is *withheld*: it lies apart as an erasable part (``parts``), and the
event, the audit chain and the message carry only its salted digest. Codes and moments stay in the event.
"""

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, Self, TypeVar
from uuid import UUID

from sqlalchemy import Connection, String, Text, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.identifiers import made_at
from bmis.kernel.plain import plain, value_at, value_of, with_changes
from bmis.store.canonical import Message, canonical, digest
from bmis.store.unit import UnitOfWork
from poe_health.store.records.parts import CLINICAL, HealthPartRow, NewPart, SqlParts, part_digests

WITHHELD = "withheld"  # in the facts of an event: the salted digest of what lies apart
_NOT_PROVED = digest("not what the event says")  # the digest of no payload: those are JSON objects
_Step = TypeVar("_Step")


@dataclass(frozen=True, slots=True)
class StepEvent(Generic[_Step]):
    """A step as it was recorded, by whom: what the audit chain, the outbox and the table keep. It names only staff."""

    id: UUID
    subject_id: UUID
    step: _Step
    by: str

    PREFIX: ClassVar[str]
    SUBJECT: ClassVar[str]  # the column and key that name what the step is of
    STEPS: ClassVar[Mapping[str, type]]
    APART: ClassVar[Mapping[type, Mapping[str, str | None]]] = {}
    """The fields that lie apart, by kind of step, each with what it reads as once erased (None: its default)."""

    @property
    def kind(self) -> str:
        """Its kind, as the audit chain and the outbox name it."""
        return self.PREFIX + next(name for name, kind in self.STEPS.items() if kind is type(self.step))

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded."""
        return made_at(self.id)

    @property
    def facts(self) -> dict[str, Any]:
        """What the step says, in plain values."""
        return plain(self.step)

    def parted(self) -> tuple[dict[str, Any], NewPart | None]:
        """Return the facts that the event keeps, and what lies apart: None where the step says nothing of that."""
        facts = self.facts
        fields = self.APART.get(type(self.step), {})
        found = {name: value_at(facts, name) for name in fields}
        hidden = {name: value for name, value in found.items() if value not in (None, "", False, [], {})}
        public = with_changes(facts, dict.fromkeys(name for name in fields if found[name] is not None))
        if not hidden:
            return public, None
        part = NewPart.of(CLINICAL, hidden)
        return public | {WITHHELD: part.digest}, part

    def message(self, facts: Mapping[str, Any]) -> Message:
        """Return what is audited and sent of those facts."""
        content = {"id": self.id, "kind": self.kind, self.SUBJECT: self.subject_id, "by": self.by, "facts": facts}
        return Message.of(self.id, self.by, content)

    @classmethod
    def kinds(cls) -> frozenset[str]:
        """Return every kind of such events."""
        return frozenset(cls.PREFIX + name for name in cls.STEPS)

    @classmethod
    def kept(
        cls, identifier: UUID, subject_id: UUID, kind: str, by: str, facts: Mapping[str, Any], hidden: str | None = None
    ) -> Self:
        """Return the event of a row and of the part beside it (None: erased, or there is none).

        Raises:
            ValueError: it is none of these.
        """
        try:
            noun = cls.STEPS[kind.removeprefix(cls.PREFIX)]
            blank = {name: as_erased for name, as_erased in cls.APART.get(noun, {}).items() if as_erased is not None}
            absent = {name: blank[name] for name in blank if value_at(facts, name) is None}
            told = with_changes(facts, absent | (json.loads(hidden) if hidden is not None else {}))
            return cls(identifier, subject_id, value_of(noun, told), by)
        except (KeyError, TypeError) as error:
            raise ValueError(cls.PREFIX) from error


@dataclass(frozen=True, slots=True)
class LastStep:
    """Where something stands of which words or a person are still kept, and when it last moved."""

    id: UUID
    state: str
    moved_at: datetime


_Event = TypeVar("_Event", bound=StepEvent[Any])


class StepEventColumns:
    """The columns of a table of steps, never changed; each table adds that of its subject."""

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    facts: Mapped[str] = mapped_column(Text)


class IndexColumns:
    """The columns that every index over steps has: an index over them, never the truth."""

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60), unique=True)
    serial: Mapped[int] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    opened_at: Mapped[datetime]
    screening_id: Mapped[UUID | None] = mapped_column(index=True)
    identity_id: Mapped[UUID]


class SqlSteps(Generic[_Event]):
    """The steps of one kind of noun inside one unit of work."""

    def __init__(
        self, unit: UnitOfWork, index: type[IndexColumns], table: type[StepEventColumns], event: type[_Event]
    ) -> None:
        self._unit, self._index, self._table, self._event = unit, index, table, event

    def next_serial(self) -> int:
        """Return the number of the next one of this desk."""
        return (self._unit.connection.execute(select(func.max(self._index.serial))).scalar() or 0) + 1

    def exists(self, identifier: UUID) -> bool:
        """Return whether there is one."""
        asked = select(self._index.id).where(self._index.id == identifier)
        return self._unit.connection.execute(asked).one_or_none() is not None

    def numbered(self, number: str) -> UUID | None:
        """Return which one has the number on its papers."""
        asked = select(self._index.id).where(self._index.number == number.strip().upper())
        found: UUID | None = self._unit.connection.execute(asked).scalar_one_or_none()
        return found

    def events_of(self, identifier: UUID) -> tuple[_Event, ...]:
        """Return its events, in order. Raises ValueError: one is none of ours."""
        columns = self._table.__table__.c  # type: ignore[attr-defined]  # every mapped class has its table
        asked = select(self._table.__table__).where(columns[self._event.SUBJECT] == identifier)  # type: ignore[attr-defined]
        rows = self._unit.connection.execute(asked.order_by(columns.seq))
        apart = SqlParts(self._unit).of_record(identifier)
        return tuple(event_of(self._event, row, apart.get(row.id, {}).get(CLINICAL)) for row in rows)

    def keep(self, event: _Event) -> None:
        """Keep one more event with what lies apart of it, its audit link and its message."""
        facts, part = event.parted()
        self._unit.connection.execute(
            insert(self._table),
            {
                "id": event.id,
                event.SUBJECT: event.subject_id,
                "kind": event.kind,
                "by": event.by,
                "recorded_at": event.recorded_at,
                "facts": canonical(facts),
            },
        )
        if part is not None:
            SqlParts(self._unit).add(event.id, event.subject_id, [part])
        message = event.message(facts)
        self._unit.audit.add(event.kind, message)
        self._unit.outbox.add(event.kind, message)

    def last_steps(self, states: Collection[str], identities: Any) -> list[LastStep]:
        """Return those in one of the states of which something can still be erased, the longest unmoved first.

        ``identities``: the table in which a row without content is a person who was forgotten.
        """
        columns = self._table.__table__.c  # type: ignore[attr-defined]  # every mapped class has its table
        subject = columns[self._event.SUBJECT]
        last = func.max(columns.recorded_at)
        apart = select(HealthPartRow.record_id).where(HealthPartRow.record_id == self._index.id).exists()
        named = select(identities.id).where(identities.id == self._index.identity_id, identities.content.is_not(None))
        asked = (
            select(self._index.id, self._index.state, last.label("moved_at"))
            .join(self._table, subject == self._index.id)
            .where(self._index.state.in_(sorted(states)), apart | named.exists())
            .group_by(self._index.id, self._index.state)
            .order_by(last, self._index.id)
        )
        return [LastStep(row.id, row.state, row.moved_at) for row in self._unit.connection.execute(asked)]


def event_of(kind: type[_Event], row: Any, hidden: str | None = None) -> _Event:
    """Return the event of a row of its table and of the part beside it. Raises ValueError: it is none of ours."""
    return kind.kept(row.id, getattr(row, kind.SUBJECT), row.kind, row.by, json.loads(row.facts), hidden)


def redigest_steps(
    connection: Connection,
    table: type[StepEventColumns],
    kind: type[_Event],
    unlike: Callable[[Connection, Sequence[_Event]], frozenset[UUID]] = lambda _connection, _events: frozenset(),
) -> Iterator[tuple[UUID, str]]:
    """Yield each row's event and the digest of its content made again, for the verification of the store.

    An event is proved only where what lies apart is there unchanged, or its subject was forgotten by an event.
    ``unlike`` returns the events whose further rows do not agree. Raises ValueError: a row is none of ours.
    """
    rows = table.__table__  # type: ignore[attr-defined]  # every mapped class has its table
    apart = {owner: made for owner, part, made in part_digests(connection) if part == CLINICAL}
    read = [(row, event_of(kind, row)) for row in connection.execute(select(rows).order_by(rows.c.seq))]
    events = [event for _, event in read]
    wrong = unlike(connection, events)
    emptied = {one.subject_id for one in events if CLINICAL in getattr(one.step, "parts", ())}
    for row, event in read:
        facts = json.loads(row.facts)
        wanted = None if event.subject_id in emptied else facts.get(WITHHELD)
        proved = apart.get(event.id) == wanted and event.id not in wrong
        yield event.id, digest(event.message(facts).text) if proved else _NOT_PROVED
