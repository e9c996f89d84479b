"""``bmis health assess``: what an assessment of core capacities says; it is kept, and its gaps are followed."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from bmis.kernel.clock import local
from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli.at_stores import day_of, iso, stores_at
from ui.cli.call import DONE, NO, Call
from ui.cli.errors import ArgumentMissingError, ValueRefusedError
from ui.cli.health_steps import one_object
from ui.cli.new_file import write_new
from ui.words.figures import day_words

if TYPE_CHECKING:
    from bmis.staff.session import SignedIn
    from poe_health.capacity.assessment import Assessment
    from poe_health.capacity.comparison import Comparison
    from poe_health.capacity.kept import AssessmentView
    from poe_health.capacity.scoring import CapacityScore

ASSESS, GAP = "health-assess-in", "health-gap-in"


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its command."""
    group.command("assess", help="Score and keep an assessment of the core capacities (IHR Annex 1 Part B).")(assess)
    group.command("assessments", help="List the kept assessments with their gaps.")(assessments)
    group.command("gap", help="Enter what became of a gap: owner, date, closed or not.")(gap)


def assess(
    context: typer.Context,
    file: Annotated[str | None, typer.Argument(help="JSON: the assessment; - is stdin")] = None,
    previous: Annotated[
        str | None, typer.Option(help="JSON: an earlier assessment to compare with; without, the newest kept one")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="the PDF report to write")] = None,
    evaluate: Annotated[bool, typer.Option("--evaluate", help="only compute; nothing is stored")] = False,
    template: Annotated[
        Path | None, typer.Option(help="write a new file with every question of this post, to fill in; nothing else")
    ] = None,
) -> int:
    from bmis.kernel.actor import Permission, require
    from poe_health.capacity.assessment_json import assessment_json
    from poe_health.capacity.comparison import compare
    from poe_health.capacity.scoring import score

    call: Call = context.obj
    if template is not None and (file, previous, out, evaluate) != (None, None, None, False):
        raise ValueRefusedError(argument="--template")
    if template is None and file is None:
        raise ArgumentMissingError(argument="FILE")
    with stores_at(call) as stores:
        session = stores.session
        require(session.actor, Permission.ASSESS_CAPACITY)
        if template is not None:
            return _template(call, session, template)
        assert file is not None  # said above, before a password is asked for
        today = local(session.now()).date()
        said = one_object(file, ASSESS)
        now = _assessment(said, today)
        if previous is not None:
            before: Assessment | None = _assessment(one_object(previous, ASSESS), today, of_any_version=True)
        else:
            before = stores.assessments.before(now, session.actor)
        compared = compare(now, before) if before is not None else None
        scored = score(now, today)
        document = assessment_json(now, scored, compared)
        if out is not None:  # before anything is kept: an assessment whose paper fails would be kept twice
            write_new(out, _pdf(session, now, scored, compared))
            document["report"] = str(out)
        if not evaluate:
            try:
                document["id"] = str(stores.keep_assessment(said, session.actor).kept.id)
            except BmisError:
                if out is not None:
                    out.unlink(missing_ok=True)
                raise
        call.answer(document, _words(scored, compared))
    return DONE


def _template(call: Call, session: "SignedIn", path: Path) -> int:
    from poe_health.capacity.assessment_json import blank_assessment
    from poe_health.capacity.checklist import checklist

    today = local(session.now()).date()
    blank = blank_assessment(session.home.post_code, today, current_language())
    write_new(path, (json.dumps(blank, ensure_ascii=False, indent=1) + "\n").encode())
    document = {"file": str(path), "poe": blank["poe"], "poe_type": blank["poe_type"], "items": len(blank["items"])}
    lines = [
        _("{count} questions to answer in {file}").format(count=len(blank["items"]), file=str(path)),
        _("Put one of these in the place of each null; null is not answered, which is never a no:"),
        *(f"  {code} = {one.label(current_language())}" for code, one in checklist().answers.items()),
    ]
    call.answer(document, lines)
    return DONE


