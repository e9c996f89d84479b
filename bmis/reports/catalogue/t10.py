"""T10: returns and deportations, as posts report them."""

from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.report import Report, Section
from bmis.reports.returns.summed import figures_by_post


def title() -> str:
    """Return the title."""
    return _("T10. Returns and deportations")


def make(asked: Asked) -> Report:
    """Return the report: foreigners repatriated, and nationals received, by post."""
    sections = (
        Section("", (figures_by_post(asked, "repatriations"),)),
        Section("", (figures_by_post(asked, "deportees", ("received", "women", "men", "under_18")),)),
    )
    caveat = _("From returns of the posts: the records hold no repatriations yet.")
    return asked.report("t10", title(), sections, caveats=(caveat,))


REPORT = CatalogueEntry("t10", title, make, days=31)
