"""Who was treated before anything was written: the oldest first. Enter writes the form, bound to the express record."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from poe_health.outbreaks.rehydration import rehydration_plans
from ui.desktop.health_secondary.parts import ExpressPatient
from ui.desktop.health_secondary.view_model import CaseModel
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.lines import Heading, Line, LineList
from ui.desktop.widgets.plain import Card, PlainLabel, SpokenFrame
from ui.desktop.widgets.status import StatusIcon
from ui.desktop.words import age_words, moment_words
from ui.words.health_secondary import age_band_word

_STATUS = {"A": "green", "B": "amber", "C": "red"}


class ExpressPage(SpokenFrame):
    """``writing`` carries the express record whose form is written now; ``noticed``, ``remarked`` as of a desk."""

    noticed = Signal(object)
    remarked = Signal(str, str)
    writing = Signal(object)

    def __init__(self, model: CaseModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.heading, self.list = PlainLabel(kind="heading"), LineList()
        self.list.view.setObjectName("health.express")
        self.icon, self.plan, self.hint = StatusIcon(36), PlainLabel(kind="heading"), PlainLabel(kind="muted")
        self.facts = FactList()
        self.facts.setObjectName("health.express")
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.heading)
        left.addWidget(self.list, 1)
        card = Card(margin=16, spacing=12)
        above = QHBoxLayout()
        above.setSpacing(12)
        above.addWidget(self.icon)
        above.addWidget(self.plan)
        above.addWidget(self.hint, 1)
        card.column.addLayout(above)
        card.column.addWidget(self.facts, 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 8, 0, 0)
        row.setSpacing(12)
        row.addLayout(left, 8)
        row.addWidget(card, 5)
        self.list.opened.connect(self.writing)
        self.list.moved.connect(lambda _key: self._show_patient())
        model.due_listed.connect(self.show_due)
        self.retranslate()

    def first_field(self) -> QWidget:
        """Return the list."""
        return self.list

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F2 looks again, F12 writes the form, as Enter does."""
        return {Key.RESCAN: self.model.refresh, Key.DECIDE: self._write, Key.BACK: self.list.setFocus}

    def hide_people(self) -> None:
        """Show nobody: the screen locks."""
        self.list.show_lines(())

    def retranslate(self) -> None:
        """Word the page."""
        self.heading.setText(_("Treated first, without form: the oldest first"))
        headings = [
            Heading(_("Number"), wide=True),
            Heading(_("Plan")),
            Heading(_("Ill since")),
            Heading(_("Treated since")),
            Heading(_("ORS")),
        ]
        self.list.say(self.heading.text(), headings, _("Everybody who was treated has a form."))
        self.show_due()

    def show_due(self) -> None:
        """Show whose form is due."""
        self.list.show_lines([self._line(one) for one in self.model.due])
        self._show_patient()

    # --- inside

    def _write(self) -> None:
        if self.list.key() is not None:
            self.writing.emit(self.list.key())

    def _line(self, one: ExpressPatient) -> Line:
        record, said = one.treated.record, one.treated.answers
        local = self.model.parts.local_time
        ill = moment_words(local(said.onset_at)) if said and said.onset_at else "—"
        if said is not None and said.ors_at is not None:
            ors = f"{local(said.ors_at):%H:%M}"
        else:
            ors = _("given") if record.ors_given else _("NOT YET")
        number = said.token if said else _("no. {number}").format(number=record.seq)
        return Line(one.id, (number, record.plan, ill, age_words(one.waited), ors), _STATUS[record.plan])

    def _show_patient(self) -> None:
        found = next((one for one in self.model.due if one.id == self.list.key()), None)
        self.icon.setVisible(found is not None)
        self.hint.setText(_("Enter writes the form.") if found else "")
        if found is None:
            self.plan.setText(_("No patient is chosen"))
            self.facts.show_facts(())
            return
        record, said, language = found.treated.record, found.treated.answers, current_language()
        self.icon.show_status(_STATUS[record.plan])
        self.plan.setText(_("Plan {plan}").format(plan=record.plan))
        age = _("{count} years").format(count=f"{said.age_years:g}") if said and said.age_years is not None else ""
        rows = [
            (_("Treated at"), moment_words(self.model.parts.local_time(record.recorded_at))),
            (_("Sex"), record.sex or "—"),
            (_("Age"), age or age_band_word(record.age_band)),
            (_("Village or quarter"), (said.village if said else None) or "—"),
            *(("", f"• {step}") for step in rehydration_plans()[record.dehydration].steps[language]),
        ]
        self.facts.show_facts(rows)
