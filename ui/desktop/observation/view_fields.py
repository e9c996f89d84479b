"""Fields of observation: a text each, as the sheet and the survey take it."""

from collections.abc import Callable, Iterable
from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QRegularExpression, Qt
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QLineEdit, QScrollArea, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.observation.sheet import typed_time
from ui.desktop.observation.wording import Choices, state_choices
from ui.desktop.widgets.fields import ChoiceBox, CountryField, DateField
from ui.desktop.widgets.text_field import TextField


class Kind(StrEnum):
    """What a field takes."""

    CHOICE = "choice"
    COUNTRY = "country"
    NUMBER = "number"
    DATE = "date"
    TIME = "time"


class ObservedField(TextField):
    """One field; "" is not known."""

    def __init__(
        self,
        name: str,
        kind: Kind,
        topic: str,
        label: Callable[[], str],
        choices: Callable[[], Choices] = tuple,
        parent: QWidget | None = None,
    ) -> None:
        self._kind, self._label, self._choices = kind, label, choices
        super().__init__(name, _widget_for(kind), topic, parent)
        if isinstance(self.field, DateField | CountryField):
            self.field.textEdited.connect(lambda _text: self._tell())  # half typed too is kept
        self.retranslate()

    def value(self) -> str:
        """Return the text, a time with its colon."""
        text = super().value()
        return typed_time(text) if self._kind is Kind.TIME else text

    def show_value(self, text: str) -> None:
        """Show a text as ``value`` gave it, without saying that it changed."""
        if text == self.value():
            return
        self.field.blockSignals(True)
        super().show_value(text)
        self.field.blockSignals(False)

    def retranslate(self) -> None:
        """Word the label and the choices."""
        self.say(self._label())
        if isinstance(self.field, ChoiceBox):
            self.field.fill(self._choices())
        elif self._kind is Kind.TIME and isinstance(self.field, QLineEdit):
            self.field.setPlaceholderText(_("hhmm"))


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
