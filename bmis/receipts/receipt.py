"""A receipt: for every charge, also where nothing is to be paid, and what happened to it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from uuid import UUID

from bmis.kernel.identifiers import made_at
from bmis.kernel.paper_number import checked, place_and_desk, typed_number
from bmis.receipts.errors import ExemptionError, ReceiptUnknownError
from bmis.receipts.money import Currency, Money
from bmis.receipts.rates import Rate
from bmis.store.home import Home

PREFIX = "RC"
CANCEL = "receipt.cancel"
"""The action that a second person signs to cancel a receipt; the subject is the receipt."""

LONGEST_REASON = 300
_EXEMPTION = re.compile(r"[A-Z][A-Z0-9_]{1,39}")


class MoneyKind(StrEnum):
    """Kinds of event, as the audit chain and the outbox name them."""

    ISSUED = "receipt.issued"
    CANCELLED = "receipt.cancelled"
    COPIED = "receipt.copied"
    TILL_CLOSED = "till.closed"
    RATE_ENTERED = "rate.entered"


class ReceiptState(StrEnum):
    """Where a receipt stands."""

    STANDING = "standing"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Exemption:
    """Why nothing is taken of what the tariff says: a code of the tariff's list, and words.

    Raises:
        ExemptionError: no code, no words, or too many.
    """

    code: str
    reason: str

    def __post_init__(self) -> None:
        if not _EXEMPTION.fullmatch(self.code) or not 3 <= len(self.reason.strip()) <= LONGEST_REASON:
            raise ExemptionError


@dataclass(frozen=True, slots=True)
class Charge:
    """What is charged: a code (``pass.MZ-MW``), what the tariff says, its legal reference, and for what.

    ``subject`` is the identifier of an application, a crossing, a vaccination: never a name.
    """

    code: str
    tariff: Money
    subject: UUID
    legal_reference: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """One receipt. ``paid`` is what was taken, in the currency that was given; zero is "taxa zero" or an exemption."""

    id: UUID
    number: str
    serial: int
    charge: Charge
    paid: Money
    by: str
    rates: tuple[Rate, ...] = ()
    exemption: Exemption | None = None
    state: ReceiptState = ReceiptState.STANDING
    copies: int = 0

    @property
    def issued_at(self) -> datetime:
        """When it was given, UTC."""
        return made_at(self.id)

    def facts(self) -> dict[str, object]:
        """Return what its first event says."""
        return {
            "number": self.number,
            "serial": self.serial,
            "charge": self.charge.code,
            "for": str(self.charge.subject),
            "tariff": str(self.charge.tariff),
            "legal_reference": self.charge.legal_reference,
            "paid": str(self.paid),
            "rates": [rate_facts(rate) for rate in self.rates],
            "exemption": None
            if self.exemption is None
            else {"code": self.exemption.code, "reason": self.exemption.reason},
        }


@dataclass(frozen=True, slots=True)
class MoneyEvent:
    """One event, never changed. ``subject`` is a receipt's number, a till's identifier, or a currency."""

    id: UUID
    kind: MoneyKind
    by: str
    subject: str
    facts: Mapping[str, object] = field(default_factory=dict)

    def payload(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "by": self.by,
            "subject": self.subject,
            "facts": dict(self.facts),
        }


def rate_facts(rate: Rate) -> dict[str, object]:
    """Return a rate as plain values."""
    return {
        "currency": rate.currency.value,
        "metical": str(rate.metical),
        "on": rate.on.isoformat(),
        "source": rate.source,
        "confirmed": rate.confirmed,
    }


def rate_of(facts: Mapping[str, object]) -> Rate:
    """Return the rate that ``facts`` came from."""
    return Rate(
        Currency(str(facts["currency"])),
        Decimal(str(facts["metical"])),
        date.fromisoformat(str(facts["on"])),
        str(facts["source"]),
        bool(facts["confirmed"]),
    )


def receipt_number(home: Home, serial: int) -> str:
    """Return the number of a receipt, such as ``RC-RSG2-3F9A-000042-K``: each desk numbers its own, offline."""
    return checked(f"{PREFIX}-{place_and_desk(home.post_code, home.lane, home.desk_id)}-{serial:06}")


def parse_receipt_number(untrusted_text: str) -> str:
    """Return the number as it is printed.

    Raises:
        ReceiptUnknownError: it was misread, or is no receipt's.
    """
    found = typed_number(untrusted_text)
    if found is None or not found.startswith(f"{PREFIX}-"):
        raise ReceiptUnknownError
    return found
