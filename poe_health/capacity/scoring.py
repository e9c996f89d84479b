"""Scores by block with their denominators, and the gaps with who closes them and when. No single figure is made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from poe_health.capacity.assessment import Assessment, ItemAnswer
from poe_health.capacity.checklist import GAPS, NOT_APPLICABLE, NOT_SEEN, Item, checklist

HIGHEST = 2  # the value of "in place and working"


@dataclass(frozen=True, slots=True)
class BlockScore:
    """One block. ``points`` of ``possible``; ``asked`` items apply to the type of post.

    asked = scored + not_applicable + not_seen + unanswered. An unanswered item, and one said not to apply without a
    reason, is never a no and never in the denominator: it is counted beside the score.
    """

    block: str
    points: int
    scored: int
    asked: int
    not_applicable: tuple[str, ...]
    not_seen: tuple[str, ...]
    unanswered: tuple[str, ...]

    @property
    def possible(self) -> int:
        """Return the denominator."""
        return HIGHEST * self.scored

    @property
    def percent(self) -> Decimal | None:
        """Return the percentage to one decimal place; None when nothing was answered."""
        if not self.possible:
            return None
        return (Decimal(100 * self.points) / self.possible).quantize(Decimal("0.1"), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Gap:
    """An item that is not fully in place. ``lacking``: what the plan still needs; ``overdue`` None: no date."""

    item: Item
    said: ItemAnswer
    lacking: tuple[str, ...]
    overdue: bool | None


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """The answers that a national indicator uses; None: not answered. It is not scored."""

    code: str
    answers: Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class CapacityScore:
    """What an assessment says. ``lacking``: fields that an answer asks for, by item; ``complete``: none, all answered.

    ``cost_mzn`` sums the gaps that have an estimate, ``not_costed`` counts those that have none.
    """

    blocks: tuple[BlockScore, ...]
    gaps: tuple[Gap, ...]
    indicators: tuple[IndicatorView, ...]
    lacking: Mapping[str, tuple[str, ...]]
    complete: bool
    cost_mzn: Decimal
    not_costed: int


def score(assessment: Assessment, today: date) -> CapacityScore:
    """Return the scores and gaps as they stand on ``today``.

    Raises:
        AssessedLaterError: the assessment is of a day to come.
    """
    assessment.refuse_later_than(today)
    known = checklist()
    asked = known.items_of(assessment.poe_type)
    blocks = tuple(
        _block(block.code, [item for item in asked if item.block == block.code], assessment.items)
        for block in known.blocks
    )
    gaps = tuple(_gap(item, assessment.items[item.code], today) for item in asked if _is_gap(item, assessment))
    lacking = {
        item.code: missing
        for item in asked
        if item.code in assessment.items and (missing := assessment.items[item.code].lacking())
    }
    costs = [gap.said.cost_estimate_mzn for gap in gaps]
    return CapacityScore(
        blocks=blocks,
        gaps=gaps,
        indicators=tuple(
            IndicatorView(one.code, {code: _answer(assessment, code) for code in one.items}) for one in known.indicators
        ),
        lacking=lacking,
        complete=not lacking and not any(block.unanswered or block.not_seen for block in blocks),
        cost_mzn=sum((cost for cost in costs if cost is not None), Decimal(0)),
        not_costed=costs.count(None),
    )


def _block(code: str, asked: Sequence[Item], items: Mapping[str, ItemAnswer]) -> BlockScore:
    answers = checklist().answers
    points = scored = 0
    set_apart: dict[str, list[str]] = {NOT_APPLICABLE: [], NOT_SEEN: [], "": []}
    for item in asked:
        said = items.get(item.code)
        if said is None or (said.answer == NOT_APPLICABLE and not said.comment):
            set_apart[""].append(item.code)
        elif (value := answers[said.answer].value) is None:
            set_apart[said.answer].append(item.code)
        else:
            points += value
            scored += 1
    return BlockScore(
        code,
        points,
        scored,
        len(asked),
        tuple(set_apart[NOT_APPLICABLE]),
        tuple(set_apart[NOT_SEEN]),
        tuple(set_apart[""]),
    )


def _is_gap(item: Item, assessment: Assessment) -> bool:
    said = assessment.items.get(item.code)
    return said is not None and said.answer in GAPS


def _gap(item: Item, said: ItemAnswer, today: date) -> Gap:
    lacking = tuple(name for name in said.lacking() if name != "evidence_seen")
    return Gap(item, said, lacking, None if said.due is None else said.due < today)


def _answer(assessment: Assessment, code: str) -> str | None:
    said = assessment.items.get(code)
    return said.answer if said else None
