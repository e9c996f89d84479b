"""The keys of the table, caught before the field that has the focus, and told apart from what a reader types."""

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from ui.desktop.shortcuts import KeyTable

BURST_MS = 35.0
"""A reader types faster than this; a person does not (desktop.md, measured with wedge readers)."""

_SILENT = {Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta}


class KeyRouter(QObject):
    """Filters the application's keys. ``pressed`` carries a Key; ``active`` fires at any sign of a person."""

    pressed = Signal(object)
    active = Signal()

    def __init__(
        self, keys: KeyTable, now_ms: Callable[[], float] | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._keys = keys
        self._now_ms = now_ms or (lambda: time.monotonic() * 1000)
        self._last_ms = float("-inf")
        self._window: QWidget | None = None

    def watch(self, app: QApplication, window: QWidget) -> None:
        """Begin to filter keys meant for ``window``."""
        self._window = window
        app.installEventFilter(self)

    def use(self, keys: KeyTable) -> None:
        """Take another table."""
        self._keys = keys

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the keys of the table; a dialog in front keeps its own."""
        kind = event.type()
        if kind == QEvent.Type.MouseMove or kind == QEvent.Type.MouseButtonPress:
            self.active.emit()
            return False
        if kind == QEvent.Type.ShortcutOverride:
            return self._claims(watched, event)
        if kind != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget):
            return False
        first = watched is QApplication.focusWidget() or watched.isWindow()
        since_ms = self._note(event) if first else float("inf")
        if not self._is_for_window(watched):
            return False
        binding = self._keys.meaning(event.keyCombination())
        if binding is None:
            return False
        if not (event.isAutoRepeat() or (binding.deciding and since_ms < BURST_MS)):
            self.pressed.emit(binding.key)
        return True

    def _claims(self, watched: QObject, event: QEvent) -> bool:
        """Accept the override, so that no shortcut of a field takes the key before it comes here as a press."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWidget) or not self._is_for_window(watched):
            return False
        if self._keys.meaning(event.keyCombination()) is None:
            return False
        event.accept()
        return True

    def _note(self, event: QKeyEvent) -> float:
        if event.key() in _SILENT:
            return float("inf")
        now = self._now_ms()
        since, self._last_ms = now - self._last_ms, now
        self.active.emit()
        return since

    def _is_for_window(self, watched: QWidget) -> bool:
        return self._window is not None and watched.window() is self._window and not QApplication.activeModalWidget()
