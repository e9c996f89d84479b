"""What the papers of voyages have in common: the rows of the sheet, codes in words."""

from datetime import date

from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.paper.blocks import Row
from bmis.paper.page import moment
from poe_health.codes import choices
from poe_health.rules.answer import Answer
from poe_health.rules.definitions import rule_set
from poe_health.voyages.kept import KeptVoyage
from poe_health.voyages.voyage import NoNumberedSeats


def voyage_rows(voyage: KeptVoyage) -> tuple[Row, ...]:
    """Return the voyage as rows; what nobody said is said to be missing."""
    sheet = voyage.sheet
    arrived = None if sheet.arrived_at is None else moment(local(sheet.arrived_at))
    return (
        Row(_("Conveyance"), choices("conveyance")[sheet.conveyance].label(current_language())),
        Row(_("Flight, plate or vessel"), sheet.number + (f" · IMO {sheet.imo}" if sheet.imo else "")),
        Row(_("Operator"), sheet.carrier),
        Row(_("Day"), day_words(sheet.day)),
        Row(_("From"), sheet.origin),
        Row(_("To"), sheet.destination),
        Row(_("Arrived at"), arrived),
        Row(_("Seats"), _seats(voyage)),
    )


def answer_words(answer: Answer) -> str:
    """Return yes, no, or that it is not known."""
    return {Answer.YES: _("Yes"), Answer.NO: _("No"), Answer.UNKNOWN: _("not known")}[answer]


def day_words(day: date) -> str:
    """Return the day as it is written here."""
    return day.strftime("%d/%m/%Y")


def disease_words(code: str, day: date) -> str:
    """Return the name of the disease, its code where no rule names it."""
    found = rule_set(day).diseases.get(code)
    return code if found is None else found.label(current_language())


def _seats(voyage: KeptVoyage) -> str | None:
    seating = voyage.sheet.voyage.sits
    if seating is None:
        return None
    if isinstance(seating, NoNumberedSeats):
        return _("No numbered seats")
    return _("Rows {first} to {last}, seats {letters}").format(
        first=seating.rows[0], last=seating.rows[-1], letters=seating.letters
    )
