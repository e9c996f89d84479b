"""``bmis health assess``: what an assessment of core capacities says. It computes; nothing is stored."""

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, Call
from ui.cli.errors import OutputRefusedError
from ui.cli.untrusted import load_object, requests_in

if TYPE_CHECKING:
    from bmis.staff.session import SignedIn
    from poe_health.capacity.assessment import Assessment
    from poe_health.capacity.comparison import Comparison
    from poe_health.capacity.scoring import CapacityScore

ASSESS = "health-assess-in"


def add_to(group: typer.Typer) -> None:
    """Give the group of port health its command."""
    group.command("assess", help="Score an assessment of the core capacities (IHR Annex 1 Part B).")(assess)


def assess(
    context: typer.Context,
    file: Annotated[str, typer.Argument(help="JSON: the assessment; - is stdin")],
    previous: Annotated[str | None, typer.Option(help="JSON: an earlier assessment to compare with")] = None,
    out: Annotated[Path | None, typer.Option(help="the PDF report to write")] = None,
) -> int:
    from bmis.kernel.actor import Permission, require
    from poe_health.capacity.assessment_json import assessment_json
    from poe_health.capacity.comparison import compare
    from poe_health.capacity.scoring import score

    call: Call = context.obj
    with signed_in(call) as session:
        require(session.actor, Permission.ASSESS_CAPACITY)
        today = local(session.now()).date()
        now = _read(file, today)
        compared = compare(now, _read(previous, today, of_any_version=True)) if previous is not None else None
        scored = score(now, today)
        document = assessment_json(now, scored, compared)
        if out is not None:
            _write(out, _pdf(session, now, scored, compared))
            document["report"] = str(out)
        call.answer(document, _words(document))
    return DONE


def _read(name: str, today: date, *, of_any_version: bool = False) -> "Assessment":
    from poe_health.capacity.assessment_json import assessment_from

    said = load_object(next(iter(requests_in(name, ASSESS))), ASSESS)
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


def _write(path: Path, content: bytes) -> None:
    try:
        with path.open("xb") as file:
            file.write(content)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise OutputRefusedError from error


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
    text = f"{value:.1f}"
    return text.replace(".", ",") if current_language() == "pt" else text
