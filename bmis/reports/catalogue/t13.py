"""T13: what the flow-monitoring package of these days holds."""

from collections import Counter

from bmis.flows.package.resource import FlowPackage
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
    tables = (_places(package), _resources(package, asked.language))
    return asked.report("t13", title(), (Section("", tables),), facts=facts, caveats=(caveat,))


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


def _resources(package: FlowPackage, language: str) -> Table:
    rows: list[tuple[Value, ...]] = []
    for one in package.resources:
        at = one.fields.index(_TOTAL) if _TOTAL in one.fields else None
        hidden: Value = Missing.NOT_APPLICABLE if at is None else sum(row[at] is None for row in one.rows)
        rows.append((one.title(language), len(one.rows), hidden))
    return Table(
        "tables",
        _("Tables of the package"),
        (
            Column("table", _("Table")),
            Column("rows", _("Rows"), Kind.COUNT),
            Column("hidden", _("Rows with a hidden number"), Kind.COUNT),
        ),
        tuple(rows),
    )


REPORT = CatalogueEntry("t13", title, make, days=31, needs=frozenset({"flows"}))
