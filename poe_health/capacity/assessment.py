"""One assessment of a post's core capacities: what was seen, by whom, and what is to be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from poe_health.capacity.checklist import FULL, GAPS, NOT_APPLICABLE, PART, checklist
from poe_health.capacity.errors import AssessedLaterError, CapacityAnswerError, ChecklistItemError


@dataclass(frozen=True, slots=True)
class Assessor:
    """Who looked."""

    name: str
    organisation: str | None = None


@dataclass(frozen=True, slots=True)
class ItemAnswer:
    """What was found of one item. ``answer`` as in the checklist; costs in MZN; an empty text is None."""

    answer: str
    evidence_seen: tuple[str, ...] = ()
    comment: str | None = None
    gap_action: str | None = None
    responsible: str | None = None
    due: date | None = None
    cost_estimate_mzn: Decimal | None = None

    def lacking(self) -> tuple[str, ...]:
        """Return the fields that this answer asks for and does not have."""
        need = {
            "evidence_seen": self.answer in {FULL, PART} and not self.evidence_seen,
            "comment": self.answer == NOT_APPLICABLE and not self.comment,
            "gap_action": self.answer in GAPS and not self.gap_action,
            "responsible": self.answer in GAPS and not self.responsible,
            "due": self.answer in GAPS and self.due is None,
        }
        return tuple(name for name, lacks in need.items() if lacks)


@dataclass(frozen=True, slots=True)
class Assessment:
    """The header and the answers by item code; an item that is not here was not answered.

    ``foreign`` are the codes of another version of the checklist: kept by name, never scored.
    ``tool_version`` None: the version was not written down.
    """

    poe: str
    poe_type: str
    assessed_on: date
    items: Mapping[str, ItemAnswer]
    designated: str | None = None
    osbp: bool | None = None
    assessors: tuple[Assessor, ...] = ()
    previous_assessment: str | None = None
    tool_version: str | None = None
    foreign: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse codes of no list, and items that are not asked at such a post.

        Raises:
            ChecklistItemError, CapacityAnswerError.
        """
        known = checklist()
        if self.poe_type not in known.poe_types:
            raise CapacityAnswerError("*", "poe_type")
        if self.designated is not None and self.designated not in known.designated:
            raise CapacityAnswerError("*", "designated")
        asked = {item.code for item in known.items_of(self.poe_type)}
        for code, said in self.items.items():
            if code not in asked:
                raise ChecklistItemError(code)
            if said.answer not in known.answers:
                raise CapacityAnswerError(code, "answer")
            if not set(said.evidence_seen) <= set(known.evidence):
                raise CapacityAnswerError(code, "evidence_seen")
            cost = said.cost_estimate_mzn
            if cost is not None and not (cost.is_finite() and cost >= 0):
                raise CapacityAnswerError(code, "cost_estimate_mzn")

    def refuse_later_than(self, today: date) -> None:
        """Return only if the assessment was not made after ``today``.

        Raises:
            AssessedLaterError: it was.
        """
        if self.assessed_on > today:
            raise AssessedLaterError
