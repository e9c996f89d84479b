"""Where the truck stands: NMEA 0183 over a serial line, or gpsd's JSON over a socket. Optional; never asked of anybody.

A fix counts for ``GOOD_FOR``; what is older, what the receiver marks as void and what does not add up is no position.
NMEA 0183: sentences RMC (position, moment, status) and GGA (quality, satellites); gpsd: reports of class TPV.
"""

import json
import math
import socket
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, ClassVar, Protocol

from bmis.capture.serial_reader import RETRY_S, Framer, SerialListener
from bmis.kernel.clock import Clock
from bmis.kernel.errors import BmisError, SiteError

GOOD_FOR = timedelta(seconds=60)
GPSD_PORT = 2947
LONGEST_SENTENCE = 120  # NMEA 0183 has 82; some receivers send more
LONGEST_REPORT = 8192
_WATCH = b'?WATCH={"enable":true,"json":true};\n'
_WAIT_S = 0.5


class GpsAbsentError(SiteError):
    """The chosen GPS receiver, or gpsd, does not answer."""

    code: ClassVar[str] = "BMIS-770"


@dataclass(frozen=True, slots=True)
class Fix:
    """A position in degrees, WGS 84. ``at`` is the desk's moment of hearing it: a receiver's own clock may be wrong."""

    latitude: float
    longitude: float
    at: datetime
    satellites: int | None = None


class GpsStand(StrEnum):
    """How the receiver stands."""

    NONE = "none"  # no receiver was chosen
    ABSENT = "absent"  # chosen, and it does not answer
    NO_FIX = "no_fix"  # it answers, and does not know where it is
    STALE = "stale"  # it knew, too long ago
    FIX = "fix"


@dataclass(frozen=True, slots=True)
class GpsSaid:
    """One thing that the receiver told; no position: it has no fix."""

    latitude: float | None = None
    longitude: float | None = None
    satellites: int | None = None


class NmeaFramer:
    """Fed with the bytes of a line, cuts them into sentences. One thread uses it; it holds at most one sentence."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._flooded = False
        self._satellites: int | None = None

    @property
    def flooded(self) -> bool:
        """Return whether what comes has no ends: it is dropped until the next."""
        return self._flooded

    def feed(self, untrusted: bytes, now_ms: float, /) -> tuple[GpsSaid, ...]:
        """Return what the whole sentences among the bytes said."""
        found = []
        for byte in untrusted:
            if byte in b"\r\n":
                said = self._sentence(bytes(self._held)) if not self._flooded else None
                self._held.clear()
                self._flooded = False
                if said is not None:
                    found.append(said)
            elif len(self._held) >= LONGEST_SENTENCE:
                self._flooded = True
            else:
                self._held.append(byte)
        return tuple(found)

    def _sentence(self, untrusted: bytes) -> GpsSaid | None:
        fields = nmea_fields(untrusted)
        if fields is None:
            return None
        kind = fields[0][2:]
        if kind == "GGA" and len(fields) >= 8:
            self._satellites = int(fields[7]) if fields[7].isdigit() else None
            if fields[6] == "0":
                return GpsSaid()
            return None  # position and moment come with RMC of the same second
        if kind == "RMC" and len(fields) >= 7:
            if fields[2] != "A":
                return GpsSaid()
            latitude, longitude = _degrees(fields[3], fields[4], "NS"), _degrees(fields[5], fields[6], "EW")
            return _said(latitude, longitude, self._satellites)
        return None


def nmea_fields(untrusted: bytes) -> tuple[str, ...] | None:
    """Return the fields of a sentence whose checksum is right, None for anything else (NMEA 0183, 5.3)."""
    head = untrusted.rfind(b"$")
    body, star, checksum = untrusted[head + 1 :].partition(b"*")
    if head < 0 or not star or len(checksum) != 2 or not body.isascii():
        return None
    total = 0
    for byte in body:
        total ^= byte
    try:
        if int(checksum, 16) != total:
            return None
    except ValueError:
        return None
    fields = tuple(body.decode("ascii").split(","))
    return fields if len(fields[0]) == 5 and fields[0].isalnum() else None


def tpv_said(untrusted: bytes) -> GpsSaid | None:
    """Return what a report of gpsd says of the position, None for other reports and for garbage."""
    try:
        said: Any = json.loads(untrusted)
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, Mapping) or said.get("class") != "TPV":
        return None
    mode, latitude, longitude = said.get("mode"), said.get("lat"), said.get("lon")
    if not isinstance(mode, int) or mode < 2:  # 0 and 1: no fix
        return GpsSaid()
    if not isinstance(latitude, int | float) or not isinstance(longitude, int | float):
        return GpsSaid()
    return _said(float(latitude), float(longitude), None)


class Position:
    """The last thing that the receiver told, for other threads. ``repr`` tells no place."""

    def __init__(self, now: Clock, *, chosen: bool) -> None:
        self._now, self._chosen = now, chosen
        self._lock = threading.Lock()
        self._fix: Fix | None = None
        self._answers = self._lost = False

    def took(self, said: GpsSaid) -> None:
        """Take what the receiver told."""
        with self._lock:
            self._answers = True
            if said.latitude is None or said.longitude is None:
                self._lost = True
            else:
                self._lost = False
                self._fix = Fix(said.latitude, said.longitude, self._now(), said.satellites)

    def stood(self, error: BmisError | None) -> None:
        """Take that the line is open, or why not."""
        with self._lock:
            self._answers = error is None

    @property
    def stand(self) -> GpsStand:
        """How it stands now."""
        with self._lock:
            if not self._chosen:
                return GpsStand.NONE
            if not self._answers:
                return GpsStand.ABSENT
            if self._fix is None:
                return GpsStand.NO_FIX
            if self._is_old(self._fix):
                return GpsStand.STALE
            return GpsStand.NO_FIX if self._lost else GpsStand.FIX

    @property
    def fix(self) -> Fix | None:
        """The position, None where nobody knows it now."""
        with self._lock:
            fix = self._fix
            good = fix is not None and self._answers and not self._lost and not self._is_old(fix)
            return fix if good else None

    def _is_old(self, fix: Fix) -> bool:
        return not timedelta(0) <= self._now() - fix.at <= GOOD_FOR


class Receiver(Protocol):
    """Hears a receiver in a thread of its own."""

    def start(self) -> None:
        """Begin to hear."""

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End the thread."""


