"""Labels and buttons that never take text for markup, and a field with its label above."""

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.desktop.theme import set_kind


class PlainLabel(QLabel):
    """A label whose text is always plain: a traveller's name is never markup."""

    def __init__(self, text: str = "", kind: str = "", *, wrap: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if kind:
            self.setProperty("kind", kind)
        self.setText(text)

    def set_kind(self, kind: str) -> None:
        """Change the look."""
        set_kind(self, kind)


class Button(QPushButton):
    """A push button of a kind of theme.qss: "" (ordinary), primary, danger, quiet. Enter presses it too."""

    def __init__(self, kind: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAutoDefault(True)
        if kind:
            self.setProperty("kind", kind)

    def say(self, text: str) -> None:
        """Set the words and the accessible name."""
        self.setText(text.replace("&", "&&"))
        self.setAccessibleName(text)


class LabelledField(QWidget):
    """A field under its label, which names it to assistive technology; a line below says what is wrong."""

    def __init__(self, field: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field = field
        self.label = PlainLabel(kind="field-label")
        self.label.setBuddy(field)
        self.remark = PlainLabel(kind="small", wrap=True)
        self.remark.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        layout.addWidget(self.label)
        layout.addWidget(field)
        layout.addWidget(self.remark)
        self.setFocusProxy(field)

    def say(self, label: str, remark: str = "") -> None:
        """Set the words."""
        self.label.setText(label)
        self.field.setAccessibleName(label)
        self.mark(remark, wrong=bool(self.field.property("wrong")))

    def mark(self, remark: str, *, wrong: bool = True) -> None:
        """Show a remark under the field; ``wrong`` marks the field too. An empty remark clears both."""
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        self.field.setAccessibleDescription(remark)
        self.field.setProperty("wrong", wrong and bool(remark))
        self.field.style().unpolish(self.field)
        self.field.style().polish(self.field)


class Card(QFrame):
    """A raised surface with a column inside."""

    def __init__(self, kind: str = "card", margin: int = 24, spacing: int = 16, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", kind)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(margin, margin, margin, margin)
        self.column.setSpacing(spacing)


class Line(QFrame):
    """A hairline between two parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "line")


def centred(widget: QWidget) -> QHBoxLayout:
    """Return a row with the widget in its middle; unlike an alignment it keeps the height that wrapped words need."""
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget)
    row.addStretch(1)
    return row


class SpokenFrame(QFrame):
    """A frame that words itself again when the language changes."""

    def retranslate(self) -> None:
        """Set every word of the frame."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
