"""T3: movements by means of travel."""

from bmis.kernel.i18n import translate as _
from bmis.reports.against import Against
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.places import mode_name
from bmis.reports.report import Report, Section
from bmis.reports.tallying import by_first, entry_exit_table


def title() -> str:
    """Return the title."""
    return _("T3. Movements by means of travel")


def make(asked: Asked) -> Report:
    """Return the report."""
    sums = asked.counts.sums("travel_mode", asked.first, asked.last, ("travel_mode", "direction"))

    def name(code: str) -> str:
        return mode_name(code, asked.last, asked.language)

    table = entry_exit_table("travel_mode", title(), _("Means of travel"), sums, name)
    against = Against.of(asked)
    compared = against.table(
        "travel_mode_against",
        _("Movements by means of travel"),
        _("Means of travel"),
        lambda first, last: by_first(asked.counts.sums("travel_mode", first, last, ("travel_mode",))),
        name,
    )
    sections = (Section("", (table,)), against.section(compared))
    return asked.report("t3", title(), sections, facts=against.facts(), caveats=against.caveats())


REPORT = CatalogueEntry("t3", title, make, days=31)