class SerialGps(SerialListener[GpsSaid]):
    """Hears a receiver on a serial port until it is stopped."""

    thread_name = "gps receiver"

    def framer(self) -> Framer[GpsSaid]:
        """Return what cuts the line into sentences."""
        return NmeaFramer()

    def trouble(self, error: BmisError) -> BmisError:
        """Return that the receiver does not answer, whatever the port says."""
        return GpsAbsentError()


class GpsdListener:
    """Hears gpsd on a socket until it is stopped; connects again after it was restarted."""

    def __init__(
        self,
        place: tuple[str, int],
        took: Callable[[GpsSaid], None],
        state: Callable[[BmisError | None], None],
        *,
        retry_s: float = RETRY_S,
    ) -> None:
        self._place, self._took, self._state, self._retry_s = place, took, state, retry_s
        self._over = threading.Event()
        self._thread: threading.Thread | None = None

    def start(self) -> None:
        """Begin to hear; a second call changes nothing."""
        if self._thread is None:
            self._over.clear()
            self._thread = threading.Thread(target=self._work, name="gpsd", daemon=True)
            self._thread.start()

    def stop(self, timeout_s: float = 5.0) -> bool:
        """End the thread. False: it still waits for the network."""
        self._over.set()
        thread, self._thread = self._thread, None
        if thread is None:
            return True
        thread.join(timeout_s)
        return not thread.is_alive()

    def _work(self) -> None:
        while not self._over.is_set():
            try:
                with socket.create_connection(self._place, timeout=_WAIT_S) as line:
                    line.settimeout(_WAIT_S)
                    line.sendall(_WATCH)
                    self._state(None)
                    self._hear(line)
            except OSError:
                pass  # told below, as for a line that ended
            if not self._over.is_set():
                self._state(GpsAbsentError())
                self._over.wait(self._retry_s)

    def _hear(self, line: socket.socket) -> None:
        held = b""
        while not self._over.is_set():
            try:
                untrusted = line.recv(4096)
            except TimeoutError:
                continue
            if not untrusted:
                return
            *reports, held = (held + untrusted).split(b"\n")
            held = held[:LONGEST_REPORT]  # what never ends is no report, and its head will not parse
            for report in reports:
                said = tpv_said(report)
                if said is not None:
                    self._took(said)


def receiver_of(place: str, line: str, position: Position) -> Receiver | None:
    """Return what hears the receiver that was chosen, not started: ``gpsd``, ``gpsd:HOST:PORT``, a serial port as
    ``bmis.capture.serial_reader`` names it, "" for none.

    Raises:
        ValueError: a host and port that are none, or no such line.
    """
    from bmis.capture.serial_reader import Line

    if not place:
        return None
    if place == "gpsd" or place.startswith("gpsd:"):
        host, _colon, port = place.removeprefix("gpsd").removeprefix(":").rpartition(":")
        return GpsdListener((host or "127.0.0.1", int(port) if port else GPSD_PORT), position.took, position.stood)
    return SerialGps(place, Line.told(line), position.took, position.stood)


def _said(latitude: float | None, longitude: float | None, satellites: int | None) -> GpsSaid:
    whole = latitude is not None and longitude is not None and math.isfinite(latitude) and math.isfinite(longitude)
    if not whole or not -90 <= (latitude or 0) <= 90 or not -180 <= (longitude or 0) <= 180:
        return GpsSaid()
    return GpsSaid(latitude, longitude, satellites)


def _degrees(text: str, side: str, sides: str) -> float | None:
    """Return ``ddmm.mmmm`` with its side as degrees, None where they are none."""
    whole, _dot, part = text.partition(".")
    if side not in tuple(sides) or not whole.isdigit() or not 3 <= len(whole) <= 5 or (part and not part.isdigit()):
        return None
    minutes = float(f"{whole[-2:]}.{part or '0'}")
    if minutes >= 60:
        return None
    degrees = int(whole[:-2]) + minutes / 60
    return -degrees if side == sides[1] else degrees
