"""Where frames come from, all behind one interface: a camera, a film, a folder of pictures."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from bmis.capture.errors import (
    CameraAbsentError,
    CameraBlackError,
    CameraLostError,
    FramesEndedError,
    FrameSourceEmptyError,
    FrameSourceMissingError,
)
from bmis.capture.frame import Frame
from bmis.capture.images import SUFFIXES, load_image
from bmis.kernel.clock import Clock

if TYPE_CHECKING:
    from bmis.capture.opencv import Film

BLACK_BELOW = 6.0  # mean brightness of 255: sensor noise alone; a dim room with a document gives more than 12
BLACK_FOR_S = 3.0
_LOST_AFTER_FAILURES = 5
_DEVICES = Path("/sys/class/video4linux")


class FrameSource(Protocol):
    """Gives frames one after another. One thread opens, reads and closes it."""

    @property
    def name(self) -> str:
        """Return what an officer knows it by."""
        ...

    @property
    def kind(self) -> str:
        """Return ``camera``, ``film`` or ``folder``."""
        ...

    def open(self) -> None:
        """Make it ready; a second call changes nothing.

        Raises:
            CameraAbsentError, FrameSourceMissingError, FrameSourceEmptyError: it cannot be.
        """
        ...

    def read(self) -> Frame:
        """Return the next frame; it may wait for one.

        Raises:
            CameraLostError, CameraBlackError: the camera must be looked at.
            FramesEndedError: a film or folder that does not begin again came to its end, or it is not open.
        """
        ...

    def close(self) -> None:
        """Let go of it; a second call changes nothing, and it can be opened again."""
        ...


@contextmanager
def opened(source: FrameSource) -> Iterator[FrameSource]:
    """Within the block ``source`` is open."""
    source.open()
    try:
        yield source
    finally:
        source.close()


def frames_of(source: FrameSource) -> Iterator[Frame]:
    """Yield the frames of an open source until it ends."""
    while True:
        try:
            frame = source.read()
        except FramesEndedError:
            return
        yield frame


@dataclass(frozen=True, slots=True)
class CameraName:
    """A camera of this machine."""

    index: int
    name: str


def list_cameras(devices: Path = _DEVICES) -> list[CameraName]:
    """Return the cameras of this machine, on Linux without switching one on."""
    if not sys.platform.startswith("linux"):
        return [CameraName(index, f"camera {index}") for index in range(4) if _answers(index)]
    found = []
    for device in sorted(devices.glob("video*"), key=lambda path: (len(path.name), path.name)):
        try:
            first_node = (device / "index").read_text(encoding="utf-8").strip() == "0"  # others carry metadata only
            name = (device / "name").read_text(encoding="utf-8", errors="replace").strip()
            number = int(device.name.removeprefix("video"))
        except (OSError, ValueError):
            continue
        if first_node:
            found.append(CameraName(number, name))
    return found


def _answers(index: int) -> bool:
    film = _open_film(index)
    answers = film.opened
    film.release()
    return answers


def _open_film(place: int | str) -> "Film":
    from bmis.capture.opencv import Film  # a folder or a file never needs cv2

    return Film(place)


class OpenCvCamera:
    """A camera by its index, as ``list_cameras`` gives it."""

    kind = "camera"

    def __init__(
        self,
        index: int,
        clock: Clock,
        *,
        size: tuple[int, int] = (1920, 1080),
        open_film: Callable[[int | str], "Film"] = _open_film,
        monotonic: Callable[[], float] = time.monotonic,
        black_for_s: float = BLACK_FOR_S,
    ) -> None:
        self._index = index
        self._clock = clock
        self._size = size
        self._open_film = open_film
        self._monotonic = monotonic
        self._black_for_s = black_for_s
        self._film: Film | None = None
        self._sequence = 0
        self._black_since: float | None = None

    @property
    def name(self) -> str:
        """Return the camera's place."""
        return f"camera {self._index}"

    def open(self) -> None:
        """Switch the camera on. Raises CameraAbsentError."""
        if self._film is not None:
            return
        film = self._open_film(self._index)
        if not film.opened:
            film.release()
            raise CameraAbsentError(camera=self._index)
        film.ask_size(*self._size)
        self._film, self._black_since = film, None

    def read(self) -> Frame:
        """Return the next frame. Raises CameraLostError, CameraBlackError."""
        if self._film is None:
            raise FramesEndedError(camera=self._index)
        for _ in range(_LOST_AFTER_FAILURES):
            pixels = self._film.next()
            if pixels is not None:
                break
        else:
            self.close()
            raise CameraLostError(camera=self._index)
        self._sequence += 1
        frame = Frame.of_pixels(pixels, self._clock(), self.name, self._sequence)
        self._watch_for_black(frame)
        return frame

    def close(self) -> None:
        """Switch the camera off."""
        film, self._film = self._film, None
        if film is not None:
            film.release()

    def _watch_for_black(self, frame: Frame) -> None:
        if frame.brightness() >= BLACK_BELOW:
            self._black_since = None
            return
        now = self._monotonic()
        if self._black_since is None:
            self._black_since = now
        elif now - self._black_since >= self._black_for_s:
            self._black_since = now  # said again after as long, while it stays black
            raise CameraBlackError(camera=self._index)


