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

    @classmethod
    def of_untrusted_file(cls, path: str) -> "Film":
        """Return the film file, read by FFmpeg in this thread alone: no camera, no pictures by a pattern of names."""
        film = cls.__new__(cls)
        film._capture = cv2.VideoCapture(path, cv2.CAP_FFMPEG, [cv2.CAP_PROP_N_THREADS, 1])
        return film

    @property
    def size(self) -> tuple[int, int]:
        """Return width and height as the film says them; 0 where it does not."""
        width, height = (self._capture.get(each) for each in (cv2.CAP_PROP_FRAME_WIDTH, cv2.CAP_PROP_FRAME_HEIGHT))
        return int(width), int(height)

    @property
    def frames_a_second(self) -> float:
        """Return the rate as the film says it; 0 where it does not."""
        rate = float(self._capture.get(cv2.CAP_PROP_FPS))
        return rate if 0 < rate < float("inf") else 0.0

    def skip(self) -> bool:
        """Pass over the next frame; return whether there was one."""
        return bool(self._capture.grab())

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


def upright(grey: Pixels, matrix: NDArray[np.float64], width: int, height: int) -> Pixels:
    """Return the part of ``grey`` that ``matrix`` (2x3, from the result to the picture) shows; edges go on outside."""
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(grey, matrix, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE), dtype=np.uint8
    )


def islands(marks: NDArray[np.bool_], least: int) -> list[NDArray[np.int64]]:
    """Return the points (n, x and y) of each connected part of ``marks`` with at least ``least`` of them."""
    count, labels, facts, _ = cv2.connectedComponentsWithStats(marks.astype(np.uint8))
    chosen = [at for at in range(1, count) if facts[at, cv2.CC_STAT_AREA] >= least]
    return [np.stack(np.nonzero(labels == at)[::-1], axis=1) for at in chosen]


def oblong(points: NDArray[np.float32]) -> tuple[tuple[float, float], tuple[float, float], tuple[float, float]]:
    """Return the smallest rectangle around points: middle, long and short side, direction of the long side."""
    corners = cv2.boxPoints(cv2.minAreaRect(points))
    one, other = corners[1] - corners[0], corners[2] - corners[1]
    long, short = (one, other) if np.hypot(*one) >= np.hypot(*other) else (other, one)
    length, height = float(np.hypot(*long)), float(np.hypot(*short))
    middle = corners.mean(axis=0)
    along = long / max(length, 1e-6)
    return (float(middle[0]), float(middle[1])), (length, height), (float(along[0]), float(along[1]))


def grey_of(pixels: Pixels) -> Pixels:
    """Return the brightness of blue-green-red ``pixels``."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_BGR2GRAY), dtype=np.uint8)


def resampled(grey: Pixels, map_x: NDArray[np.float32], map_y: NDArray[np.float32]) -> Pixels:
    """Return ``grey`` at the places given for each pixel of the result; edges go on outside."""
    picture = cv2.remap(grey, map_x, map_y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(picture, dtype=np.uint8)


def blue_first(pixels: Pixels) -> Pixels:
    """Return red-green-blue or grey ``pixels`` in blue, green, red order, contiguous."""
    way = cv2.COLOR_GRAY2BGR if pixels.ndim == 2 else cv2.COLOR_RGB2BGR
    return np.asarray(cv2.cvtColor(pixels, way), dtype=np.uint8)


def decoded_picture(untrusted: bytes, divisor: int) -> Pixels | None:
    """Return a JPEG or WebP in blue, green, red order at 1, 1/2, 1/4 or 1/8 of its size, not turned; or nothing.

    Straight into this order it costs half of what Pillow and a copy cost. A JPEG is made smaller while it is decoded.
    """
    ways = {
        1: cv2.IMREAD_COLOR,
        2: cv2.IMREAD_REDUCED_COLOR_2,
        4: cv2.IMREAD_REDUCED_COLOR_4,
        8: cv2.IMREAD_REDUCED_COLOR_8,
    }
    try:
        found = cv2.imdecode(np.frombuffer(untrusted, np.uint8), ways[divisor] | cv2.IMREAD_IGNORE_ORIENTATION)
    except cv2.error as problem:
        if problem.code == cv2.Error.StsNoMem:
            raise MemoryError from problem
        return None
    return None if found is None else np.asarray(found, dtype=np.uint8)


def turned(pixels: Pixels, mark: int) -> Pixels:
    """Return ``pixels`` as an EXIF orientation ``mark`` (1 to 8; EXIF 2.32, 4.6.4 A) wants them seen."""
    if mark in (5, 7):
        pixels = np.asarray(cv2.transpose(pixels), dtype=np.uint8)
    turns = {3: cv2.ROTATE_180, 6: cv2.ROTATE_90_CLOCKWISE, 7: cv2.ROTATE_180, 8: cv2.ROTATE_90_COUNTERCLOCKWISE}
    if mark in turns:
        return np.asarray(cv2.rotate(pixels, turns[mark]), dtype=np.uint8)
    if mark in (2, 4):
        return np.asarray(cv2.flip(pixels, 1 if mark == 2 else 0), dtype=np.uint8)
    return pixels


def way_between(start: Sequence[tuple[float, float]], end: Sequence[tuple[float, float]]) -> NDArray[np.float64] | None:
    """Return the 3x3 perspective way that takes four points to four others; nothing where three lie in a line."""
    try:
        way = cv2.getPerspectiveTransform(np.array(start, dtype=np.float32), np.array(end, dtype=np.float32))
    except cv2.error:
        return None
    return np.asarray(way, dtype=np.float64) if np.isfinite(way).all() and abs(np.linalg.det(way)) > 1e-9 else None


def softened(light: Pixels) -> Pixels:
    """Return ``light`` a little out of focus: a sensor's noise goes first."""
    return np.asarray(cv2.GaussianBlur(light, (3, 3), 0), dtype=np.uint8)


def turned_by(light: Pixels, degrees: float) -> tuple[Pixels, NDArray[np.float64]]:
    """Return ``light`` turned anticlockwise on a canvas that holds all of it, and the 2x3 way back to its points."""
    height, width = light.shape[:2]
    way = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    cos, sin = abs(way[0, 0]), abs(way[0, 1])
    size = (int(height * sin + width * cos) + 1, int(height * cos + width * sin) + 1)
    way[:, 2] += (size[0] / 2 - width / 2, size[1] / 2 - height / 2)
    turned = cv2.warpAffine(light, way, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(turned, dtype=np.uint8), np.asarray(cv2.invertAffineTransform(way), dtype=np.float64)


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
