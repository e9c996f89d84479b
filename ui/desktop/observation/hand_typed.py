"""Telling what a hand types from what a reader sends: a page of one-key acts must not act on a document's letters."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

BURST_MS = 35
"""A reader types faster than this."""
_UNLOCKED = {
    Qt.Key.Key_End: "1",
    Qt.Key.Key_Down: "2",
    Qt.Key.Key_PageDown: "3",
    Qt.Key.Key_Left: "4",
    Qt.Key.Key_Right: "6",
    Qt.Key.Key_Home: "7",
    Qt.Key.Key_Up: "8",
    Qt.Key.Key_PageUp: "9",
}


class HandTyped:
    """``is_mine``: the texts that act on this page. One that comes right after any other text is a reader's."""

    def __init__(self, is_mine: Callable[[str], bool]) -> None:
        self._is_mine = is_mine
        self._foreign_at: int | None = None

    def text(self, event: QKeyEvent) -> str:
        """Return the text that a hand typed, "" for none: a key held down is typed once."""
        text = event.text().upper()
        if event.modifiers() & Qt.KeyboardModifier.KeypadModifier:  # its figures, whatever NumLock says
            text = _UNLOCKED.get(Qt.Key(event.key()), text)
        after = None if self._foreign_at is None else event.timestamp() - self._foreign_at
        reader = after is not None and 0 <= after < BURST_MS
        if text.isprintable() and text and (reader or not self._is_mine(text)):
            self._foreign_at = event.timestamp()
        return "" if reader or event.isAutoRepeat() or not self._is_mine(text) else text
