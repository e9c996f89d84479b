"""What is kept of risk: selectors of a nationality, each with its legal basis, its end and two people."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from uuid import UUID


class RiskEventKind(StrEnum):
    """Kinds of event, as the audit chain and the outbox name them."""

    SELECTOR_SET = "risk.selector_set"
    SELECTOR_ENDED = "risk.selector_ended"


@dataclass(frozen=True, slots=True)
class RiskEvent:
    """One event, never changed."""

    id: UUID
    kind: RiskEventKind
    selector_id: UUID
    by: str
    facts: Mapping[str, object]

    def payload(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "selector_id": self.selector_id,
            "by": self.by,
            "facts": dict(self.facts),
        }


@dataclass(frozen=True, slots=True)
class Selector:
    """A nationality that may be looked at until ``expires``, itself included. ISO 3166-1 alpha-3."""

    id: UUID
    nationality: str
    legal_basis: str
    valid_from: date
    expires: date
    by: str
    approved_by: str
    ended: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether it may be used that day."""
        return self.valid_from <= day <= self.expires and (self.ended is None or day < self.ended)
