"""Keeping events with their parts, audit link and message, reading them back, and proving them."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, String, Table, Text, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.plain import plain, value_of
from bmis.store.base import Base
from bmis.store.canonical import Message, digest
from bmis.store.unit import UnitOfWork
from poe_health.keeping.errors import KeptDamagedError
from poe_health.keeping.event import KeptEvent
from poe_health.store.records.parts import NewPart, SqlParts, part_digests

_Event = TypeVar("_Event", bound=KeptEvent)
_NOT_PROVED = digest("not what the event says")  # the digest of no payload: those are JSON objects
NO_COLUMNS: Mapping[str, object] = {}


class KeptRow(Base):
    """What every table of events has; ``payload`` is what the audit covers."""

    __abstract__ = True

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    record_id: Mapped[UUID] = mapped_column(index=True)
    payload: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class Ledger(Generic[_Event]):
    """One table of events: its kinds with their nouns, and what stands in the columns beside the payload."""

    row: type[KeptRow]
    nouns: Mapping[str, type[_Event]]
    columns: Callable[[_Event], Mapping[str, object]]

    @property
    def table(self) -> Table:
        """Return the table."""
        return cast(Table, self.row.__table__)

    def add(self, unit: UnitOfWork, event: _Event, parts: Sequence[NewPart] = ()) -> None:
        """Keep the event with its parts, its link of the audit chain and its message."""
        kind = self._kind_of(event)
        kept = Message.of(event.id, event.by, plain(event))
        row = {"id": event.id, "kind": kind, "record_id": event.record_id, "payload": kept.text}
        unit.connection.execute(insert(self.table), row | dict(self.columns(event)))
        SqlParts(unit).add(event.id, event.record_id, parts)
        unit.audit.add(kind, kept)
        unit.outbox.add(kind, kept)

    def events(
        self, unit: UnitOfWork, *where: ColumnElement[bool], newest_first: bool = False, limit: int | None = None
    ) -> list[_Event]:
        """Return the events that fit, in the order in which they were kept.

        Raises:
            KeptDamagedError: one cannot be read.
        """
        order = self.row.number.desc() if newest_first else self.row.number
        asked = select(self.row.kind, self.row.payload).where(*where).order_by(order).limit(limit)
        return [self.noun(row.kind, row.payload) for row in unit.connection.execute(asked)]

    def noun(self, kind: str, payload: str) -> _Event:
        """Return the event of a stored text. Raises KeptDamagedError."""
        try:
            return value_of(self.nouns[kind], json.loads(payload))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise KeptDamagedError from error

    def _kind_of(self, event: _Event) -> str:
        return next(kind for kind, noun in self.nouns.items() if type(event) is noun)


@dataclass(frozen=True, slots=True)
class RedigestKept(Generic[_Event]):
    """Makes the digests of one table's events again.

    An event is proved only where its columns agree with its payload, and each part is there unchanged or in
    ``erased``, which names for each record the parts that an event took away. ``also`` holds further tables to it.
    """

    ledger: Ledger[_Event]
    erased: Callable[[Iterable[_Event]], Mapping[UUID, frozenset[str]]] = lambda _events: {}
    also: Callable[[Connection, Sequence[_Event]], frozenset[UUID]] = lambda _connection, _events: frozenset()
    """Returns the events whose further rows do not agree."""

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of the audit chain that are proved here."""
        return frozenset(self.ledger.nouns)

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each row's event and the digest of its content."""
        parts: dict[UUID, dict[str, str]] = defaultdict(dict)
        for owner, part, made in part_digests(connection):
            parts[owner][part] = made
        table = self.ledger.table
        read: list[tuple[Any, _Event | None]] = []
        for row in connection.execute(select(table).order_by(table.c.number)):
            read.append((row, self._event(row)))
        events = [event for _, event in read if event is not None]
        gone = self.erased(events)
        wrong = self.also(connection, events)
        for row, event in read:
            proved = event is not None and event.id not in wrong and _parts_agree(event, parts, gone)
            yield row.id, digest(row.payload) if proved else _NOT_PROVED

    def _event(self, row: Any) -> _Event | None:
        try:
            event = self.ledger.noun(row.kind, row.payload)
            wanted = {"id": event.id, "record_id": event.record_id} | dict(self.ledger.columns(event))
        except (KeptDamagedError, ValueError, TypeError, AttributeError):
            return None
        return event if all(row._mapping[name] == value for name, value in wanted.items()) else None


def _parts_agree(
    event: KeptEvent, parts: Mapping[UUID, Mapping[str, str]], gone: Mapping[UUID, frozenset[str]]
) -> bool:
    erased = gone.get(event.record_id, frozenset())
    there = {name: made for name, made in event.digests.items() if name not in erased}
    return dict(parts.get(event.id, {})) == there


def content_of(unit: UnitOfWork, event: KeptEvent) -> dict[str, dict[str, Any]]:
    """Return the parts of an event that are still there, by name.

    Raises:
        KeptDamagedError: one cannot be read.
    """
    kept = SqlParts(unit).of_record(event.record_id).get(event.id, {})
    try:
        return {name: json.loads(content) for name, content in kept.items()}
    except ValueError as error:
        raise KeptDamagedError from error
