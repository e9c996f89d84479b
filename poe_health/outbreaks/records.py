"""The tables of outbreak mode, of the lists, and of the express record of cholera. Append-only."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, TypeVar, cast
from uuid import UUID

from sqlalchemy import Connection, String, Table, Text, UniqueConstraint, func, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.plain import plain, value_of
from bmis.store.base import Base
from bmis.store.canonical import Message, digest
from bmis.store.unit import UnitOfWork
from poe_health.keeping.records import KeptRow, Ledger, RedigestKept
from poe_health.outbreaks.cholera import CholeraAnswers, CholeraErased, CholeraRecord
from poe_health.outbreaks.outbreak import OutbreakEvent, OutbreakEventKind
from poe_health.screening.errors import ScreeningDamagedError
from poe_health.screening.records.tables import ScreeningRow
from poe_health.store.records.parts import CLINICAL, HealthPartRow, NewPart, SqlParts, part_digests

CHOLERA = "cholera.recorded"
SCHEMA = 1
_Noun = TypeVar("_Noun")


class OutbreakEventRow(Base):
    """One event of outbreak mode or of a list."""

    __tablename__ = "outbreak_event"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    payload: Mapped[str] = mapped_column(Text)


class CholeraRow(Base):
    """One express record; the answers lie with the parts."""

    __tablename__ = "cholera_record"
    __table_args__ = (UniqueConstraint("desk_id", "seq"),)

    id: Mapped[UUID] = mapped_column(primary_key=True)
    seq: Mapped[int]
    request_id: Mapped[UUID] = mapped_column(unique=True)
    day: Mapped[date] = mapped_column(index=True)
    recorded_at: Mapped[datetime]
    sex: Mapped[str | None] = mapped_column(String(1))
    age_band: Mapped[str | None] = mapped_column(String(10))
    dehydration: Mapped[str] = mapped_column(String(10))
    plan: Mapped[str] = mapped_column(String(1))
    desk_id: Mapped[str] = mapped_column(String(60))
    by: Mapped[str] = mapped_column(String(80))
    payload: Mapped[str] = mapped_column(Text)


class CholeraEventRow(KeptRow):
    """What was taken from an express record later."""

    __tablename__ = "cholera_event"


_ERASED: Ledger[CholeraErased] = Ledger(CholeraEventRow, {"cholera.erased": CholeraErased}, lambda _event: {})
_EVENT = cast(Table, OutbreakEventRow.__table__)
_CHOLERA = cast(Table, CholeraRow.__table__)


class SqlOutbreaks:
    """Outbreak mode and lists inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, event: OutbreakEvent) -> None:
        """Keep the event with its audit link and its message."""
        kept = Message.of(event.id, event.by, {"schema": SCHEMA, **plain(event)})
        row = {"id": event.id, "kind": event.kind.value, "by": event.by, "recorded_at": event.recorded_at}
        self._unit.connection.execute(insert(_EVENT), row | {"payload": kept.text})
        self._unit.audit.add(event.kind.value, kept)
        self._unit.outbox.add(event.kind.value, kept)

    def recorded(self) -> list[OutbreakEvent]:
        """Return every event, in the order in which they happened."""
        found = self._unit.connection.execute(select(OutbreakEventRow.payload).order_by(OutbreakEventRow.number))
        return [_noun(OutbreakEvent, payload) for payload in found.scalars()]


