"""Amounts of money, exact to the hundredth."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from enum import StrEnum
from typing import Self

from bmis.receipts.errors import MoneyError

CENT = Decimal("0.01")
LARGEST = Decimal(1_000_000_000)  # a trader's load in kwacha is a few million


class Currency(StrEnum):
    """What is taken at a border of Mozambique (ISO 4217)."""

    MZN = "MZN"
    ZAR = "ZAR"
    MWK = "MWK"
    USD = "USD"


@dataclass(frozen=True, slots=True, order=False)
class Money:
    """An amount that is not below zero, such as ``50.00 MZN``.

    Raises:
        MoneyError: more than two decimals, below zero, or beyond anything real.
    """

    amount: Decimal
    currency: Currency

    def __post_init__(self) -> None:
        if not self.amount.is_finite() or not 0 <= self.amount < LARGEST or self.amount != self.amount.quantize(CENT):
            raise MoneyError

    @classmethod
    def of(cls, amount: Decimal, currency: Currency) -> Self:
        """Return the amount rounded to the hundredth, half up.

        Raises:
            MoneyError: see the class.
        """
        if not amount.is_finite() or abs(amount) >= LARGEST:
            raise MoneyError
        return cls(amount.quantize(CENT, ROUND_HALF_UP), currency)

    @classmethod
    def parse(cls, untrusted_text: str) -> Self:
        """Return the amount written ``50.00 MZN`` (or ``50,00 mzn``).

        Raises:
            MoneyError: it is none.
        """
        amount, _space, currency = untrusted_text.strip().rpartition(" ")
        return cls.told(amount, currency)

    @classmethod
    def told(cls, untrusted_amount: object, untrusted_currency: object) -> Self:
        """Return the amount and currency as somebody typed them.

        Raises:
            MoneyError: they are none, or have more than two decimals: whoever writes 1.500 means thousands.
        """
        try:
            number = Decimal(str(untrusted_amount).strip().replace(",", "."))
            places = number.as_tuple().exponent
            if not isinstance(places, int) or places < -2:
                raise MoneyError
            return cls(number.quantize(CENT), _currency(untrusted_currency))
        except (InvalidOperation, ValueError) as error:
            raise MoneyError from error

    @classmethod
    def zero(cls, currency: Currency = Currency.MZN) -> Self:
        """Return nothing at all: "taxa zero"."""
        return cls(Decimal("0.00"), currency)

    @property
    def is_zero(self) -> bool:
        """Whether nothing is to be paid."""
        return self.amount == 0

    def __str__(self) -> str:
        return f"{self.amount:.2f} {self.currency.value}"


def _currency(untrusted: object) -> Currency:
    return Currency(str(untrusted).strip().upper())
