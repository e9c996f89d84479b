"""Slow work that nobody waits for: one thread of its own, the newest job wins, answers on the GUI thread."""

import threading
from collections.abc import Callable
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from bmis.capture.mailbox import Mailbox

T = TypeVar("T")


class AsideRunner(QObject):
    """A ``Runner`` that drops a job that was not begun when another comes. Its thread starts with the first job."""

    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._jobs: Mailbox[Any] = Mailbox()
        self._thread: threading.Thread | None = None
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Take the job in the place of one that still waits; after ``stop`` nothing is taken."""
        self._jobs.put((job, done, failed))
        if self._thread is None and not self._jobs.closed:
            self._thread = threading.Thread(target=self._work, name="aside", daemon=True)
            self._thread.start()

    def stop(self, timeout_s: float = 0.0) -> bool:
        """Take no more jobs; answers still on their way are dropped. False: one is still at work after the wait.

        The thread holds nothing that must be kept, so that the program may end without it.
        """
        self._jobs.close()
        if self._thread is None:
            return True
        self._thread.join(timeout_s)
        return not self._thread.is_alive()

    def _work(self) -> None:
        while not self._jobs.closed:
            task = self._jobs.take(timeout_s=60.0)
            if task is None:
                continue
            job, done, failed = task
            try:
                answer = (done, job())
            except Exception as error:  # whoever asked says it, known or not
                answer = (failed, error)
            if not self._jobs.closed:  # its owner lives as long as it is not stopped
                self._answered.emit(answer)

    @Slot(object)
    def _deliver(self, answer: Any) -> None:
        deliver, value = answer
        if not self._jobs.closed:
            deliver(value)
