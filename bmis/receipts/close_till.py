"""Closing the till of a shift, and the rates that the post enters."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.receipts.errors import MoneyError, ReceiptReasonError, TillDifferenceError, TillOpenError
from bmis.receipts.give_receipt import rates_of
from bmis.receipts.money import Currency, Money
from bmis.receipts.rates import BASE, Rate, Rates
from bmis.receipts.receipt import LONGEST_REASON, MoneyEvent, MoneyKind, rate_facts
from bmis.receipts.records import SqlReceipts
from bmis.receipts.till import ClosedTill, Till
from bmis.staff.shift import ShiftCounts, ShiftFacts
from bmis.staff.shifts import current_shift
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork

_SMALLEST, _LARGEST = Decimal("0.0001"), Decimal(100_000)


@dataclass(frozen=True, slots=True)
class ReadTill:
    """Looks into the open till."""

    open_read: OpenUnit

    def __call__(self, by: Actor) -> Till:
        """Return what happened since it was last closed.

        Raises:
            NotAllowedError: the role takes no money.
        """
        require(by, Permission.TAKE_FEE)
        with self.open_read() as unit:
            return SqlReceipts(unit).till()


@dataclass(frozen=True, slots=True)
class CloseTill:
    """Closes the till: what the receipts say, what was counted, and why they differ."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, counted: Mapping[Currency, Decimal], by: Actor, explanation: str = "") -> ClosedTill:
        """Return the closed till. A currency that was not counted counts as zero.

        Raises:
            NotAllowedError: the role takes no money. MoneyError: a count that is no amount.
            TillDifferenceError: they differ, and nobody says why. ReceiptReasonError: too many words.
        """
        require(by, Permission.TAKE_FEE)
        for currency, amount in counted.items():
            Money(amount, currency)
        said = explanation.strip() or None
        if said and len(said) > LONGEST_REASON:
            raise ReceiptReasonError
        with self.open_unit() as unit:
            receipts = SqlReceipts(unit)
            till = receipts.till()
            expected = {each: one.expected for each, one in till.sums.items()}
            differences = {
                each: difference
                for each in Currency
                if (difference := counted.get(each, Decimal("0.00")) - expected.get(each, Decimal("0.00")))
            }
            if differences and said is None:
                raise TillDifferenceError(currency=next(iter(differences)).value)
            shift = current_shift(unit)
            closed = ClosedTill(
                new_id(self.now()), till, dict(counted), differences, said, shift.id if shift else None, by.name
            )
            receipts.close_till(MoneyEvent(closed.id, MoneyKind.TILL_CLOSED, by.name, str(closed.id), closed.facts()))
            unit.commit()
        return closed


@dataclass(frozen=True, slots=True)
class EnterRate:
    """Enters the rate of a day, with where it is from."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(self, currency: Currency, metical: Decimal, source: str, by: Actor, on: date | None = None) -> Rate:
        """Return the rate; ``metical`` is what one unit is worth in MZN, ``on`` None is today.

        Raises:
            NotAllowedError: the role enters no rates. MoneyError: no such rate, or of a day to come.
            ReceiptReasonError: no source.
        """
        require(by, Permission.ENTER_RATE)
        at = self.now()
        today = local(at).date()
        said = source.strip()
        if not 3 <= len(said) <= LONGEST_REASON:
            raise ReceiptReasonError
        day = on or today
        if currency is BASE or not metical.is_finite() or not _SMALLEST <= metical <= _LARGEST or day > today:
            raise MoneyError
        rate = Rate(currency, metical, day, said)
        with self.open_unit() as unit:
            event = MoneyEvent(new_id(at), MoneyKind.RATE_ENTERED, by.name, currency.value, rate_facts(rate))
            SqlReceipts(unit).keep(event)
            unit.commit()
        return rate


@dataclass(frozen=True, slots=True)
class ReadRates:
    """Looks at the rates of today."""

    open_read: OpenUnit
    home: Home
    now: Clock

    def __call__(self, by: Actor) -> Rates:
        """Return those that count.

        Raises:
            NotAllowedError: the role takes no money.
        """
        require(by, Permission.TAKE_FEE)
        with self.open_read() as unit:
            return rates_of(unit, self.home, local(unit.judged_at(self.now())).date())


@dataclass(frozen=True, slots=True)
class WithTill:
    """Counts a shift whose till is closed: it stands before ``facts`` when a shift is closed."""

    facts: ShiftFacts

    def __call__(self, unit: UnitOfWork, since: datetime) -> ShiftCounts:
        """Return the counts of the shift.

        Raises:
            TillOpenError: money was taken, or given back, since the till was last closed.
        """
        till = SqlReceipts(unit).till()
        if any(one.taken or one.given_back for one in till.sums.values()):
            raise TillOpenError(count=till.receipts)
        return self.facts(unit, since)
