"""Joins cameras, readers and printers of this machine with the desks. No Qt; imports wait until they are asked for."""

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bmis.kernel.clock import Clock

FOLDER_INTERVAL_S = 1.0  # a picture a second: pictures of a folder stand for a camera in training and in tests
TRAINING_CAMERA = "training"  # as a desk's settings name it

if TYPE_CHECKING:
    from threading import Event

    from bmis.capture.frame import Frame
    from bmis.capture.mrz_reader import MrzReader
    from bmis.capture.serial_reader import SerialReader
    from bmis.capture.sources import FrameSource
    from bmis.capture.swipe_text import Swipe
    from bmis.capture.thermometer import SerialThermometer, Told
    from bmis.kernel.errors import BmisError
    from ui.office.lane import DeskCapture, SendPdf
    from ui.office.pass_printing import PassPrinters


def desk_capture(camera: str, now: Clock, *, training: bool = False) -> "DeskCapture":
    """Return camera and recogniser of a desk.

    ``camera`` is the number of a camera, ``folder:PATH``, ``film:PATH``, or "" for the first camera there is. A
    training desk without a camera, or with ``training`` chosen, replays documents; a live one never does.
    """
    from threading import Event

    from bmis.capture.file_reader import FileReader
    from bmis.capture.own_reader import OwnReader
    from ui.office.lane import DeskCapture

    def load(path: Path) -> "Frame":
        with FileReader() as files:  # its process decodes this file and ends
            return files.picture(path, now)

    reader = OwnReader()
    second = second_reader(reader)
    source = None if training and camera == TRAINING_CAMERA else frame_source(camera, now)
    if source is not None or not training:
        return DeskCapture(reader, source, load, second_reader=second)
    held = Event()
    return DeskCapture(reader, _training_camera(now, held), load, held, is_training=True, second_reader=second)


def second_reader(first: "MrzReader") -> "MrzReader | None":
    """Return what is asked beside ``first`` where it is in doubt, None where there is nothing else."""
    from bmis.capture.passporteye_reader import PassportEyeReader

    return None if isinstance(first, PassportEyeReader) else PassportEyeReader()


def _training_camera(now: Clock, held: "Event") -> "Callable[[], FrameSource]":
    from bmis.capture.training_camera import TrainingCamera
    from bmis.kernel.resources import resource

    return lambda: TrainingCamera(resource("training", "replay"), now, held.is_set)


def frame_source(camera: str, now: Clock) -> "Callable[[], FrameSource] | None":
    """Return what makes the frame source (``desk_capture`` says how it is named), None where there is none."""
    from bmis.capture import sources
    from bmis.capture.sources import ImageFolder, OpenCvCamera, VideoFile

    kind, _colon, place = camera.partition(":")
    if kind == "folder":
        return lambda: ImageFolder(Path(place), now, interval_s=FOLDER_INTERVAL_S)
    if kind == "film":
        return lambda: VideoFile(Path(place), now)
    if camera.isdigit():
        return lambda: OpenCvCamera(int(camera), now)
    found = sources.list_cameras()
    return (lambda: OpenCvCamera(found[0].index, now)) if found else None


def serial_reader(
    place: str, line: str
) -> "Callable[[Callable[[Swipe], None], Callable[[BmisError | None], None]], SerialReader] | None":
    """Return what makes the swipe reader of a desk on the serial port ``place``; None where none was chosen."""
    if not place:
        return None

    def make(took: "Callable[[Swipe], None]", state: "Callable[[BmisError | None], None]") -> "SerialReader":
        from bmis.capture.serial_reader import Line, SerialReader

        return SerialReader(place, Line.told(line), took, state)

    return make


def serial_thermometer(
    place: str, line: str
) -> "Callable[[Callable[[Told], None], Callable[[BmisError | None], None]], SerialThermometer] | None":
    """Return what makes the thermometer of a desk on the serial port ``place``; None where none was chosen."""
    if not place:
        return None

    def make(took: "Callable[[Told], None]", state: "Callable[[BmisError | None], None]") -> "SerialThermometer":
        from bmis.capture.serial_reader import Line
        from bmis.capture.thermometer import SerialThermometer

        return SerialThermometer(place, Line.told(line), took, state)

    return make


def printer() -> "SendPdf":
    """Return what sends a PDF to the printer of this machine."""
    from ui.office.lane import print_by_lp

    return print_by_lp(shutil.which("lp"))


def pass_printers() -> "PassPrinters":
    """Return the printers of passes by their role: queues of this machine's printing system."""
    from ui.office.pass_printing import PassPrinters, lp_queue

    return PassPrinters(printer(), lp_queue(shutil.which("lp"), shutil.which("lpstat")))
