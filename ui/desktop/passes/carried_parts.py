"""What the page of files between posts needs of the rooms."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from bmis.trust.heard import CarriedLog, HeardDesk
from bmis.trust.withdrawals import ReportedSeal

WITHDRAWN, USES = "withdrawals", "uses"


@dataclass(frozen=True, slots=True)
class CarriedShown:
    """How long this desk's own logs are, how far other desks were heard, and what nobody has confirmed."""

    own: dict[str, int]  # by kind of log
    heard: tuple[tuple[str, HeardDesk], ...]  # with the kind of log
    reported: tuple[ReportedSeal, ...]


class CarriedParts(Protocol):
    """Every call runs on the store thread and may raise BmisError."""

    def shown(self) -> CarriedShown:
        """Return how far each log goes."""

    def take(self, path: Path) -> CarriedLog:
        """Take a file of another desk, whichever of the two it is."""

    def give(self, kind: str, after: int) -> CarriedLog:
        """Return the file of this desk's log from the entry after that number."""
