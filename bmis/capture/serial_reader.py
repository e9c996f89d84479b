"""Devices on a serial port: a thread of its own hears the line, and opens it again after it was unplugged.

``SerialReader`` is a swipe reader; ``bmis.capture.thermometer`` hears a thermometer the same way.
"""

import errno
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

import serial
from serial.tools import list_ports

from bmis.capture.serial_framing import SerialFramer
from bmis.capture.swipe_errors import SerialBusyError, SerialLostError, SerialPortAbsentError, SerialRefusedError
from bmis.capture.swipe_text import Swipe
from bmis.kernel.errors import BmisError

try:
    from termios import error as terminal_error
except ImportError:  # not a POSIX system: its errors are OSError
    terminal_error = OSError  # type: ignore[misc,assignment]  # one name for both systems

_LONGEST_TITLE = 60
RETRY_S = 1.0
_WAIT_S = 0.05  # for bytes; also how late a stop or the end of a swipe is noticed
_AT_ONCE = 4096  # bytes taken from the line in one go
_FLOOD_REST_S = 0.05  # between two goes while a broken device pours: it costs no more than 80 kB/s of reading
SPEEDS = (9600, 19200, 38400, 57600, 115200, 4800, 2400, 1200)
FRAMINGS = ("8N1", "7E1", "7O1", "8E1")
_PLACE = re.compile(r"usb:([0-9a-f]{4}):([0-9a-f]{4})(?::(.*))?", re.ASCII)
_DENIED = frozenset({errno.EACCES, errno.EPERM})
_Heard = TypeVar("_Heard")
_HeardOut = TypeVar("_HeardOut", covariant=True)


@dataclass(frozen=True, slots=True)
class PortFound:
    """A serial port of this machine. ``place`` names the device itself where it tells who it is, else the port."""

    place: str  # usb:VID:PID:SERIAL, or the port's path
    path: str
    title: str

    @property
    def is_usb(self) -> bool:
        """Return whether it is a device that says who it is."""
        return self.place.startswith("usb:")


@dataclass(frozen=True, slots=True)
class Line:
    """How the reader talks: bits a second, data bits, parity, stop bits."""

    speed: int
    framing: str

    @classmethod
    def told(cls, text: str) -> "Line":
        """Return the line that ``9600 8N1`` tells.

        Raises:
            ValueError: no such line.
        """
        speed, _space, framing = text.partition(" ")
        if speed not in map(str, SPEEDS) or framing not in FRAMINGS:
            raise ValueError("no such serial line")
        return cls(int(speed), framing)


class Port(Protocol):
    """An open serial port, as pyserial has it."""

    @property
    def in_waiting(self) -> int:
        """Return how many bytes came."""
        ...

    def read(self, size: int = 1, /) -> bytes:
        """Return up to ``size`` bytes, after a short wait."""
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


def serial_ports() -> tuple[PortFound, ...]:
    """Return the serial ports that something is plugged into; ports of the board without a name are left out."""
    found = []
    for port in sorted(list_ports.comports(), key=lambda one: one.device):
        if port.vid is None and not (port.description and port.description != "n/a"):
            continue
        told = " ".join(word for word in (port.manufacturer, port.product or port.description) if word)
        title = "".join(char for char in told if char.isprintable())[:_LONGEST_TITLE]  # the device says it of itself
        place = f"usb:{port.vid:04x}:{port.pid or 0:04x}" if port.vid is not None else port.device
        if port.vid is not None and port.serial_number:
            place += f":{port.serial_number}"
        found.append(PortFound(place, port.device, f"{title} ({port.device})"))
    return tuple(found)


def path_of(place: str) -> str:
    """Return the path under which a place is found now.

    Raises:
        SerialPortAbsentError: the device is not plugged in.
    """
    wanted = _PLACE.fullmatch(place)
    if wanted is None:
        return place
    vid, pid, number = int(wanted[1], 16), int(wanted[2], 16), wanted[3]
    for port in list_ports.comports():
        if port.vid == vid and (port.pid or 0) == pid and number in (None, port.serial_number):
            return str(port.device)
    raise SerialPortAbsentError


