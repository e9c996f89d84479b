"""``bmis flows exercise|places|routes|matrix``: population mobility mapping, and the matrix of journeys."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.cli.at_home import signed_in
from ui.cli.call import DONE, NO, Call
from ui.cli.days import day_of
from ui.cli.errors import CalledOffError, ValueRefusedError
from ui.cli.long_work import long_work
from ui.cli.untrusted import load_object, requests_in

if TYPE_CHECKING:
    from bmis.flows.affected import AffectedArea, AffectedMovements
    from bmis.flows.mobility.keeping import Standing
    from bmis.flows.mobility.priority import SitePriority
    from bmis.flows.package.resource import Audience

FILE = Annotated[str, typer.Argument(help="JSON: one object, a list, or one a line; - is stdin")]
AMEND = Annotated[bool, typer.Option("--amend", help="correct what stands under the same code")]
AFFECTED = Annotated[
    str | None, typer.Option("--affected", help="JSON: areas with an outbreak, their first and last day")
]
AUDIENCE = Annotated[
    str, typer.Option(help="government or public: how small a number may be shown; internal: all, and it stays here")
]
REASON = Annotated[str, typer.Option(help="why; kept in the audit")]
RECIPIENT = Annotated[str, typer.Option(help="for whom; kept in the audit")]
AS_CSV = Annotated[Path | None, typer.Option("--csv", help="write the list to this CSV file as well")]
_EXERCISE, _PLACE, _ROUTE = "flows-exercise-in", "flows-place-in", "flows-route-in"


def add_to(group: typer.Typer) -> None:
    """Give the group of flows its commands of mapping."""
    exercise = typer.Typer(rich_markup_mode=None)
    exercise.command("add", help="Keep mapping exercises: when, where, how, with how many people.")(add_exercise)
    exercise.command("list", help="List the mapping exercises.")(list_exercises)
    group.add_typer(exercise, name="exercise", help="Mapping exercises.")
    places = typer.Typer(rich_markup_mode=None)
    places.command("add", help="Keep mapped places: markets, ports, hubs, unofficial crossings and others.")(add_place)
    places.command("list", help="List the mapped places.")(list_places)
    places.command("priority", help="Put the places in order for surveillance; each factor is shown.")(priority)
    group.add_typer(places, name="places", help="Mapped places and their order for surveillance.")
    routes = typer.Typer(rich_markup_mode=None)
    routes.command("add", help="Keep the routes that people take.")(add_route)
    routes.command("list", help="List the mapped routes.")(list_routes)
    group.add_typer(routes, name="routes", help="Mapped routes.")
    group.command("matrix", help="Write departures against destinations as .xlsx or .csv.")(matrix)


def add_exercise(context: typer.Context, file: FILE, amend: AMEND = False) -> int:
    from bmis.flows.mobility.place import MappingExercise
    from ui.compose import mobility_desk

    call: Call = context.obj
    read = _read(file, _EXERCISE, MappingExercise)
    with signed_in(call) as session:
        kept = mobility_desk(session).keep_exercises(read, session.actor, amend=amend)
    return _answer(call, "exercises", kept)


def add_place(context: typer.Context, file: FILE, amend: AMEND = False) -> int:
    from bmis.flows.mobility.place import MappedPlace
    from ui.compose import mobility_desk

    call: Call = context.obj
    read = _read(file, _PLACE, MappedPlace)
    with signed_in(call) as session:
        kept = mobility_desk(session).keep_places(read, session.actor, amend=amend)
    return _answer(call, "places", kept)


def add_route(context: typer.Context, file: FILE, amend: AMEND = False) -> int:
    from bmis.flows.mobility.place import MappedRoute
    from ui.compose import mobility_desk

    call: Call = context.obj
    read = _read(file, _ROUTE, MappedRoute)
    with signed_in(call) as session:
        kept = mobility_desk(session).keep_routes(read, session.actor, amend=amend)
    return _answer(call, "routes", kept)


def list_exercises(context: typer.Context, as_csv: AS_CSV = None) -> int:
    return _list(context.obj, "exercises", as_csv)


def list_places(context: typer.Context, as_csv: AS_CSV = None) -> int:
    return _list(context.obj, "places", as_csv)


def list_routes(context: typer.Context, as_csv: AS_CSV = None) -> int:
    return _list(context.obj, "routes", as_csv)


def priority(
    context: typer.Context,
    affected: AFFECTED = None,
    on: Annotated[str | None, typer.Option("--on", help="the day, YYYY-MM-DD; today")] = None,
    as_csv: AS_CSV = None,
) -> int:
    from bmis.flows.mobility.priority import priorities, weights_on
    from bmis.kernel.clock import local
    from ui.compose import mobility_desk

    call: Call = context.obj
    areas = read_affected(affected)
    with signed_in(call) as session:
        found = mobility_desk(session).mapped(session.actor)
        day = day_of(on, "--on") if on else local(session.now()).date()
    weights = weights_on(day)
    places, routes = [one.noun for one in found.places], [one.noun for one in found.routes]
    sites = [_site_json(one) for one in priorities(places, routes, areas, day, weights)]
    if as_csv is not None:
        flat = [{key: "/".join(map(str, value.values())) if isinstance(value, dict) else value
                 for key, value in one.items()} for one in sites]  # fmt: skip
        write_csv(as_csv, flat)
    call.answer({"on": day.isoformat(), "weights": weights.version, "places": sites}, map(_site_line, sites))
    return DONE if sites else NO


def matrix(
    context: typer.Context,
    out: Annotated[Path, typer.Option(help="the file to write: .xlsx or .csv")],
    first: Annotated[str, typer.Option("--from", help="the first day, YYYY-MM-DD")],
    last: Annotated[str, typer.Option("--to", help="the last day, YYYY-MM-DD")],
    audience: AUDIENCE = "government",
    affected: AFFECTED = None,
    reason: REASON = "",
    recipient: RECIPIENT = "",
) -> int:
    from bmis.flows.affected import affected_movements
    from bmis.flows.flow_map import matrices_of
    from bmis.flows.matrix_file import MatrixFile, matrix_csv, matrix_workbook
    from bmis.flows.release_event import Product
    from bmis.flows.tell_journeys import HandingOver
    from ui.compose import report_desk

    call: Call = context.obj
    for_whom = audience_of(audience)
    if out.suffix.lower() not in (".xlsx", ".csv"):
        raise ValueRefusedError(argument="--out")
    areas = read_affected(affected) or ()
    days = day_of(first, "--from"), day_of(last, "--to")
    with signed_in(call) as session, long_work() as work:
        tell, by = report_desk(session).journeys, session.actor
        told = tell.unless(work.cancelled, *days, for_whom, by, work.counted)
        if told is None:
            raise CalledOffError
        journeys = told.journeys
        matrices, near = matrices_of(journeys), affected_movements(journeys, areas)
        file = MatrixFile(*days, journeys.limit, session.home.training, matrices, journeys.untold, near)
        is_csv, handing = out.suffix.lower() == ".csv", HandingOver(reason, recipient)
        content = matrix_csv(file) if is_csv else matrix_workbook(file, current_language())
        work.require()
        put_in_place(out, content, lambda files: tell.keep(told, Product.MATRIX, files, by, handing))
    document = {
        "from": days[0].isoformat(),
        "to": days[1].isoformat(),
        "file": str(out),
        "audience": audience,
        "least_count_shown": journeys.limit,
        "rows": sum(len(one.counts) for one in matrices.values()),
        "affected": affected_json(near),
    }
    call.answer(document, [_("{rows} journeys by departure and destination: {file}").format(
        rows=document["rows"], file=str(out))])  # fmt: skip
    return DONE


def audience_of(text: str) -> "Audience | None":
    """Return for whom numbers are, None for the desk itself. Raises ValueRefusedError."""
    from bmis.flows.package.resource import Audience

    if text == "internal":
        return None
    if text not in set(Audience):
        raise ValueRefusedError(argument="--audience")
    return Audience(text)


def put_in_place(out: Path, content: bytes, keep: Callable[[dict[str, str]], object]) -> None:
    """Write the file beside its place, keep that it was handed over, then put it in place: both or neither."""
    from hashlib import sha256

    from bmis.reports.make_report import staged

    with staged(out, content):
        keep({out.name: sha256(content).hexdigest()})


def read_affected(name: str | None) -> "list[AffectedArea] | None":
    """Return the areas of a file, None where none was given. Raises as ``load_object`` and ``affected_area``."""
    from bmis.flows.affected import affected_area

    if name is None:
        return None
    schema = "flows-affected-in"
    return [affected_area(load_object(text, schema, at)) for at, text in enumerate(requests_in(name, schema), 1)]


def affected_json(near: "Sequence[AffectedMovements]") -> list[dict[str, Any]]:
    """Return the movements of affected areas as JSON."""
    return [
        {
            "area": one.area.area,
            "disease": one.area.disease,
            "from": one.area.first.isoformat(),
            "to": None if one.area.last is None else one.area.last.isoformat(),
            "part": one.area.part,
            "days": one.days,
            "movements": dict(one.ways),
        }
        for one in near
    ]


def write_csv(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Write a list, whole or not at all; lists in a cell by spaces, nothing that a sheet would run."""
    from bmis.kernel.csv_cells import table_bytes
    from bmis.reports.make_report import write_whole

    told = [[" ".join(map(str, one)) if isinstance(one, list | dict) else one for one in row.values()] for row in rows]
    write_whole(path, table_bytes(tuple(rows[0]) if rows else (), told))


