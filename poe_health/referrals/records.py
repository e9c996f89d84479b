"""The tables of transfers and of the post's directory. Rows never leave this module."""

import json
from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, String, Text, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base
from bmis.store.canonical import canonical, digest
from bmis.store.unit import UnitOfWork
from poe_health.referrals.directory import DirectoryEntry, Listed
from poe_health.referrals.errors import ReferralUnknownError
from poe_health.referrals.events import PREFIX, ReferralEvent
from poe_health.referrals.referral import OVER, Referral, referral_of
from poe_health.referrals.steps import STEPS

DIRECTORY_KIND = "health_directory.entered"


class ReferralRow(Base):
    """A transfer as its events leave it: an index over them, never the truth."""

    __tablename__ = "referral"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(60), unique=True)
    serial: Mapped[int] = mapped_column(unique=True)
    state: Mapped[str] = mapped_column(String(20), index=True)
    opened_at: Mapped[datetime]
    screening_id: Mapped[UUID | None] = mapped_column(index=True)
    identity_id: Mapped[UUID]


class ReferralEventRow(Base):
    """One step, never changed."""

    __tablename__ = "referral_event"

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    referral_id: Mapped[UUID] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(40))
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    facts: Mapped[str] = mapped_column(Text)


class DirectoryEntryRow(Base):
    """What the post said of a health unit or a number, never changed; the newest of a code wins."""

    __tablename__ = "health_directory"

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    facts: Mapped[str] = mapped_column(Text)


class SqlReferrals:
    """The transfers inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._connection = unit.connection

    def next_serial(self) -> int:
        """Return the number of the next transfer of this desk."""
        return (self._connection.execute(select(func.max(ReferralRow.serial))).scalar() or 0) + 1

    def add(self, event: ReferralEvent, referral: Referral, serial: int) -> None:
        """Keep a new transfer with its first event."""
        self._connection.execute(
            insert(ReferralRow),
            {
                "id": referral.id,
                "number": referral.number,
                "serial": serial,
                "state": referral.state.value,
                "opened_at": referral.opened_at,
                "screening_id": referral.note.screening_id,
                "identity_id": referral.identity_id,
            },
        )
        self._keep(event)

    def step(self, event: ReferralEvent, after: Referral) -> None:
        """Keep one more event and where the transfer stands after it."""
        self._connection.execute(
            update(ReferralRow)
            .where(ReferralRow.id == after.id)
            .values(state=after.state.value, identity_id=after.identity_id, screening_id=after.note.screening_id)
        )
        self._keep(event)

    def get(self, referral_id: UUID) -> Referral:
        """Return the transfer.

        Raises:
            ReferralUnknownError: there is none.
            ReferralHistoryError: its events do not follow one another.
        """
        events = self.events_of(referral_id)
        if not events:
            raise ReferralUnknownError
        return referral_of(referral_id, ((one.step, one.recorded_at) for one in events))

    def exists(self, referral_id: UUID) -> bool:
        """Return whether there is such a transfer."""
        asked = select(ReferralRow.id).where(ReferralRow.id == referral_id)
        return self._connection.execute(asked).one_or_none() is not None

    def events_of(self, referral_id: UUID) -> tuple[ReferralEvent, ...]:
        """Return its events, in order."""
        asked = (
            select(ReferralEventRow.__table__)
            .where(ReferralEventRow.referral_id == referral_id)
            .order_by(ReferralEventRow.seq)
        )
        return tuple(_event(row) for row in self._connection.execute(asked))

    def by_number(self, number: str) -> UUID:
        """Return which transfer has the number.

        Raises:
            ReferralUnknownError: none has.
        """
        asked = select(ReferralRow.id).where(ReferralRow.number == number.strip().upper())
        found = self._connection.execute(asked).scalar_one_or_none()
        if found is None:
            raise ReferralUnknownError
        return found

    def listed(self, *, only_open: bool, limit: int) -> tuple[Referral, ...]:
        """Return the newest transfers first."""
        asked = select(ReferralRow.id).order_by(ReferralRow.serial.desc()).limit(limit)
        if only_open:
            asked = asked.where(ReferralRow.state.not_in([state.value for state in OVER]))
        return tuple(self.get(one) for one in self._connection.execute(asked).scalars().all())

    def of_screening(self, screening_id: UUID) -> tuple[Referral, ...]:
        """Return the transfers of a screening."""
        asked = select(ReferralRow.id).where(ReferralRow.screening_id == screening_id).order_by(ReferralRow.serial)
        return tuple(self.get(one) for one in self._connection.execute(asked).scalars().all())

    def _keep(self, event: ReferralEvent) -> None:
        self._connection.execute(
            insert(ReferralEventRow),
            {
                "id": event.id,
                "referral_id": event.referral_id,
                "kind": event.kind,
                "by": event.by,
                "recorded_at": event.recorded_at,
                "facts": canonical(event.facts),
            },
        )
        self._unit.audit.add(event.kind, event)
        self._unit.outbox.add(event.kind, event)


class SqlDirectory:
    """The post's own directory inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def add(self, entry: DirectoryEntry, at: datetime) -> None:
        """Keep what the post says."""
        self._unit.connection.execute(
            insert(DirectoryEntryRow),
            {"id": entry.id, "by": entry.by, "recorded_at": at, "facts": canonical(entry.payload())},
        )
        self._unit.audit.add(DIRECTORY_KIND, entry)
        self._unit.outbox.add(DIRECTORY_KIND, entry)

    def entries(self) -> tuple[DirectoryEntry, ...]:
        """Return everything that the post ever said, in order."""
        asked = select(DirectoryEntryRow.__table__).order_by(DirectoryEntryRow.seq)
        return tuple(_entry(row) for row in self._unit.connection.execute(asked))


class RedigestReferrals:
    """Makes the digests of these tables' rows again, for the verification of the store."""

    kinds = frozenset({DIRECTORY_KIND, *(PREFIX + name for name in STEPS)})

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each row's event and the digest of its content."""
        for row in connection.execute(select(ReferralEventRow.__table__).order_by(ReferralEventRow.seq)):
            event = _event(row)
            yield event.id, digest(canonical(event.payload()))
        for row in connection.execute(select(DirectoryEntryRow.__table__).order_by(DirectoryEntryRow.seq)):
            entry = _entry(row)
            yield entry.id, digest(canonical(entry.payload()))


def _event(row: object) -> ReferralEvent:
    return ReferralEvent.kept(
        row.id,  # type: ignore[attr-defined]  # a SQLAlchemy row of the event table
        row.referral_id,  # type: ignore[attr-defined]
        row.kind,  # type: ignore[attr-defined]
        row.by,  # type: ignore[attr-defined]
        json.loads(row.facts),  # type: ignore[attr-defined]
    )


def _entry(row: object) -> DirectoryEntry:
    said = json.loads(row.facts)  # type: ignore[attr-defined]  # a SQLAlchemy row of the directory
    return DirectoryEntry(
        **said
        | {
            "id": UUID(said["id"]),
            "listed": Listed(said["listed"]),
            "valid_from": date.fromisoformat(said["valid_from"]),
        }
    )
