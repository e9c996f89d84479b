"""Signing in and unlocking: what the two screens share, without a widget."""

import math
import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from bmis.staff.errors import LockedOutError
from ui.desktop.workers.runner import Runner


class PasswordModel(QObject):
    """Tries a name and a password. Signals: ``accepted`` carries what the check gave, ``noticed`` an error, ``busy``
    a bool, ``waiting`` the seconds left of a lock-out (0: over), ``emptied`` that the password field is to be cleared,
    ``released`` that a wait was lifted, ``release_refused`` why it was not.
    """

    accepted = Signal(object)
    noticed = Signal(object)
    busy = Signal(bool)
    waiting = Signal(int)
    emptied = Signal()
    released = Signal()
    release_refused = Signal(object)

    def __init__(
        self,
        check: Callable[[str, str], object],
        runner: Runner,
        release: Callable[[str, str], None] | None = None,
        now_s: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._check, self._runner, self._now_s = check, runner, now_s
        self._release, self._tried = release, ""
        self._busy = False
        self._until_s = 0.0
        self._timer = QTimer(self)
        self._timer.setInterval(250)
        self._timer.timeout.connect(self.tick)

    @property
    def wait_s(self) -> int:
        """Whole seconds left of a lock-out."""
        return max(0, math.ceil(self._until_s - self._now_s()))

    def submit(self, name: str, password: str) -> None:
        """Try; nothing happens without both, while one try runs, or during a lock-out."""
        if self._busy or self.wait_s or not name.strip() or not password:
            return
        self._set_busy(True)
        wanted = self._tried = name.strip().lower()
        self._runner.run(lambda: self._check(wanted, password), self._on_accepted, self._on_failed)

    def release(self, reason: str) -> None:
        """Ask that the wait of who was tried last be lifted: for the last officer of a post, once."""
        release, name = self._release, self._tried
        if release is not None and self.wait_s:
            self._runner.run(
                lambda: release(name, reason), lambda _none: self._on_released(), self.release_refused.emit
            )

    @Slot()
    def tick(self) -> None:
        """Tell the seconds left; the view counts down by it."""
        left = self.wait_s
        self.waiting.emit(left)
        if not left:
            self._timer.stop()

    def stop(self) -> None:
        """End the countdown: the screen is left."""
        self._timer.stop()

    def _on_accepted(self, answer: object) -> None:
        self._set_busy(False)
        self.emptied.emit()
        self.accepted.emit(answer)

    def _on_failed(self, error: Exception) -> None:
        self._set_busy(False)
        self.emptied.emit()
        seconds = error.facts.get("seconds") if isinstance(error, LockedOutError) else None
        if isinstance(seconds, int):
            self._until_s = self._now_s() + seconds
            self._timer.start()
            self.tick()
        self.noticed.emit(error)

    def _on_released(self) -> None:
        self._until_s = self._now_s()
        self.tick()
        self.released.emit()

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.busy.emit(busy)
