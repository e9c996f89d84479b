"""How a document comes in: camera, picture file, swipe, typing. Tells one document from the next."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from bmis.capture.presence import View, ViewGate
from bmis.documents.travel_document import CaptureMethod
from ui.desktop.lane.draft import ReadZone
from ui.desktop.lane.errors import NoPictureError, ReaderAbsentError
from ui.desktop.lane.hinting import HintHold
from ui.desktop.lane.parts import LaneCapture
from ui.desktop.workers.codes_seen import CodesSeen
from ui.desktop.workers.frames import FrameRead, FrameWorker
from ui.desktop.workers.runner import Runner

if TYPE_CHECKING:
    from bmis.capture.frame import Frame
    from bmis.capture.mrz_reader import MrzReading


@dataclass(frozen=True, slots=True)
class SeenDocument:
    """A zone that came in, with the frame it was read from."""

    zone: ReadZone
    frame: "Frame | None" = field(default=None, repr=False)
    reading: "MrzReading | None" = field(default=None, repr=False)


class ReadingModel(QObject):
    """Signals: ``seen`` a SeenDocument, ``read_better`` the same document without its doubts, ``two_seen`` a tuple of
    them, ``token_seen`` the text of a health token, ``seal_seen`` that of a border pass's seal, ``left`` the view is
    clear, ``pictured`` a QImage, ``hinted`` the code of what is wrong with the picture or "", ``running`` whether
    frames come, ``working`` whether a picture file is being read, ``failed`` an error."""

    seen = Signal(object)
    read_better = Signal(object)
    hinted = Signal(str)
    two_seen = Signal(object)
    token_seen = Signal(str)
    seal_seen = Signal(str)
    left = Signal()
    pictured = Signal(object)
    running = Signal(bool)
    working = Signal(bool)
    failed = Signal(object)

    def __init__(
        self, capture: LaneCapture, runner: Runner, frames: FrameWorker | None = None, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._capture, self._runner = capture, runner
        self._gate, self._hints, self._codes = ViewGate(), HintHold(), CodesSeen(self)
        self._file_frame: Frame | None = None
        self.frames = frames or FrameWorker(self)
        self.frames.read.connect(self._on_read)
        self.frames.shown.connect(self.pictured)
        self.frames.failed.connect(self.failed)
        self.frames.running.connect(self.running)
        self._codes.token_seen.connect(self.token_seen)
        self._codes.seal_seen.connect(self.seal_seen)
        self._codes.failed.connect(self.failed)

    @property
    def has_camera(self) -> bool:
        """Whether a frame source was chosen."""
        return self._capture.make_source is not None

    @property
    def is_training(self) -> bool:
        """Whether replayed documents stand for a camera."""
        return self._capture.is_training

    def hold(self, *, held: bool) -> None:
        """Say whether a traveller is at work: replayed documents then lie still."""
        self._capture.hold(held=held)

    @property
    def holding(self) -> bool:
        """Whether the decided document still lies in view."""
        return self._gate.holding

    @property
    def hint(self) -> str:
        """What is wrong with the picture of the camera, a code of ``bmis.capture.quality``; "" nothing."""
        return self._hints.code if self.frames.is_running else ""

    def start(self) -> None:
        """Open the frame source, where there is one."""
        if self._capture.make_source is not None and not self.frames.is_running:
            self._gate.forget()
            self._hints.forget()
            self._codes.forget()
            self.frames.start(self._capture.make_source, self._capture.reader)

    def stop(self) -> None:
        """Let go of the frame source."""
        self.frames.stop()

    def scan_again(self) -> None:
        """Read the newest frame whatever was read before; the source is opened again when it had stopped."""
        self._gate.forget()
        self._codes.forget()
        if self.frames.is_running:
            self.frames.read_again()
        elif self.has_camera:
            self.start()
        else:
            self.failed.emit(NoPictureError())

    def decided(self, lines: Sequence[str]) -> None:
        """The document in view is decided: nothing is read until it has left."""
        frame = self.frames.newest() if self.frames.is_running else None
        if frame is not None:
            self._gate.decided(frame.signature(), lines)
        else:
            self._gate.forget()

    def swiped(self, lines: tuple[str, ...]) -> None:
        """A swipe reader has typed a zone."""
        self.seen.emit(SeenDocument(ReadZone(lines, CaptureMethod.SWIPE)))

    def newest(self) -> "Frame | None":
        """Return the newest frame, for a photograph."""
        return self.frames.newest() if self.frames.is_running else self._file_frame

    def open_image(self, path: Path) -> None:
        """Read a picture file as if it lay under the camera."""
        reader = self._capture.reader
        if reader is None:
            self.failed.emit(ReaderAbsentError())
            return
        self.working.emit(True)

        def read() -> FrameRead:
            from bmis.capture.codes import read_shown

            frame = self._capture.load_image(path)
            shown = read_shown(frame)
            return FrameRead(frame, tuple(reader.read(frame)), tokens=shown.tokens, seals=shown.seals)

        self._runner.run(read, self._on_file, self._on_file_failed)

    def _on_file(self, answer: FrameRead) -> None:
        from ui.desktop.workers.pictures import image_of

        self.working.emit(False)
        self._file_frame = answer.frame
        self.pictured.emit(image_of(answer.frame))
        found = tuple(_seen(answer.frame, reading) for reading in answer.readings)
        if answer.tokens or answer.seals:
            self._codes.forget()
            self._codes.offer(answer)
        if not found and not answer.tokens and not answer.seals:
            self.failed.emit(NoPictureError())
        elif not found:
            return
        elif len(found) == 1:
            self.seen.emit(found[0])
        else:
            self.two_seen.emit(found)

    def _on_file_failed(self, error: Exception) -> None:
        self.working.emit(False)
        self.failed.emit(error)

    @Slot(object)
    def _on_read(self, answer: object) -> None:
        if not isinstance(answer, FrameRead):
            return
        taken_at = answer.frame.taken_at
        event = self._gate.offer(answer.readings, answer.frame.signature(), taken_at)
        tell: dict[View, Callable[[], None]] = {
            View.NEW_DOCUMENT: lambda: self.seen.emit(_seen(answer.frame, event.readings[0])),
            View.READ_BETTER: lambda: self.read_better.emit(_seen(answer.frame, event.readings[0])),
            View.TWO_DOCUMENTS: lambda: self.two_seen.emit(
                tuple(_seen(answer.frame, reading) for reading in event.readings)
            ),
            View.VIEW_CLEAR: self.left.emit,
        }
        if event.view in tell:
            tell[event.view]()
        if not self._gate.holding:  # what lies beside a decided document is the decided traveller's
            self._codes.offer(answer)
        if self._hints.offer(answer.hints[0].code.value if answer.hints else "", taken_at):
            self.hinted.emit(self._hints.code)


def _seen(frame: "Frame", reading: "MrzReading") -> SeenDocument:
    return SeenDocument(ReadZone(reading.lines, CaptureMethod.CAMERA, reading.unsure), frame, reading)
