"""What the till says of receipts without money, of money without receipts, and how an amount is written."""

import pytest

from bmis.receipts.errors import MoneyError
from bmis.receipts.money import Money


def test_the_till_counts_every_receipt_without_money(cashier):
    for _ in range(3):
        cashier.takes("0.00 MZN")
    for _ in range(2):
        cashier.takes(exemption="DISASTER")
    cashier.takes()
    till = cashier.till(cashier.by)
    assert (till.receipts, till.zero, till.exempt) == (6, 3, 2)
    assert cashier.counts(MZN="50.00").facts()["zero"] == 3


def test_money_that_no_receipt_explains_stands_in_the_closed_till(cashier):
    cashier.takes()
    closed = cashier.counts(MZN="50.00", USD="20.00", explanation="encontrado na gaveta")
    sums = closed.facts()["sums"]
    assert sums["USD"] == {"taken": "0.00", "given_back": "0.00", "counted": "20.00", "difference": "20.00"}
    assert sums["MZN"]["difference"] == "0.00"


@pytest.mark.parametrize("text", ["1.500 MWK", "1,500 MZN", "20.000 MZN", "1.0000 USD"])
def test_a_point_between_thousands_is_not_read_as_a_comma(text):
    with pytest.raises(MoneyError):
        Money.parse(text)


@pytest.mark.parametrize("text", ["1500 MWK", "1,5 MZN", "20.00 MZN", "1E+3 USD"])
def test_an_amount_with_at_most_two_decimals_is_read(text):
    assert str(Money.parse(text)) in {"1500.00 MWK", "1.50 MZN", "20.00 MZN", "1000.00 USD"}
