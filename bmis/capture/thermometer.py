"""Thermometers on a serial port: lines of text to readings with their unit. A reading only fills a field; nothing is
kept by it.

One line is one reading: ASCII, ended by CR or LF, in any words around exactly one number with its unit, as
``36.5 C``, ``T=+097.7F``, ``BODY: 36,52 °C``. What the unit is, is never guessed; a line with two readings
(surface and body) is none.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bmis.capture.serial_reader import Framer, SerialListener
from bmis.capture.swipe_errors import SerialBusyError, SerialLostError, SerialPortAbsentError, SerialRefusedError
from bmis.kernel.errors import BmisError, OfficerError, SiteError

LOWEST_C, HIGHEST_C = 30.0, 45.0  # what a person can have; resources/health/temperature.toml says the same
LONGEST_LINE = 80
QUIET_MS = 250  # a device that ends its lines with nothing falls quiet between them
_MOST_BYTES = 512
_READING = re.compile(
    r"(?<![\d.,])([+-]?\d{1,3}(?:[.,]\d{1,3})?)\s?(?:°|deg(?:rees)?)?\s?([CF])(?![A-Za-z])", re.IGNORECASE
)
_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_PRINTABLE = re.compile(r"[\x20-\x7e°]*")
_ENDS = re.compile(rb"[\r\n\x03]")


class ThermometerAbsentError(SiteError):
    """The chosen thermometer is not plugged in."""

    code: ClassVar[str] = "BMIS-114"


class ThermometerRefusedError(SiteError):
    """The system does not let this user open the thermometer's port."""

    code: ClassVar[str] = "BMIS-115"


class ThermometerBusyError(SiteError):
    """Another program has the thermometer's port open."""

    code: ClassVar[str] = "BMIS-116"


class ThermometerLostError(SiteError):
    """The thermometer was unplugged while it was in use."""

    code: ClassVar[str] = "BMIS-117"


class ThermometerUnreadableError(OfficerError):
    """A line that is no reading: garbage, no unit, two numbers, or the device's own Lo, Hi, Err."""

    code: ClassVar[str] = "BMIS-118"


class ThermometerImpossibleError(OfficerError):
    """A reading that no person has; ``lowest`` and ``highest`` are the limits in degrees Celsius."""

    code: ClassVar[str] = "BMIS-119"

    def __init__(self) -> None:
        super().__init__(lowest=f"{LOWEST_C:g}", highest=f"{HIGHEST_C:g}")


class Unit(StrEnum):
    """The unit that the device told."""

    CELSIUS = "C"
    FAHRENHEIT = "F"


@dataclass(frozen=True, slots=True)
class TemperatureReading:
    """One reading, in degrees Celsius to a tenth; ``unit`` is that of the device."""

    celsius: float
    unit: Unit


Told = TemperatureReading | ThermometerUnreadableError | ThermometerImpossibleError
"""What a line says: a reading, or why it is none."""


def reading_of(untrusted_line: bytes) -> TemperatureReading:
    """Return the reading of one line without its end.

    Raises:
        ThermometerUnreadableError: it is no reading. ThermometerImpossibleError: no person has it.
    """
    text = untrusted_line.replace(b"\xc2\xb0", b"\xb0").decode("latin-1").strip(" \t\x02\x00")
    found = _READING.findall(text)
    numbers = _NUMBER.findall(text)
    if len(text) > LONGEST_LINE or not _PRINTABLE.fullmatch(text) or len(found) != 1 or len(numbers) != 1:
        raise ThermometerUnreadableError
    number, unit = float(found[0][0].replace(",", ".")), Unit(found[0][1].upper())
    celsius = number if unit is Unit.CELSIUS else (number - 32) * 5 / 9
    if not LOWEST_C <= celsius <= HIGHEST_C:
        raise ThermometerImpossibleError
    return TemperatureReading(round(celsius, 1), unit)


class ThermometerFramer:
    """Fed with the bytes of a line as they come; one line, one answer."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._last_ms = 0.0
        self._flooded = False

    @property
    def flooded(self) -> bool:
        """Return whether more came than a line has; everything is dropped until the line falls quiet."""
        return self._flooded

    def feed(self, untrusted: bytes, now_ms: float, /) -> tuple[Told, ...]:
        """Return what the bytes that came, and the quiet before them, ended."""
        found: list[Told] = []
        if now_ms - self._last_ms >= QUIET_MS:
            found += self._ended()
            self._flooded = False
        if not untrusted:
            return tuple(found)
        self._last_ms = now_ms
        if self._flooded:
            return tuple(found)
        if len(untrusted) > _MOST_BYTES:
            return (*found, *self._flood())
        *whole, rest = _ENDS.split(bytes(self._held) + untrusted)
        self._held.clear()
        for line in whole:
            found += _told(line)
        if len(rest) > LONGEST_LINE:
            return (*found, *self._flood())
        self._held += rest
        return tuple(found)

    def _ended(self) -> tuple[Told, ...]:
        line = bytes(self._held)
        self._held.clear()
        return _told(line)

    def _flood(self) -> tuple[Told, ...]:
        self._held.clear()
        self._flooded = True
        return (ThermometerUnreadableError(),)


def _told(line: bytes) -> tuple[Told, ...]:
    if not line.strip(b" \t\x00\x02"):
        return ()
    try:
        return (reading_of(line),)
    except (ThermometerUnreadableError, ThermometerImpossibleError) as error:
        return (error,)


class SerialThermometer(SerialListener[Told]):
    """Hears one thermometer until it is stopped; ``took`` gets each reading, and each line that is none."""

    thread_name = "serial thermometer"

    def framer(self) -> Framer[Told]:
        """Return what cuts the line into readings."""
        return ThermometerFramer()

    def trouble(self, error: BmisError) -> BmisError:
        """Return the error as one of the thermometer."""
        own = _OWN.get(type(error))
        return error if own is None else own()


_OWN: dict[type[BmisError], type[BmisError]] = {
    SerialPortAbsentError: ThermometerAbsentError,
    SerialRefusedError: ThermometerRefusedError,
    SerialBusyError: ThermometerBusyError,
    SerialLostError: ThermometerLostError,
}
