"""T2: movements by nationality, nationals apart."""

from bmis.flows.origin import HOME
from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.places import country_name
from bmis.reports.report import Chart, ChartKind, Report, Section, Series
from bmis.reports.tallying import by_first, entry_exit_table, tops

_DRAWN = 10


def title() -> str:
    """Return the title."""
    return _("T2. Movements by nationality")


def make(asked: Asked) -> Report:
    """Return the report."""
    sums = asked.counts.sums("nationality", asked.first, asked.last, ("nationality", "direction"))
    foreign = {keys: n for keys, n in sums.items() if keys[0] != HOME}
    nationals = {keys: n for keys, n in sums.items() if keys[0] == HOME}

    def name(code: str) -> str:
        return country_name(code, asked.language)

    drawn, _rest = tops(by_first(foreign), _DRAWN)
    tables = (
        entry_exit_table("nationals", _("Nationals"), _("Nationality"), nationals, name),
        entry_exit_table(
            "foreigners", _("Foreigners and travellers of unknown nationality"), _("Nationality"), foreign, name
        ),
    )
    chart = Chart(
        "top_nationalities",
        _("Most frequent nationalities of foreigners"),
        ChartKind.BARS,
        tuple(name(code) for code, _n in drawn),
        (Series(_("Movements"), tuple(n for _code, n in drawn)),),
        "foreigners",
    )
    return asked.report("t2", title(), (Section("", (*tables, chart) if drawn else tables),))


REPORT = CatalogueEntry("t2", title, make, days=31)