def _read(name: str, schema: str, kind: Callable[..., Any]) -> list[tuple[Any, UUID | None]]:
    found = []
    for at, text in enumerate(requests_in(name, schema), 1):
        said = load_object(text, schema, at)
        request = said.pop("request_id", None)
        found.append((kind(**_values(said)), UUID(request) if request else None))
    return found


def _values(said: dict[str, Any]) -> dict[str, Any]:
    values: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in said.items()}
    for name in ("seen_on", "held_from", "held_to"):
        if name in values:
            values[name] = date.fromisoformat(values[name])
    if "participants" in values:
        values["participants"] = tuple(sorted(values["participants"].items()))
    return values


def _list(call: Call, what: str, as_csv: Path | None) -> int:
    from ui.compose import mobility_desk

    with signed_in(call) as session:
        kept = getattr(mobility_desk(session).mapped(session.actor), what)
    if as_csv is not None:
        write_csv(as_csv, [_json(one) for one in kept])
    _answer(call, what, kept)
    return DONE if kept else NO


def _answer(call: Call, what: str, kept: "Iterable[Standing[Any]]") -> int:
    standing = list(kept)
    call.answer({what: [_json(one) for one in standing]}, map(_line, standing))
    return DONE


def _json(one: "Standing[Any]") -> dict[str, Any]:
    import dataclasses

    from bmis.kernel.plain import plain_value

    said = {field.name: plain_value(getattr(one.noun, field.name)) for field in dataclasses.fields(one.noun)}
    if "participants" in said:
        said["participants"] = dict(one.noun.participants)
    return {"record": str(one.id), "by": one.by, "recorded_at": one.recorded_at.isoformat(), **said}


