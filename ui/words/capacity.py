"""The words of an assessment of core capacities that desk and terminal share: scores, gaps, what changed."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.capacity.checklist import checklist
from poe_health.capacity.comparison import Change, Comparison
from poe_health.reports.annex1b_words import answer_word, block_name
from ui.words.figures import day_words, in_figures
from ui.words.health_stores import gap_state_word

if TYPE_CHECKING:
    from poe_health.capacity.kept import GapView
    from poe_health.capacity.scoring import CapacityScore, Gap


def planning_words() -> str:
    """Return that no certification is meant."""
    return _("A planning aid, not a judgement of the World Health Organization.")


def block_lines(scored: "CapacityScore") -> list[str]:
    """Return the score of each block with its denominator; the blocks are never joined into one figure."""
    lines = []
    for block in scored.blocks:
        percent = _("no score") if block.percent is None else f"{in_figures(block.percent)} %"
        words = _(
            "Block {block}: {percent} ({points} of {possible}); not answered: {unanswered}; not seen: {unseen}"
        ).format(
            block=f"{block.block} · {block_name(block.block)}",
            percent=percent,
            points=block.points,
            possible=block.possible,
            unanswered=len(block.unanswered),
            unseen=len(block.not_seen),
        )
        lines.append(words)
    return lines


def answered_words(scored: "CapacityScore") -> str:
    """Return how many of the questions that are asked here were answered."""
    asked = sum(one.asked for one in scored.blocks)
    answered = asked - sum(len(one.unanswered) for one in scored.blocks)
    return _("Answered: {answered} of {asked}.").format(answered=answered, asked=asked)


def lacking_words(scored: "CapacityScore") -> list[str]:
    """Return which answers lack evidence, a reason or a plan; no line where none does."""
    named = _("Answers that lack something: {items}").format(items=", ".join(scored.lacking))
    return [f"{named}."] if scored.lacking else []


def change_rows(compared: Comparison) -> list[tuple[str, str]]:
    """Return what changed since the assessment before, on the items that have a score in both."""
    points = ", ".join(
        _("{block} {before} → {now} of {possible}").format(
            block=one.block, before=one.before, now=one.now, possible=one.possible
        )
        for one in compared.blocks
    )
    rows = [(_("Compared with {day}").format(day=day_words(date.fromisoformat(compared.before_on))), points)]
    for words, items in (
        (_("Better"), compared.those(Change.BETTER)),
        (_("Worse"), compared.those(Change.WORSE)),
        (_("Only in the previous list"), compared.only_before),
    ):
        if items or words != _("Only in the previous list"):
            rows.append((words, ", ".join(items) or _("none")))
    if compared.same_version is not True:
        rows.append(("", _("The two assessments do not say the same version of the list.")))
    return rows


def gap_line(gap: "Gap") -> str:
    """Return a gap of an assessment: what is asked, what was found, the plan."""
    said = gap.said
    plan = (said.gap_action or _("no action"), said.responsible or _("no owner"), due_words(said.due))
    return _joined(gap.item.code, gap.item.label(current_language()), answer_word(said.answer), *plan,
                   overdue=gap.overdue)  # fmt: skip


def kept_gap_line(gap: "GapView") -> str:
    """Return a gap that is followed, as it stands."""
    plan = (gap.responsible or _("no owner"), due_words(gap.due), gap_state_word(gap.state.value))
    return _joined(gap.item, item_word(gap.item), gap.gap_action or _("no action"), *plan, overdue=gap.overdue)


def item_word(code: str) -> str:
    """Return the question of an item; its code where the checklist has it no longer."""
    items = (item for block in checklist().blocks for item in block.items)
    return next((item.label(current_language()) for item in items if item.code == code), code)


def due_words(due: date | None) -> str:
    """Return by when a gap is to be closed."""
    return _("no date") if due is None else day_words(due)


def _joined(code: str, *words: str, overdue: bool | None) -> str:
    said: Sequence[str] = (*words, _("OVERDUE")) if overdue else words
    return f"{code}  " + " · ".join(said)
