"""Who waits for the clinician: how long, why, the age, the lane. Red flags first; nobody is named."""

from datetime import date, timedelta

from bmis.kernel.i18n import translate as _
from ui.desktop.health_secondary.parts import WaitingPerson
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.words import age_words
from ui.words.health_secondary import age_band_word, why_waiting

LONG_WAIT = timedelta(minutes=30)


class HealthQueue(LineList):
    """The queue."""

    def __init__(self) -> None:
        super().__init__()
        self.view.setObjectName("health.queue")

    def word(self) -> None:
        """Set the words."""
        headings = [Heading(_("Waits")), Heading(_("Why, age, lane"), wide=True)]
        self.say(_("People for secondary screening"), headings, _("Nobody waits."))

    def show_people(self, people: tuple[WaitingPerson, ...], day: date, at: object = None) -> None:
        """Show these; one stays on ``at``."""
        self.show_lines([_line(one, day) for one in people], at)


def _line(one: WaitingPerson, day: date) -> Line:
    why = why_waiting(one.view, day)
    if one.is_case:
        why = _("Case: {why}").format(why=why)
    status = "red" if one.is_red else "amber" if one.waited > LONG_WAIT else ""
    facts = one.view.facts
    where = _("age {band} · lane {lane}").format(band=age_band_word(facts.cell.age_band), lane=one.view.record.lane)
    return Line(one.id, (age_words(one.waited), f"{why}\n{where}"), status)
