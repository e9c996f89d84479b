"""The till of a desk: what its receipts say since it was last closed, against what was counted."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from bmis.receipts.money import Currency


@dataclass(frozen=True, slots=True)
class TillSum:
    """One currency: what was taken, what was given back, what should lie there."""

    taken: Decimal = Decimal("0.00")
    given_back: Decimal = Decimal("0.00")

    @property
    def expected(self) -> Decimal:
        """Return what should lie there; below zero where more was given back than taken since the last closing."""
        return self.taken - self.given_back


@dataclass(frozen=True, slots=True)
class Till:
    """The open till. ``zero``: "taxa zero" receipts; ``since``: when the first receipt in it was given."""

    receipts: int = 0
    zero: int = 0
    exempt: int = 0
    cancelled: int = 0
    since: datetime | None = None
    sums: Mapping[Currency, TillSum] = field(default_factory=dict)

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened since it was last closed."""
        return not self.receipts and not self.cancelled


@dataclass(frozen=True, slots=True)
class ClosedTill:
    """A closed till. ``differences`` (counted less expected) hold only the currencies where there is one."""

    id: UUID
    till: Till
    counted: Mapping[Currency, Decimal]
    differences: Mapping[Currency, Decimal]
    explanation: str | None
    shift_id: UUID | None
    by: str

    def facts(self) -> dict[str, object]:
        """Return what its event says; money that no receipt explains has its line too."""
        sums = {each: TillSum() for each in Currency if each in self.differences} | dict(self.till.sums)
        return {
            "receipts": self.till.receipts,
            "zero": self.till.zero,
            "exempt": self.till.exempt,
            "cancelled": self.till.cancelled,
            "since": None if self.till.since is None else self.till.since.isoformat(),
            "sums": {
                each.value: {
                    "taken": f"{one.taken:.2f}",
                    "given_back": f"{one.given_back:.2f}",
                    "counted": f"{self.counted.get(each, Decimal(0)):.2f}",
                    "difference": f"{self.differences.get(each, Decimal(0)):.2f}",
                }
                for each, one in sums.items()
            },
            "explanation": self.explanation,
            "shift": None if self.shift_id is None else str(self.shift_id),
        }
