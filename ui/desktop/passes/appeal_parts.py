"""What the page of appeals needs of the rooms."""

from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from bmis.passes.appeals import AppealCase, AppealDecided, AppealForm


@dataclass(frozen=True, slots=True)
class AppealShown:
    """A decision that stands, with its person. ``decided`` and ``words``: what was written; None where erased."""

    case: AppealCase
    holder: str = field(repr=False)
    decided: str | None = field(repr=False)
    words: str | None = field(repr=False)
    own: bool = False  # decided by whoever is at work: somebody else decides on the appeal


@dataclass(frozen=True, slots=True)
class AppealOutcome:
    """How it was decided, with the notice as PDF."""

    decided: AppealDecided
    paper: bytes = field(repr=False)


class AppealParts(Protocol):
    """Every call runs on the store thread and may raise BmisError."""

    def listed(self) -> tuple[AppealCase, ...]:
        """Return the appeals that wait, then the decisions that can still be appealed."""

    def shown(self, number: str) -> AppealShown:
        """Return one; ``number`` is of the pass, the application or the notice."""

    def lodge(self, number: str, words: str, form: AppealForm, received: date) -> AppealCase:
        """Record an appeal."""

    def decide(self, number: str, upheld: bool, reason: str, second: tuple[str, str]) -> AppealOutcome:
        """Decide it; ``second`` is name and password of who signs beside, empty where nobody has to."""

    def notice(self, number: str) -> bytes:
        """Return the notice that was told last, again, as PDF."""
