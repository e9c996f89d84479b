"""That numbers were handed over: which product, of which days, for whom."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any
from uuid import UUID

RELEASED = "flows.released"


class Product(StrEnum):
    """What numbers are handed over as."""

    PACKAGE = "package"
    MAP = "map"
    MATRIX = "matrix"
    BULLETIN = "bulletin"
    OTHER_HOME = "other_home"  # told by another home, taken in from its file


@dataclass(frozen=True, slots=True)
class Release:
    """One release, never changed. Local days, both included; ``level``: what its rows are of."""

    id: UUID
    first: date
    last: date
    level: str
    by: str
    facts: Mapping[str, Any]

    @property
    def audience(self) -> str:
        """For whom."""
        return str(self.facts["audience"])

    def payload(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "id": self.id,
            "kind": RELEASED,
            "first": self.first,
            "last": self.last,
            "level": self.level,
            "by": self.by,
            "facts": dict(self.facts),
        }
