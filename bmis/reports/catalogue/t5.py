"""T5: movements of foreigners by what allows the stay."""

from collections import Counter

from bmis.flows.cell import Keys
from bmis.flows.origin import HOME
from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.places import unknown_word
from bmis.reports.report import Report, Section
from bmis.reports.tallying import entry_exit_table


def title() -> str:
    """Return the title."""
    return _("T5. Foreigners by class of visa or permit")


def make(asked: Asked) -> Report:
    """Return the report."""
    sums = asked.counts.sums("stay_kind", asked.first, asked.last, ("stay_kind", "nationality", "direction"))
    pairs: Counter[Keys] = Counter()
    for (kind, state, way), n in sums.items():
        if state not in (HOME, ""):
            pairs[kind, way] += n
    table = entry_exit_table(
        "stay_kind",
        title(),
        _("Class"),
        dict(pairs),
        lambda code: code or unknown_word(),
        note=_("As officers typed it. Travellers of unknown nationality are not counted here."),
    )
    return asked.report("t5", title(), (Section("", (table,)),))


REPORT = CatalogueEntry("t5", title, make, days=31)
