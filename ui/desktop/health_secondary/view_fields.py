"""Fields of a case in a grid, each told as text; Enter goes to the next one."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt, Signal
from PySide6.QtGui import QKeyEvent, QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from bmis.documents.states import states
from bmis.kernel.i18n import current_language
from poe_health.rules.answer import Answer
from ui.desktop.health_secondary.case_sheet import Field, Kind
from ui.desktop.widgets.fields import CountryField, DateField, State, iso_date
from ui.desktop.widgets.plain import LabelledField, SpokenFrame
from ui.words.health_fields import case_field_word
from ui.words.health_secondary import answer_word, choice_words


class _Choice(QComboBox):
    """Letters choose; Enter leaves the field."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            event.ignore()
            return
        super().keyPressEvent(event)


class CaseField(LabelledField):
    """One field. ``typed`` carries its name and its text: dates as YYYY-MM-DD, choices as their code."""

    typed = Signal(str, str)

    def __init__(self, of: Field, parent: QWidget | None = None) -> None:
        self.of = of
        super().__init__(_widget_for(of), parent)
        self.label.setWordWrap(True)
        self.field.setObjectName(f"health.{of.name}")
        widget = self.field
        if isinstance(widget, QComboBox):
            widget.currentIndexChanged.connect(lambda _at: self._tell())
        elif isinstance(widget, DateField | CountryField):
            widget.changed.connect(lambda _value: self._tell())
        elif isinstance(widget, QLineEdit):
            widget.textEdited.connect(lambda _text: self._tell())
        self.retranslate()

    def value(self) -> str:
        """Return the text as the model takes it."""
        widget = self.field
        if isinstance(widget, QComboBox):
            return str(widget.currentData() or "")
        if isinstance(widget, DateField):
            day = widget.value()
            return str(day) if day else widget.text().strip()
        if isinstance(widget, CountryField):
            return widget.code()
        return widget.text().strip() if isinstance(widget, QLineEdit) else ""

    def show_value(self, text: str) -> None:
        """Show a text as ``value`` gave it, without saying that it changed."""
        widget = self.field
        widget.blockSignals(True)
        if isinstance(widget, QComboBox):
            widget.setCurrentIndex(max(0, widget.findData(text)))
        elif isinstance(widget, DateField):
            if (day := iso_date(text)) or not text:
                widget.set_value(day)
            else:
                widget.setText(text)
        elif isinstance(widget, CountryField):
            widget.set_code(text)
        elif isinstance(widget, QLineEdit):
            widget.setText(text)
            widget.setCursorPosition(0)
        widget.blockSignals(False)

    def retranslate(self) -> None:
        """Word label and choices."""
        self.say(case_field_word(self.of.name))
        if isinstance(self.field, QComboBox):
            self._fill(self.field)

    def _fill(self, combo: QComboBox) -> None:
        at = combo.currentData()
        combo.blockSignals(True)
        combo.clear()
        combo.addItem("—", "")
        for code, words in _choices(self.of):
            combo.addItem(words, code)
        combo.setCurrentIndex(max(0, combo.findData(at)))
        combo.blockSignals(False)

    def _tell(self) -> None:
        self.mark("")
        self.typed.emit(self.of.name, self.value())


class FieldGrid(SpokenFrame):
    """Fields in columns, in the order given. ``typed`` as of each field."""

    typed = Signal(str, str)

    def __init__(self, fields: Sequence[Field], columns: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, CaseField] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(8)
        for at, one in enumerate(fields):
            shown = CaseField(one)
            shown.typed.connect(self.typed)
            self.fields[one.name] = shown
            grid.addWidget(shown, at // columns, at % columns, Qt.AlignmentFlag.AlignBottom)
        for column in range(columns):
            grid.setColumnStretch(column, 1)
        self._flow = EnterAlong([shown.field for shown in self.fields.values()], self)

    def show_texts(self, texts: Mapping[str, str]) -> None:
        """Show what stands in every field."""
        for name, shown in self.fields.items():
            shown.show_value(texts.get(name, ""))
            shown.mark("")

    def mark_wrong(self, wrong: Mapping[str, str]) -> None:
        """Mark the fields that hold what cannot be, each with why; the others are right."""
        for name, shown in self.fields.items():
            shown.mark(wrong.get(name, ""))

    def retranslate(self) -> None:
        """Word the fields."""
        for shown in self.fields.values():
            shown.retranslate()


class EnterAlong(QObject):
    """Enter goes to the next field; on the last one ``done`` is called."""

    def __init__(self, fields: Sequence[QWidget], parent: QObject, done: Callable[[], None] | None = None) -> None:
        super().__init__(parent)
        self._fields, self._done = list(fields), done
        for field in self._fields:
            field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or watched not in self._fields:
            return False
        if isinstance(watched, QComboBox) and watched.view().isVisible():
            return False
        if not event.isAutoRepeat():
            at = self._fields.index(watched)
            following = next((one for one in self._fields[at + 1 :] if one.isEnabled()), None)
            if following is not None:
                following.setFocus(Qt.FocusReason.TabFocusReason)
            elif self._done is not None:
                self._done()
        return True


def _widget_for(of: Field) -> QWidget:
    if of.kind in (Kind.CHOICE, Kind.ANSWER, Kind.TRUTH):
        combo = _Choice()
        combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        combo.setMinimumContentsLength(6)
        return combo
    if of.kind in (Kind.DATE, Kind.PARTIAL):
        return DateField(partial=of.kind is Kind.PARTIAL)
    if of.kind is Kind.COUNTRY:
        return CountryField(_states)
    line = QLineEdit()
    line.setMaxLength(of.longest)
    if of.kind is Kind.NUMBER:
        line.setValidator(QRegularExpressionValidator(QRegularExpression("[0-9]{0,3}"), line))
    return line


def _choices(of: Field) -> Sequence[tuple[str, str]]:
    if of.kind is Kind.CHOICE:
        return choice_words(of.choices)
    return tuple((answer.value, answer_word(answer)) for answer in (Answer.YES, Answer.NO))


def _states() -> Sequence[State]:
    language = current_language()
    return [State(one.code, one.name(language)) for one in states().values()]
