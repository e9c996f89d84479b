"""Camera and recogniser behind the screen: newest frame wins, one recognition at a time, nothing queues."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QImage

from bmis.capture.mailbox import Mailbox

if TYPE_CHECKING:
    from bmis.capture.frame import Frame
    from bmis.capture.mrz_reader import MrzReader, MrzReading
    from bmis.capture.quality import Hint
    from bmis.capture.sources import FrameSource

PREVIEW_FPS = 15
PREVIEW_WIDTH, PREVIEW_HEIGHT = 960, 720


@dataclass(frozen=True, slots=True)
class FrameRead:
    """What the recogniser said of one frame; no readings: no zone in view."""

    frame: "Frame"
    readings: "tuple[MrzReading, ...]"
    hints: "tuple[Hint, ...]" = ()  # what is wrong with the picture, the most important first
    tokens: tuple[str, ...] = field(default=(), repr=False)  # texts of QR codes that are meant as health tokens
    seals: tuple[str, ...] = field(default=(), repr=False)  # and those that are meant as seals of border passes


class FrameWorker(QObject):
    """Two threads: one takes frames, one reads them.

    Signals, all on the thread of this object: ``shown`` a QImage at most 15 times a second, ``read`` a FrameRead,
    ``failed`` an exception, ``running`` whether frames come.
    """

    shown = Signal(object)
    read = Signal(object)
    failed = Signal(object)
    running = Signal(bool)
    _arrived = Signal()
    _answered = Signal(object, object)  # the run it belongs to, a FrameRead
    _broke = Signal(object, object)  # the run, the error
    _ended = Signal(object)  # the run

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run: _Run | None = None
        queued = Qt.ConnectionType.QueuedConnection
        self._arrived.connect(self._show_newest, queued)
        self._answered.connect(self._on_answered, queued)
        self._broke.connect(self._on_broke, queued)
        self._ended.connect(self._on_ended, queued)

    @property
    def is_running(self) -> bool:
        """Whether frames come."""
        return self._run is not None

    def start(self, make_source: Callable[[], "FrameSource"], reader: "MrzReader | None") -> None:
        """Make and open the source in its own thread and begin; a run before it is stopped first."""
        self.stop()
        self._run = _Run(self, make_source, reader)
        self._run.begin()
        self.running.emit(True)

    def stop(self, timeout_s: float = 20.0) -> bool:
        """End both threads. False: one is still inside a driver or a recogniser after the wait."""
        run, self._run = self._run, None
        if run is None:
            return True
        ended = run.end(timeout_s)
        self.running.emit(False)
        return ended

    def read_frames(self, wanted: bool) -> None:
        """Begin or cease to read; the picture goes on. No read starts while a decided document lies in view."""
        if self._run is not None:
            self._run.reading = wanted

    def read_again(self) -> None:
        """Read the newest frame whatever was read before (F2)."""
        if self._run is not None and self._run.newest is not None:
            self._run.reading = True
            self._run.offer(self._run.newest)

    def newest(self) -> "Frame | None":
        """Return the newest frame, for a photograph."""
        return self._run.newest if self._run is not None else None

    @Slot()
    def _show_newest(self) -> None:
        run = self._run
        if run is None:
            return
        image = run.take_preview()
        if image is not None:
            self.shown.emit(image)

    @Slot(object, object)
    def _on_answered(self, run: object, answer: object) -> None:
        if run is self._run:  # an answer of a run that was stopped is not today's document
            self.read.emit(answer)

    @Slot(object, object)
    def _on_broke(self, run: object, error: object) -> None:
        if run is self._run:
            self.failed.emit(error)

    @Slot(object)
    def _on_ended(self, run: object) -> None:
        if run is self._run:
            self.stop()


class _Run:
    """One stretch of frames from one source."""

    def __init__(
        self, owner: FrameWorker, make_source: Callable[[], "FrameSource"], reader: "MrzReader | None"
    ) -> None:
        self.reading = True
        self.newest: Frame | None = None
        self._owner, self._make_source, self._reader = owner, make_source, reader
        self._over = threading.Event()
        self._offered: Mailbox[Frame] = Mailbox()
        self._preview: Mailbox[QImage] = Mailbox()
        self._threads = [threading.Thread(target=self._capture, name="capture")]
        if reader is not None:
            self._threads.append(threading.Thread(target=self._recognise, name="recognise"))

    def begin(self) -> None:
        for thread in self._threads:
            thread.start()

    def end(self, timeout_s: float) -> bool:
        self._over.set()
        self._offered.close()
        until = time.monotonic() + timeout_s
        for thread in self._threads:
            thread.join(max(0.0, until - time.monotonic()))
        return not any(thread.is_alive() for thread in self._threads)

    def offer(self, frame: "Frame") -> None:
        self._offered.put(frame)

    def take_preview(self) -> QImage | None:
        return self._preview.take()

    def _capture(self) -> None:
        try:
            source = self._make_source()
            try:
                source.open()
                self._pass_on(source)
            finally:
                source.close()
        except Exception as error:  # told on the screen, known or not
            self._owner._broke.emit(self, error)
            self._owner._ended.emit(self)

    def _pass_on(self, source: "FrameSource") -> None:
        due = 0.0
        while not self._over.is_set():
            frame = source.read()
            self.newest = frame
            if self.reading:
                self.offer(frame)
            if time.monotonic() >= due:
                due = time.monotonic() + 1 / PREVIEW_FPS
                self._put_preview(frame)

    def _put_preview(self, frame: "Frame") -> None:
        small = frame.to_rgb_bytes(PREVIEW_WIDTH, PREVIEW_HEIGHT)
        image = QImage(small.pixels, small.width, small.height, small.stride, QImage.Format.Format_RGB888).copy()
        if not self._preview.put(image):  # else the screen has been told, and will take this one
            self._owner._arrived.emit()

    def _recognise(self) -> None:
        if self._reader is None:
            return
        from bmis.capture.codes import read_shown  # loaded with the first picture, not with the program
        from bmis.capture.quality import hints

        while not self._over.is_set():
            frame = self._offered.take(timeout_s=1.0)
            if frame is None:
                continue
            try:
                readings = tuple(self._reader.read(frame))
                place = readings[0].box if len(readings) == 1 else None
                shown = read_shown(frame)
                answer = FrameRead(frame, readings, hints(frame, place), shown.tokens, shown.seals)
            except Exception as error:  # likewise
                self._owner._broke.emit(self, error)
                continue
            self._owner._answered.emit(self, answer)
