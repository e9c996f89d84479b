"""T5: movements of foreigners by what allows the stay."""

from collections import Counter
from datetime import date

from bmis.flows.cell import UNKNOWN, Keys
from bmis.flows.origin import HOME
from bmis.kernel.i18n import translate as _
from bmis.reports.against import Against
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.places import unknown_word
from bmis.reports.report import Report, Section
from bmis.reports.tallying import by_first, entry_exit_table


def title() -> str:
    """Return the title."""
    return _("T5. Foreigners by class of visa or permit")


def make(asked: Asked) -> Report:
    """Return the report."""
    table = entry_exit_table(
        "stay_kind",
        title(),
        _("Class"),
        _foreign(asked, asked.first, asked.last),
        _name,
        note=_("As officers typed it. Travellers of unknown nationality are not counted here."),
    )
    against = Against.of(asked)
    compared = against.table(
        "stay_kind_against",
        _("Movements of foreigners by class"),
        _("Class"),
        lambda first, last: by_first(_foreign(asked, first, last)),
        _name,
    )
    sections = (Section("", (table,)), against.section(compared))
    return asked.report("t5", title(), sections, facts=against.facts(), caveats=against.caveats())


def _name(code: str) -> str:
    return code or unknown_word()


def _foreign(asked: Asked, first: date, last: date) -> dict[Keys, int]:
    """Return movements by class and direction, of those who are known to be foreign."""
    pairs: Counter[Keys] = Counter()
    for (kind, state, way), n in asked.counts.sums(
        "stay_kind", first, last, ("stay_kind", "nationality", "direction")
    ).items():
        if state not in (HOME, UNKNOWN):
            pairs[kind, way] += n
    return dict(pairs)


REPORT = CatalogueEntry("t5", title, make, days=31, tells_apart=True)
