"""A load in the simplified regime: which products, worth how much at the day's rate. Customs clears goods, not we."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from typing import Any

from bmis.kernel.resources import resource
from bmis.passes.errors import GoodsLineError, SchemeFileError
from bmis.passes.schemes import Choice, GoodsRule, Said
from bmis.receipts.errors import MoneyError, RateMissingError
from bmis.receipts.money import Money
from bmis.receipts.rates import Rate, Rates

MOST_LINES = 20
_MOST = Decimal(1_000_000)


class Regime(StrEnum):
    """What the traveller is told. CUSTOMS: "Alfândegas", whatever the reason."""

    SIMPLIFIED = "simplified"
    CUSTOMS = "customs"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the common list."""

    choice: Choice
    units: tuple[str, ...]

    @property
    def code(self) -> str:
        """Its code."""
        return self.choice.code


@dataclass(frozen=True, slots=True)
class CommonList:
    """The list of a scheme. ``complete``: it is the whole agreed list, and Customs has confirmed it."""

    version: str
    products: tuple[Product, ...]
    agreed: int
    complete: bool
    units: tuple[Choice, ...]

    def find(self, untrusted_text: str) -> Product | None:
        """Return the product that is meant."""
        return next((one for one in self.products if one.choice.is_meant_by(untrusted_text)), None)

    def counts_in(self, product: Product, untrusted_unit: str) -> bool:
        """Return whether the list counts the product in that unit."""
        unit = next((one.code for one in self.units if one.is_meant_by(untrusted_unit)), None)
        return unit in product.units


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One product of a load, as the trader declares it.

    Raises:
        GoodsLineError: a quantity, unit or value that cannot be; what is worth nothing was not valued.
    """

    untrusted_product: str
    quantity: Decimal
    unit: str
    value: Money

    def __post_init__(self) -> None:
        if not self.untrusted_product.strip() or len(self.untrusted_product) > 80:
            raise GoodsLineError(field="product")
        if not self.quantity.is_finite() or not 0 < self.quantity < _MOST:
            raise GoodsLineError(field="quantity")
        if not 1 <= len(self.unit.strip()) <= 20:
            raise GoodsLineError(field="unit")
        if self.value.is_zero:
            raise GoodsLineError(field="value")


@dataclass(frozen=True, slots=True)
class LoadAnswer:
    """What the rules say of a load. ``why``: within, no_goods, no_rule, not_listed (the list is whole), not_held
    (a product is not on the list that we hold, which is not whole: it may be one of the agreed ones), above_ceiling,
    no_rate.

    ``confirmed`` is False where the list is not confirmed or nobody vouches for a rate: say so to the traveller.
    ``total`` is in the ceiling's currency, None where a rate is missing. ``unlisted`` are places of lines, from 0.
    """

    regime: Regime
    why: str
    products: tuple[str, ...] = ()
    unlisted: tuple[int, ...] = ()
    total: Money | None = None
    ceiling: Money | None = None
    rates: tuple[Rate, ...] = ()
    confirmed: bool = True


def judge_load(rule: GoodsRule | None, lines: Sequence[GoodsLine], rates: Rates) -> LoadAnswer:
    """Return the regime of the load.

    Raises:
        GoodsLineError: more lines than a trader on foot has, a unit that the list does not have for the product, or a
            sum beyond anything real.
        SchemeFileError: the list is missing or damaged.
    """
    if not lines:
        return LoadAnswer(Regime.NONE, "no_goods")
    if len(lines) > MOST_LINES:
        raise GoodsLineError(field="goods")
    if rule is None:
        return LoadAnswer(Regime.CUSTOMS, "no_rule")
    known = common_list(rule.list_file)
    found = [known.find(line.untrusted_product) for line in lines]
    if any(one is not None and not known.counts_in(one, line.unit) for one, line in zip(found, lines, strict=True)):
        raise GoodsLineError(field="unit")
    products = tuple(dict.fromkeys(one.code for one in found if one is not None))
    unlisted = tuple(at for at, one in enumerate(found) if one is None)
    try:
        converted = [rates.convert(line.value, rule.ceiling.currency) for line in lines]
        total = Money.of(sum((one.money.amount for one in converted), Decimal(0)), rule.ceiling.currency)
    except RateMissingError:
        return LoadAnswer(Regime.CUSTOMS, "no_rate", products, unlisted, None, rule.ceiling, confirmed=False)
    except MoneyError as error:
        raise GoodsLineError(field="value") from error
    used = tuple({rate.currency: rate for one in converted for rate in one.rates}.values())
    confirmed = known.complete and all(rate.confirmed for rate in used)
    if unlisted:
        regime, why = Regime.CUSTOMS, "not_listed" if known.complete else "not_held"
    elif total.amount > rule.ceiling.amount:
        regime, why = Regime.CUSTOMS, "above_ceiling"
    else:
        regime, why = Regime.SIMPLIFIED, "within"
    return LoadAnswer(regime, why, products, unlisted, total, rule.ceiling, used, confirmed)


@cache
def common_list(file: str) -> CommonList:
    """Return the list of ``resources/passes/goods/FILE``.

    Raises:
        SchemeFileError: it is missing or damaged.
    """
    try:
        said: Mapping[str, Any] = tomllib.loads(resource("passes", "goods", file).read_text("utf-8"))
        products = tuple(Product(_choice(one), tuple(one["units"])) for one in said["product"])
        units = tuple(_choice(one) for one in said["unit"])
        if not {unit for one in products for unit in one.units} <= {one.code for one in units}:
            raise SchemeFileError(file=file)
        return CommonList(str(said["version"]), products, int(said["agreed_products"]), bool(said["complete"]), units)
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise SchemeFileError(file=file) from error


def _choice(said: Mapping[str, Any]) -> Choice:
    return Choice(str(said["code"]), Said(str(said["pt"]), str(said["en"])), tuple(said["also"]))
