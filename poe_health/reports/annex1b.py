"""The report of an assessment of core capacities (IHR Annex 1 Part B), ready to print. A planning aid, nothing more."""

from datetime import date
from decimal import Decimal

from bmis.kernel.i18n import current_language, speaking
from bmis.kernel.i18n import translate as _
from bmis.paper.assessment_page import AssessmentPage, TablePart, assessment_page
from bmis.paper.blocks import Row
from bmis.paper.page import Imprint
from bmis.paper.signing import Signature
from poe_health.capacity.assessment import Assessment, ItemAnswer
from poe_health.capacity.checklist import NOT_SEEN, checklist
from poe_health.capacity.comparison import Change, Comparison
from poe_health.capacity.scoring import BlockScore, CapacityScore, Gap
from poe_health.reports.annex1b_words import (
    answer_word,
    block_name,
    designated_word,
    evidence_word,
    lacking_word,
    poe_type_word,
)

MOST_SIGNERS = 3  # side by side; all assessors are named above


def annex1b_pdf(
    assessment: Assessment,
    scored: CapacityScore,
    imprint: Imprint,
    compared: Comparison | None = None,
    language: str = "pt",
) -> bytes:
    """Return the report as PDF in one language.

    Raises:
        PaperFontError: a bundled font is missing or damaged.
    """
    with speaking(language):
        page = AssessmentPage(
            imprint=imprint,
            title=_("Core capacities of the point of entry"),
            warning=_(
                "A planning aid of the post. A percentage says nothing of compliance with the Regulations and is not "
                "issued or confirmed by the World Health Organization. The text of the list is a draft that the "
                "Ministry of Health has not approved."
            ),
            facts=_facts(assessment, scored),
            parts=tuple(_parts(assessment, scored, compared)),
            signers=tuple(Signature(_("Assessor"), one.name) for one in assessment.assessors[:MOST_SIGNERS]),
            languages=(language,),
        )
    return assessment_page(page)


def _facts(assessment: Assessment, scored: CapacityScore) -> tuple[Row, ...]:
    header = {code: one.label(current_language()) for code, one in checklist().header.items()}
    assessors = "; ".join(
        f"{one.name} ({one.organisation})" if one.organisation else one.name for one in assessment.assessors
    )
    osbp = None if assessment.osbp is None else (_("Yes") if assessment.osbp else _("No"))
    version = checklist().version
    rows = [
        Row(header["poe"], assessment.poe),
        Row(header["poe_type"], poe_type_word(assessment.poe_type)),
        Row(header["designated"], designated_word(assessment.designated)),
        Row(header["osbp"], osbp),
        Row(header["assessed_on"], _day(assessment.assessed_on)),
        Row(header["assessors"], assessors or None),
        Row(header["tool_version"], assessment.tool_version),
        Row(_("List used for the scores"), f"{version.version} ({_day(version.valid_from)})"),
        Row(_("Whole list answered"), _("Yes") if scored.complete else _("No: see what is missing below")),
    ]
    return tuple(rows)


def _parts(assessment: Assessment, scored: CapacityScore, compared: Comparison | None) -> list[TablePart]:
    parts = [_scores(scored), _gaps(scored)]
    if compared is not None:
        parts.append(_changes(compared))
    return [*parts, _missing(scored), _indicators(scored), _answers(assessment)]


def _scores(scored: CapacityScore) -> TablePart:
    return TablePart(
        _("Scores by block"),
        (_("Block"), _("Score"), _("Points"), _("Items scored"), _("Do not apply"), _("Not seen"), _("Not answered")),
        tuple(_score_line(one) for one in scored.blocks),
        (0.31, 0.12, 0.1, 0.12, 0.11, 0.13, 0.11),
        _(
            "In place and working counts 2, partly 1, not in place 0. Items that do not apply, were not seen or were "
            "not answered are not in the denominator. The blocks are never joined into one figure."
        ),
    )


def _score_line(block: BlockScore) -> tuple[str, ...]:
    percent = _("no score") if block.percent is None else f"{_number(block.percent)} %"
    return (
        f"{block.block} · {block_name(block.block)}",
        percent,
        _("{points} of {possible}").format(points=block.points, possible=block.possible),
        _("{points} of {possible}").format(points=block.scored, possible=block.asked),
        str(len(block.not_applicable)),
        str(len(block.not_seen)),
        str(len(block.unanswered)),
    )


