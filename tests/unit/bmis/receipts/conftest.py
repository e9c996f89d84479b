"""A desk that takes money, with a clock that the test moves."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from bmis.kernel.actor import Role
from bmis.kernel.identifiers import new_id
from bmis.receipts.close_till import CloseTill, EnterRate, ReadRates, ReadTill
from bmis.receipts.give_receipt import CancelReceipt, CopyReceipt, GiveReceipt, ReadReceipts
from bmis.receipts.money import Currency, Money
from bmis.receipts.receipt import CANCEL, Charge, Exemption
from bmis.staff.approval import Approval

START = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@dataclass
class Cashier:
    """A person of a role at the desk."""

    session: object
    at: datetime = START

    def __post_init__(self):
        write, read, home = self.session.store.write, self.session.store.read, self.session.home
        self.by = self.session.actor
        self.give = GiveReceipt(write, home, self.now)
        self.copy = CopyReceipt(write, self.now)
        self.cancel = CancelReceipt(write, self.now)
        self.receipts = ReadReceipts(read)
        self.till = ReadTill(read)
        self.close = CloseTill(write, self.now)
        self.enter = EnterRate(write, home, self.now)
        self.rates = ReadRates(read, home, self.now)

    def now(self):
        return self.at

    def wait(self, **time):
        self.at += timedelta(**time)

    def takes(self, tariff="50.00 MZN", paid=None, exemption=None, subject=None):
        charge = Charge("pass.MZ-MW", Money.parse(tariff), subject or uuid4())
        return self.give(
            charge,
            self.by,
            paid=None if paid is None else Money.parse(paid),
            exemption=None if exemption is None else Exemption(exemption, "por incêndio"),
        )

    def signed(self, receipt, second="supervisor", action=CANCEL):
        return Approval(new_id(self.at), action, receipt.id, self.by.name, second, None, b"k" * 32, b"s" * 64)

    def counts(self, explanation="", **money):
        counted = {Currency(code): Decimal(amount) for code, amount in money.items()}
        return self.close(counted, self.by, explanation)


@pytest.fixture
def cashier_of(signed_in):
    """Signs a role in."""
    return lambda role: Cashier(signed_in(role))


@pytest.fixture
def cashier(cashier_of):
    """The pass officer's."""
    return cashier_of(Role.PASS_OFFICER)
