"""The truck's camera: codes of passes and health tokens, each taken once. Nothing else in view is read."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from ui.desktop.workers.codes_seen import CodesSeen
from ui.desktop.workers.frames import FrameRead, FrameWorker

if TYPE_CHECKING:
    from bmis.capture.frame import Frame
    from bmis.capture.mrz_reader import MrzReading
    from bmis.capture.sources import FrameSource


class NoZones:
    """An MrzReader that reads none: at the truck documents are swiped, and the machine's time is for codes."""

    name = "codes only"

    def read(self, frame: "Frame") -> "Sequence[MrzReading]":
        """Return nothing."""
        return ()

    def close(self) -> None:
        """Nothing is held."""


class Watching(QObject):
    """Signals: ``sealed`` the text of a seal that came into view, ``token_seen`` that of a health token, ``failed`` an
    error, ``running`` whether it looks."""

    sealed = Signal(str)
    token_seen = Signal(str)
    failed = Signal(object)
    running = Signal(bool)

    def __init__(
        self,
        make_source: "Callable[[], FrameSource] | None",
        frames: FrameWorker | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._make_source, self._codes = make_source, CodesSeen(self)
        self.frames = frames or FrameWorker(self)
        self.frames.read.connect(self._on_read)
        self.frames.failed.connect(self.failed)
        self.frames.running.connect(self.running)
        self._codes.seal_seen.connect(self.sealed)
        self._codes.token_seen.connect(self.token_seen)
        self._codes.failed.connect(self.failed)

    @property
    def has_camera(self) -> bool:
        """Whether a camera was chosen."""
        return self._make_source is not None

    def start(self) -> None:
        """Look, where there is a camera; a second call changes nothing."""
        if self._make_source is not None and not self.frames.is_running:
            self._codes.forget()
            self.frames.start(self._make_source, NoZones())

    def stop(self) -> None:
        """Let go of the camera."""
        self.frames.stop()

    def look_again(self) -> None:
        """Take whatever is in view as new."""
        self._codes.forget()
        if self.frames.is_running:
            self.frames.read_again()
        else:
            self.start()

    @Slot(object)
    def _on_read(self, answer: object) -> None:
        if not isinstance(answer, FrameRead):
            return
        self._codes.offer(answer)
