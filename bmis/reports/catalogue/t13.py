"""T13: what the flow-monitoring package of these days holds."""

from collections.abc import Iterable

from bmis.flows.package.resource import FlowPackage, Resource
from bmis.flows.package.splits import SEX_AGE
from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.report import Column, Kind, Missing, Report, Section, Table, Value

_TOTAL = "total"


def title() -> str:
    """Return the title."""
    return _("T13. Summary of the flow-monitoring package")


def make(asked: Asked) -> Report:
    """Return the report: movements shown by place, and the rows of each table; what is hidden is said."""
    package: FlowPackage = asked.more["flows"](asked.first, asked.last, asked.language)
    facts = (
        (_("Least number shown"), str(package.limit)),
        (_("Version of the place codes"), package.pcode_version),
    )
    caveat = _("Administrative counts of crossings; never to be added to counts observed at the gate.")
    tables = [_places(package), *_observed(package), _resources(package, asked.language)]
    return asked.report("t13", title(), (Section("", (*tables,)),), facts=facts, caveats=(caveat,))


def _places(package: FlowPackage) -> Table:
    resource = package.resource("fmr")
    place, way, n = (resource.fields.index(name) for name in ("fmp_name", "direction", _TOTAL))
    shown = _by_way([(str(row[place]), str(row[way]), row[n]) for row in resource.rows])
    rows: list[tuple[Value, ...]] = [
        (name, *(found.get(each, (0, 0))[0] for each in ("entry", "exit")), sum(n for _told, n in found.values()))
        for name, found in sorted(shown.items())
    ]
    return Table(
        "places",
        _("Movements shown, by place"),
        (
            Column("place", _("Place")),
            Column("entries", _("Entries"), Kind.COUNT),
            Column("exits", _("Exits"), Kind.COUNT),
            Column("hidden", _("Days and directions hidden"), Kind.COUNT),
        ),
        tuple(rows),
        note=_("Hidden numbers are too few to be shown; they are not nought, and are not in the sums."),
    )


def _by_way(rows: Iterable[tuple[str, str, Value | None]]) -> dict[str, dict[str, tuple[int | Missing, int]]]:
    """Return what is shown by place and direction, with how many rows are hidden; all hidden is no nought."""
    told: dict[str, dict[str, list[Value | None]]] = {}
    for place, way, n in rows:
        told.setdefault(place, {}).setdefault(way, []).append(n)
    found: dict[str, dict[str, tuple[int | Missing, int]]] = {}
    for place, ways in told.items():
        for way, numbers in ways.items():
            known = [n for n in numbers if isinstance(n, int)]
            hidden = len(numbers) - len(known)
            found.setdefault(place, {})[way] = (sum(known) if known else Missing.SUPPRESSED, hidden)
    return found


def _observed(package: FlowPackage) -> list[Table]:
    """Return what was seen at gates, counted and estimated apart; nothing where nothing was."""
    resource = {one.name: one for one in package.resources}.get("observed_fmr")
    if resource is None:
        return []
    place, kind, way, n = (resource.fields.index(name) for name in ("fmp_name", "record_kind", "direction", _TOTAL))
    words = {"observed": _("counted"), "estimated": _("estimated")}
    lines: dict[tuple[str, str], tuple[Value, ...]] = {}
    for how in words:
        seen = [(str(row[place]), str(row[way]), row[n]) for row in resource.rows if row[kind] == how]
        for name, found in _by_way(seen).items():
            told = (found.get(each, (Missing.NOT_RECORDED, 0))[0] for each in ("entry", "exit", "transit", "internal"))
            lines[name, how] = (name, words[how], *told, sum(n for _told, n in found.values()))
    rows = [lines[at] for at in sorted(lines)]
    columns = (
        Column("place", _("Place")),
        Column("kind", _("How")),
        Column("entries", _("Entries"), Kind.COUNT),
        Column("exits", _("Exits"), Kind.COUNT),
        Column("transit", _("Transit"), Kind.COUNT),
        Column("internal", _("Internal"), Kind.COUNT),
        Column("hidden", _("Days and directions hidden"), Kind.COUNT),
    )
    note = _("People seen at the gate: never to be added to crossings, nor counted ones to estimated ones.")
    return [Table("observed", _("Observed at the gate"), columns, tuple(rows), note=note)]


def _resources(package: FlowPackage, language: str) -> Table:
    rows: list[tuple[Value, ...]] = []
    for one in package.resources:
        rows.append((one.title(language), len(one.rows), _hidden(one)))
    return Table(
        "tables",
        _("Tables of the package"),
        (
            Column("table", _("Table")),
            Column("rows", _("Rows"), Kind.COUNT),
            Column("hidden", _("Rows with a number hidden or merged"), Kind.COUNT),
        ),
        tuple(rows),
    )


def _hidden(resource: Resource) -> Value:
    """Return in how many rows a number does not show: the total, one by sex and age, or parts merged into one row.

    At the gate an empty sex and age mostly means that nobody was asked: there only totals and merged parts count.
    """
    at = {name: place for place, name in enumerate(resource.fields)}
    if _TOTAL not in at:
        return Missing.NOT_APPLICABLE
    numbers = [at[name] for name in ((_TOTAL, *SEX_AGE) if resource.name == "fmr" else (_TOTAL,))]
    shown = at.get("shown")
    return sum(
        any(row[place] is None for place in numbers) or (shown is not None and row[shown] == "merged")
        for row in resource.rows
    )


REPORT = CatalogueEntry("t13", title, make, days=31, needs=frozenset({"flows"}))
