"""What is half done at the truck, as its draft keeps it: who stands there, vehicle, load, what was typed. No Qt.

The health token is not among it: that lives in memory alone, and is shown again after a power cut.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from bmis.crossings.decision import Direction
from bmis.passes.goods import GoodsLine
from bmis.receipts.money import Currency, Money
from ui.desktop.truck.parts import Given, Told


class Phase(StrEnum):
    """What the screen is doing."""

    IDLE = "idle"
    READING = "reading"
    SHOWN = "shown"
    SAVING = "saving"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class Work:
    """``request_id``: the crossing that it will be. ``repr`` tells nobody."""

    request_id: UUID
    way: Direction | None = None
    given: Given | None = field(default=None, repr=False)
    plate: str = ""
    with_plate: int = 0
    goods: tuple[GoodsLine, ...] = ()
    typed: str = field(default="", repr=False)

    @property
    def is_empty(self) -> bool:
        """Return whether nothing of it is worth keeping."""
        return self.given is None and not self.plate and not self.typed


def content_of(work: Work) -> dict[str, object]:
    """Return the work as plain values, for a draft."""
    given = work.given
    return {
        "direction": work.way.value if work.way is not None else "",
        "given": [] if given is None else [given.told.value, list(given.untrusted), list(given.beside)],
        "plate": work.plate,
        "with_plate": work.with_plate,
        "goods": [
            [one.untrusted_product, str(one.quantity), one.unit, str(one.value.amount), one.value.currency.value]
            for one in work.goods
        ],
        "typed": work.typed,
    }


def work_of(request_id: UUID, content: Mapping[str, object]) -> Work:
    """Return what a draft kept.

    Raises:
        ValueError, TypeError, BmisError: another version of the program kept it, or it is damaged.
    """
    way, given, goods = content.get("direction"), content.get("given") or [], content.get("goods") or []
    if not isinstance(given, list) or not isinstance(goods, list):
        raise TypeError("no work of a truck")
    shown = None
    if given:
        told, untrusted, beside = given
        shown = Given(Told(told), tuple(map(str, untrusted)), tuple(map(str, beside)))
    return Work(
        request_id,
        Direction(str(way)) if way else None,
        shown,
        str(content.get("plate") or ""),
        int(str(content.get("with_plate") or 0)),
        tuple(
            GoodsLine(str(product), Decimal(quantity), str(unit), Money(Decimal(amount), Currency(currency)))
            for product, quantity, unit, amount, currency in goods
        ),
        str(content.get("typed") or ""),
    )
