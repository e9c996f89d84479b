"""Refusals day by day, with the reasons of T9."""

from datetime import timedelta

from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.catalogue import t9
from bmis.reports.report import Chart, ChartKind, Column, Kind, Report, Section, Series, Table
from bmis.reports.tallying import of


def title() -> str:
    """Return the title."""
    return _("Refusals")


def make(asked: Asked) -> Report:
    """Return the report."""
    sums = asked.counts.sums("refusals", asked.first, asked.last, ("day", "decision"))
    length = (asked.last - asked.first).days + 1
    days = [asked.first + timedelta(days=at) for at in range(length)]
    table = Table(
        "days",
        _("By day"),
        (
            Column("day", _("Day"), Kind.DAY),
            Column("refused", _("Refusals of entry"), Kind.COUNT),
            Column("prevented", _("Exits prevented"), Kind.COUNT),
        ),
        tuple(
            (day, of(sums, day.isoformat(), "REFUSED_ENTRY"), of(sums, day.isoformat(), "EXIT_PREVENTED"))
            for day in days
        ),
        (
            _("Total"),
            sum(n for keys, n in sums.items() if keys[1] == "REFUSED_ENTRY"),
            sum(n for keys, n in sums.items() if keys[1] == "EXIT_PREVENTED"),
        ),
    )
    chart = Chart(
        "refused_by_day",
        _("Refusals of entry by day"),
        ChartKind.COLUMNS,
        tuple(f"{day:%d/%m}" for day in days),
        (Series(_("Refusals of entry"), tuple(row[1] for row in table.rows if isinstance(row[1], int))),),
        table.code,
    )
    reasons = t9.make(asked)
    sections = (Section("", (chart, table)), *reasons.sections)
    return asked.report("refusals", title(), sections, facts=reasons.facts, caveats=reasons.caveats)


REPORT = CatalogueEntry("refusals", title, make, tells_apart=True)
