"""What a currency is worth in meticais on a day: entered at the post, or shipped for training only."""

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import cache
from typing import Any

from bmis.kernel.resources import resource
from bmis.receipts.errors import MoneyError, MoneyRuleError, RateMissingError
from bmis.receipts.money import Currency, Money

FILE = "exchange_rates.toml"
BASE = Currency.MZN


@dataclass(frozen=True, slots=True)
class Rate:
    """``metical`` is what one unit is worth in MZN. ``confirmed``: somebody at the post vouches for it."""

    currency: Currency
    metical: Decimal
    on: date
    source: str
    confirmed: bool = True

    def age_days(self, today: date) -> int:
        """Return how old it is."""
        return (today - self.on).days


@dataclass(frozen=True, slots=True)
class Converted:
    """An amount in another currency, with the rates that made it so (none: it was the same currency)."""

    money: Money
    rates: tuple[Rate, ...] = ()

    @property
    def confirmed(self) -> bool:
        """Whether somebody vouches for every rate."""
        return all(rate.confirmed for rate in self.rates)


class Rates:
    """The rates that count on a day. ``training``: those that came with the program count too."""

    def __init__(self, entered: Iterable[Rate], today: date, *, training: bool) -> None:
        self.today = today
        newest: dict[Currency, Rate] = {}
        shipped = shipped_rates() if training else ()
        for rate in sorted((*shipped, *entered), key=lambda one: (one.confirmed, one.on)):
            if rate.on <= today and (not rate.confirmed or rate.age_days(today) <= longest_age_days(today)):
                newest[rate.currency] = rate
        self._newest = newest

    def of(self, currency: Currency) -> Rate:
        """Return the rate that counts.

        Raises:
            RateMissingError: none does.
        """
        if currency is BASE:
            return Rate(BASE, Decimal(1), self.today, "")
        if currency not in self._newest:
            raise RateMissingError(currency=currency.value)
        return self._newest[currency]

    def all(self) -> tuple[Rate, ...]:
        """Return every rate that counts, the metical's left out."""
        return tuple(self._newest[each] for each in Currency if each in self._newest)

    def convert(self, money: Money, to: Currency) -> Converted:
        """Return the amount in another currency, rounded to the hundredth.

        Raises:
            RateMissingError: a rate that is needed does not count.
            MoneyError: it is beyond anything real.
        """
        if money.currency is to:
            return Converted(money)
        used = tuple(self.of(each) for each in (money.currency, to) if each is not BASE)
        amount = money.amount * self.of(money.currency).metical / self.of(to).metical
        return Converted(Money.of(amount, to), used)


def typed_rate(untrusted_text: str) -> Decimal:
    """Return what somebody typed, with a comma or a point.

    Raises:
        MoneyError: it is no number.
    """
    try:
        return Decimal(untrusted_text.strip().replace(",", "."))
    except InvalidOperation as error:
        raise MoneyError from error


def shipped_rates() -> tuple[Rate, ...]:
    """Return the rates that came with the program: for training, nobody vouches for them.

    Raises:
        MoneyRuleError: the file is missing or damaged.
    """
    try:
        return tuple(
            Rate(
                Currency(one["currency"]),
                Decimal(str(one["metical"])),
                one["on"],
                str(one["source"]),
                confirmed=False,
            )
            for one in _load()["rate"]
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise MoneyRuleError(file=FILE) from error


def longest_age_days(day: date) -> int:
    """Return how many days an entered rate counts.

    Raises:
        MoneyRuleError: the file is missing or damaged.
    """
    try:
        blocks = sorted(_load()["rule"], key=lambda block: block["valid_from"])
        # before the first block the first one holds: a clock set back must not leave the desk without a rule
        found = next((block for block in reversed(blocks) if block["valid_from"] <= day), blocks[0])
        return int(found["longest_age_days"])
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise MoneyRuleError(file=FILE) from error


@cache
def _load() -> dict[str, Any]:
    try:
        return tomllib.loads(resource("rules", FILE).read_text("utf-8"))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError) as error:
        raise MoneyRuleError(file=FILE) from error
