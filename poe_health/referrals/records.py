"""The tables of transfers and of the post's directory. Rows never leave this module."""

import json
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Connection, String, Text, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base
from bmis.store.canonical import canonical, digest
from bmis.store.unit import UnitOfWork
from poe_health.referrals.directory import DirectoryEntry, Listed
from poe_health.referrals.errors import ReferralHistoryError, ReferralUnknownError
from poe_health.referrals.events import ReferralEvent
from poe_health.referrals.people.records import HealthIdentityRow, unlike_sealed
from poe_health.referrals.referral import OVER, Referral, referral_of
from poe_health.referrals.steps import Amended, IdentityForgotten, Opened
from poe_health.store.records.steps import IndexColumns, LastStep, SqlSteps, StepEventColumns, redigest_steps

DIRECTORY_KIND = "health_directory.entered"


class ReferralRow(IndexColumns, Base):
    """A transfer as its events leave it."""

    __tablename__ = "referral"


class ReferralEventRow(StepEventColumns, Base):
    """One step of a transfer."""

    __tablename__ = "referral_event"

    referral_id: Mapped[UUID] = mapped_column(index=True)


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
        self._connection = unit.connection
        self._steps = SqlSteps(unit, ReferralRow, ReferralEventRow, ReferralEvent)

    def next_serial(self) -> int:
        """Return the number of the next transfer of this desk."""
        return self._steps.next_serial()

    def add(self, event: ReferralEvent, referral: Referral, serial: int) -> None:
        """Keep a new transfer with its first event."""
        values = {"id": referral.id, "number": referral.number, "serial": serial, "opened_at": referral.opened_at}
        self._connection.execute(insert(ReferralRow), values | _moving(referral))
        self._steps.keep(event)

    def step(self, event: ReferralEvent, after: Referral) -> None:
        """Keep one more event and where the transfer stands after it."""
        self._connection.execute(update(ReferralRow).where(ReferralRow.id == after.id).values(**_moving(after)))
        self._steps.keep(event)

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
        return self._steps.exists(referral_id)

    def events_of(self, referral_id: UUID) -> tuple[ReferralEvent, ...]:
        """Return its events, in order. Raises ReferralHistoryError: one is none of ours."""
        try:
            return self._steps.events_of(referral_id)
        except ValueError as error:
            raise ReferralHistoryError(0) from error

    def by_number(self, number: str) -> UUID:
        """Return which transfer has the number.

        Raises:
            ReferralUnknownError: none has.
        """
        found = self._steps.numbered(number)
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

    def last_steps(self, states: Collection[str]) -> list[LastStep]:
        """Return the transfers in those states of which words or people are still kept, the longest unmoved first."""
        return self._steps.last_steps(states, HealthIdentityRow)


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

    kinds = frozenset({DIRECTORY_KIND}) | ReferralEvent.kinds()

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each row's event and the digest of its content. Raises ReferralHistoryError: one is none of ours."""
        try:
            yield from redigest_steps(connection, ReferralEventRow, ReferralEvent, _unlike_people)
        except ValueError as error:
            raise ReferralHistoryError(0) from error
        for row in connection.execute(select(DirectoryEntryRow.__table__).order_by(DirectoryEntryRow.seq)):
            entry = _entry(row)
            yield entry.id, digest(canonical(entry.payload()))


def _unlike_people(connection: Connection, events: Sequence[ReferralEvent]) -> frozenset[UUID]:
    over = {one.subject_id for one in events if isinstance(one.step, IdentityForgotten)}
    sealed, forgotten = [], set()
    for one in events:
        if isinstance(one.step, Opened | Amended) and one.step.identity_id is not None:
            sealed.append((one.id, one.step.identity_id, one.step.identity_seal))
            if one.subject_id in over:
                forgotten.add(one.step.identity_id)
    return unlike_sealed(connection, sealed, forgotten)


def _moving(one: Referral) -> dict[str, object]:
    return {"state": one.state.value, "identity_id": one.identity_id, "screening_id": one.note.screening_id}


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
