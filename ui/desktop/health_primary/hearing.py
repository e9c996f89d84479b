"""The thermometer on a serial port: what it tells in its own thread comes to the screen's."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot

from bmis.kernel.errors import BmisError

if TYPE_CHECKING:
    from bmis.capture.thermometer import SerialThermometer, Told

MakeThermometer = Callable[["Callable[[Told], None]", Callable[[BmisError | None], None]], "SerialThermometer"]
"""Takes what gets each reading and each change of the line; answers a thermometer that was not started."""


class Thermometer(QObject):
    """Signals: ``measured`` degrees Celsius, ``misread`` the error of a line that is none, ``stood`` that the line is
    open (None) or why it is not."""

    measured = Signal(float)
    misread = Signal(object)
    stood = Signal(object)
    _told = Signal(int, object)
    _state = Signal(int, object)

    def __init__(self, make: MakeThermometer | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._make = make
        self._device: SerialThermometer | None = None
        self._run = 0
        self._told.connect(self._on_told, Qt.ConnectionType.QueuedConnection)
        self._state.connect(self._on_state, Qt.ConnectionType.QueuedConnection)

    @property
    def is_chosen(self) -> bool:
        """Whether this desk has a thermometer."""
        return self._make is not None

    def start(self) -> None:
        """Listen, where one was chosen; a second call changes nothing."""
        if self._make is None or self._device is not None:
            return
        self._run += 1
        run = self._run
        self._device = self._make(lambda told: self._told.emit(run, told), lambda error: self._state.emit(run, error))
        self._device.start()

    def stop(self) -> None:
        """Let go of the port; what is on its way is dropped."""
        self._run += 1
        device, self._device = self._device, None
        if device is not None:
            device.stop()

    @Slot(int, object)
    def _on_told(self, run: int, told: object) -> None:
        if run != self._run:
            return
        if isinstance(told, BmisError):
            self.misread.emit(told)
        else:
            self.measured.emit(told.celsius)  # type: ignore[attr-defined]  # a reading: it is no error

    @Slot(int, object)
    def _on_state(self, run: int, error: BmisError | None) -> None:
        if run == self._run:
            self.stood.emit(error)
