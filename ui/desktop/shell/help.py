"""F1: what the focused field wants, read from resources/help/LANGUAGE/*.md as plain text."""

import re
from functools import lru_cache

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from bmis.kernel.i18n import current_language
from bmis.kernel.i18n import translate as _
from bmis.kernel.resources import resource
from ui.desktop.widgets.plain import Button, PlainLabel, SpokenFrame
from ui.desktop.words import button_words

_HEADING = re.compile(r"^## ([a-z0-9_.\-]+) · (.+)$")


@lru_cache(maxsize=4)
def help_topics(language: str) -> dict[str, tuple[str, str]]:
    """Return each topic's title and text by its code.

    Topics are the ``## code · Title`` sections of every file of the language's folder; the code is the object name
    of the field.
    """
    topics: dict[str, tuple[str, str]] = {}
    for path in sorted(resource("help", language).glob("*.md")):
        code, title, lines = "", "", list[str]()
        for line in [*path.read_text(encoding="utf-8").splitlines(), "## end · ."]:
            if heading := _HEADING.match(line):
                if code:
                    topics[code] = (title, "\n".join(lines).strip())
                code, title, lines = heading[1], heading[2], []
            else:
                lines.append(line)
    return topics


def help_for(topic: str | None) -> tuple[str, str]:
    """Return title and text of a topic, else of the fields like it, else those of the keys, which help everywhere."""
    topics = help_topics(current_language())
    for code in (topic, (topic or "").rpartition(".")[0], "keys"):
        if code and code in topics:
            return topics[code]
    return _("Help"), _("There is no help for this field.")


class HelpPanel(SpokenFrame):
    """A panel at the side of the frame; the work stays in view."""

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._topic: str | None = None
        self.setProperty("kind", "card")
        self.setFixedWidth(360)
        self._title = PlainLabel(kind="heading", wrap=True)
        self._text = QPlainTextEdit()
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._close = Button()
        self._close.clicked.connect(self.dismiss)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 16, 16, 16)
        column.setSpacing(16)
        column.addWidget(self._title)
        column.addWidget(self._text, 1)
        column.addWidget(self._close)
        self.hide()

    def text(self) -> str:
        """Return the words shown."""
        return f"{self._title.text()}\n{self._text.toPlainText()}"

    def show_topic(self, topic: str | None) -> None:
        """Show a topic and take the focus, so that the arrows scroll it."""
        self._topic = topic
        self.retranslate()
        self.show()
        self._text.setFocus(Qt.FocusReason.OtherFocusReason)

    def dismiss(self) -> None:
        """Close the panel."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def retranslate(self) -> None:
        """Word the topic again."""
        title, text = help_for(self._topic)
        self._title.setText(title)
        self._text.setPlainText(text)
        self._text.setAccessibleName(title)
        self._close.say(button_words()["close"])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.dismiss()
            return
        super().keyPressEvent(event)