def _line(one: "Standing[Any]") -> str:
    from bmis.flows.mobility.lists import label
    from bmis.flows.mobility.place import MappedPlace, MappedRoute

    noun, language = one.noun, current_language()
    if isinstance(noun, MappedPlace):
        volume = label("volume_class", noun.volume_class, language) if noun.volume_class else _("volume not known")
        return f"{noun.code}  {noun.name}  {label('place_type', noun.type, language)}  {noun.adm2_pcode}  {volume}"
    if isinstance(noun, MappedRoute):
        return f"{noun.code}  {noun.origin} → {noun.destination}  {label('route_source', noun.source, language)}"
    methods = ", ".join(label("method", method, language) for method in noun.methods)
    people = _("{count} participants").format(count=sum(n for _kind, n in noun.participants))
    return f"{noun.code}  {noun.held_from} – {noun.held_to}  {noun.area}  {methods}  {people}"


def _site_json(one: "SitePriority") -> dict[str, Any]:
    place = one.place
    factors = {name: {"code": factor.code, "weight": factor.weight} for name, factor in one.factors.items()}
    named = {"code": place.code, "name": place.name, "type": place.type, "adm2_pcode": place.adm2_pcode}
    return {**named, **factors, "score": one.score}


def _site_line(site: dict[str, Any]) -> str:
    from bmis.flows.mobility.lists import label

    language = current_language()
    factors = []
    for of, name in (("volume_class", "volume"), ("connectivity", "connectivity"), ("vulnerability", "vulnerability")):
        code, weight = site[name]["code"], site[name]["weight"]
        factors.append(_("not known") if weight is None else f"{label(of, code, language)} ({weight})")
    score = "?" if site["score"] is None else site["score"]
    return f"{score}  {site['code']}  {site['name']}  {' × '.join(factors)}"
