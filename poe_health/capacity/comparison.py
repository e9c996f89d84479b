"""Two assessments of one post beside each other: on the items that both answered, and on nothing else."""

from dataclasses import dataclass
from enum import StrEnum

from poe_health.capacity.assessment import Assessment
from poe_health.capacity.checklist import checklist
from poe_health.capacity.errors import PreviousAssessmentError


class Change(StrEnum):
    """What became of an item since the previous assessment."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NOT_COMPARABLE = "not_comparable"  # one of the two has no value: not answered, not seen, does not apply


@dataclass(frozen=True, slots=True)
class ItemChange:
    """An item, both answers (None: not answered), and what became of it."""

    item: str
    before: str | None
    now: str | None
    change: Change


@dataclass(frozen=True, slots=True)
class BlockChange:
    """Points of both assessments on the ``common`` items only, so that they share one denominator."""

    block: str
    common: int
    before: int
    now: int

    @property
    def possible(self) -> int:
        """Return the denominator of both."""
        return 2 * self.common


@dataclass(frozen=True, slots=True)
class Comparison:
    """``same_version`` None: one of the two does not say its version. ``only_before``: items the list no longer has."""

    before_on: str
    same_version: bool | None
    blocks: tuple[BlockChange, ...]
    items: tuple[ItemChange, ...]
    only_before: tuple[str, ...]

    def those(self, change: Change) -> tuple[str, ...]:
        """Return the codes of the items that changed so."""
        return tuple(one.item for one in self.items if one.change is change)


def compare(now: Assessment, before: Assessment) -> Comparison:
    """Return what changed.

    Raises:
        PreviousAssessmentError: the other one is of another post or type of post, or not earlier.
    """
    if (now.poe, now.poe_type) != (before.poe, before.poe_type):
        raise PreviousAssessmentError(why="other_post")
    if before.assessed_on >= now.assessed_on:
        raise PreviousAssessmentError(why="not_earlier")
    versions = {now.tool_version, before.tool_version}
    changes = tuple(_change(item.code, now, before) for item in checklist().items_of(now.poe_type))
    return Comparison(
        before_on=before.assessed_on.isoformat(),
        same_version=None if None in versions else len(versions) == 1,
        blocks=tuple(_block(block.code, changes) for block in checklist().blocks),
        items=changes,
        only_before=before.foreign,
    )


def _change(code: str, now: Assessment, before: Assessment) -> ItemChange:
    answers = [one.items[code].answer if code in one.items else None for one in (before, now)]
    values = [_value(answer) for answer in answers]
    old, new = values
    if old is None or new is None:
        change = Change.NOT_COMPARABLE
    elif new == old:
        change = Change.SAME
    else:
        change = Change.BETTER if new > old else Change.WORSE
    return ItemChange(code, answers[0], answers[1], change)


def _block(block: str, changes: tuple[ItemChange, ...]) -> BlockChange:
    within = {item.code for one in checklist().blocks if one.code == block for item in one.items}
    common = [one for one in changes if one.item in within and one.change is not Change.NOT_COMPARABLE]
    return BlockChange(
        block,
        len(common),
        sum(_value(one.before) or 0 for one in common),
        sum(_value(one.now) or 0 for one in common),
    )


def _value(answer: str | None) -> int | None:
    return checklist().answers[answer].value if answer is not None else None