def assessments(context: typer.Context) -> int:
    """Exit 1: none is kept."""
    call: Call = context.obj
    with stores_at(call) as stores:
        found = stores.assessments(stores.session.actor)
        rows = [view_json(one) for one in found]
        call.answer({"assessments": rows}, (line for one in found for line in _view_lines(one)))
    return DONE if found else NO


def gap(context: typer.Context, file: Annotated[str, typer.Argument(help="JSON: one object; - is stdin")]) -> int:
    from poe_health.capacity.keep_assessment import GapRequest
    from poe_health.capacity.kept import GapState

    call: Call = context.obj
    with stores_at(call) as stores:
        said = one_object(file, GAP)
        request = GapRequest(
            assessment_id=UUID(said["assessment"]),
            item=said["item"],
            state=GapState(said["state"]),
            responsible=said.get("responsible"),
            due=day_of(said, "due", GAP),
            note=said.get("note"),
        )
        kept = stores.keep_assessment.step(request, stores.session.actor)
        call.answer({"assessments": [view_json(kept)]}, _view_lines(kept))
    return DONE


def view_json(one: "AssessmentView") -> dict[str, Any]:
    """Return a kept assessment with its gaps as JSON."""
    kept = one.kept
    return {
        "id": str(kept.id),
        "poe": kept.poe,
        "poe_type": kept.poe_type,
        "assessed_on": kept.assessed_on.isoformat(),
        "checklist": kept.checklist,
        "complete": kept.complete,
        "by": kept.by,
        "blocks": [{"block": each.block, "points": each.points, "possible": each.possible} for each in kept.blocks],
        "open_gaps": one.open_gaps,
        "gaps": [
            {
                "item": each.item,
                "answer": each.answer,
                "state": each.state.value,
                "gap_action": each.gap_action,
                "responsible": each.responsible,
                "due": iso(each.due),
                "overdue": each.overdue,
                "note": each.note,
            }
            for each in one.gaps
        ],
    }


def _view_lines(one: "AssessmentView") -> Iterable[str]:
    from poe_health.reports.annex1b_words import block_name
    from ui.words.capacity import kept_gap_line

    scores = ", ".join(f"{block_name(each.block)} {each.points}/{each.possible}" for each in one.kept.blocks)
    yield f"{one.kept.id} · {one.kept.poe} · {day_words(one.kept.assessed_on)} · {scores}"
    for each in one.gaps:
        yield f"  {kept_gap_line(each)}"


def _assessment(said: Mapping[str, Any], today: date, *, of_any_version: bool = False) -> "Assessment":
    from poe_health.capacity.assessment_json import assessment_from

    found = assessment_from(said, of_any_version=of_any_version)
    found.refuse_later_than(today)
    return found


def _pdf(session: "SignedIn", now: "Assessment", scored: "CapacityScore", compared: "Comparison | None") -> bytes:
    from bmis.paper.page import HEALTH_SERVICE, Imprint
    from poe_health.reports.annex1b import annex1b_pdf

    imprint = Imprint(
        post=now.poe,
        printed_at=local(session.now()),
        printed_by=session.actor.name,
        training=session.home.training,
        service=HEALTH_SERVICE,
    )
    return annex1b_pdf(now, scored, imprint, compared, current_language())


def _words(scored: "CapacityScore", compared: "Comparison | None") -> Iterable[str]:
    from ui.words.capacity import answered_words, block_lines, change_rows, gap_line, lacking_words, planning_words

    yield from block_lines(scored)
    yield answered_words(scored)
    yield from lacking_words(scored)
    yield _("Gaps: {count}").format(count=len(scored.gaps))
    for each in scored.gaps:
        yield f"  {gap_line(each)}"
    for label, words in [] if compared is None else change_rows(compared):
        yield f"{label}: {words}" if label else words
    yield planning_words()
