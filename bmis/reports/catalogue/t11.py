"""T11: movements by hour and day of the week."""

from collections import Counter
from datetime import date

from bmis.kernel.i18n import translate as _
from bmis.reports.against import Against
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
    counts = _counts(asked, asked.first, asked.last)
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
    against = Against.of(asked)
    compared = against.section(
        against.table(
            "weekday_against", _("Movements by day of the week"), _("Day"), lambda *days: _by(asked, days, 0),
            lambda at: names[int(at)], keys=[str(at) for at in range(7)],
        ),
        against.table(
            "hour_against", _("Movements by hour"), _("Hour"), lambda *days: _by(asked, days, 1), lambda at: f"{at}:00",
            keys=_HOURS,
        ),
    )  # fmt: skip
    sections = (Section("", (chart, table)), compared)
    return asked.report("t11", title(), sections, facts=against.facts(), caveats=against.caveats())


def _counts(asked: Asked, first: date, last: date) -> Counter[tuple[int, str]]:
    """Return movements by day of the week (Monday is 0) and hour."""
    counts: Counter[tuple[int, str]] = Counter()
    for (day, hour), n in asked.counts.sums("travel_mode", first, last, ("day", "hour")).items():
        counts[date.fromisoformat(day).weekday(), hour] += n
    return counts


def _by(asked: Asked, days: tuple[date, date], at: int) -> Counter[str]:
    found: Counter[str] = Counter()
    for keys, n in _counts(asked, *days).items():
        found[str(keys[at])] += n
    return found


REPORT = CatalogueEntry("t11", title, make, days=31)