class VideoFile:
    """A film as if it were a camera, for training and replay."""

    kind = "film"

    def __init__(
        self,
        path: Path,
        clock: Clock,
        *,
        loop: bool = False,
        interval_s: float = 0.0,
        open_film: Callable[[int | str], "Film"] = _open_film,
    ) -> None:
        self._path = path
        self._clock = clock
        self._loop = loop
        self._open_film = open_film
        self._film: Film | None = None
        self._sequence = 0
        self._pace = Pace(interval_s)

    @property
    def name(self) -> str:
        """Return the film's file name."""
        return self._path.name

    def open(self) -> None:
        """Open the film. Raises FrameSourceMissingError, FrameSourceEmptyError."""
        if self._film is not None:
            return
        if not self._path.is_file():
            raise FrameSourceMissingError(kind=self.kind)
        film = self._open_film(str(self._path))
        if not film.opened:
            film.release()
            raise FrameSourceMissingError(kind=self.kind)
        if film.next() is None:
            film.release()
            raise FrameSourceEmptyError(kind=self.kind)
        film.rewind()
        self._film, self._sequence = film, 0
        self._pace.begin()

    def read(self) -> Frame:
        """Return the next frame. Raises FramesEndedError."""
        if self._film is None:
            raise FramesEndedError(kind=self.kind)
        pixels = self._film.next()
        if pixels is None and self._loop:
            self._film.rewind()
            pixels = self._film.next()
        if pixels is None:
            raise FramesEndedError(kind=self.kind)
        self._pace.wait()
        self._sequence += 1
        return Frame.of_pixels(pixels, self._clock(), self.name, self._sequence)

    def close(self) -> None:
        """Close the film."""
        self._pace.stop()
        film, self._film = self._film, None
        if film is not None:
            film.release()


class ImageFolder:
    """The pictures of a folder in the order of their names, as if a camera gave them."""

    kind = "folder"

    def __init__(self, path: Path, clock: Clock, *, loop: bool = False, interval_s: float = 0.0) -> None:
        self._path = path
        self._clock = clock
        self._loop = loop
        self._pictures: list[Path] | None = None
        self._next = 0
        self._sequence = 0
        self._pace = Pace(interval_s)

    @property
    def name(self) -> str:
        """Return the folder's name."""
        return self._path.name

    def open(self) -> None:
        """Look through the folder. Raises FrameSourceMissingError, FrameSourceEmptyError."""
        if self._pictures is not None:
            return
        try:
            pictures = sorted(path for path in self._path.iterdir() if path.suffix.lower() in SUFFIXES)
        except OSError as problem:
            raise FrameSourceMissingError(kind=self.kind) from problem
        if not pictures:
            raise FrameSourceEmptyError(kind=self.kind)
        self._pictures, self._next, self._sequence = pictures, 0, 0
        self._pace.begin()

    def read(self) -> Frame:
        """Return the next picture. Raises FramesEndedError, and what ``load_image`` raises for a bad picture."""
        if self._pictures is None:
            raise FramesEndedError(kind=self.kind)
        if self._next >= len(self._pictures):
            if not self._loop:
                raise FramesEndedError(kind=self.kind)
            self._next = 0
        path = self._pictures[self._next]
        self._next += 1  # a bad picture is told once and passed over
        self._pace.wait()
        frame = load_image(path, self._clock)
        self._sequence += 1
        return frame.from_source(self.name, self._sequence)

    def close(self) -> None:
        """Forget the folder."""
        self._pace.stop()
        self._pictures = None


class Pace:
    """Lets frames out no faster than one an interval; ``stop`` ends a wait from another thread."""

    def __init__(self, interval_s: float) -> None:
        self._interval_s = interval_s
        self._due: float | None = None
        self._stopped = threading.Event()

    def begin(self) -> None:
        self._due = None
        self._stopped.clear()

    def wait(self) -> None:
        if self._interval_s <= 0:
            return
        now = time.monotonic()
        if self._due is not None and self._due > now:
            self._stopped.wait(self._due - now)
        self._due = time.monotonic() + self._interval_s

    def stop(self) -> None:
        self._stopped.set()
