"""``bmis flows``: the flow-monitoring package, and a check of what was counted."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli import flows_mapping, flows_observe, flows_posts, flows_releases, flows_survey
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, Call
from ui.cli.days import day_of
from ui.cli.errors import CalledOffError, ValueRefusedError
from ui.cli.flows_mapping import (
    AFFECTED,
    AUDIENCE,
    REASON,
    RECIPIENT,
    affected_json,
    audience_of,
    put_in_place,
    read_affected,
)
from ui.cli.long_work import long_work

if TYPE_CHECKING:
    from bmis.flows.export_flows import FlowsWritten


def add_to(app: typer.Typer) -> None:
    """Give the application its group."""
    group = typer.Typer(rich_markup_mode=None)
    group.command("export", help="Write the flow-monitoring package; the reason and the recipient are kept.")(export)
    group.command("map", help="Draw where people come from and go to, as a PDF.")(draw_map)
    group.command("check", help="Count the crossings of some days again and compare with the cells kept.")(check)
    flows_observe.add_to(group)
    flows_mapping.add_to(group)
    flows_posts.add_to(group)
    flows_survey.add_to(group)
    flows_releases.add_to(group)
    group.callback()(lambda: None)
    app.add_typer(group, name="flows", help="Flow monitoring: counts of crossings as DTM tells them.")


def export(
    context: typer.Context,
    first: Annotated[str, typer.Option("--from", help="the first day, YYYY-MM-DD")],
    last: Annotated[str, typer.Option("--to", help="the last day, YYYY-MM-DD")],
    out: Annotated[Path, typer.Option(help="the folder to make")],
    formats: Annotated[str, typer.Option("--format", help="csv, xlsx, hxl, geojson, gpkg, parquet, by commas")] = "csv",
    audience: Annotated[str, typer.Option(help="government or public: how small a number may be shown")] = "government",
    level: Annotated[str, typer.Option(help="adm1 (province) or post")] = "adm1",
    reason: REASON = "",
    recipient: RECIPIENT = "",
) -> int:
    from bmis.flows.export_flows import FlowRequest, formats_of
    from bmis.flows.package.resource import Audience, Level
    from ui.compose import report_desk

    call: Call = context.obj
    if audience not in set(Audience):
        raise ValueRefusedError(argument="--audience")
    if level not in set(Level):
        raise ValueRefusedError(argument="--level")
    request = FlowRequest(
        first=day_of(first, "--from"),
        last=day_of(last, "--to"),
        formats=formats_of(formats),
        reason=reason,
        recipient=recipient,
        audience=Audience(audience),
        level=Level(level),
        language=current_language(),
    )
    with signed_in(call) as session, long_work() as work:
        export = report_desk(session).export
        written = export(request, out, session.actor, work.cancelled, work.wrote, work.counted)
    if written is None:
        raise CalledOffError
    call.answer(
        _document(written, out),
        [
            _("Rows: {rows}; files: {count}; folder: {folder}").format(
                rows=written.package.rows, count=len(written.files), folder=str(out)
            )
        ],
    )
    return DONE


def draw_map(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="the PDF to write")],
    first: Annotated[str | None, typer.Option("--from", help="the first day; the first with a record")] = None,
    last: Annotated[str | None, typer.Option("--to", help="the last day; yesterday")] = None,
    audience: AUDIENCE = "government",
    affected: AFFECTED = None,
    reason: REASON = "",
    recipient: RECIPIENT = "",
) -> int:
    from bmis.flows.draw_map import drawn_map, recorded_until_yesterday
    from bmis.flows.map_paper import map_pdf
    from bmis.flows.release_event import Product
    from bmis.flows.tell_journeys import HandingOver
    from bmis.kernel.clock import local
    from bmis.paper.page import Imprint
    from ui.compose import report_desk
    from ui.report_desk import post_title

    call: Call = context.obj
    for_whom = audience_of(audience)
    if out.suffix.lower() != ".pdf":
        raise ValueRefusedError(argument="--out")
    areas = read_affected(affected) or ()
    given = day_of(first, "--from") if first else None, day_of(last, "--to") if last else None
    with signed_in(call) as session, long_work() as work:
        tell, by, home = report_desk(session).journeys, session.actor, session.home
        made_at = local(session.now())
        whole = recorded_until_yesterday(tell, made_at.date())
        days = given[0] or whole[0], given[1] or whole[1]
        told = tell.unless(work.cancelled, *days, for_whom, by, work.counted)
        if told is None:
            raise CalledOffError
        made = drawn_map(told, areas, current_language())
        drawn, matrix = made.flows, made.matrix()
        work.require()
        imprint = Imprint(post_title(home.post_code), made_at, by.name, home.training)
        handing = HandingOver(reason, recipient)
        put_in_place(out, map_pdf(made.sheet, imprint), lambda files: tell.keep(told, Product.MAP, files, by, handing))
    document = {
        "from": days[0].isoformat(),
        "to": days[1].isoformat(),
        "file": str(out),
        "audience": audience,
        "least_count_shown": told.journeys.limit,
        "total": drawn.total,
        "unplaced": drawn.unplaced,
        "hidden": drawn.hidden,
        "untold": drawn.untold,
        "arrows": [{"origin": one.origin, "destination": one.destination, "n": one.n} for one in drawn.arrows],
        "affected": affected_json(made.near),
        "matrix": {
            "origins": list(matrix.origins),
            "destinations": list(matrix.destinations),
            "rows": [
                [matrix.cell(origin, destination) for destination in matrix.destinations] for origin in matrix.origins
            ],
        },
    }
    call.answer(document, [_("{count} flows drawn: {file}").format(count=len(drawn.arrows), file=str(out))])
    return DONE


def check(
    context: typer.Context,
    first: Annotated[str, typer.Option("--from", help="the first day, YYYY-MM-DD")],
    last: Annotated[str, typer.Option("--to", help="the last day, YYYY-MM-DD")],
) -> int:
    from bmis.kernel.actor import Permission, require
    from ui.compose import report_desk

    call: Call = context.obj
    days = day_of(first, "--from"), day_of(last, "--to")
    with signed_in(call) as session:
        require(session.actor, Permission.READ_REPORTS)
        desk = report_desk(session)
        rolled = desk.roll_up()
        differences = desk.recount(*days)
    document = {
        "from": days[0].isoformat(),
        "to": days[1].isoformat(),
        "counted": rolled.crossings,
        "corrected": rolled.corrections,
        "differences": [
            {
                "cube": one.cell.cube,
                "day": one.cell.day.isoformat(),
                "post": one.cell.post_code,
                "direction": one.cell.direction,
                "keys": list(one.cell.keys),
                "crossings": one.cell.n,
                "kept": one.kept,
            }
            for one in differences
        ],
    }
    words = (
        _("The cells say what the crossings say.")
        if not differences
        else _("{count} cells differ from the crossings.").format(count=len(differences))
    )
    call.answer(document, [words])
    return NO if differences else DONE


def _document(written: "FlowsWritten", out: Path) -> dict[str, Any]:
    package = written.package
    return {
        "from": package.first.isoformat(),
        "to": package.last.isoformat(),
        "audience": package.audience.value,
        "level": package.level.value,
        "least_count_shown": package.limit,
        "record_kind": "administrative",
        "event": str(written.event_id),
        "folder": str(out),
        "files": [{"name": name, "sha256": digest} for name, digest in written.files.items()],
        "rows": {one.name: len(one.rows) for one in package.resources},
    }