class SqlCholera:
    """Express records inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def next_seq(self, desk_id: str) -> int:
        """Return the desk's next number; only a unit that writes may use it."""
        asked = select(func.max(CholeraRow.seq)).where(CholeraRow.desk_id == desk_id)
        return (self._unit.connection.execute(asked).scalar() or 0) + 1

    def add(self, record: CholeraRecord, part: NewPart) -> None:
        """Keep the record with its answers, its audit link and its message."""
        kept = Message.of(record.id, record.by, {"schema": SCHEMA, **plain(record)})
        row = _columns(record) | {"payload": kept.text}
        self._unit.connection.execute(insert(_CHOLERA), row)
        SqlParts(self._unit).add(record.id, record.id, [part])
        self._unit.audit.add(CHOLERA, kept)
        self._unit.outbox.add(CHOLERA, kept)

    def by_request(self, request_id: UUID) -> CholeraRecord | None:
        """Return what was kept for the request."""
        return self._one(CholeraRow.request_id == request_id)

    def find(self, record_id: UUID) -> CholeraRecord | None:
        """Return the record."""
        return self._one(CholeraRow.id == record_id)

    def answers(self, record_id: UUID) -> CholeraAnswers | None:
        """Return what was answered; None: erased."""
        kept = SqlParts(self._unit).of_record(record_id).get(record_id, {})
        return _noun(CholeraAnswers, kept[CLINICAL]) if CLINICAL in kept else None

    def of_day(self, day: date) -> tuple[CholeraRecord, ...]:
        """Return the records of a day, the oldest first."""
        asked = select(CholeraRow.payload).where(CholeraRow.day == day).order_by(CholeraRow.recorded_at, CholeraRow.seq)
        return tuple(_noun(CholeraRecord, payload) for payload in self._unit.connection.execute(asked).scalars())

    def numbered(self, first: date, last: date, number: str) -> CholeraRecord | None:
        """Return the newest record of those days whose patient carries the number; capitals and spaces do not count."""
        asked = select(CholeraRow.payload).where(CholeraRow.day.between(first, last))
        newest = self._unit.connection.execute(asked.order_by(CholeraRow.day.desc(), CholeraRow.recorded_at.desc()))
        for payload in newest.scalars():
            record = _noun(CholeraRecord, payload)
            said = self.answers(record.id)
            if said is not None and _carried(said.token) == _carried(number):
                return record
        return None

    def without_form(self, day: date) -> tuple[int, int]:
        """Return how many records of the day no standing case names, and how many there are."""
        of_day = select(CholeraRow.id).where(CholeraRow.day == day)
        named = select(ScreeningRow.cholera_id).where(
            ScreeningRow.cholera_id.is_not(None), ScreeningRow.state == "standing"
        )
        kept = set(self._unit.connection.execute(of_day).scalars())
        return len(kept - set(self._unit.connection.execute(named).scalars())), len(kept)

    def older_than(self, day: date) -> list[tuple[UUID, date]]:
        """Return the records before that day whose answers are still kept, with their days, the oldest first."""
        asked = (
            select(CholeraRow.id, CholeraRow.day)
            .join(HealthPartRow, HealthPartRow.owner_id == CholeraRow.id)
            .where(CholeraRow.day < day)
            .order_by(CholeraRow.day, CholeraRow.seq)
        )
        return [(row.id, row.day) for row in self._unit.connection.execute(asked)]

    def say_erased(self, event: CholeraErased) -> None:
        """Keep that the answers were taken away."""
        _ERASED.add(self._unit, event)

    def _one(self, condition: Any) -> CholeraRecord | None:
        payload = self._unit.connection.execute(select(CholeraRow.payload).where(condition)).scalar()
        return None if payload is None else _noun(CholeraRecord, payload)


class RedigestOutbreaks:
    """Makes the digests of these rows again, for the verification of the store."""

    kinds = frozenset({CHOLERA, *_ERASED.nouns, *(kind.value for kind in OutbreakEventKind)})

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each row's event and the digest of its content; another digest where the columns say otherwise."""
        for row in connection.execute(select(_EVENT).order_by(OutbreakEventRow.number)):
            event = _noun(OutbreakEvent, row.payload)
            told = (event.id, event.kind.value, event.by, event.recorded_at)
            agrees = told == (row.id, row.kind, row.by, row.recorded_at)
            yield row.id, digest(row.payload if agrees else "altered")
        yield from RedigestKept(_ERASED)(connection)
        answers = {owner: made for owner, part, made in part_digests(connection) if part == CLINICAL}
        erased = set(connection.execute(select(CholeraEventRow.record_id)).scalars())  # proved just before
        for row in connection.execute(select(_CHOLERA)):
            record = _noun(CholeraRecord, row.payload)
            agrees = all(row._mapping[name] == value for name, value in _columns(record).items())
            agrees = agrees and answers.get(record.id) == (None if record.id in erased else record.digest)
            yield row.id, digest(row.payload if agrees else "altered")


def _columns(record: CholeraRecord) -> dict[str, Any]:
    return {
        "id": record.id,
        "seq": record.seq,
        "request_id": record.request_id,
        "day": record.day,
        "recorded_at": record.recorded_at,
        "sex": record.sex,
        "age_band": record.age_band,
        "dehydration": record.dehydration.value,
        "plan": record.plan,
        "desk_id": record.desk_id,
        "by": record.by,
    }


def _carried(number: str) -> str:
    return "".join(number.split()).casefold()


def _noun(kind: type[_Noun], payload: str) -> _Noun:
    try:
        return value_of(kind, json.loads(payload))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ScreeningDamagedError from error
