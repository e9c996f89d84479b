"""The page of the cases: queue, tabs, outcome."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import translate as _
from poe_health.errors import TemperatureUnconfirmedError
from poe_health.screening.record import ConsentAnswer
from poe_health.screening.record_screening import Kept
from ui.desktop.health_secondary.case_sheet import CaseSheet
from ui.desktop.health_secondary.handing_on import Finished
from ui.desktop.health_secondary.parts import ExpressPatient, WaitingPerson
from ui.desktop.health_secondary.view_case import CONSENT, EXAM, NOTES, PERSON, TRAVEL, CaseTabs
from ui.desktop.health_secondary.view_case_forms import CaseForms
from ui.desktop.health_secondary.view_model import CaseModel
from ui.desktop.health_secondary.view_outcome import OutcomePanel
from ui.desktop.health_secondary.view_queue import HealthQueue
from ui.desktop.parts import Describe
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.bars import DecisionBar, DecisionButton
from ui.desktop.widgets.plain import Card, PlainLabel, SpokenFrame
from ui.desktop.widgets.question import ask
from ui.desktop.words import button_words
from ui.words.health import result_word

KEEP, REFER, FOLLOW, END = "KEEP", "REFER", "FOLLOW", "END"
LETTERS = {KEEP: "G", REFER: "T", FOLLOW: "S"}
_FIELD_OF_QUESTION = {
    "temperature_c": (EXAM, "temperature"),
    "age_years": (PERSON, "age_years"),
    "itinerary": (TRAVEL, ""),
}


class CasesPage(SpokenFrame):
    """``referring`` and ``following`` carry a Finished; ``noticed`` and ``remarked`` as of a desk."""

    noticed = Signal(object)
    remarked = Signal(str, str)
    cleared = Signal()
    counted = Signal()
    referring = Signal(object)
    following = Signal(object)

    def __init__(self, model: CaseModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.model = model
        self.forms = CaseForms(self, model, describe)
        self.heading, self.queue = PlainLabel(kind="heading"), HealthQueue()
        self.case, self.outcome, self.bar = CaseTabs(model, describe), OutcomePanel(model), DecisionBar()
        self._confirming = self._opening = False
        self._lay_out()
        self._watch()
        self.retranslate()

    def _lay_out(self) -> None:
        middle = Card(margin=12, spacing=8)
        middle.column.addWidget(self.case, 1)
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addWidget(self.heading)
        left.addWidget(self.queue, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addLayout(left, 27)
        row.addWidget(middle, 60)
        row.addWidget(self.outcome, 38)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 4, 0, 0)
        column.setSpacing(8)
        column.addLayout(row, 1)
        column.addWidget(self.bar)

    def _watch(self) -> None:
        model, case, forms = self.model, self.case, self.forms
        self.queue.opened.connect(self._open)
        self.bar.chosen.connect(self._on_pressed)
        self.bar.reworded.connect(self._show_bar)
        case.consent.said.connect(self.consent)
        case.consent.ordering.connect(forms.ask_order)
        case.consent.printing.connect(self._print)
        case.exam.dating.connect(forms.ask_last_day)
        case.exam.testing.connect(forms.ask_test)
        case.travel.adding.connect(forms.ask_stay)
        case.care.charging.connect(forms.ask_charge)
        case.care.joining.connect(forms.ask_companion)
        self.outcome.asked.connect(self._on_asked)
        model.listed.connect(self._on_listed)
        model.chosen.connect(self._on_chosen)
        model.changed.connect(self._on_changed)
        model.judged.connect(self._on_judged)
        model.kept.connect(self._on_kept)
        model.ended.connect(self._on_ended)
        model.noticed.connect(self.noticed)
        for at in range(6):
            shortcut = QShortcut(QKeySequence(f"Ctrl+{at + 1}"), self)
            shortcut.activated.connect(lambda at=at: self.go_to(at))
        for code, letter in LETTERS.items():
            shortcut = QShortcut(QKeySequence(f"Alt+{letter}"), self)
            shortcut.activated.connect(lambda code=code: self._on_pressed(code))

    def first_field(self) -> QWidget:
        """Return the queue."""
        return self.queue

    def key_actions(self) -> Mapping[Key, Callable[[], None]]:
        """F2 looks again, F3 finds a sign, F5 prints, F8 notes, F9 records a refusal, F12 ends the case."""
        return {
            Key.RESCAN: self.model.refresh,
            Key.FIND: self._find,
            Key.PRINT: lambda: self._print("refusal" if self._is_refused() else "consent"),
            Key.NOTE: lambda: self.go_to(NOTES),
            Key.REFUSE: lambda: self.consent(ConsentAnswer.REFUSED),
            Key.DECIDE: lambda: self._on_pressed(END),
            Key.BACK: self.queue.setFocus,
        }

    def retranslate(self) -> None:
        """Word the page."""
        self.queue.word()
        self._show_queue()
        self._show_bar()

    def hide_people(self) -> None:
        """Show nobody: the screen locks."""
        self.model.put_away()
        self.queue.show_people((), self.model.today)

    def go_to(self, tab: int) -> None:
        """Go to a tab; that of the examination only after the answer to consent."""
        if self.model.sheet is None:
            return
        try:
            self.case.show_tab(tab)
        except BmisError as error:
            self.noticed.emit(error)

    def consent(self, answer: ConsentAnswer) -> None:
        """Keep what the person said; a refusal is asked once, for it sends to the supervisor."""
        if self.model.sheet is None:
            return
        if answer is ConsentAnswer.NOT_ABLE:
            self.forms.ask_not_able()
        elif answer is ConsentAnswer.REFUSED:
            ask(
                self,
                _("The person refuses?"),
                _("Nothing is examined then. Explain the risks, and call the supervisor."),
                yes=_("Refuses"),
                no=button_words()["cancel"],
                answered=lambda yes: self.model.consent(answer) if yes else None,
            )
        else:
            self.model.consent(answer)

    # --- inside

    def _asked(self) -> bool:
        return self.model.sheet is not None and self.model.sheet.consent is not None

    def _is_refused(self) -> bool:
        sheet = self.model.sheet
        return sheet is not None and sheet.consent is not None and sheet.consent.answer is ConsentAnswer.REFUSED

    def _find(self) -> None:
        self.go_to(EXAM)
        if self.case.tabs.currentIndex() == EXAM:
            self.case.exam.sought.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _print(self, what: str) -> None:
        if what == "refusal":
            self.model.papers.refusal(self.model.sheet)
            return
        offer = self.model.offer
        texts = offer.approved or tuple(text for text, _offered in offer.texts) if offer else ()
        self.model.papers.consent(tuple(text.language for text in texts))

    def _on_pressed(self, code: str) -> None:
        sheet = self.model.sheet
        if sheet is None:
            return
        if code == KEEP:
            self.model.keep()
        elif code == END:
            self.forms.ask_end(self.model.outcome)
        else:
            finished = Finished(sheet, self.model.outcome)
            (self.referring if code == REFER else self.following).emit(finished)

    def _on_asked(self, question: str) -> None:
        tab, name = _FIELD_OF_QUESTION.get(question, (PERSON, ""))
        self.go_to(tab)
        if self.case.tabs.currentIndex() != tab:
            return
        target = {
            "temperature": self.case.exam.exam.fields["temperature"].field,
            "age_years": self.case.person.fields["age_years"].field,
        }.get(name, self.case.travel.add)
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _open(self, key: object) -> None:
        """Put somebody in front: only now a name is shown, and that is on record."""
        person = self.model.person
        if person is not None and person.id == key:
            self.go_to(PERSON if self._asked() else CONSENT)
        else:
            self._opening = True
            self.model.choose(key)

    def write_form(self, record_id: object) -> None:
        """Put somebody who was treated first in front, and begin with consent."""
        person = self.model.person
        if person is not None and person.id == record_id:
            self.go_to(CONSENT)
            return
        self._opening = True
        self.model.write_form(record_id)

    def _on_listed(self, people: tuple[WaitingPerson, ...]) -> None:
        self._show_queue()
        self.counted.emit()

    def _show_queue(self) -> None:
        person = self.model.person
        self.queue.show_people(self.model.people, self.model.today, person.id if person else None)
        said = person.treated.answers if isinstance(person, ExpressPatient) else None
        self.heading.setText(_("Form of card {number}").format(number=said.token) if said else _("Waiting"))

    def _on_chosen(self, sheet: CaseSheet | None) -> None:
        self.case.show_case(sheet)
        self.outcome.refresh()
        self._show_queue()
        self._show_bar()
        if sheet is not None and self._opening:
            self._opening = False
            self.go_to(PERSON if self._asked() else CONSENT)

    def _on_changed(self) -> None:
        self.case.refresh()
        self._show_bar()

    def _on_judged(self) -> None:
        self.case.mark_wrong()
        self.case.consent.refresh()
        self.outcome.refresh()
        error = self.model.wrong.get("temperature")
        if isinstance(error, TemperatureUnconfirmedError) and not self._confirming:
            self._confirming = True
            sheet = self.model.sheet
            text = _("{value} °C is rare. Was it measured again, and is it right?")
            ask(
                self,
                _("A rare temperature"),
                text.format(value=sheet.text("temperature") if sheet else ""),
                yes=_("It is right"),
                no=_("Correct it"),
                answered=self._on_confirmed,
            )

    def _on_confirmed(self, yes: bool) -> None:
        self._confirming = False
        if yes:
            self.model.confirm_temperature()
        else:
            self.model.set_text("temperature", "")
            self.case.exam.exam.show_texts(self.model.sheet.texts if self.model.sheet else {})

    def _on_kept(self, kept: Kept) -> None:
        self.forms.done()
        self.cleared.emit()

    def _on_ended(self, kept: Kept) -> None:
        self.forms.done()
        disposition = kept.view.facts.disposition or ""
        words = _("Case {number} ended: {result}.").format(number=kept.view.record.seq, result=result_word(disposition))
        self.remarked.emit(words, "")
        self.counted.emit()
        self.queue.setFocus()
        finished = self.model.finished
        if finished is not None and disposition in ("ISOLATED", "REFERRED"):
            QTimer.singleShot(0, self, lambda: self.referring.emit(finished))
        elif finished is not None and disposition == "FOLLOW_UP":
            QTimer.singleShot(0, self, lambda: self.following.emit(finished))
        elif kept.token is not None and kept.view.facts.clearance is not None:
            self.model.papers.slip(kept.token, str(kept.view.record.seq))

    def _show_bar(self) -> None:
        sheet = self.model.sheet
        nobody = _("Nobody is in front") if sheet is None else ""
        self.bar.show_decisions(
            [
                DecisionButton(KEEP, _("Keep the case"), "Alt+G", "", nobody),
                DecisionButton(REFER, _("Transfer…"), "Alt+T", "", nobody),
                DecisionButton(FOLLOW, _("Follow…"), "Alt+S", "", nobody),
                DecisionButton(END, _("End the case…"), "F12", "primary", nobody),
            ]
        )
