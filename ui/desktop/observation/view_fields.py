"""Fields of observation: a text each, as the sheet and the survey take it."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.observation.sheet import typed_time
from ui.desktop.observation.wording import Choices, state_choices
from ui.desktop.widgets.fields import ChoiceBox, CountryField, DateField, iso_date
from ui.desktop.widgets.plain import LabelledField


class Kind(StrEnum):
    """What a field takes."""

    CHOICE = "choice"
    COUNTRY = "country"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"


class ObservedField(LabelledField):
    """One field. ``typed`` carries its name and its text; "" is not known."""

    typed = Signal(str, str)

    def __init__(
        self,
        name: str,
        kind: Kind,
        topic: str,
        label: Callable[[], str],
        choices: Callable[[], Choices] = tuple,
        parent: QWidget | None = None,
    ) -> None:
        self.name, self._kind, self._label, self._choices = name, kind, label, choices
        super().__init__(_widget_for(kind), parent)
        self.field.setObjectName(topic)
        self.label.setWordWrap(True)
        widget = self.field
        if isinstance(widget, ChoiceBox):
            widget.currentIndexChanged.connect(lambda _at: self._tell())
        elif isinstance(widget, DateField | CountryField):
            widget.changed.connect(lambda _value: self._tell())
            widget.textEdited.connect(lambda _text: self._tell())
        elif isinstance(widget, QLineEdit):
            widget.textEdited.connect(lambda _text: self._tell())
        self.retranslate()

    def value(self) -> str:
        """Return the text; what is half typed as it stands, so that it is refused and not lost."""
        widget = self.field
        if isinstance(widget, ChoiceBox):
            return str(widget.currentData() or "")
        if isinstance(widget, DateField):
            day = widget.value()
            return str(day) if day else widget.text().strip()
        if isinstance(widget, CountryField):
            return widget.code() or widget.text().strip()
        text = widget.text().strip() if isinstance(widget, QLineEdit) else ""
        return typed_time(text) if self._kind is Kind.TIME else text

    def show_value(self, text: str) -> None:
        """Show a text as ``value`` gave it, without saying that it changed."""
        widget = self.field
        if text == self.value():
            return
        widget.blockSignals(True)
        if isinstance(widget, ChoiceBox):
            widget.setCurrentIndex(max(0, widget.findData(text)))
        elif isinstance(widget, DateField) and (day := iso_date(text)):
            widget.set_value(day)
        elif isinstance(widget, CountryField):
            widget.set_code(text)
        elif isinstance(widget, QLineEdit):
            widget.setText(text)
        widget.blockSignals(False)

    def retranslate(self) -> None:
        """Word the label and the choices."""
        self.say(self._label())
        if isinstance(self.field, ChoiceBox):
            self.field.fill(self._choices())
        elif self._kind is Kind.TIME and isinstance(self.field, QLineEdit):
            self.field.setPlaceholderText(_("hhmm"))

    def _tell(self) -> None:
        self.mark("")
        self.typed.emit(self.name, self.value())


class FieldScroll(QScrollArea):
    """A page of fields that scrolls to the one that has the focus, however it came there."""

    def __init__(self, page: QWidget, fields: Iterable[ObservedField], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        self._fields = {field.field: field for field in fields}
        for widget in self._fields:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the focus."""
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, QWidget) and watched in self._fields:
            self.ensureWidgetVisible(self._fields[watched], 0, 8)
        return super().eventFilter(watched, event)


def _widget_for(kind: Kind) -> QWidget:
    if kind is Kind.CHOICE:
        return ChoiceBox()
    if kind is Kind.COUNTRY:
        return CountryField(state_choices)
    if kind is Kind.DATE:
        return DateField()
    line = QLineEdit()
    figures = "[0-9]{0,4}" if kind is Kind.NUMBER else "[0-9]{0,2}:?[0-9]{0,2}"
    line.setValidator(QRegularExpressionValidator(QRegularExpression(figures), line))
    return line
