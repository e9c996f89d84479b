"""T13: what the flow-monitoring package of these days holds."""

from collections import Counter

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
    sums: Counter[tuple[str, str]] = Counter()
    hidden: Counter[str] = Counter()
    for row in resource.rows:
        if row[n] is None:
            hidden[str(row[place])] += 1
        else:
            sums[str(row[place]), str(row[way])] += int(row[n] or 0)
    rows: list[tuple[Value, ...]] = [
        (name, sums[name, "entry"], sums[name, "exit"], hidden[name])
        for name in sorted({key[0] for key in sums} | set(hidden))
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


def _observed(package: FlowPackage) -> list[Table]:
    """Return what was seen at gates, counted and estimated apart; nothing where nothing was."""
    resource = {one.name: one for one in package.resources}.get("observed_fmr")
    if resource is None:
        return []
    place, kind, way, n = (resource.fields.index(name) for name in ("fmp_name", "record_kind", "direction", _TOTAL))
    sums: Counter[tuple[str, str, str]] = Counter()
    hidden: Counter[tuple[str, str]] = Counter()
    for row in resource.rows:
        at = str(row[place]), str(row[kind])
        hidden[at] += row[n] is None
        sums[(*at, str(row[way]))] += int(row[n] or 0)
    words = {"observed": _("counted"), "estimated": _("estimated")}
    rows: list[tuple[Value, ...]] = [
        (at[0], words[at[1]], *(sums[(*at, each)] for each in ("entry", "exit", "transit", "internal")), hidden[at])
        for at in sorted(hidden)
    ]
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
    """Return in how many rows a number does not show: the total, one by sex and age, or parts merged into one row."""
    at = {name: place for place, name in enumerate(resource.fields)}
    if _TOTAL not in at:
        return Missing.NOT_APPLICABLE
    numbers = [at[name] for name in (_TOTAL, *SEX_AGE) if name in at]
    shown = at.get("shown")
    return sum(
        any(row[place] is None for place in numbers) or (shown is not None and row[shown] == "merged")
        for row in resource.rows
    )


REPORT = CatalogueEntry("t13", title, make, days=31, needs=frozenset({"flows"}))