def _gaps(scored: CapacityScore) -> TablePart:
    note = ""
    if scored.gaps:
        note = _(
            "Estimated cost of the gaps that have an estimate: {amount} MZN; without an estimate: {count}."
        ).format(amount=_amount(scored.cost_mzn), count=scored.not_costed)
    return TablePart(
        _("Gaps, who closes them and when"),
        (_("Item"), _("What is asked"), _("Found"), _("Action"), _("Responsible"), _("Due")),
        tuple(_gap_line(one) for one in scored.gaps),
        (0.08, 0.31, 0.13, 0.22, 0.14, 0.12),
        note,
    )


def _gap_line(gap: Gap) -> tuple[str, ...]:
    said = gap.said
    due = _not_given() if said.due is None else _day(said.due)
    return (
        gap.item.code,
        f"{gap.item.label(current_language())} ({gap.item.ref})",
        answer_word(said.answer),
        said.gap_action or _not_given(),
        said.responsible or _not_given(),
        f"{due} — {_('overdue')}" if gap.overdue else due,
    )


def _changes(compared: Comparison) -> TablePart:
    lines: list[tuple[str, ...]] = [
        (
            f"{one.block} · {block_name(one.block)}",
            _("{points} of {possible}").format(points=one.before, possible=one.possible),
            _("{points} of {possible}").format(points=one.now, possible=one.possible),
            str(one.common),
        )
        for one in compared.blocks
    ]
    named = [
        (_("Better: {items}"), compared.those(Change.BETTER)),
        (_("Worse: {items}"), compared.those(Change.WORSE)),
        (_("Only in the previous list: {items}"), compared.only_before),
    ]
    lines += [(text.format(items=", ".join(items) or _("none")),) for text, items in named]
    note = _("Only the items that have a score in both assessments are compared.")
    if compared.same_version is not True:
        note += " " + _("The two assessments do not say the same version of the list.")
    before = date.fromisoformat(compared.before_on)
    return TablePart(
        _("Compared with {day}").format(day=_day(before)),
        (_("Block"), _("Before"), _("Now"), _("Common items")),
        tuple(lines),
        (0.46, 0.18, 0.18, 0.18),
        note,
    )


def _missing(scored: CapacityScore) -> TablePart:
    not_seen = [code for block in scored.blocks for code in block.not_seen]
    unanswered = [code for block in scored.blocks for code in block.unanswered]
    lines = [
        (text, ", ".join(codes))
        for text, codes in ((answer_word(NOT_SEEN), not_seen), (_("Not answered"), unanswered))
        if codes
    ]
    lines += [(code, ", ".join(lacking_word(field) for field in fields)) for code, fields in scored.lacking.items()]
    return TablePart(_("What is missing in this assessment"), (_("Item"), _("Missing")), tuple(lines), (0.18, 0.82))


def _indicators(scored: CapacityScore) -> TablePart:
    named = {one.code: one for one in checklist().indicators}
    lines = []
    for view in scored.indicators:
        answers = "; ".join(
            f"{item}: {_('Not answered') if answer is None else answer_word(answer)}"
            for item, answer in view.answers.items()
        )
        lines.append((view.code, named[view.code].label(current_language()), answers))
    return TablePart(
        _("Answers that the national indicators use"),
        ("", _("Indicator"), _("Answers")),
        tuple(lines),
        (0.06, 0.44, 0.5),
    )


def _answers(assessment: Assessment) -> TablePart:
    lines: list[tuple[str, ...]] = []
    for block in checklist().blocks:
        lines.append((f"{block.code} · {block.label(current_language())}",))
        for item in block.items:
            if assessment.poe_type in item.poe_types:
                said = assessment.items.get(item.code)
                found = _("Not answered") if said is None else answer_word(said.answer)
                lines.append((item.code, item.label(current_language()), found, _seen(said)))
    return TablePart(
        _("All answers"),
        (_("Item"), _("What is asked"), _("Found"), _("Evidence and comment")),
        tuple(lines),
        (0.08, 0.48, 0.16, 0.28),
    )


def _seen(said: ItemAnswer | None) -> str:
    if said is None:
        return ""
    evidence = ", ".join(evidence_word(code) for code in said.evidence_seen)
    return " — ".join(text for text in (evidence, said.comment) if text)


def _not_given() -> str:
    return _("not given")


def _day(day: date) -> str:
    return day.strftime("%d/%m/%Y")


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.replace(".", ",") if current_language() == "pt" else text


def _amount(value: Decimal) -> str:
    grouped = f"{value:,.2f}"
    return grouped.translate(str.maketrans(",.", ".,")) if current_language() == "pt" else grouped
