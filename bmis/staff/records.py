"""The tables of people: accounts, sign-ins, approvals, shifts. Append-only; the same in both databases."""

import json
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, Text, func, insert, select
from sqlalchemy import String as Characters
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.actor import Role
from bmis.staff.approval import ApprovalEvent, ApprovalKind
from bmis.staff.shift import ShiftEvent, ShiftKind
from bmis.staff.sign_in_event import SignInEvent, SignInKind
from bmis.staff.staff_member import StaffEvent, StaffEventKind, StaffList, staff_after
from bmis.store.base import Base
from bmis.store.canonical import canonical, digest
from bmis.store.keys import PublicKeys
from bmis.store.unit import UnitOfWork


class StaffEventRow(Base):
    """What happened to an account."""

    __tablename__ = "staff_event"

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(Characters(20))
    name: Mapped[str] = mapped_column(Characters(40))
    full_name: Mapped[str | None] = mapped_column(Characters(120))
    role: Mapped[str | None] = mapped_column(Characters(20))
    agreement_key: Mapped[str | None] = mapped_column(Characters(64))
    signing_key: Mapped[str | None] = mapped_column(Characters(64))
    reason: Mapped[str | None] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Characters(80))
    recorded_at: Mapped[datetime]


class SignInEventRow(Base):
    """What happened at the sign-in."""

    __tablename__ = "sign_in_event"

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(Characters(20))
    name: Mapped[str] = mapped_column(Characters(40))
    count: Mapped[int]
    first_at: Mapped[datetime | None]
    last_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Characters(80))
    recorded_at: Mapped[datetime] = mapped_column(index=True)


class ApprovalEventRow(Base):
    """What happened to a second signature."""

    __tablename__ = "approval_event"

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(Characters(20), index=True)
    approval_id: Mapped[UUID] = mapped_column(index=True)
    action: Mapped[str] = mapped_column(Characters(60))
    subject_id: Mapped[UUID] = mapped_column(index=True)
    second: Mapped[str | None] = mapped_column(Characters(40))
    due_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(Text)
    second_key: Mapped[str | None] = mapped_column(Characters(64))
    signature: Mapped[str | None] = mapped_column(Characters(128))
    by: Mapped[str] = mapped_column(Characters(80))
    recorded_at: Mapped[datetime]


class ShiftEventRow(Base):
    """The two ends of a shift."""

    __tablename__ = "shift_event"

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(Characters(20))
    shift_id: Mapped[UUID] = mapped_column(index=True)
    lane: Mapped[str] = mapped_column(Characters(40))
    counts: Mapped[str | None] = mapped_column(Text)
    by: Mapped[str] = mapped_column(Characters(80))
    recorded_at: Mapped[datetime]


