"""A labelled field that gives its content as one text, whatever widget it is typed in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from ui.desktop.widgets.fields import ChoiceBox, CountryField, DateField, iso_date
from ui.desktop.widgets.plain import LabelledField


class TextField(LabelledField):
    """``typed`` carries its name and its text: dates as YYYY-MM-DD, choices as their code; "" is nothing."""

    typed = Signal(str, str)

    def __init__(self, name: str, widget: QWidget, topic: str, parent: QWidget | None = None) -> None:
        self.name = name
        super().__init__(widget, parent)
        self.field.setObjectName(topic)
        self.label.setWordWrap(True)
        if isinstance(widget, ChoiceBox):
            widget.currentIndexChanged.connect(lambda _at: self._tell())
        elif isinstance(widget, DateField | CountryField):
            widget.changed.connect(lambda _value: self._tell())
        elif isinstance(widget, QLineEdit):
            widget.textEdited.connect(lambda _text: self._tell())

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
        return widget.text().strip() if isinstance(widget, QLineEdit) else ""

    def show_value(self, text: str) -> None:
        """Show a text as ``value`` gave it."""
        widget = self.field
        if isinstance(widget, ChoiceBox):
            widget.setCurrentIndex(max(0, widget.findData(text)))
        elif isinstance(widget, DateField) and (day := iso_date(text)):
            widget.set_value(day)
        elif isinstance(widget, CountryField):
            widget.set_code(text)
        elif isinstance(widget, QLineEdit):
            widget.setText(text)

    def _tell(self) -> None:
        self.mark("")
        self.typed.emit(self.name, self.value())
