"""``bmis report``: the catalogue, and one report as PDF, workbook or text."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli import report_editions, report_returns
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, Call
from ui.cli.days import day_of
from ui.cli.flows_mapping import REASON, RECIPIENT

if TYPE_CHECKING:
    from bmis.reports.report import Report


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("list", help="List the reports.")(list_reports)
    group.command("make", help="Make a report over some days and write it as PDF, XLSX or CSV.")(make)
    report_returns.add_to(group)
    report_editions.add_to(group)
    group.callback()(lambda: None)
    app.add_typer(group, name="report", help="Reports: the weekly bulletin, tables, the shift, refusals.")


def list_reports(context: typer.Context) -> int:
    from ui.words.reports import catalogue

    call: Call = context.obj
    found = catalogue()
    document = [{"name": one.name, "title": one.title, "days": one.days, "service": one.service} for one in found]
    call.answer(document, [f"{one.name:18} {one.title}" for one in found])
    return DONE


def make(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="a name of `bmis report list`")],
    first: Annotated[str, typer.Option("--from", help="the first day, YYYY-MM-DD")],
    last: Annotated[str, typer.Option("--to", help="the last day, YYYY-MM-DD")],
    out: Annotated[Path, typer.Option(help="the file to write: .pdf, .xlsx or .csv")],
    reason: REASON = "",
    recipient: RECIPIENT = "",
) -> int:
    from bmis.reports.errors import ReportFormError
    from bmis.reports.export_report import ReportFile
    from bmis.reports.make_report import FORMS, staged
    from ui.compose import report_desk
    from ui.compose_health import health_day

    call: Call = context.obj
    days = day_of(first, "--from"), day_of(last, "--to")
    form = out.suffix.lower().lstrip(".")
    if form not in FORMS:
        raise ReportFormError(form=form[:10])
    from ui.health_reports import DAYS
    from ui.health_reports import make as make_of_health

    with signed_in(call) as session:
        if name in DAYS:
            hand_over = health_day(session).hand_over
            hand_over.check(form, reason, recipient)
            made = make_of_health(session, name, *days, form)
            with staged(out, made.content):
                file = ReportFile(made.name, *days, form, made.content)
                hand_over(file, session.actor, reason=reason, recipient=recipient)
            words = _("{report}: {file}").format(report=made.title, file=str(out))
            call.answer(_said(made.name, made.title, days, out, len(made.content), made.tables), [words])
            return DONE
        desk = report_desk(session)
        desk.export_report.check(name, form, reason, recipient)
        report = desk.make(name, *days, current_language(), session.actor)
        written = desk.export_report(report, form, out, session.actor, reason=reason, recipient=recipient)
    call.answer(
        _document(report, out, written.size), [_("{report}: {file}").format(report=report.title, file=str(out))]
    )
    return DONE


def _document(report: "Report", out: Path, size: int) -> dict[str, Any]:
    tables = {table.code: len(table.rows) for table in report.tables()}
    return _said(report.name, report.title, (report.first, report.last), out, size, tables)


def _said(
    name: str, title: str, days: tuple[date, date], out: Path, size: int, tables: dict[str, int]
) -> dict[str, Any]:
    return {
        "report": name,
        "title": title,
        "from": days[0].isoformat(),
        "to": days[1].isoformat(),
        "file": str(out),
        "bytes": size,
        "tables": tables,
    }
