"""The table of what happened to the days of the tally. Append-only; rows never leave this module."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, String, Text, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.identifiers import made_at, new_id
from bmis.store.base import Base
from bmis.store.canonical import Message, digest
from bmis.store.unit import UnitOfWork
from poe_health.surveillance.day import Reopened
from poe_health.surveillance.day_json import KINDS, SUBMITTED, KeptDayEvent, day_event_of
from poe_health.surveillance.errors import TallyDamagedError


class TallyEventRow(Base):
    """One event of one day, never changed."""

    __tablename__ = "tally_event"

    number: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40))
    post_code: Mapped[str] = mapped_column(String(40))
    day: Mapped[date] = mapped_column(index=True)
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    payload: Mapped[str] = mapped_column(Text)


class SqlTallyDays:
    """Days of the tally inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._connection = unit.connection

    def keep(self, event: KeptDayEvent) -> None:
        """Keep the event with its audit link and its message."""
        kept = Message.of(event.id, event.by, event.payload())
        row = {"id": event.id, "kind": event.kind, "post_code": event.post_code, "day": event.day, "by": event.by}
        row |= {"recorded_at": made_at(event.id), "payload": kept.text}
        self._connection.execute(insert(TallyEventRow), row)
        self._unit.audit.add(event.kind, kept)
        self._unit.outbox.add(event.kind, kept)

    def of_day(self, day: date) -> tuple[KeptDayEvent, ...]:
        """Return what happened to the day, in order. Raises TallyDamagedError."""
        asked = select(TallyEventRow.payload).where(TallyEventRow.day == day).order_by(TallyEventRow.number)
        return tuple(_event(payload) for payload in self._connection.execute(asked).scalars())

    def between(self, first: date, last: date) -> Mapping[date, tuple[KeptDayEvent, ...]]:
        """Return what happened to each day that has an event, the first and the last day included."""
        asked = select(TallyEventRow.day, TallyEventRow.payload).where(TallyEventRow.day.between(first, last))
        found: dict[date, tuple[KeptDayEvent, ...]] = {}
        for row in self._connection.execute(asked.order_by(TallyEventRow.day, TallyEventRow.number)):
            found[row.day] = (*found.get(row.day, ()), _event(row.payload))
        return found

    def first_day(self) -> date | None:
        """Return the earliest day of which a tally was submitted."""
        asked = select(TallyEventRow.day).order_by(TallyEventRow.day).limit(1)
        return self._connection.execute(asked).scalar()

    def record_arrived(self, days: Iterable[date], record_id: UUID, by: str, at: datetime) -> None:
        """Reopen those of the days that stand submitted: their numbers are no longer those of the records."""
        for day in sorted(set(days)):
            asked = select(TallyEventRow.kind, TallyEventRow.post_code).where(TallyEventRow.day == day)
            last = self._connection.execute(asked.order_by(TallyEventRow.number.desc()).limit(1)).one_or_none()
            if last is not None and last.kind == SUBMITTED:
                identifier = new_id(at)
                event = Reopened(made_at(identifier), by, record=str(record_id))
                self.keep(KeptDayEvent(identifier, last.post_code, day, event))


class RedigestTallies:
    """Makes the digests of these rows again, for the verification of the store."""

    kinds = KINDS

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each event and the digest of its content; a column that says something else does not prove."""
        for row in connection.execute(select(TallyEventRow.__table__).order_by(TallyEventRow.number)):
            try:
                said = _event(row.payload)
                agrees = (said.id, said.kind, said.post_code, said.day, said.by) == (
                    row.id,
                    row.kind,
                    row.post_code,
                    row.day,
                    row.by,
                )
            except TallyDamagedError:
                agrees = False
            yield row.id, digest(row.payload if agrees else "not what the columns say")


def _event(payload: str) -> KeptDayEvent:
    try:
        said = json.loads(payload)
    except ValueError as error:
        raise TallyDamagedError from error
    return day_event_of(said)
