"""Running use cases away from the GUI thread: one store thread, answers back on the GUI thread."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, Protocol, TypeVar

from PySide6.QtCore import QObject, Qt, QThread, Signal, Slot

T = TypeVar("T")

_STOP = object()
_MUTABLE = (list, dict, set, bytearray)


class Runner(Protocol):
    """Runs a job and hands its result to ``done`` or its error to ``failed``, both on the GUI thread."""

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Take the job; jobs run one at a time, in the order given."""


def crosses(value: object) -> bool:
    """Return whether a value may cross threads: no list, dict or set, and a dataclass only when it is frozen."""
    if isinstance(value, _MUTABLE):
        return False
    if isinstance(value, tuple | frozenset):
        return all(crosses(part) for part in value)
    if isinstance(value, Mapping):
        return all(crosses(part) for part in value.values())
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return bool(value.__dataclass_params__.frozen)  # type: ignore[attr-defined]  # every dataclass has it
    return True


class InlineRunner:
    """Runs at once in the caller's thread: for tests and for programs without a loop."""

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Run the job now."""
        try:
            result = _result_of(job)
        except Exception as error:  # the screen says every error, known or not
            failed(error)
            return
        done(result)


def _result_of(job: Callable[[], T]) -> T:
    result = job()
    if not crosses(result):
        raise TypeError(f"{type(result).__name__} does not cross threads: give a tuple or a frozen value")
    return result


class _Worker(QObject):
    """Lives in the store thread."""

    answered = Signal(object)  # a callable that delivers the answer

    @Slot(object)
    def work(self, task: Any) -> None:
        if task is _STOP:
            QThread.currentThread().quit()
            return
        job, done, failed = task
        try:
            result = _result_of(job)
        except Exception as error:  # the screen says every error, known or not
            self.answered.emit((failed, error))
            return
        self.answered.emit((done, result))


class ThreadRunner(QObject):
    """The store thread. ``stop`` lets the jobs already given finish: a decision taken is a decision stored."""

    _given = Signal(object)
    idle = Signal()  # every job given so far has answered

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting = 0
        self._stopped = False
        self._thread = QThread()
        self._thread.setObjectName("store")
        self._worker = _Worker()
        self._worker.moveToThread(self._thread)
        self._given.connect(self._worker.work, Qt.ConnectionType.QueuedConnection)
        self._worker.answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._thread.start()

    @property
    def waiting(self) -> int:
        """How many jobs have not answered."""
        return self._waiting

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Queue the job.

        Raises:
            RuntimeError: the runner was stopped; a job taken then would be lost in silence.
        """
        if self._stopped:
            raise RuntimeError("the store thread has stopped")
        self._waiting += 1
        self._given.emit((job, done, failed))

    @Slot(object)
    def _deliver(self, answer: Any) -> None:
        self._waiting -= 1
        deliver, value = answer
        try:
            deliver(value)
        finally:
            if not self._waiting:
                self.idle.emit()

    def stop(self, timeout_ms: int = 30_000) -> bool:
        """Finish the jobs given and end the thread; answers still on their way are dropped. False: it did not end."""
        if not self._stopped:
            self._stopped = True
            self._given.emit(_STOP)
        return self._thread.wait(timeout_ms)
