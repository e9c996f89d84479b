"""Small questions of the lane: another traveller, two documents, which decision."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.widgets.plain import Button, PlainLabel
from ui.desktop.words import button_words


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer. ``why_not`` not empty: it is shut, and says why."""

    code: str
    words: str
    why_not: str = ""
    grave: bool = False


class ChoiceDialog(QDialog):
    """Numbered answers, none of them chosen before: 1 to 9, or Tab and Space. Esc answers nothing."""

    def __init__(
        self, parent: QWidget, title: str, text: str, choices: Sequence[Choice], give: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self._give = give
        self._choices = tuple(choices)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setFixedWidth(600)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(8)
        column.addWidget(PlainLabel(title, "heading", wrap=True))
        if text:
            column.addWidget(PlainLabel(text, wrap=True))
        self.buttons: dict[str, Button] = {}
        for at, choice in enumerate(self._choices, start=1):
            button = Button("danger" if choice.grave else "")
            button.setAutoDefault(False)
            button.setMinimumHeight(52)
            button.say(f"{at}   {choice.words}")
            button.setEnabled(not choice.why_not)
            button.clicked.connect(self._answer(choice.code))
            column.addWidget(button)
            if choice.why_not:
                button.setAccessibleDescription(choice.why_not)
                column.addWidget(PlainLabel(choice.why_not, "small", wrap=True))
            self.buttons[choice.code] = button
        self.cancel = Button("quiet")
        self.cancel.setAutoDefault(False)
        self.cancel.say(f"{button_words()['cancel']}  (Esc)")
        self.cancel.clicked.connect(self.reject)
        column.addWidget(self.cancel)
        self.setAccessibleName(title)
        self.setAccessibleDescription(text)
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a number; Enter does nothing here, so that no reader's line end answers."""
        if event.isAutoRepeat() or event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return
        text = event.text()
        if text.isdigit() and 1 <= int(text) <= len(self._choices):
            choice = self._choices[int(text) - 1]
            if not choice.why_not:
                self._answer(choice.code)()
            return
        super().keyPressEvent(event)

    def _answer(self, code: str) -> Callable[[], None]:
        def answer() -> None:
            self.accept()
            self._give(code)

        return answer


def choose(
    parent: QWidget, title: str, text: str, choices: Sequence[Choice], give: Callable[[str], None]
) -> ChoiceDialog:
    """Return the question, already open; it does not block."""
    dialog = ChoiceDialog(parent, title, text, choices, give)
    dialog.open()
    return dialog


KEEP, FINISH, OTHER, BESIDE = "keep", "finish", "other", "beside"


def another_traveller_choices(*, shows_pass: bool) -> tuple[Choice, ...]:
    """Return what can be done when another document lies in view. ``shows_pass``: so far there is a pass alone."""
    beside = (Choice(BESIDE, _("The document of the traveller who shows this pass")),) if shows_pass else ()
    return (
        *beside,
        Choice(KEEP, _("Keep this traveller; do not take the other document")),
        Choice(FINISH, _("Finish this traveller first; the other comes next")),
        Choice(OTHER, _("Begin with the other; this draft is kept")),
    )
