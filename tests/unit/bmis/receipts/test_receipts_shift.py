"""A shift at a desk that takes money: every charge has its receipt, zero too, and the till adds up."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import text

from bmis.kernel.actor import NotAllowedError, Role
from bmis.receipts.close_till import WithTill
from bmis.receipts.errors import (
    ExemptionError,
    MoneyError,
    PaidDiffersError,
    RateMissingError,
    ReceiptReasonError,
    ReceiptStateError,
    ReceiptUnknownError,
    SecondSignatureError,
    TillDifferenceError,
    TillOpenError,
)
from bmis.receipts.money import Currency, Money
from bmis.receipts.rates import Rates
from bmis.receipts.receipt import ReceiptState, parse_receipt_number
from bmis.receipts.records import RedigestMoney
from bmis.staff.errors import ApprovalMismatchError
from bmis.staff.shift import ShiftCounts
from bmis.store.errors import RecordChangedError
from bmis.store.verify import verify_store


def test_each_charge_has_the_next_number_and_zero_has_one_too(cashier):
    paid, free, spared = cashier.takes(), cashier.takes("0.00 MZN"), cashier.takes(exemption="DISASTER")

    assert [one.serial for one in (paid, free, spared)] == [1, 2, 3]
    assert [str(one.paid) for one in (paid, free, spared)] == ["50.00 MZN", "0.00 MZN", "0.00 MZN"]
    assert parse_receipt_number(paid.number.lower().replace("-", " ")) == paid.number
    assert [one.number for one in cashier.receipts(cashier.by)] == [spared.number, free.number, paid.number]
    till = cashier.till(cashier.by)
    assert (till.receipts, till.zero, till.exempt) == (3, 1, 1)


def test_a_misread_number_is_no_receipt(cashier):
    number = cashier.takes().number
    wrong = number[:-1] + ("0" if number[-1] != "0" else "1")

    for text_ in (wrong, "RSG1-0000-00001-7", "", "RC"):
        with pytest.raises(ReceiptUnknownError):
            cashier.copy(text_, cashier.by)


def test_the_fee_is_taken_in_kwacha_at_the_days_rate_and_not_otherwise(cashier):
    receipt = cashier.takes("50.00 MZN", paid="1351.35 MWK")

    assert [(rate.currency, str(rate.metical)) for rate in receipt.rates] == [(Currency.MWK, "0.0370")]
    assert not receipt.rates[0].confirmed  # a training home: nobody vouches for it
    with pytest.raises(PaidDiffersError) as refused:
        cashier.takes("50.00 MZN", paid="1300.00 MWK")
    assert refused.value.facts == {"due": "1351.35 MWK"}
    with pytest.raises(PaidDiffersError):
        cashier.takes("50.00 MZN", paid="49.00 MZN")


def test_a_live_post_takes_foreign_money_only_at_a_rate_that_somebody_entered_this_week(cashier):
    today = cashier.at.date()
    assert Rates((), today, training=False).all() == ()
    with pytest.raises(RateMissingError):
        Rates((), today, training=False).convert(Money.parse("50.00 MZN"), Currency.USD)


def test_an_entered_rate_counts_for_a_week(cashier_of):
    chief = cashier_of(Role.SUPERVISOR)
    chief.enter(Currency.ZAR, Decimal("3.5512"), "Banco de Moçambique, 22/11", chief.by)

    assert str(chief.rates(chief.by).of(Currency.ZAR).metical) == "3.5512"
    chief.wait(days=8)
    assert not chief.rates(chief.by).of(Currency.ZAR).confirmed  # training falls back to what came with the program
    for metical, source in (("0", "Banco"), ("NaN", "Banco")):
        with pytest.raises(MoneyError):
            chief.enter(Currency.ZAR, Decimal(metical), source, chief.by)
    with pytest.raises(ReceiptReasonError):
        chief.enter(Currency.ZAR, Decimal(3), " ", chief.by)
    with pytest.raises(MoneyError):
        chief.enter(Currency.MZN, Decimal(1), "Banco", chief.by)


def test_a_clock_set_back_brings_no_old_rate_back(cashier_of):
    chief = cashier_of(Role.SUPERVISOR)
    chief.enter(Currency.ZAR, Decimal("2.00"), "Banco de Moçambique, 22/11", chief.by)
    chief.wait(days=8)
    chief.takes()  # the store has seen the day on which the rate no more counts
    chief.wait(days=-7)

    assert not chief.rates(chief.by).of(Currency.ZAR).confirmed
    with pytest.raises(PaidDiffersError):
        chief.takes(paid="25.00 ZAR")


def test_a_pass_officer_enters_no_rate_and_an_auditor_takes_no_money(cashier, cashier_of):
    with pytest.raises(NotAllowedError):
        cashier.enter(Currency.ZAR, Decimal(3), "Banco", cashier.by)
    auditor = cashier_of(Role.AUDITOR)
    with pytest.raises(NotAllowedError):
        auditor.takes()
    assert auditor.receipts(auditor.by) == ()


def test_a_receipt_is_cancelled_by_two_people_once_and_stays_in_the_row(cashier):
    receipt = cashier.takes()

    with pytest.raises(SecondSignatureError) as asked:
        cashier.cancel(receipt.number, "erro de digitação", cashier.by)
    assert asked.value.subject == receipt.id
    with pytest.raises(ApprovalMismatchError):
        cashier.cancel(receipt.number, "erro", cashier.by, cashier.signed(receipt, action="crossing.annul"))
    with pytest.raises(ReceiptReasonError):
        cashier.cancel(receipt.number, " ", cashier.by, cashier.signed(receipt))
    cancelled = cashier.cancel(receipt.number, "erro de digitação", cashier.by, cashier.signed(receipt))
    assert cancelled.state is ReceiptState.CANCELLED
    with pytest.raises(ReceiptStateError):
        cashier.cancel(receipt.number, "outra vez", cashier.by, cashier.signed(receipt))
    assert cashier.takes().serial == 2
    till = cashier.till(cashier.by)
    assert (till.cancelled, till.sums[Currency.MZN].expected) == (1, Decimal("50.00"))


def test_the_second_copy_says_that_it_is_one(cashier):
    receipt = cashier.takes()

    assert [cashier.copy(receipt.number, cashier.by).copies for _ in range(2)] == [1, 2]


def test_the_till_is_closed_by_currency_and_a_difference_is_explained(cashier):
    cashier.takes()
    cashier.takes("50.00 MZN", paid="1351.35 MWK")

    with pytest.raises(TillDifferenceError) as refused:
        cashier.counts(MZN="40.00", MWK="1351.35")
    assert refused.value.facts == {"currency": "MZN"}
    closed = cashier.counts("troco errado", MZN="40.00", MWK="1351.35")
    assert closed.differences == {Currency.MZN: Decimal("-10.00")}
    assert cashier.till(cashier.by).is_empty
    again = cashier.takes()
    cashier.cancel(again.number, "desistiu", cashier.by, cashier.signed(again))
    assert cashier.counts(MZN="0").differences == {}


def test_money_given_back_after_the_till_was_closed_goes_out_of_the_next_one(cashier):
    receipt = cashier.takes()
    cashier.counts(MZN="50.00")
    cashier.cancel(receipt.number, "desistiu", cashier.by, cashier.signed(receipt))

    till = cashier.till(cashier.by)
    assert (till.receipts, till.cancelled, till.sums[Currency.MZN].expected) == (0, 1, Decimal("-50.00"))
    with pytest.raises(TillDifferenceError):
        cashier.counts()
    cashier.counts("devolvido do fundo de caixa")
    assert cashier.till(cashier.by).is_empty


def test_a_shift_is_not_closed_over_an_open_till(cashier):
    counted = WithTill(lambda unit, since: ShiftCounts({}, (), 0, 0, {}))
    cashier.takes("0.00 MZN")
    with cashier.session.store.read() as unit:
        assert counted(unit, cashier.at) == ShiftCounts({}, (), 0, 0, {})  # nothing was taken
    cashier.takes()
    with cashier.session.store.read() as unit, pytest.raises(TillOpenError):
        counted(unit, cashier.at)


def test_the_store_proves_and_a_changed_receipt_is_found(cashier):
    receipt = cashier.takes()
    cashier.copy(receipt.number, cashier.by)
    cashier.cancel(receipt.number, "erro", cashier.by, cashier.signed(receipt))
    cashier.takes()
    cashier.counts(MZN="50.00")
    assert verify_store(cashier.session.store, [RedigestMoney()]).records == 5

    with cashier.session.store.write() as unit:
        unit.connection.execute(text("UPDATE receipt SET state = 'standing'"))
        unit.commit()
    with pytest.raises(RecordChangedError):
        verify_store(cashier.session.store, [RedigestMoney()])


@pytest.mark.parametrize(
    "text_", ["", "50", "50.001 MZN", "-1 MZN", "1e9 MZN", "NaN MZN", "50 XYZ", "x MZN", "Infinity USD"]
)
def test_what_is_no_amount_is_none(text_):
    with pytest.raises(MoneyError):
        Money.parse(text_)


@given(st.decimals(0, 999_999, places=2), st.sampled_from(Currency))
def test_an_amount_reads_back_as_it_is_written(amount, currency):
    money = Money(amount, currency)

    assert Money.parse(str(money)) == money
    assert Money.parse(str(money).replace(".", ",").lower()) == money


@pytest.mark.parametrize(("code", "reason"), [("", "por incêndio"), ("disaster", "por incêndio"), ("DISASTER", " ")])
def test_an_exemption_needs_a_code_and_words(code, reason):
    from bmis.receipts.receipt import Exemption

    with pytest.raises(ExemptionError):
        Exemption(code, reason)
