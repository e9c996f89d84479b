"""T11: movements by hour and day of the week."""

from collections import Counter
from datetime import date

from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.report import Chart, ChartKind, Column, Kind, Report, Section, Series, Table

_HOURS = tuple(f"{hour:02d}" for hour in range(24))


def title() -> str:
    """Return the title."""
    return _("T11. Movements by hour and day of the week")


def weekdays() -> tuple[str, ...]:
    """Return the days of the week, Monday first, short."""
    return (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def make(asked: Asked) -> Report:
    """Return the report."""
    counts: Counter[tuple[int, str]] = Counter()
    for (day, hour), n in asked.counts.sums("travel_mode", asked.first, asked.last, ("day", "hour")).items():
        counts[date.fromisoformat(day).weekday(), hour] += n
    names = weekdays()
    table = Table(
        "hour_weekday",
        title(),
        (
            Column("hour", _("Hour")),
            *(Column(f"day{at + 1}", name, Kind.COUNT) for at, name in enumerate(names)),
            Column("total", _("Total"), Kind.COUNT),
        ),
        tuple(
            (f"{hour}:00", *(counts[at, hour] for at in range(7)), sum(counts[at, hour] for at in range(7)))
            for hour in _HOURS
        ),
        (_("Total"), *(sum(counts[at, hour] for hour in _HOURS) for at in range(7)), sum(counts.values())),
    )
    chart = Chart(
        "heat",
        _("The darker, the more movements"),
        ChartKind.HEAT,
        _HOURS,
        tuple(Series(name, tuple(counts[at, hour] for hour in _HOURS)) for at, name in enumerate(names)),
        table.code,
    )
    return asked.report("t11", title(), (Section("", (chart, table)),))


REPORT = CatalogueEntry("t11", title, make, days=31)