def open_port(place: str, line: Line) -> Port:
    """Return the open port, for this program alone; what lay in its buffer is dropped.

    Raises:
        SerialPortAbsentError, SerialRefusedError, SerialBusyError: it cannot be opened.
    """
    bits, parity, stops = int(line.framing[0]), line.framing[1], int(line.framing[2])
    port = None
    try:
        port = serial.Serial(path_of(place), line.speed, bits, parity, stops, timeout=_WAIT_S, exclusive=True)
        port.reset_input_buffer()
    except (OSError, ValueError, terminal_error) as problem:
        if port is not None:
            port.close()
        raise _why(problem) from problem
    return port


def _why(problem: Exception) -> BmisError:
    number = problem.errno if isinstance(problem, OSError) else None
    if number in _DENIED:
        return SerialRefusedError()
    if number in (errno.EBUSY, errno.EAGAIN) or "exclusively lock" in str(problem):
        return SerialBusyError()
    return SerialPortAbsentError()


class Framer(Protocol[_HeardOut]):
    """Cuts the bytes of a line into what a device tells. One thread uses it; it holds a bounded number of bytes."""

    @property
    def flooded(self) -> bool:
        """Return whether more came than the device ever tells at once: it is dropped until the line falls quiet."""
        ...

    def feed(self, untrusted: bytes, now_ms: float, /) -> Sequence[_HeardOut]:
        """Take bytes, or none, that came at ``now_ms`` of a clock that only goes forward; return what ended."""
        ...


class SerialListener(Generic[_Heard]):
    """Hears one device until it is stopped.

    ``took`` gets each thing it tells and ``state`` each change of the line (None: it is open, else the error), both in
    the listener's own thread.
    """

    thread_name = "serial device"

    def __init__(
        self,
        place: str,
        line: Line,
        took: Callable[[_Heard], None],
        state: Callable[[BmisError | None], None],
        *,
        opener: Callable[[str, Line], Port] = open_port,
        retry_s: float = RETRY_S,
    ) -> None:
        self._place, self._line, self._took, self._state = place, line, took, state
        self._opener, self._retry_s = opener, retry_s
        self._over = threading.Event()
        self._thread: threading.Thread | None = None
        self._said: str | None = ""  # the code that was told last; None: open

    def framer(self) -> Framer[_Heard]:
        """Return what cuts the bytes of one opening of the line."""
        raise NotImplementedError

    def trouble(self, error: BmisError) -> BmisError:
        """Return the error as it is told of this device."""
        return error

    def start(self) -> None:
        """Begin to hear; a second call changes nothing."""
        if self._thread is None:
            self._over.clear()
            self._thread = threading.Thread(target=self._work, name=self.thread_name, daemon=True)
            self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End the thread and let go of the port. False: it is still inside a driver after the wait."""
        self._over.set()
        thread, self._thread = self._thread, None
        if thread is None:
            return True
        thread.join(timeout_s)
        return not thread.is_alive()

    def _work(self) -> None:
        while not self._over.is_set():
            try:
                port = self._opener(self._place, self._line)
            except BmisError as error:
                self._tell(error)
                self._over.wait(self._retry_s)
                continue
            self._tell(None)
            try:
                self._hear(port)
            except (OSError, terminal_error):  # pyserial's own errors are of the first kind
                self._tell(SerialLostError())
                self._over.wait(self._retry_s)
            finally:
                port.close()

    def _hear(self, port: Port) -> None:
        framer = self.framer()
        while not self._over.is_set():
            untrusted = port.read(max(1, min(port.in_waiting, _AT_ONCE)))
            now_ms = time.monotonic() * 1000
            for told in framer.feed(untrusted, now_ms):
                self._took(told)
            if framer.flooded:
                self._over.wait(_FLOOD_REST_S)

    def _tell(self, error: BmisError | None) -> None:
        code = error.code if error is not None else None
        if code != self._said and not (self._said == SerialLostError.code and code == SerialPortAbsentError.code):
            self._said = code
            self._state(None if error is None else self.trouble(error))


class SerialReader(SerialListener[Swipe]):
    """Hears one swipe reader until it is stopped; ``took`` gets each swipe."""

    thread_name = "serial reader"

    def framer(self) -> Framer[Swipe]:
        """Return what cuts the line into swipes."""
        return SerialFramer()


def try_port(place: str, line: Line) -> None:
    """Return if the port opens; it is let go of at once.

    Raises:
        SerialPortAbsentError, SerialRefusedError, SerialBusyError: it does not.
    """
    open_port(place, line).close()
