"""One case: person, consent, examination, travel, care and charges, notes, each on its tab."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QScrollArea, QTabWidget, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.health_secondary.case_sheet import PERSON_FIELDS, CaseSheet
from ui.desktop.health_secondary.errors import ConsentFirstError
from ui.desktop.health_secondary.view_care import CareTab, TravelTab
from ui.desktop.health_secondary.view_consent import ConsentTab
from ui.desktop.health_secondary.view_exam import ExamTab
from ui.desktop.health_secondary.view_fields import FieldGrid
from ui.desktop.health_secondary.view_model import CaseModel
from ui.desktop.parts import Describe
from ui.desktop.widgets.plain import LabelledField, SpokenFrame

PERSON, CONSENT, EXAM, TRAVEL, CARE, NOTES = range(6)
LONGEST_NOTE = 2000


class CaseTabs(SpokenFrame):
    """The tabs; that of the examination is shut until consent is on record."""

    def __init__(self, model: CaseModel, describe: Describe, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model, self._describe = model, describe
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.tabs.tabBar().setUsesScrollButtons(False)
        self.person = FieldGrid(PERSON_FIELDS, 2)
        self.consent, self.exam = ConsentTab(model), ExamTab(model)
        self.travel, self.care = TravelTab(model), CareTab(model)
        self.note, self.exam_note = _note("health.note"), _note("health.exam_note")
        self._note_fields = (LabelledField(self.note), LabelledField(self.exam_note))
        notes = QWidget()
        column = QVBoxLayout(notes)
        column.setContentsMargins(0, 8, 0, 0)
        for field in self._note_fields:
            column.addWidget(field, 1)
        for page in (_scrolled(self.person), _scrolled(self.consent), self.exam, self.travel, self.care, notes):
            self.tabs.addTab(page, "")
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(self.tabs)
        self.person.typed.connect(model.set_text)
        self.note.textChanged.connect(lambda: self._on_note("note", self.note))
        self.exam_note.textChanged.connect(lambda: self._on_note("exam_note", self.exam_note))
        self.retranslate()
        self.show_case(None)

    def show_case(self, sheet: CaseSheet | None) -> None:
        """Show a case; None shows nobody."""
        self.person.show_texts(sheet.texts if sheet else {})
        self.consent.fields.show_texts(sheet.texts if sheet else {})
        for name, edit in (("note", self.note), ("exam_note", self.exam_note)):
            edit.blockSignals(True)
            edit.setPlainText(sheet.text(name) if sheet else "")
            edit.blockSignals(False)
        self.tabs.setCurrentIndex(PERSON)
        self.setEnabled(sheet is not None)
        self.exam.show_case()
        self.travel.show_case()
        self.refresh()

    def refresh(self) -> None:
        """Show what stands beside the fields."""
        sheet = self._model.sheet
        self.tabs.setTabEnabled(EXAM, sheet is not None and sheet.consent is not None)
        self.exam_note.setEnabled(sheet is not None and sheet.may_examine)
        self.consent.refresh()
        self.exam.refresh()
        self.exam.keep_answers()
        self.travel.refresh()
        self.care.refresh()
        self.mark_wrong()

    def mark_wrong(self) -> None:
        """Mark the fields that hold what cannot be."""
        words = {}
        for name, error in self._model.wrong.items():
            notice = self._describe(error)
            words[name] = f"{notice.code}  {notice.what}"
        for grid in (self.person, self.exam.exam, self.exam.seen, self.travel.fields):
            grid.mark_wrong(words)

    def show_tab(self, at: int) -> None:
        """Bring a tab to the front and go into it.

        Raises:
            ConsentFirstError: the examination, before the person was asked.
        """
        if not self.tabs.isTabEnabled(at):
            raise ConsentFirstError
        self.tabs.setCurrentIndex(at)
        first: QWidget = {
            PERSON: self.person.fields["surname"].field,
            CONSENT: self.consent.fields.fields["language"].field,
            EXAM: self.exam.exam.fields["temperature"].field,
            TRAVEL: self.travel.fields.fields["direction"].field,
            CARE: self.care.care,
            NOTES: self.note,
        }[at]
        (first if first.isEnabled() else self.exam.answers).setFocus(Qt.FocusReason.TabFocusReason)

    def retranslate(self) -> None:
        """Word the tabs; each with its digit (Ctrl and the digit)."""
        names = (_("Person"), _("Consent"), _("Examination"), _("Travel"), _("Care"), _("Notes"))
        for at, words in enumerate(names):
            self.tabs.setTabText(at, f"{at + 1} {words}")
        self._note_fields[0].say(_("Notes on the case"))
        self._note_fields[1].say(_("Found by examining"))

    def _on_note(self, name: str, edit: QPlainTextEdit) -> None:
        text = edit.toPlainText()
        if len(text) > LONGEST_NOTE:
            edit.blockSignals(True)
            edit.setPlainText(text[:LONGEST_NOTE])
            edit.blockSignals(False)
        self._model.set_text(name, text[:LONGEST_NOTE])


def _note(name: str) -> QPlainTextEdit:
    edit = QPlainTextEdit()
    edit.setObjectName(name)
    edit.setTabChangesFocus(True)
    return edit


def _scrolled(inside: QWidget) -> QScrollArea:
    around = QScrollArea()
    around.setWidgetResizable(True)
    around.setFrameShape(QFrame.Shape.NoFrame)
    around.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    around.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    around.setWidget(inside)
    return around
