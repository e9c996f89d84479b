"""Tables of receipts and of everything that happened to money. Rows never leave this module."""

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Connection, String, Text, func, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.identifiers import made_at
from bmis.receipts.money import Currency, Money
from bmis.receipts.rates import Rate
from bmis.receipts.receipt import (
    Charge,
    Exemption,
    MoneyEvent,
    MoneyKind,
    Receipt,
    ReceiptState,
    rate_of,
)
from bmis.receipts.till import Till, TillSum
from bmis.store.base import Base
from bmis.store.canonical import canonical, digest
from bmis.store.errors import RecordChangedError
from bmis.store.unit import UnitOfWork


class ReceiptRow(Base):
    """A receipt as its events leave it: an index over them, never the truth. Amounts are hundredths."""

    __tablename__ = "receipt"
    __table_args__ = (
        CheckConstraint("serial > 0 AND paid >= 0", name="counts_from_one"),
        CheckConstraint("state IN ('standing', 'cancelled')", name="state"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(40), unique=True)
    serial: Mapped[int] = mapped_column(unique=True)
    subject_id: Mapped[UUID] = mapped_column(index=True)
    paid: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    exempt: Mapped[bool]
    state: Mapped[str] = mapped_column(String(10))
    copies: Mapped[int]
    till_id: Mapped[UUID | None] = mapped_column(index=True)
    cancelled_till_id: Mapped[UUID | None]


class MoneyEventRow(Base):
    """One event, never changed."""

    __tablename__ = "money_event"

    seq: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[UUID] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(String(40), index=True)
    subject: Mapped[str] = mapped_column(String(60), index=True)
    by: Mapped[str] = mapped_column(String(80))
    recorded_at: Mapped[datetime]
    facts: Mapped[str] = mapped_column(Text)


class SqlReceipts:
    """The receipts inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit
        self._connection = unit.connection

    def next_serial(self) -> int:
        """Return the number of the desk's next receipt."""
        return (self._connection.execute(select(func.max(ReceiptRow.serial))).scalar() or 0) + 1

    def add(self, receipt: Receipt) -> None:
        """Keep a new receipt with its first event."""
        self._connection.execute(
            insert(ReceiptRow),
            {
                "id": receipt.id,
                "number": receipt.number,
                "serial": receipt.serial,
                "subject_id": receipt.charge.subject,
                "paid": _hundredths(receipt.paid.amount),
                "currency": receipt.paid.currency.value,
                "exempt": receipt.exemption is not None,
                "state": receipt.state.value,
                "copies": 0,
            },
        )
        self.keep(MoneyEvent(receipt.id, MoneyKind.ISSUED, receipt.by, receipt.number, receipt.facts()))

    def cancel(self, event: MoneyEvent) -> None:
        """Keep that the receipt is cancelled."""
        self._connection.execute(
            update(ReceiptRow)
            .where(ReceiptRow.number == event.subject)
            .values(state=ReceiptState.CANCELLED.value, cancelled_till_id=None)
        )
        self.keep(event)

    def copy(self, event: MoneyEvent) -> None:
        """Keep that a further copy was made."""
        self._connection.execute(
            update(ReceiptRow).where(ReceiptRow.number == event.subject).values(copies=ReceiptRow.copies + 1)
        )
        self.keep(event)

    def find(self, number: str) -> Receipt | None:
        """Return the receipt of that number."""
        asked = select(ReceiptRow.__table__).where(ReceiptRow.number == number)
        row = self._connection.execute(asked).one_or_none()
        return None if row is None else self._receipt(row)

    def of_subject(self, subject: UUID) -> tuple[Receipt, ...]:
        """Return the receipts for that, in order."""
        asked = select(ReceiptRow.__table__).where(ReceiptRow.subject_id == subject).order_by(ReceiptRow.serial)
        return tuple(self._receipt(row) for row in self._connection.execute(asked).all())

    def newest(self, limit: int) -> tuple[Receipt, ...]:
        """Return the newest receipts first."""
        asked = select(ReceiptRow.__table__).order_by(ReceiptRow.serial.desc()).limit(limit)
        return tuple(self._receipt(row) for row in self._connection.execute(asked).all())

    def till(self) -> Till:
        """Return what happened since the till was last closed."""
        taken = self._sums(ReceiptRow.till_id.is_(None))
        back = self._sums((ReceiptRow.state == ReceiptState.CANCELLED.value) & ReceiptRow.cancelled_till_id.is_(None))
        used = [each for each in Currency if each in taken or each in back]
        row = self._connection.execute(
            select(
                func.count(),
                func.count().filter(ReceiptRow.paid == 0, ReceiptRow.exempt.is_(False)),
                func.count().filter(ReceiptRow.exempt.is_(True)),
                func.min(ReceiptRow.serial),
            ).where(ReceiptRow.till_id.is_(None))
        ).one()
        cancelled = self._connection.execute(
            select(func.count())
            .select_from(ReceiptRow)
            .where(ReceiptRow.state == ReceiptState.CANCELLED.value, ReceiptRow.cancelled_till_id.is_(None))
        ).scalar_one()
        first = None
        if row[3] is not None:
            asked = select(ReceiptRow.id).where(ReceiptRow.serial == row[3])
            first = made_at(self._connection.execute(asked).scalar_one())
        none = Decimal("0.00")
        sums = {each: TillSum(taken.get(each, none), back.get(each, none)) for each in used}
        return Till(int(row[0]), int(row[1]), int(row[2]), int(cancelled), first, sums)

    def close_till(self, event: MoneyEvent) -> None:
        """Put everything since the last closing into that till."""
        self._connection.execute(update(ReceiptRow).where(ReceiptRow.till_id.is_(None)).values(till_id=event.id))
        self._connection.execute(
            update(ReceiptRow)
            .where(ReceiptRow.state == ReceiptState.CANCELLED.value, ReceiptRow.cancelled_till_id.is_(None))
            .values(cancelled_till_id=event.id)
        )
        self.keep(event)

    def rates(self) -> tuple[Rate, ...]:
        """Return the rates that were entered here, in order."""
        asked = (
            select(MoneyEventRow.facts)
            .where(MoneyEventRow.kind == MoneyKind.RATE_ENTERED.value)
            .order_by(MoneyEventRow.seq)
        )
        return tuple(rate_of(json.loads(facts)) for facts in self._connection.execute(asked).scalars())

    def keep(self, event: MoneyEvent) -> None:
        """Keep the event, its audit link and its message."""
        self._connection.execute(
            insert(MoneyEventRow),
            {
                "id": event.id,
                "kind": event.kind.value,
                "subject": event.subject,
                "by": event.by,
                "recorded_at": made_at(event.id),
                "facts": canonical(event.facts),
            },
        )
        self._unit.audit.add(event.kind.value, event)
        self._unit.outbox.add(event.kind.value, event)

    def events_of(self, subject: str) -> tuple[MoneyEvent, ...]:
        """Return what happened to the receipt or the till, in order."""
        asked = select(MoneyEventRow.__table__).where(MoneyEventRow.subject == subject).order_by(MoneyEventRow.seq)
        return tuple(_event(row) for row in self._connection.execute(asked))

    def _sums(self, condition: Any) -> Mapping[Currency, Decimal]:
        asked = select(ReceiptRow.currency, func.sum(ReceiptRow.paid)).where(condition, ReceiptRow.paid > 0)
        found = self._connection.execute(asked.group_by(ReceiptRow.currency))
        return {Currency(code): Decimal(int(cents)).scaleb(-2) for code, cents in found}

    def _receipt(self, row: Any) -> Receipt:
        first = self.events_of(row.number)[0]
        return _receipt_of(first, ReceiptState(row.state), int(row.copies))


class RedigestMoney:
    """Makes the digests of these tables' rows again, and holds the index against what the events say."""

    kinds = frozenset(kind.value for kind in MoneyKind)

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each event and the digest of its content.

        Raises:
            RecordChangedError: a receipt is not what its events say.
        """
        said: dict[str, tuple[UUID, str, int, int, str]] = {}
        for row in connection.execute(select(MoneyEventRow.__table__).order_by(MoneyEventRow.seq)):
            event = _event(row)
            _follow(said, event)
            yield event.id, digest(canonical(event.payload()))
        asked = select(ReceiptRow.__table__)
        for row in connection.execute(asked):
            if said.pop(row.number, None) != (row.id, row.state, row.copies, row.paid, row.currency):
                raise RecordChangedError(event=str(row.id))
        if said:
            raise RecordChangedError(missing=len(said))


def _follow(said: dict[str, tuple[UUID, str, int, int, str]], event: MoneyEvent) -> None:
    if event.kind is MoneyKind.ISSUED:
        paid = Money.parse(str(event.facts["paid"]))
        standing = ReceiptState.STANDING.value
        said[event.subject] = (event.id, standing, 0, _hundredths(paid.amount), paid.currency.value)
    elif event.subject in said:
        first, state, copies, cents, currency = said[event.subject]
        if event.kind is MoneyKind.CANCELLED:
            state = ReceiptState.CANCELLED.value
        copies += event.kind is MoneyKind.COPIED
        said[event.subject] = (first, state, copies, cents, currency)


def _receipt_of(first: MoneyEvent, state: ReceiptState, copies: int) -> Receipt:
    facts: Any = first.facts
    exemption = facts["exemption"]
    charge = Charge(facts["charge"], Money.parse(facts["tariff"]), UUID(facts["for"]), facts["legal_reference"])
    return Receipt(
        id=first.id,
        number=str(facts["number"]),
        serial=int(facts["serial"]),
        charge=charge,
        paid=Money.parse(facts["paid"]),
        by=first.by,
        rates=tuple(rate_of(one) for one in facts["rates"]),
        exemption=None if exemption is None else Exemption(exemption["code"], exemption["reason"]),
        state=state,
        copies=copies,
    )


def _event(row: Any) -> MoneyEvent:
    return MoneyEvent(row.id, MoneyKind(row.kind), row.by, row.subject, json.loads(row.facts))


def _hundredths(amount: Decimal) -> int:
    return int(amount.scaleb(2))
