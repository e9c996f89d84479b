"""Trying every part of this machine: store, cameras, recogniser, printers, readers, clock, disk."""

import os
import secrets
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bmis.capture.images import load_image
from bmis.capture.mrz_reader import MrzReader
from bmis.capture.serial_reader import serial_ports
from bmis.capture.sources import OpenCvCamera, list_cameras, opened
from bmis.capture.swipe_errors import SerialRefusedError
from bmis.kernel.clock import Clock
from bmis.kernel.errors import BmisError
from bmis.kernel.i18n import translate as _
from bmis.kernel.i18n import translate_plural
from bmis.kernel.resources import resource
from ui.words.errors import describe

if TYPE_CHECKING:
    from bmis.staff.session import Session

OK, ABSENT, FAIL = "ok", "absent", "fail"
SPECIMEN = ("training", "specimens", "td3-passport.png")
SPECIMEN_STARTS = "P<UTO"
LEAST_FREE_BYTES = 200 * 1024 * 1024  # a day of crossings with photos at a busy post, twice over
BUILT_AFTER = datetime(2026, 1, 1, tzinfo=UTC)  # the program is younger than any clock that says less
_ASK_TIMEOUT_S = 10


@dataclass(frozen=True, slots=True)
class Part:
    """What a try of one part gave: ok, absent or fail, and in words what was seen."""

    name: str
    status: str
    words: str
    count: int | None = None


@dataclass(frozen=True, slots=True)
class SelfTest:
    """Tries each part in turn; a part that fails never hides the next."""

    home: Path
    session: "Session | None"
    reader: MrzReader
    now: Clock

    def __call__(self) -> Iterator[Part]:
        """Yield each part as it is known."""
        for name, attempt in (
            ("store", self._store),
            ("cameras", self._cameras),
            ("recogniser", self._recogniser),
            ("printers", _printers),
            ("readers", _readers),
            ("clock", self._clock),
            ("disk", self._disk),
        ):
            yield _tried(name, attempt)

    def _store(self) -> Part:
        if self.session is None:
            if not (self.home / "home.json").exists():
                return Part("store", ABSENT, _("This machine has no BMIS home yet."))
            return Part("store", ABSENT, _("The store was not opened: nobody signed in."))
        with self.session.store.read() as unit:
            unit.connection.exec_driver_sql("SELECT count(*) FROM sqlite_master").scalar_one()
        return Part("store", OK, _("The encrypted store opens."))

    def _cameras(self) -> Part:
        found = list_cameras()
        if not found:
            return Part("cameras", ABSENT, _("No camera is connected."), 0)
        for camera in found:
            with opened(OpenCvCamera(camera.index, self.now)) as source:
                source.read()
        words = translate_plural("{count} camera gives pictures.", "{count} cameras give pictures.", len(found))
        return Part("cameras", OK, words.format(count=len(found)), len(found))

    def _recogniser(self) -> Part:
        readings = self.reader.read(load_image(resource(*SPECIMEN), self.now))
        if any(reading.lines[0].startswith(SPECIMEN_STARTS) for reading in readings):
            return Part("recogniser", OK, _("The specimen passport was read."))
        return Part("recogniser", FAIL, _("The specimen passport was not read. Install the program again."))

    def _clock(self) -> Part:
        at = self.now()
        if at < BUILT_AFTER or (self.session is not None and self.session.store.clock_is_set_back()):
            return Part("clock", FAIL, _("The clock is behind. Set the date and the time of this machine."))
        return Part("clock", OK, _("The clock says {moment} UTC.").format(moment=at.strftime("%d/%m/%Y %H:%M")))

    def _disk(self) -> Part:
        folder = next(each for each in (self.home, *self.home.absolute().parents) if each.is_dir())
        probe = folder / f".bmis-try-{secrets.token_hex(4)}"
        try:
            handle = os.open(probe, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            try:
                os.write(handle, b"bmis")
                os.fsync(handle)
            finally:
                os.close(handle)
                probe.unlink()
        except OSError:
            return Part("disk", FAIL, _("The disk cannot be written."))
        free = shutil.disk_usage(folder).free
        said = _("{count} MB are free.").format(count=free // (1024 * 1024))
        if free < LEAST_FREE_BYTES:
            return Part("disk", FAIL, f"{said} {_('Free some space.')}", free // (1024 * 1024))
        return Part("disk", OK, said, free // (1024 * 1024))


def _tried(name: str, attempt: Callable[[], Part]) -> Part:
    try:
        return attempt()
    except BmisError as error:
        notice = describe(error)
        return Part(name, FAIL, f"{notice.line}")


def _printers() -> Part:
    program = shutil.which("lpstat")
    if program is None:
        return Part("printers", ABSENT, _("No printing system is installed."), 0)
    try:
        said = subprocess.run(
            [program, "-e"], capture_output=True, text=True, timeout=_ASK_TIMEOUT_S, check=False, errors="replace"
        )
    except (OSError, subprocess.TimeoutExpired):
        return Part("printers", FAIL, _("The printing system does not answer."))
    count = len([line for line in said.stdout.splitlines() if line.strip()])
    if count == 0:
        return Part("printers", ABSENT, _("No printer is set up."), 0)
    words = translate_plural("{count} printer is set up.", "{count} printers are set up.", count)
    return Part("printers", OK, words.format(count=count), count)


def _readers() -> Part:
    """Serial readers can be listed; a swipe reader is a keyboard to the machine, and only a swipe shows it."""
    found = [port for port in serial_ports() if port.is_usb]  # what is plugged into a port of the board does not tell
    count = len(found)
    if count:
        words = translate_plural("{count} serial reader is connected.", "{count} serial readers are connected.", count)
        said = f"{words.format(count=count)} {', '.join(port.title for port in found)}"
        if not all(os.access(port.path, os.R_OK | os.W_OK) for port in found):
            return Part("readers", FAIL, f"{said} {describe(SerialRefusedError()).line}", count)
        return Part("readers", OK, said, count)
    return Part(
        "readers", ABSENT, _("No serial reader is connected. A swipe reader works as a keyboard: swipe to try."), 0
    )
