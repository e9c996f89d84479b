"""Running the checks of a traveller beside the store thread: each answer lands as it comes."""

import threading
from collections.abc import Callable
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from bmis.crossings.finding import Finding

Answer = tuple[Finding, ...]
Result = TypeVar("Result")


class CheckRunner(Protocol):
    """Runs a job that tells ``landed`` of parts of its answer; everything comes back on the GUI thread."""

    def run(
        self,
        job: Callable[[Callable[[Answer], None]], Result],
        landed: Callable[[Answer], None],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Take the job; an older job's answers are no longer delivered."""

    def stop(self) -> bool:
        """Wait for what still runs. False: something hangs."""


class InlineChecks:
    """Runs at once in the caller's thread: for tests."""

    def run(
        self,
        job: Callable[[Callable[[Answer], None]], Result],
        landed: Callable[[Answer], None],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run the job now."""
        try:
            result = job(landed)
        except Exception as error:  # the screen says every error, known or not
            failed(error)
            return
        done(result)

    def stop(self) -> bool:
        """Nothing runs."""
        return True


class ThreadChecks(QObject):
    """A thread a run; the newest run counts, the answers of older ones are dropped."""

    _told = Signal(int, object)  # the run, a call that delivers

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = 0
        self._threads: list[threading.Thread] = []
        self._told.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        job: Callable[[Callable[[Answer], None]], Result],
        landed: Callable[[Answer], None],
        done: Callable[[Result], None],
        failed: Callable[[Exception], None],
    ) -> None:
        """Run the job in a thread of its own."""
        self._run += 1
        number = self._run

        def work() -> None:
            try:
                result = job(lambda answer: self._told.emit(number, lambda: landed(answer)))
            except Exception as error:  # the screen says every error, known or not
                told = error
                self._told.emit(number, lambda: failed(told))
                return
            self._told.emit(number, lambda: done(result))

        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=work, name="checks", daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self, timeout_s: float = 10.0) -> bool:
        """Drop what is on its way and wait for the threads."""
        self._run += 1
        for thread in self._threads:
            thread.join(timeout_s)
        return not any(thread.is_alive() for thread in self._threads)

    @Slot(int, object)
    def _deliver(self, number: int, deliver: Callable[[], None]) -> None:
        if number == self._run:
            deliver()
