"""T3: movements by means of travel."""

from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.places import mode_name
from bmis.reports.report import Report, Section
from bmis.reports.tallying import entry_exit_table


def title() -> str:
    """Return the title."""
    return _("T3. Movements by means of travel")


def make(asked: Asked) -> Report:
    """Return the report."""
    sums = asked.counts.sums("travel_mode", asked.first, asked.last, ("travel_mode", "direction"))
    table = entry_exit_table(
        "travel_mode",
        title(),
        _("Means of travel"),
        sums,
        lambda code: mode_name(code, asked.last, asked.language),
    )
    return asked.report("t3", title(), (Section("", (table,)),))


REPORT = CatalogueEntry("t3", title, make, days=31)
