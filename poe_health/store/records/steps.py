"""What is kept as steps: a noun is an index row, its truth the events, each with audit link and message."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar, Generic, Self, TypeVar
from uuid import UUID

from sqlalchemy import Connection, String, Text, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.identifiers import made_at
from bmis.kernel.plain import plain, value_of
from bmis.store.canonical import canonical, digest
from bmis.store.unit import UnitOfWork

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

    def payload(self) -> dict[str, object]:
        """Return plain values."""
        return {"id": self.id, "kind": self.kind, self.SUBJECT: self.subject_id, "by": self.by, "facts": self.facts}

    @classmethod
    def kinds(cls) -> frozenset[str]:
        """Return every kind of such events."""
        return frozenset(cls.PREFIX + name for name in cls.STEPS)

    @classmethod
    def kept(cls, identifier: UUID, subject_id: UUID, kind: str, by: str, facts: Mapping[str, Any]) -> Self:
        """Return the event of a row.

        Raises:
            ValueError: it is none of these.
        """
        try:
            return cls(identifier, subject_id, value_of(cls.STEPS[kind.removeprefix(cls.PREFIX)], facts), by)
        except (KeyError, TypeError) as error:
            raise ValueError(cls.PREFIX) from error


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
        return tuple(event_of(self._event, row) for row in rows)

    def keep(self, event: _Event) -> None:
        """Keep one more event with its audit link and its message."""
        self._unit.connection.execute(
            insert(self._table),
            {
                "id": event.id,
                event.SUBJECT: event.subject_id,
                "kind": event.kind,
                "by": event.by,
                "recorded_at": event.recorded_at,
                "facts": canonical(event.facts),
            },
        )
        self._unit.audit.add(event.kind, event)
        self._unit.outbox.add(event.kind, event)


def event_of(kind: type[_Event], row: Any) -> _Event:
    """Return the event of a row of its table. Raises ValueError: it is none of ours."""
    return kind.kept(row.id, getattr(row, kind.SUBJECT), row.kind, row.by, json.loads(row.facts))


def redigest_steps(
    connection: Connection, table: type[StepEventColumns], kind: type[_Event]
) -> Iterator[tuple[UUID, str]]:
    """Yield each row's event and the digest of its content made again, for the verification of the store."""
    rows = table.__table__  # type: ignore[attr-defined]  # every mapped class has its table
    for row in connection.execute(select(rows).order_by(rows.c.seq)):
        event = event_of(kind, row)
        yield event.id, digest(canonical(event.payload()))
