"""What view models share: a question to the store, its answer on the GUI thread, its trouble as a signal."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from ui.desktop.workers.runner import Runner

T = TypeVar("T")
Failed = Callable[[Exception], None]


class StoreModel(QObject):
    """Signals: ``noticed`` carries an error, ``busy`` a bool. After ``stop`` no answer is delivered."""

    noticed = Signal(object)
    busy = Signal(bool)

    def __init__(self, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._runner = runner
        self._under_way = 0
        self._stopped = False

    def stop(self) -> None:
        """Deliver nothing any more; jobs under way finish in the store."""
        self._stopped = True

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited."""
        return self._under_way > 0

    def ask(self, job: Callable[[], T], done: Callable[[T], None], failed: Failed | None = None) -> None:
        """Run ``job`` on the store thread; its result goes to ``done``, an error to ``failed`` or ``noticed``."""
        if self._stopped:
            return
        self._count(1)

        def deliver(result: T) -> None:
            if not self._stopped:
                self._count(-1)
                done(result)

        def trouble(error: Exception) -> None:
            if not self._stopped:
                self._count(-1)
                (failed or self.noticed.emit)(error)

        self._runner.run(job, deliver, trouble)

    def _count(self, step: int) -> None:
        before = self.is_busy
        self._under_way += step
        if self.is_busy is not before:
            self.busy.emit(self.is_busy)
