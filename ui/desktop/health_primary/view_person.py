"""Who it is: shown only when the result is not PASS. Every field may stay empty; the last Enter keeps the screening."""

import time
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QKeyEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLineEdit, QVBoxLayout, QWidget

from bmis.capture.wedge import HOLD_MS
from bmis.documents.states import states
from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from ui.desktop.health_primary.traveller import PERSON_FIELDS
from ui.desktop.health_primary.view_model import PrimaryModel
from ui.desktop.widgets.fields import CountryField, DateField, State, iso_date
from ui.desktop.widgets.plain import LabelledField, PlainLabel, SpokenFrame

_STATES = frozenset({"nationality", "document_country"})
LONGEST = 120


class PersonPage(SpokenFrame):
    """``done``: Enter on the last field."""

    done = Signal()

    def __init__(
        self, model: PrimaryModel, now_ms: Callable[[], float] | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._model = model
        self.setProperty("kind", "card")
        self.now_ms: Callable[[], float] = now_ms or (lambda: time.monotonic() * 1000)
        self._last_ms = float("-inf")
        self._title, self._hint = PlainLabel(kind="heading"), PlainLabel(kind="muted", wrap=True)
        self.trouble = PlainLabel(kind="field-label", wrap=True)
        self.trouble.hide()
        self.fields: dict[str, LabelledField] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        for at, name in enumerate(PERSON_FIELDS):
            self.fields[name] = self._field(name)
            grid.addWidget(self.fields[name], at // 2, at % 2)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 12, 16, 12)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self._hint)
        column.addWidget(self.trouble)
        column.addLayout(grid)
        column.addStretch(1)
        self.retranslate()

    def first(self) -> QWidget:
        """Return the field to begin with."""
        return self.fields[PERSON_FIELDS[0]].field

    def show_trouble(self, words: str) -> None:
        """Say what keeps it from being kept."""
        self.trouble.setText(words)
        self.trouble.setVisible(bool(words))

    def show_person(self) -> None:
        """Show what was typed of the traveller in front."""
        self.show_trouble("")
        for name, labelled in self.fields.items():
            text, field = self._model.traveller.person.get(name, ""), labelled.field
            if isinstance(field, DateField):
                field.set_value(iso_date(text)) if iso_date(text) else field.setText(text)
            elif isinstance(field, CountryField):
                field.set_code(text)
            elif isinstance(field, QLineEdit):
                field.setText(text)

    def retranslate(self) -> None:
        """Word the page."""
        self._title.setText(_("Who is it?"))
        self._hint.setText(_("Only because the result is not “no concern”. Fields may stay empty; F12 keeps at once."))
        words = {
            "surname": _("Surname"),
            "given_names": _("Given names"),
            "birth_date": _("Date of birth"),
            "nationality": _("Nationality"),
            "document_number": _("Document number"),
            "document_country": _("Document issued by"),
            "phone": _("Telephone"),
            "seat": _("Seat"),
            "address_next": _("Where the traveller stays next"),
        }
        for name, labelled in self.fields.items():
            labelled.say(words[name])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes to the next field; that of a reader, or one held down, goes nowhere."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        now = self.now_ms()
        since, self._last_ms = now - self._last_ms, now
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        if event.isAutoRepeat() or since < HOLD_MS:
            return True
        order = [labelled.field for labelled in self.fields.values()]
        at = next((place for place, field in enumerate(order) if field is watched), None)
        if at is None:
            return False
        if at + 1 < len(order):
            order[at + 1].setFocus()
        else:
            self.done.emit()
        return True

    def _field(self, name: str) -> LabelledField:
        field: QLineEdit
        if name == "birth_date":
            born = DateField(partial=True)
            born.textEdited.connect(lambda text: self._model.set_person(name, str(born.value() or text)))
            field = born
        elif name in _STATES:
            state = CountryField(_states)
            state.textEdited.connect(lambda _text: self._model.set_person(name, state.code()))
            state.changed.connect(lambda code: self._model.set_person(name, code))
            field = state
        else:
            field = QLineEdit()
            field.setMaxLength(LONGEST)
            field.textEdited.connect(lambda text: self._model.set_person(name, text))
        field.setObjectName("health.person")
        field.installEventFilter(self)
        return LabelledField(field)


def _states() -> Sequence[State]:
    language = current_language()
    return [State(one.code, one.name(language)) for one in states().values()]
