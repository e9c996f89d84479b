"""Keeping the draft while it is worked on: soon after each change, at once when asked."""

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from ui.desktop.workers.runner import Runner

DELAY_MS = 400  # one save for a word typed, not one for each letter


class SavesDrafts(Protocol):
    """The use cases of a desk whose work is kept."""

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep the draft, encrypted."""


class AutoSave(QObject):
    """Signals: ``saved``, ``failed`` an error: the officer must know that the draft lives in memory only."""

    saved = Signal()
    failed = Signal(object)

    def __init__(self, parts: SavesDrafts, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._parts, self._runner = parts, runner
        self._entry: Callable[[], DraftEntry | None] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(DELAY_MS)
        self._timer.timeout.connect(self.now)

    def soon(self, entry: Callable[[], DraftEntry | None]) -> None:
        """Save shortly; ``entry`` is asked then, and answers None when there is nothing to keep."""
        self._entry = entry
        self._timer.start()

    def now(self) -> None:
        """Save what is waiting."""
        self._timer.stop()
        ask, self._entry = self._entry, None
        entry = ask() if ask is not None else None
        if entry is not None:
            self._runner.run(lambda: self._parts.save_draft(entry), lambda _draft: self.saved.emit(), self.failed.emit)

    def drop(self) -> None:
        """Forget what is waiting: it is being decided, or was set aside."""
        self._timer.stop()
        self._entry = None
