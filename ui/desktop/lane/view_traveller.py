"""The person and the document: what the machine-readable zone says, its lines, the check digits as they are typed."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from bmis.documents.document_kinds import document_kinds
from bmis.documents.errors import MrzLengthError
from bmis.documents.mrz import clean_typed
from bmis.documents.mrz_checks import CheckResult
from bmis.documents.mrz_typing import TypedCheck, check_partial
from bmis.documents.travel_document import CaptureMethod
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.desktop.lane.draft import ReadZone
from ui.desktop.lane.view_choosing import TakenBox
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.lane.wording import DASH, digits_words, document_name, failing_cells, kind_words, state_words
from ui.desktop.widgets.mrz import MrzField
from ui.desktop.widgets.plain import Card, LabelledField, PlainLabel, SpokenFrame
from ui.desktop.widgets.status import StatusIcon
from ui.words.labels import sex_word
from ui.words.mrz_notes import short_note_words

ONE_LINE = 24  # characters of a name that stand on one line in large letters
ZONE_WIDTH = 516  # 44 cells beside both columns on a screen of 1366
_FACTS = ("nationality", "birth_date", "sex", "expiry_date")


class Fact(QWidget):
    """A small label over its value."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.label, self.value = PlainLabel(kind="small"), PlainLabel(kind="field-label", wrap=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.label)
        column.addWidget(self.value)

    def say(self, label: str, value: str) -> None:
        """Set the words."""
        self.label.setText(label)
        self.value.setText(value)
        self.setAccessibleName(f"{label}: {value}")


