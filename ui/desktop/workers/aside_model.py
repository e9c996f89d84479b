"""Long questions of a desk: a thread of their own, progress on the way, the newest wins, and they can be called off."""

from collections.abc import Callable
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from ui.desktop.workers.aside import AsideRunner

T = TypeVar("T")


class Task:
    """One question under way. Safe in the thread that works on it."""

    def __init__(self, tell: Callable[["Task", int, int, bool], None]) -> None:
        self._tell = tell
        self._over = Event()

    def cancelled(self) -> bool:
        """Return whether nobody wants the answer any more."""
        return self._over.is_set()

    def cancel(self) -> None:
        """Say that nobody does."""
        self._over.set()

    def progress(self, done: int, of: int) -> None:
        """Tell how far counting is."""
        if not self.cancelled():
            self._tell(self, done, of, False)

    def wrote(self, done: int, of: int) -> None:
        """Tell how far writing is."""
        if not self.cancelled():
            self._tell(self, done, of, True)


class AsideModel(QObject):
    """Signals, all on the GUI thread: ``noticed`` carries an error, ``busy`` a bool, ``progressed`` (counting) and
    ``wrote`` (writing) done and of how many, ``called_off`` that the question was cancelled. After ``stop`` nothing is
    delivered."""

    noticed = Signal(object)
    busy = Signal(bool)
    progressed = Signal(int, int)
    wrote = Signal(int, int)
    called_off = Signal()
    _told = Signal(object, int, int, bool)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._aside = AsideRunner(self)
        self._task: Task | None = None
        self._stopped = False
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._task is not None

    def ask(
        self,
        job: Callable[[Task], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run ``job`` aside; a question before it is called off in silence. ``failed`` in the place of ``noticed``."""
        if self._stopped:
            return
        if self._task is not None:
            self._task.cancel()
        task = self._task = Task(self._told.emit)

        def deliver(result: T) -> None:
            if self._ends(task):
                done(result)

        def trouble(error: Exception) -> None:
            if self._ends(task):
                (failed or self.noticed.emit)(error)

        self.busy.emit(True)
        self._aside.run(lambda: job(task), deliver, trouble)

    def cancel(self) -> None:
        """Call the question off; what it has kept until then stays kept."""
        if self._task is not None:
            self._task.cancel()
            self._task = None
            self.busy.emit(False)
            self.called_off.emit()

    def stop(self) -> None:
        """Deliver nothing any more and tell the thread to end."""
        self._stopped = True
        if self._task is not None:
            self._task.cancel()
            self._task = None
        self._aside.stop(1.0)

    def _ends(self, task: Task) -> bool:
        """Whether the answer is still wanted; it then is the last word of its question."""
        if self._stopped or task is not self._task:
            return False
        self._task = None
        self.busy.emit(False)
        return True

    @Slot(object, int, int, bool)
    def _on_told(self, task: object, done: int, of: int, is_writing: bool) -> None:
        if task is self._task and not self._stopped:
            (self.wrote if is_writing else self.progressed).emit(done, of)
