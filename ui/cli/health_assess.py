"""``bmis health assess``: what an assessment of core capacities says; it is kept, and its gaps are followed."""

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
from ui.cli.health_steps import one_object
from ui.cli.new_file import write_new
from ui.words.figures import in_figures

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
    file: Annotated[str, typer.Argument(help="JSON: the assessment; - is stdin")],
    previous: Annotated[
        str | None, typer.Option(help="JSON: an earlier assessment to compare with; without, the newest kept one")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="the PDF report to write")] = None,
    evaluate: Annotated[bool, typer.Option("--evaluate", help="only compute; nothing is stored")] = False,
) -> int:
    from bmis.kernel.actor import Permission, require
    from poe_health.capacity.assessment_json import assessment_json
    from poe_health.capacity.comparison import compare
    from poe_health.capacity.scoring import score

    call: Call = context.obj
    with stores_at(call) as stores:
        session = stores.session
        require(session.actor, Permission.ASSESS_CAPACITY)
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
        call.answer(document, _words(document))
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
    from ui.words.health_stores import gap_state_word

    scores = ", ".join(f"{each.block} {each.points}/{each.possible}" for each in one.kept.blocks)
    yield f"{one.kept.id} · {one.kept.poe} · {one.kept.assessed_on:%d/%m/%Y} · {scores}"
    for each in one.gaps:
        parts = [each.item, gap_state_word(each.state.value), each.responsible or "?", str(each.due or "?")]
        yield "  " + " · ".join([*parts, *([_("OVERDUE")] if each.overdue else [])])


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


def _words(document: Mapping[str, Any]) -> Iterable[str]:
    for block in document["blocks"]:
        percent = _("no score") if block["percent"] is None else f"{_number(block['percent'])} %"
        yield _(
            "Block {block}: {percent} ({points} of {possible}); not answered: {unanswered}; not seen: {unseen}"
        ).format(
            block=block["block"],
            percent=percent,
            points=block["points"],
            possible=block["possible"],
            unanswered=len(block["unanswered"]),
            unseen=len(block["not_seen"]),
        )
    yield _("Gaps: {count}").format(count=len(document["gaps"]))
    for gap in document["gaps"]:
        yield f"{gap['item']} — {gap['gap_action'] or '?'} — {gap['responsible'] or '?'} — {gap['due'] or '?'}"
    if document["lacking"]:
        yield _("Answers that lack something: {items}").format(items=", ".join(document["lacking"]))
    compared = document["comparison"]
    if compared is not None:
        yield _("Better: {items}").format(items=", ".join(compared["better"]) or _("none"))
        yield _("Worse: {items}").format(items=", ".join(compared["worse"]) or _("none"))
    yield _("A planning aid, not a judgement of the World Health Organization.")


def _number(value: float) -> str:
    return in_figures(value, 1)