class Notes(SpokenFrame):
    """What to compare with the page: a small icon and a few words; hidden where there is nothing."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon, self.words = StatusIcon(18), PlainLabel(kind="small", wrap=True)
        self._icon.show_status("amber")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(8)
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self.words, 1)

    def say(self, sentences: Sequence[str]) -> None:
        """Show the sentences, a line each."""
        self.words.setText("\n".join(sentences))
        self.setAccessibleName(" ".join(sentences))
        self.setVisible(bool(sentences))


class TravellerCard(SpokenFrame):
    """Name large, facts below, the zone in OCR-B. ``finished``: Enter in the zone with nothing wrong."""

    zone_typed = Signal()

    def __init__(self, model: LaneModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = model
        self._shown_lines: tuple[str, ...] | None = None
        self.name = PlainLabel(kind="title", wrap=True)
        self.name.setObjectName("lane.name")
        self.line = PlainLabel(kind="muted", wrap=True)
        self.facts = {name: Fact() for name in _FACTS}
        self.zone = MrzField(widest=ZONE_WIDTH)
        self.zone.setObjectName("lane.mrz")
        self.digits = PlainLabel(kind="small", wrap=True)
        self.notes = Notes()
        self.kind = TakenBox()
        self.kind.setObjectName("lane.mrz.kind")
        self._kind_field, self._zone_field = LabelledField(self.kind), LabelledField(self.zone)
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(16)
        for at, name in enumerate(_FACTS):
            grid.addWidget(self.facts[name], 0, at)
            grid.setColumnStretch(at, 3 if name == "nationality" else 2)
        self._facts_row = QWidget()
        self._facts_row.setLayout(grid)
        card = Card(margin=12, spacing=6)
        for widget in (self.name, self.line, self._facts_row, self._kind_field, self._zone_field):
            card.column.addWidget(widget)
        for widget in (self.digits, self.notes):
            card.column.addWidget(widget)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        self.zone.edited.connect(self._on_typed)
        self.kind.taken.connect(model.choose_kind)
        self.retranslate()

    def retranslate(self) -> None:
        """Word the card."""
        self._kind_field.say(_("Kind of document"))
        self._zone_field.say(_("Machine-readable zone"))
        at = self.kind.currentData()
        self.kind.clear()
        self.kind.addItem(DASH, "")
        for kind in document_kinds(self._model.today):
            if kind.issuers:
                self.kind.addItem(kind.name(current_language()), kind.code)
        self.kind.setCurrentIndex(max(0, self.kind.findData(at)))
        self.refresh()

    def refresh(self) -> None:
        """Show the draft's document."""
        model, document = self._model, self._model.document
        draft = model.draft
        self._facts_row.setVisible(document is not None)
        self.line.setVisible(True)
        if document is None:
            self.name.setText(_("Document not complete") if draft and draft.zone else _("Type the document"))
            self.line.setText(_("Type the lines as printed; every check digit is shown as it is completed."))
        else:
            self.name.setText(document_name(document))
            self.name.set_kind("title" if len(self.name.text()) <= ONE_LINE else "heading")
            said = [kind_words(document.kind), document.issuing_state or DASH, document.number or DASH]
            self.line.setText("   ·   ".join(said))
            self._show_facts()
        self._kind_field.setVisible(model.kind_is_needed)
        lines = draft.zone.lines if draft and draft.zone else ()
        if lines != self._shown_lines and not (self.zone.hasFocus() and not lines):
            self._shown_lines = lines
            if self.zone.lines() != lines:
                self.zone.set_lines(lines)
        self._mark()
        self.notes.say(short_note_words(model.notes))

    def clear(self) -> None:
        """Show nothing of the traveller."""
        self._shown_lines = None
        self.zone.set_lines(())
        self.name.setText("")
        self.line.setText("")
        self.notes.say(())
        for fact in self.facts.values():
            fact.say("", "")

    def begin_typing(self) -> None:
        """Give the zone the focus, empty."""
        self._shown_lines = ()
        self.zone.set_lines(())
        self.zone.setFocus()
        self._mark()

    def _show_facts(self) -> None:
        document = self._model.document
        if document is None:
            return
        birth, expiry = document.birth_date, document.expiry_date
        said = {
            "nationality": (_("Nationality"), state_words(document.nationality).partition(" (")[0]),
            "birth_date": (_("Date of birth"), birth.shown() if birth else DASH),
            "sex": (_("Sex"), sex_word(document.sex)),
            "expiry_date": (_("Valid until"), expiry.shown() if expiry else DASH),
        }
        for name, fact in self.facts.items():
            fact.say(*said[name])

    def _mark(self) -> None:
        draft, document = self._model.draft, self._model.document
        if document is not None and document.mrz_kind and draft is not None and draft.zone is not None:
            failing = [name for name, result in document.checks.items() if result is CheckResult.FAIL]
            self.zone.mark(failing_cells(document.mrz_kind, failing), self._model.doubtful)
            said = digits_words({name: TypedCheck(one.value) for name, one in document.checks.items()})
            self.digits.setVisible(bool(failing))
            self.digits.setText(said if failing else "")  # nothing to look at where every digit is right
        else:
            self._mark_typed(self.zone.lines())

    def _mark_typed(self, lines: Sequence[str]) -> None:
        typed = check_partial(lines)
        failing = [name for name, result in typed.checks.items() if result is TypedCheck.FAIL]
        if typed.kind is not None:
            cells = [
                (line, column)
                for line, column in failing_cells(typed.kind, failing)
                if line < len(lines) and column < len(lines[line])
            ]
            self.zone.mark((*cells, *typed.wrong))
        self.digits.setText(digits_words(typed.checks) if lines else "")
        self.digits.setVisible(bool(lines))

    def _on_typed(self, lines: object) -> None:
        try:
            cleaned = clean_typed(tuple(lines) if isinstance(lines, tuple) else ())
        except MrzLengthError:
            return  # the field is marked as it is; the officer shortens it
        if cleaned != lines:
            self.zone.set_lines(cleaned)
        self._mark_typed(cleaned)
        if check_partial(cleaned).complete:
            self._shown_lines = cleaned
            self._model.type_zone(ReadZone(cleaned, CaptureMethod.TYPED_MRZ))
            if self._model.document is not None:
                self.zone_typed.emit()
