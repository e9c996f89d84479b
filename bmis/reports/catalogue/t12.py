"""T12: vehicles and trucks, as posts report them."""

from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.report import Report, Section
from bmis.reports.returns.summed import figures_by_post


def title() -> str:
    """Return the title."""
    return _("T12. Vehicles")


def make(asked: Asked) -> Report:
    """Return the report: vehicles by kind and direction, by post."""
    caveat = _("From returns of the posts: crossings are of people, and several people share a vehicle.")
    return asked.report("t12", title(), (Section("", (figures_by_post(asked, "vehicles"),)),), caveats=(caveat,))


REPORT = CatalogueEntry("t12", title, make, days=31)
