"""A question with our own words on its buttons; No has the focus, so Enter never does harm."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.desktop.widgets.plain import Button, PlainLabel


class Question(QDialog):
    """Asks once; ``answered`` is called with True or False. Esc and closing answer no."""

    def __init__(
        self, parent: QWidget, title: str, text: str, yes: str, no: str, answered: Callable[[bool], None]
    ) -> None:
        super().__init__(parent)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setMinimumWidth(480)
        self.yes, self.no = Button(), Button("primary")
        self.yes.say(yes)
        self.no.say(no)
        self.yes.setAutoDefault(False)
        self.yes.setProperty("tall", True)
        self.yes.clicked.connect(self.accept)
        self.no.clicked.connect(self.reject)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addWidget(self.yes, 1)
        buttons.addWidget(self.no, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addWidget(PlainLabel(title, "heading", wrap=True))
        column.addWidget(PlainLabel(text, wrap=True))
        column.addLayout(buttons)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.finished.connect(lambda result: answered(result == QDialog.DialogCode.Accepted))
        self.no.setFocus()


def ask(parent: QWidget, title: str, text: str, *, yes: str, no: str, answered: Callable[[bool], None]) -> Question:
    """Return the question, already open over ``parent``; it does not block."""
    question = Question(parent, title, text, yes, no, answered)
    question.open()
    return question
