"""One case: person, document, history, notes, each on its tab."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QTabWidget, QVBoxLayout, QWidget

from bmis.crossings.crossing import ImageKind
from bmis.crossings.view import CrossingSummary
from bmis.kernel.i18n import translate as _
from ui.desktop.secondary.parts import CaseFile, WaitingCase
from ui.desktop.secondary.view_model import NOTE, SecondaryModel
from ui.desktop.secondary.view_queue import reason_words
from ui.desktop.widgets.facts import FactList
from ui.desktop.widgets.pictures import LiveView
from ui.desktop.widgets.plain import LabelledField, SpokenFrame
from ui.desktop.words import age_words, moment_words
from ui.words.acts import record_state_word
from ui.words.crossings import decision_lines, event_line, journey_lines, person_lines, summary_document
from ui.words.labels import decision_word, direction_word

LONGEST_NOTE = 400


class CaseTabs(SpokenFrame):
    """Tabs Pessoa, Documento, Historial, Notas. ``noted`` carries the note."""

    noted = Signal(str)

    def __init__(self, model: SecondaryModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._case: WaitingCase | None = None
        self._file: CaseFile | None = None
        self.tabs = QTabWidget()
        self.tabs.setDocumentMode(True)
        self.tabs.tabBar().setDrawBase(False)
        self.person, self.document, self.history = FactList(), FactList(), FactList()
        self.photo, self.page = LiveView((150, 190), "person"), LiveView((240, 170), "person")
        self.note = QPlainTextEdit()
        self.note.setObjectName("secondary.note")
        self.note.setTabChangesFocus(True)
        self._note_field = LabelledField(self.note)
        for widget in (
            _beside(self.person, self.photo),
            _beside(self.document, self.page),
            self.history,
            self._note_field,
        ):
            self.tabs.addTab(widget, "")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.tabs)
        self.note.textChanged.connect(self._on_note)
        self.show_case(None)

    def show_case(self, case: WaitingCase | None) -> None:
        """Show a case; None shows nobody."""
        self._case, self._file = case, None
        for picture in (self.photo, self.page):
            picture.show_frame(None)
            picture.hide()
        self.note.blockSignals(True)
        self.note.setPlainText(self._model.values.get(NOTE, ""))
        self.note.blockSignals(False)
        self.note.setEnabled(case is not None)
        self.tabs.setCurrentIndex(0)
        self.retranslate()

    def show_file(self, file: CaseFile) -> None:
        """Show what is known around it."""
        self._file = file
        kinds = {picture.kind for picture in file.pictures}
        self.photo.setVisible(ImageKind.TRAVELLER in kinds)
        self.page.setVisible(bool(kinds - {ImageKind.TRAVELLER}))
        for picture in file.pictures:
            image = QImage.fromData(picture.jpeg)
            if picture.kind is ImageKind.TRAVELLER:
                self.photo.show_frame(image)
            elif picture.kind is ImageKind.PAGE or self.page.image() is None:
                self.page.show_frame(image)
        self.retranslate()

    def write_note(self) -> None:
        """Go to the notes."""
        self.tabs.setCurrentIndex(3)
        self.note.setFocus()

    def retranslate(self) -> None:
        """Word the tabs and show the case again."""
        for at, words in enumerate((_("Person"), _("Document"), _("History"), _("Notes"))):
            self.tabs.setTabText(at, words)
        self._note_field.say(_("Note kept with the decision"))
        self.photo.setAccessibleName(_("Photo of the traveller"))
        self.page.setAccessibleName(_("Picture of the document"))
        case = self._case
        if case is None:
            for facts in (self.person, self.document, self.history):
                facts.show_facts(())
            return
        view, local_time = case.view, self._model.parts.local_time
        lines = person_lines(view)
        direction = direction_word(view.crossing.direction.value)
        why = [(_("Waits for"), age_words(case.waited)), (_("Direction"), direction), (_("Why"), reason_words(case))]
        self.person.show_facts([*why, *lines[:4], (_("Journey"), ""), *journey_lines(view)])
        self.document.show_facts([*lines[4:], (_("At the lane"), ""), *decision_lines(view, local_time)])
        self.history.show_facts(self._history())

    def _history(self) -> list[tuple[str, str]]:
        case, file = self._case, self._file
        if case is None or file is None:
            return []
        facts = [(_("On this document"), "")]
        facts += [self._past(one) for one in file.history] or [("", _("No earlier crossing."))]
        if file.namesakes:
            facts.append((_("Same name and date of birth, other documents"), ""))
            facts.append(("", _("These may be other people: nothing of theirs counts here.")))
            facts += [self._past(one, with_document=True) for one in file.namesakes]
        if case.view.events:
            facts.append((_("What happened since"), ""))
            facts += [("", event_line(event, self._model.parts.local_time)) for event in case.view.events]
        return facts

    def _past(self, one: CrossingSummary, *, with_document: bool = False) -> tuple[str, str]:
        said = [direction_word(one.direction.value), decision_word(one.decision.value), one.post_code]
        if one.state.value != "standing":
            said.append(record_state_word(one.state.value))
        if with_document:
            said.append(summary_document(one))
        return moment_words(self._model.parts.local_time(one.crossed_at)), " · ".join(said)

    def _on_note(self) -> None:
        text = self.note.toPlainText()
        if len(text) > LONGEST_NOTE:
            self.note.blockSignals(True)
            self.note.setPlainText(text[:LONGEST_NOTE])
            self.note.blockSignals(False)
        self.noted.emit(text[:LONGEST_NOTE])


def _beside(facts: FactList, picture: LiveView) -> QWidget:
    inside = QWidget()
    picture.setFixedSize(picture.sizeHint())
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 8, 0, 0)
    column.addWidget(facts, 1)
    row = QHBoxLayout()
    row.addWidget(picture, 0, Qt.AlignmentFlag.AlignLeft)
    row.addStretch(1)
    column.addLayout(row)
    return inside
