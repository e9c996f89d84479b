"""The only module that imports cv2: its import points Qt at plug-ins and fonts of its own, which is undone here."""

import os
from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

for _name in ("QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_FONTDIR"):
    os.environ.pop(_name, None)
cv2.setNumThreads(1)  # the capture thread leaves the other cores to recognition and the screen
cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_SILENT)  # absent cameras are our error, not its log

Pixels = NDArray[np.uint8]


class Film:
    """A camera or a film file, opened by cv2."""

    def __init__(self, place: int | str) -> None:
        self._capture = cv2.VideoCapture(place)

    @property
    def opened(self) -> bool:
        """Return whether it answers."""
        return bool(self._capture.isOpened())

    def ask_size(self, width: int, height: int) -> None:
        """Ask for frames of that size; a camera gives the nearest that it has."""
        self._capture.set(cv2.CAP_PROP_FRAME_WIDTH, width)
        self._capture.set(cv2.CAP_PROP_FRAME_HEIGHT, height)
        self._capture.set(cv2.CAP_PROP_BUFFERSIZE, 1)

    def next(self) -> Pixels | None:
        """Return the next frame in blue, green, red order, or nothing when there is none."""
        good, pixels = self._capture.read()
        return np.asarray(pixels, dtype=np.uint8) if good and pixels is not None and pixels.size else None

    def rewind(self) -> None:
        """Go back to the first frame of a film."""
        self._capture.set(cv2.CAP_PROP_POS_FRAMES, 0)

    def release(self) -> None:
        """Let go of the device or file."""
        self._capture.release()


def resized(pixels: Pixels, width: int, height: int) -> Pixels:
    """Return ``pixels`` at that size, averaged where it shrinks."""
    shrinks = width < pixels.shape[1]
    way = cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=way), dtype=np.uint8)


def red_first(pixels: Pixels) -> Pixels:
    """Return ``pixels`` in red, green, blue order, contiguous."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2RGB), dtype=np.uint8)


def grey(pixels: Pixels) -> Pixels:
    """Return the brightness of blue-green-red ``pixels``."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def step_counts(light: Pixels, *, down: bool) -> NDArray[np.float32]:
    """Return how many neighbours (to the right, or ``down``) differ by 0, 1, ... 255; every second row is counted."""
    even = light.shape[0] // 2 * 2
    near, far = (light[0:even:2], light[1:even:2]) if down else (light[::2, :-1], light[::2, 1:])
    return brightness_counts(np.asarray(cv2.absdiff(near, far), dtype=np.uint8))


def brightness_counts(light: Pixels) -> NDArray[np.float32]:
    """Return how many pixels have brightness 0, 1, ... 255."""
    return np.asarray(cv2.calcHist([light], [0], None, [256], [0, 256]), dtype=np.float32).ravel()


def flattened(pixels: Pixels, corners: Sequence[tuple[float, float]], width: int, height: int) -> Pixels:
    """Return what lies between four ``corners`` (clockwise from the upper left) as an upright picture of that size."""
    target = np.array([(0, 0), (width, 0), (width, height), (0, height)], dtype=np.float32)
    way = cv2.getPerspectiveTransform(np.array(corners, dtype=np.float32), target)
    return np.asarray(
        cv2.warpPerspective(pixels, way, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE),
        dtype=np.uint8,
    )


def write_film(path: str, frames: list[Pixels], frames_a_second: float) -> bool:
    """Write ``frames`` as a Motion-JPEG film (a replay for training); return whether the codec is there."""
    height, width = frames[0].shape[:2]
    film = cv2.VideoWriter(path, cv2.VideoWriter.fourcc(*"MJPG"), frames_a_second, (width, height))
    if not film.isOpened():
        return False
    for frame in frames:
        film.write(frame)
    film.release()
    return True
