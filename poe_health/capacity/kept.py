"""An assessment as it is kept, and what becomes of its gaps: owners, dates, closed or not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from poe_health.capacity.assessment import Assessment
from poe_health.keeping.event import KeptEvent


class GapState(StrEnum):
    """Where a gap stands."""

    OPEN = "OPEN"
    DONE = "DONE"
    DROPPED = "DROPPED"  # decided against, with a reason


@dataclass(frozen=True, slots=True)
class BlockPoints:
    """The score of one block, with its denominator."""

    block: str
    points: int
    possible: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AssessmentKept(KeptEvent):
    """An assessment: codes, points and days. Who looked and what they wrote lies apart.

    ``content``: SHA-256 of the whole document, so that the same one is kept once.
    """

    content: str
    poe: str
    poe_type: str
    assessed_on: date
    answers: Mapping[str, str]
    blocks: tuple[BlockPoints, ...]
    checklist: str
    complete: bool
    tool_version: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class GapStepped(KeptEvent):
    """What became of one gap. ``due`` None: as it was."""

    item: str
    state: GapState
    due: date | None = None


@dataclass(frozen=True, slots=True)
class GapView:
    """A gap as it stands. ``responsible`` and ``due`` None: nobody said; ``overdue`` None: no date."""

    item: str
    answer: str
    state: GapState
    gap_action: str | None
    responsible: str | None
    due: date | None
    overdue: bool | None
    note: str | None


@dataclass(frozen=True, slots=True)
class AssessmentView:
    """A kept assessment with its document and its gaps."""

    kept: AssessmentKept
    assessment: Assessment
    gaps: tuple[GapView, ...]

    @property
    def open_gaps(self) -> int:
        """Return how many gaps are open."""
        return sum(one.state is GapState.OPEN for one in self.gaps)


Document = Mapping[str, Any]
"""An assessment as resources/schemas/health-assess-in.json has it."""
