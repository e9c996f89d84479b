"""T1: entries and exits by post and month."""

from bmis.kernel.i18n import translate as _
from bmis.reports.against import Against, Tally
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.places import post_name
from bmis.reports.report import Chart, ChartKind, Column, Kind, Report, Section, Series, Table, Value
from bmis.reports.tallying import by_first, months_between, of

_WAYS = ("ENTRY", "EXIT")


def title() -> str:
    """Return the title."""
    return _("T1. Entries and exits by post and month")


def make(asked: Asked) -> Report:
    """Return the report."""
    sums = asked.counts.sums("travel_mode", asked.first, asked.last, ("post_code", "month", "direction"))
    posts = sorted({keys[0] for keys in sums}, key=post_name)
    months = months_between(asked.first, asked.last)
    rows: list[tuple[Value, ...]] = []
    for post in posts:
        for month in months:
            entries, exits = of(sums, post, month, "ENTRY"), of(sums, post, month, "EXIT")
            rows.append((post_name(post), _shown(month), entries, exits, entries + exits))
    entered = sum(n for keys, n in sums.items() if keys[2] == "ENTRY")
    whole = sum(sums.values())
    table = Table(
        "post_month",
        _("Movements by post and month"),
        (
            Column("post", _("Post")),
            Column("month", _("Month")),
            Column("entries", _("Entries"), Kind.COUNT),
            Column("exits", _("Exits"), Kind.COUNT),
            Column("total", _("Total"), Kind.COUNT),
        ),
        tuple(rows),
        (_("Total"), "", entered, whole - entered, whole) if rows else None,
        note=_("The first and the last month hold only the days of the period."),
    )
    by_month = {way: [sum(of(sums, post, month, way) for post in posts) for month in months] for way in _WAYS}
    drawn = Table(
        "months",
        _("Movements by month"),
        (
            Column("month", _("Month")),
            Column("entries", _("Entries"), Kind.COUNT),
            Column("exits", _("Exits"), Kind.COUNT),
        ),
        tuple((_shown(month), *(by_month[way][at] for way in _WAYS)) for at, month in enumerate(months)),
    )
    chart = Chart(
        "by_month",
        _("Movements by month"),
        ChartKind.COLUMNS,
        tuple(map(_shown, months)),
        tuple(Series(name, tuple(by_month[way])) for name, way in zip((_("Entries"), _("Exits")), _WAYS, strict=True)),
        drawn.code,
    )
    against = Against.of(asked)
    ways = {"ENTRY": _("Entries"), "EXIT": _("Exits")}
    compared = against.section(
        against.table(
            "ways_against", _("Entries and exits"), _("Direction"), _tally(asked, "direction"), ways.__getitem__,
            keys=_WAYS,
        ),
        against.table(
            "posts_against", _("Movements by post"), _("Post"), _tally(asked, "post_code"), post_name, of_posts=True
        ),
    )  # fmt: skip
    told = (table, chart, drawn) if len(months) > 1 else (table,)  # one month alone is no picture
    sections = (Section("", told), compared)
    return asked.report("t1", title(), sections, facts=against.facts(), caveats=against.caveats())


def _tally(asked: Asked, by: str) -> Tally:
    return lambda first, last: by_first(asked.counts.sums("travel_mode", first, last, (by,)))


def _shown(month: str) -> str:
    return f"{month[5:]}/{month[:4]}"


REPORT = CatalogueEntry("t1", title, make, days=31)
