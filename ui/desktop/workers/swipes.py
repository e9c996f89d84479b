"""Swipe readers on a serial port: what they tell in their own thread comes to the screen's."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from bmis.capture.swipe_errors import (
    MagneticStripeError,
    OtherKeyboardError,
    SwipeMisreadError,
    ZoneIncompleteError,
)
from bmis.capture.swipe_text import Swipe, SwipeKind
from bmis.kernel.errors import BmisError

if TYPE_CHECKING:
    from bmis.capture.serial_reader import SerialReader

MakeSerialReader = Callable[[Callable[[Swipe], None], Callable[[BmisError | None], None]], "SerialReader"]
"""Takes what gets each swipe and each change of the line; answers a reader that was not started."""


def misread_error(kind: SwipeKind | None) -> BmisError:
    """Return what to tell an officer of a swipe that is no zone."""
    if kind is SwipeKind.MAGNETIC:
        return MagneticStripeError()
    if kind is SwipeKind.INCOMPLETE:
        return ZoneIncompleteError()
    return OtherKeyboardError() if kind is SwipeKind.OTHER_KEYBOARD else SwipeMisreadError()


class SerialSwipes(QObject):
    """``swiped`` carries the lines of a zone, ``scanned`` the text of a health token, ``sealed`` that of a border
    pass's seal, ``failed`` an error: a misread swipe, or a reader that is not there."""

    swiped = Signal(object)
    scanned = Signal(str)
    sealed = Signal(str)
    failed = Signal(object)
    _took = Signal(int, object)  # the run, a Swipe
    _stood = Signal(int, object)  # the run, an error or nothing

    def __init__(self, make: MakeSerialReader | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._reader: SerialReader | None = None
        self._run = 0
        self._ready = False
        self._took.connect(self._on_took, Qt.ConnectionType.QueuedConnection)
        self._stood.connect(self._on_stood, Qt.ConnectionType.QueuedConnection)

    @property
    def is_running(self) -> bool:
        """Whether a reader is listened to."""
        return self._reader is not None

    @property
    def is_ready(self) -> bool:
        """Whether the reader's line is open."""
        return self._ready

    def start(self) -> None:
        """Listen, where a reader was chosen; a second call changes nothing."""
        if self._make is None or self._reader is not None:
            return
        self._run += 1
        run = self._run
        self._reader = self._make(lambda swipe: self._took.emit(run, swipe), lambda error: self._stood.emit(run, error))
        self._reader.start()

    def stop(self) -> None:
        """Let go of the port; what is on its way is dropped."""
        self._run += 1
        self._ready = False
        reader, self._reader = self._reader, None
        if reader is not None:
            reader.stop()

    @Slot(int, object)
    def _on_took(self, run: int, swipe: Swipe) -> None:
        if run != self._run:
            return
        if swipe.lines:
            self.swiped.emit(swipe.lines)
        elif swipe.token:
            self.scanned.emit(swipe.token)
        elif swipe.seal:
            self.sealed.emit(swipe.seal)
        else:
            self.failed.emit(misread_error(swipe.kind))

    @Slot(int, object)
    def _on_stood(self, run: int, error: BmisError | None) -> None:
        if run != self._run:
            return
        self._ready = error is None
        if error is not None:
            self.failed.emit(error)