class SqlStaff:
    """People, sign-ins, approvals and shifts inside one unit of work. Each addition is linked to the audit."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._connection = unit.connection

    def everybody(self) -> StaffList:
        """Return everybody, as the events leave them."""
        return staff_after(_staff_events(self._connection))

    def add(self, event: StaffEvent) -> None:
        """Keep what happened to an account."""
        self._connection.execute(
            insert(StaffEventRow),
            {
                "id": event.id,
                "kind": event.kind.value,
                "name": event.name,
                "full_name": event.full_name,
                "role": None if event.role is None else event.role.value,
                "agreement_key": None if event.public is None else event.public.agreement.hex(),
                "signing_key": None if event.public is None else event.public.signing.hex(),
                "reason": event.reason,
                "by": event.by,
                "recorded_at": event.recorded_at,
            },
        )
        self._unit.audit.add(f"staff.{event.kind.value}", event)

    def add_sign_in(self, event: SignInEvent) -> None:
        """Keep what happened at the sign-in."""
        self._connection.execute(insert(SignInEventRow), {**event.payload(), "recorded_at": event.recorded_at})
        self._unit.audit.add(f"staff.{event.kind.value}", event)

    def add_approval(self, event: ApprovalEvent) -> None:
        """Keep what happened to an approval."""
        self._connection.execute(insert(ApprovalEventRow), {**event.payload(), "recorded_at": event.recorded_at})
        self._unit.audit.add(f"approval.{event.kind.value}", event)

    def add_shift(self, event: ShiftEvent) -> None:
        """Keep one end of a shift."""
        counts = None if event.counts is None else canonical(event.counts)
        self._connection.execute(
            insert(ShiftEventRow), {**event.payload(), "counts": counts, "recorded_at": event.recorded_at}
        )
        self._unit.audit.add(f"shift.{event.kind.value}", event)

    def open_approvals(self) -> list[ApprovalEvent]:
        """Return the deferrals that nobody has settled, oldest first."""
        late = select(ApprovalEventRow.approval_id).where(ApprovalEventRow.kind == ApprovalKind.DEFERRED.value)
        settled = select(ApprovalEventRow.approval_id).where(
            ApprovalEventRow.kind.in_([ApprovalKind.APPROVED.value, ApprovalKind.REJECTED.value])
        )
        asked = (
            select(ApprovalEventRow.__table__)
            .where(ApprovalEventRow.approval_id.in_(late), ApprovalEventRow.approval_id.not_in(settled))
            .order_by(ApprovalEventRow.seq)
        )
        return [_approval(row) for row in self._connection.execute(asked)]

    def approvals_of(self, subject_id: UUID) -> list[ApprovalEvent]:
        """Return all that happened to the approvals of one record, oldest first."""
        asked = (
            select(ApprovalEventRow.__table__)
            .where(ApprovalEventRow.subject_id == subject_id)
            .order_by(ApprovalEventRow.seq)
        )
        return [_approval(row) for row in self._connection.execute(asked)]

    def signed_approvals(self) -> Iterator[ApprovalEvent]:
        """Return every approval that a second person signed."""
        asked = select(ApprovalEventRow.__table__).where(ApprovalEventRow.kind == ApprovalKind.GIVEN.value)
        for row in self._connection.execute(asked):
            yield _approval(row)

    def last_shift_event(self) -> ShiftEvent | None:
        """Return the newest end of a shift: an opening means that the shift is open."""
        asked = select(ShiftEventRow.__table__).order_by(ShiftEventRow.seq.desc()).limit(1)
        row = self._connection.execute(asked).one_or_none()
        return None if row is None else _shift(row)

    def shifts_closed(self, start: datetime, end: datetime) -> list[tuple[ShiftEvent | None, ShiftEvent]]:
        """Return the shifts closed from ``start`` until before ``end``, as (opening, closing), in order."""
        closed = (
            select(ShiftEventRow.__table__)
            .where(
                ShiftEventRow.kind == ShiftKind.CLOSED.value,
                ShiftEventRow.recorded_at >= start,
                ShiftEventRow.recorded_at < end,
            )
            .order_by(ShiftEventRow.seq)
        )
        closings = [_shift(row) for row in self._connection.execute(closed)]
        opened = select(ShiftEventRow.__table__).where(
            ShiftEventRow.kind == ShiftKind.OPENED.value, ShiftEventRow.shift_id.in_([one.shift_id for one in closings])
        )
        openings = {one.shift_id: one for one in map(_shift, self._connection.execute(opened))}
        return [(openings.get(one.shift_id), one) for one in closings]

    def worked_since(self, since: datetime) -> set[str]:
        """Return the user names that signed in since then."""
        asked = (
            select(SignInEventRow.name)
            .distinct()
            .where(SignInEventRow.kind == SignInKind.SIGNED_IN.value, SignInEventRow.recorded_at >= since)
        )
        return set(self._connection.execute(asked).scalars())

    def failures_since(self, since: datetime) -> int:
        """Return how many wrong passwords were written since then."""
        asked = select(func.sum(SignInEventRow.count)).where(
            SignInEventRow.kind == SignInKind.FAILURES.value, SignInEventRow.recorded_at >= since
        )
        return self._connection.execute(asked).scalar() or 0


class RedigestStaff:
    """Makes the digests of this room's rows again, for the verification of the store."""

    kinds = frozenset(
        {f"staff.{kind.value}" for kind in (*StaffEventKind, *SignInKind)}
        | {f"approval.{kind.value}" for kind in ApprovalKind}
        | {f"shift.{kind.value}" for kind in ShiftKind}
    )

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each row's event and the digest of its content."""
        makers = (
            (StaffEventRow, _staff),
            (SignInEventRow, _sign_in),
            (ApprovalEventRow, _approval),
            (ShiftEventRow, _shift),
        )
        for table, make in makers:
            for row in connection.execute(select(table.__table__).order_by(table.seq)):
                event = make(row)
                yield event.id, digest(canonical(event.payload()))


def _staff_events(connection: Connection) -> Iterator[StaffEvent]:
    for row in connection.execute(select(StaffEventRow.__table__).order_by(StaffEventRow.seq)):
        yield _staff(row)


def _staff(row: object) -> StaffEvent:
    said = row._mapping  # type: ignore[attr-defined]  # a SQLAlchemy row of the staff table
    public = None
    if said["agreement_key"] is not None:
        public = PublicKeys(bytes.fromhex(said["agreement_key"]), bytes.fromhex(said["signing_key"]))
    return StaffEvent(
        said["id"],
        StaffEventKind(said["kind"]),
        said["name"],
        said["by"],
        said["full_name"],
        None if said["role"] is None else Role(said["role"]),
        public,
        said["reason"],
    )


def _sign_in(row: object) -> SignInEvent:
    said = row._mapping  # type: ignore[attr-defined]  # a SQLAlchemy row of the sign-in table
    kind = SignInKind(said["kind"])
    when = (said["first_at"], said["last_at"])
    return SignInEvent(said["id"], kind, said["name"], said["by"], said["count"], *when, said["reason"])


def _approval(row: object) -> ApprovalEvent:
    said = row._mapping  # type: ignore[attr-defined]  # a SQLAlchemy row of the approval table
    return ApprovalEvent(
        said["id"],
        ApprovalKind(said["kind"]),
        said["approval_id"],
        said["action"],
        said["subject_id"],
        said["by"],
        said["second"],
        said["due_at"],
        said["reason"],
        None if said["second_key"] is None else bytes.fromhex(said["second_key"]),
        None if said["signature"] is None else bytes.fromhex(said["signature"]),
    )


def _shift(row: object) -> ShiftEvent:
    said = row._mapping  # type: ignore[attr-defined]  # a SQLAlchemy row of the shift table
    counts = None if said["counts"] is None else json.loads(said["counts"])
    return ShiftEvent(said["id"], ShiftKind(said["kind"]), said["shift_id"], said["lane"], said["by"], counts)
