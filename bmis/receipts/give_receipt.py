"""Giving a receipt, a second copy of it, and cancelling it."""

from dataclasses import dataclass
from datetime import date

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.receipts.errors import (
    PaidDiffersError,
    ReceiptReasonError,
    ReceiptStateError,
    ReceiptUnknownError,
    SecondSignatureError,
)
from bmis.receipts.money import Money
from bmis.receipts.rates import Rate, Rates
from bmis.receipts.receipt import (
    CANCEL,
    LONGEST_REASON,
    Charge,
    Exemption,
    MoneyEvent,
    MoneyKind,
    Receipt,
    ReceiptState,
    parse_receipt_number,
    receipt_number,
)
from bmis.receipts.records import SqlReceipts
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork


def rates_of(unit: UnitOfWork, home: Home, today: date) -> Rates:
    """Return the rates that count at this desk today."""
    return Rates(SqlReceipts(unit).rates(), today, training=home.training)


@dataclass(frozen=True, slots=True)
class GiveReceipt:
    """Takes a charge. Without a receipt no money; without money a receipt all the same, so that zero is seen."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(
        self, charge: Charge, by: Actor, *, paid: Money | None = None, exemption: Exemption | None = None
    ) -> Receipt:
        """Return the receipt. ``paid`` None: what the tariff says, in its own currency.

        Raises:
            NotAllowedError: the role takes no money.
            PaidDiffersError: it is not what is due at the day's rate. RateMissingError: there is no rate.
            MoneyRuleError: the rule of rates is missing or damaged.
        """
        require(by, Permission.TAKE_FEE)
        with self.open_unit() as unit:
            receipt = self.within(unit, charge, by, paid=paid, exemption=exemption)
            unit.commit()
        return receipt

    def within(
        self,
        unit: UnitOfWork,
        charge: Charge,
        by: Actor,
        *,
        paid: Money | None = None,
        exemption: Exemption | None = None,
    ) -> Receipt:
        """Return the receipt as added to a unit that its caller commits. Raises as the call."""
        at = unit.judged_at(self.now())  # a clock set back brings no old rate back
        due = Money.zero(charge.tariff.currency) if exemption else charge.tariff
        paid = due if paid is None else paid
        rates: tuple[Rate, ...] = ()
        if paid.currency is not due.currency:
            there = rates_of(unit, self.home, local(at).date()).convert(due, paid.currency)
            due, rates = there.money, there.rates
        if paid != due:
            raise PaidDiffersError(due=str(due))
        receipts = SqlReceipts(unit)
        serial = receipts.next_serial()
        number = receipt_number(self.home, serial)
        receipt = Receipt(new_id(at), number, serial, charge, paid, by.name, rates, exemption)
        receipts.add(receipt)
        return receipt


@dataclass(frozen=True, slots=True)
class CopyReceipt:
    """Makes a further copy ("2.ª via"); each is counted."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, untrusted_number: str, by: Actor) -> Receipt:
        """Return the receipt with its copies; the first copy after the original is the second.

        Raises:
            NotAllowedError: the role takes no money.
            ReceiptUnknownError: this desk gave none of that number.
        """
        require(by, Permission.TAKE_FEE)
        with self.open_unit() as unit:
            receipts = SqlReceipts(unit)
            found = known(receipts, untrusted_number)
            event = MoneyEvent(new_id(self.now()), MoneyKind.COPIED, by.name, found.number, {"copy": found.copies + 2})
            receipts.copy(event)
            found = known(receipts, found.number)
            unit.commit()
        return found


@dataclass(frozen=True, slots=True)
class CancelReceipt:
    """Takes a receipt back. It stays, with its number, as cancelled; the money goes out of the open till."""

    open_unit: OpenUnit
    now: Clock

    def __call__(
        self,
        untrusted_number: str,
        reason: str,
        by: Actor,
        approval: Approval | None = None,
    ) -> Receipt:
        """Return the receipt as cancelled.

        Raises:
            NotAllowedError: the role takes no money. ReceiptReasonError: no reason.
            ReceiptUnknownError: this desk gave none of that number. ReceiptStateError: it was cancelled before.
            SecondSignatureError: nobody signed. ApprovalMismatchError: it was signed for something else.
        """
        require(by, Permission.TAKE_FEE)
        said = reason.strip()
        if not said or len(said) > LONGEST_REASON:
            raise ReceiptReasonError
        with self.open_unit() as unit:
            receipts = SqlReceipts(unit)
            found = known(receipts, untrusted_number)
            if found.state is ReceiptState.CANCELLED:
                raise ReceiptStateError(state=found.state.value)
            if approval is None or approval.second is None:  # money: nobody owes a second signature for later
                raise SecondSignatureError(CANCEL, found.id)
            at = self.now()
            record_approval(unit, approval.covering(CANCEL, found.id, by.name), at)
            facts = {"reason": said, "given_back": str(found.paid), "second": approval.second}
            receipts.cancel(MoneyEvent(new_id(at), MoneyKind.CANCELLED, by.name, found.number, facts))
            found = known(receipts, found.number)
            unit.commit()
        return found


@dataclass(frozen=True, slots=True)
class ReadReceipts:
    """Looks at receipts."""

    open_read: OpenUnit

    def __call__(self, by: Actor, limit: int = 50) -> tuple[Receipt, ...]:
        """Return the newest first.

        Raises:
            NotAllowedError: the role neither takes money nor reads the audit.
        """
        _require_reader(by)
        with self.open_read() as unit:
            return SqlReceipts(unit).newest(limit)

    def one(self, untrusted_number: str, by: Actor) -> Receipt:
        """Return the receipt of that number. Raises as the call, and ReceiptUnknownError."""
        _require_reader(by)
        with self.open_read() as unit:
            return known(SqlReceipts(unit), untrusted_number)


def known(receipts: SqlReceipts, untrusted_number: str) -> Receipt:
    """Return the receipt of that number.

    Raises:
        ReceiptUnknownError: this desk gave none.
    """
    found = receipts.find(parse_receipt_number(untrusted_number))
    if found is None:
        raise ReceiptUnknownError
    return found


def _require_reader(by: Actor) -> None:
    if not by.may(Permission.READ_AUDIT):
        require(by, Permission.TAKE_FEE)
