"""A camera made of pictures, for a training desk that has none: documents come, lie still while one works, and go."""

from collections.abc import Callable
from pathlib import Path

from bmis.capture.errors import FramesEndedError, FrameSourceEmptyError, FrameSourceMissingError
from bmis.capture.frame import Frame
from bmis.capture.images import SUFFIXES, load_image
from bmis.capture.sources import Pace
from bmis.kernel.clock import Clock

INTERVAL_S = 0.5
EACH_FOR_FRAMES = 8  # four seconds: a slow recogniser reads a document before it leaves


class TrainingCamera:
    """The pictures of a folder by name, round and round. ``held`` says that a traveller is at work: nothing moves."""

    kind, name = "folder", "training"

    def __init__(
        self,
        path: Path,
        clock: Clock,
        held: Callable[[], bool],
        *,
        interval_s: float = INTERVAL_S,
        each_for_frames: int = EACH_FOR_FRAMES,
    ) -> None:
        self._path, self._clock, self._held = path, clock, held
        self._each_for_frames = each_for_frames
        self._pictures: list[Path] = []
        self._at = self._shown = self._sequence = 0
        self._pace = Pace(interval_s)

    def open(self) -> None:
        """Look through the folder. Raises FrameSourceMissingError, FrameSourceEmptyError."""
        if self._pictures:
            return
        try:
            pictures = sorted(path for path in self._path.iterdir() if path.suffix.lower() in SUFFIXES)
        except OSError as problem:
            raise FrameSourceMissingError(kind=self.kind) from problem
        if not pictures:
            raise FrameSourceEmptyError(kind=self.kind)
        self._pictures = pictures
        self._at = self._shown = self._sequence = 0
        self._pace.begin()

    def read(self) -> Frame:
        """Return what is in view. Raises FramesEndedError: it is not open; and what ``load_image`` raises."""
        if not self._pictures:
            raise FramesEndedError(kind=self.kind)
        self._pace.wait()
        if self._shown >= self._each_for_frames and not self._held():
            self._at, self._shown = (self._at + 1) % len(self._pictures), 0
        self._shown += 1
        self._sequence += 1
        return load_image(self._pictures[self._at], self._clock).from_source(self.name, self._sequence)

    def close(self) -> None:
        """Forget the folder."""
        self._pace.stop()
        self._pictures = []
