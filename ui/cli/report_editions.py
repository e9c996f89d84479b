"""``bmis report publish``, ``revise``, ``editions``, ``edition``: bulletins that are frozen."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, Call
from ui.cli.days import day_of
from ui.cli.report_returns import FIRST, LAST

if TYPE_CHECKING:
    from bmis.kernel.actor import Actor
    from bmis.reports.bulletin.edition import ChangedCell, Edition
    from bmis.reports.report import Report
    from bmis.staff.approval import Approval
    from ui.report_desk import ReportDesk

NAME = Annotated[str, typer.Argument(help="weekly-bulletin")]
OUT = Annotated[Path, typer.Option(help="the file to write: .pdf, .xlsx or .csv")]


def add_to(group: typer.Typer) -> None:
    """Give the group of reports its commands of editions."""
    group.command("publish", help="Publish a bulletin: numbers frozen, signed by a second person.")(publish)
    group.command("revise", help="Publish a revision that lists every changed cell.")(revise)
    group.command("editions", help="List what was published.")(editions)
    group.command("edition", help="Write a published edition again, as it was.")(edition)


def publish(context: typer.Context, name: NAME, first: FIRST, last: LAST, out: OUT) -> int:
    from ui.compose import report_desk

    call: Call = context.obj
    days, stage = (day_of(first, "--from"), day_of(last, "--to")), _stage(out)
    with signed_in(call) as session:
        desk = report_desk(session)
        sign = _sign(call, desk, session.actor)
        kept = desk.publish(name, *days, current_language(), session.actor, sign, stage)
    told = _("Edition {edition} is published and frozen: {file}")
    call.answer(_document(kept, out, []), [told.format(edition=kept.text, file=str(out))])
    return DONE


def revise(context: typer.Context, name: NAME, first: FIRST, last: LAST, out: OUT) -> int:
    from ui.compose import report_desk

    call: Call = context.obj
    days, stage = (day_of(first, "--from"), day_of(last, "--to")), _stage(out)
    with signed_in(call) as session:
        desk = report_desk(session)
        sign = _sign(call, desk, session.actor)
        kept, changes = desk.publish.revise(name, *days, session.actor, sign, stage)
    told = _("Revision {edition} is published; {count} cells changed: {file}")
    words = [told.format(edition=kept.text, count=len(changes), file=str(out))]
    call.answer(_document(kept, out, changes), words)
    return DONE


def editions(context: typer.Context, name: NAME) -> int:
    from ui.compose import report_desk

    call: Call = context.obj
    with signed_in(call) as session:
        found = report_desk(session).editions(name, session.actor)
    words = [
        f"{one.text:12} {one.report.first:%d/%m/%Y} – {one.report.last:%d/%m/%Y}  {one.signer}  {one.values[:16]}"
        for one in found
    ]
    call.answer([_listed(one) for one in found], words or [_("Nothing was published.")])
    return DONE


def edition(
    context: typer.Context,
    name: NAME,
    number: Annotated[str, typer.Argument(help="as 12/2026, or 12/2026-R1")],
    out: OUT,
) -> int:
    from ui.compose import report_desk

    call: Call = context.obj
    stage = _stage(out)
    with signed_in(call) as session:
        found = report_desk(session).editions.one(name, number, session.actor)
    with stage(found.report):
        pass
    call.answer(_document(found, out, []), [_("Edition {edition}: {file}").format(edition=found.text, file=str(out))])
    return DONE


def _sign(call: Call, desk: "ReportDesk", by: "Actor") -> "Callable[[UUID], Approval]":
    from bmis.reports.bulletin.publish import PUBLISH

    second = call.second_required()

    def sign(subject: UUID) -> "Approval":
        return desk.second.immediate(PUBLISH, subject, second.user, second.password, by)

    return sign


def _stage(out: Path) -> "Callable[[Report], Any]":
    """Return what writes the paper. Raises ReportFormError: not to a file of that ending."""
    from bmis.reports.errors import ReportFormError
    from bmis.reports.make_report import FORMS, rendered, staged

    form = out.suffix.lower().lstrip(".")
    if form not in FORMS:
        raise ReportFormError(form=form[:10])

    @contextmanager
    def stage(report: "Report") -> Iterator[None]:
        with staged(out, rendered(report, form)):
            yield

    return stage


def _listed(one: "Edition") -> dict[str, Any]:
    return {
        "edition": one.text,
        "number": one.number,
        "year": one.year,
        "revision": one.revision,
        "from": one.report.first.isoformat(),
        "to": one.report.last.isoformat(),
        "cut_off": one.cut_off.isoformat(),
        "published_at": one.published_at.isoformat(),
        "by": one.by,
        "signer": one.signer,
        "values_sha256": one.values,
    }


def _document(one: "Edition", out: Path, changes: "list[ChangedCell]") -> dict[str, Any]:
    return _listed(one) | {
        "file": str(out),
        "changes": [
            {
                "table": each.table,
                "row": each.row,
                "column": each.column,
                "old": None if each.old is None else str(each.old),
                "new": None if each.new is None else str(each.new),
            }
            for each in changes
        ],
    }
