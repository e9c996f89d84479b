"""What keeps a picture of a document from being read well, as codes with evidence; the words are in ui.words.hints."""

import math
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

from bmis.capture.boxes import Quad
from bmis.capture.frame import Frame, fitted
from bmis.kernel.resources import resource

_MEASURE_SIDE = 1280  # a picture is measured at one size, so that cameras compare
_STRIP_PITCH = 16  # pixels a character of the flattened zone; a nearer view adds nothing to what is measured
_WHITE = 250
_GLARE_CELLS = 8  # a spot is a whole square of white of this side
_STEEP = 0.995  # the steepest edges: print against paper
_LINE_LENGTHS = ((10.8, 44), (7.5, 36), (0.0, 30))  # width against height of a zone, and its characters a line


class HintCode(StrEnum):
    """What is wrong with the picture."""

    TOO_DARK = "too_dark"
    CROPPED = "cropped"
    GLARE = "glare"
    TOO_BRIGHT = "too_bright"
    TOO_FAR = "too_far"
    BLURRED = "blurred"
    TILTED = "tilted"


@dataclass(frozen=True, slots=True)
class Hint:
    """One measurement that breaks its limit."""

    code: HintCode
    measured: float
    limit: float


Limits = Mapping[str, float]


@cache
def _limits(part: str) -> Limits:
    table = tomllib.loads(resource("capture", "hints.toml").read_text(encoding="utf-8"))
    return {name: float(value) for name, value in table[part].items()}


def hints(frame: Frame, zone: Quad | None = None) -> tuple[Hint, ...]:
    """Return what is wrong with a picture of a document, the most important first; empty where nothing is.

    With the ``zone`` (machine-readable) it is judged by the zone alone; without one, by the whole picture, and how far,
    how tilted and how cropped the document is cannot be told. Under 3 ms of CPU for 1280x720.
    """
    found = _zone_hints(frame, zone) if zone is not None and _is_measurable(zone) else _frame_hints(frame)
    order = list(HintCode)
    return tuple(sorted(found, key=lambda hint: order.index(hint.code)))


def zone_pitch(zone: Quad) -> float:
    """Return the pixels a character of a zone takes, by its width and the line length that its proportions tell."""
    return zone.width / _characters(zone)


def _characters(zone: Quad) -> int:
    proportion = zone.width / max(zone.height, 1e-6)
    return next(count for least, count in _LINE_LENGTHS if proportion >= least)


def _is_measurable(zone: Quad) -> bool:
    return all(math.isfinite(value) for corner in zone.corners for value in corner) and min(zone.width, zone.height) > 2


def _frame_hints(frame: Frame) -> Iterator[Hint]:
    from bmis.capture import opencv  # loaded with the first picture, not with the program

    limits = _limits("frame")
    width, height = fitted(frame.width, frame.height, _MEASURE_SIDE, _MEASURE_SIDE)
    pixels = frame.bgr()
    if (width, height) != (frame.width, frame.height):
        pixels = opencv.resized(pixels, width, height)
    light = opencv.grey(pixels)
    half = _half(light)
    counts = opencv.brightness_counts(half)
    paper, shade = _level(counts, 0.95), _level(counts, 0.02)
    white = float(counts[_WHITE:].sum() / counts.sum())
    yield from _above(HintCode.TOO_BRIGHT, white, limits["bright_above"])
    if paper - shade <= limits["something_at_least"] * paper:
        return
    yield from _below(HintCode.TOO_DARK, paper, limits["dark_below"])
    if white <= limits["bright_above"]:
        yield from _above(HintCode.GLARE, _spots(half), limits["glare_above"])
    if paper >= limits["dark_below"]:
        yield from _below(HintCode.BLURRED, _sharpness(half, _half(half)), limits["sharp_at_least"])


def _zone_hints(frame: Frame, zone: Quad) -> Iterator[Hint]:
    from bmis.capture import opencv

    limits = _limits("zone")
    pitch = zone_pitch(zone)
    yield from _below(HintCode.TOO_FAR, pitch, limits["pitch_at_least"])
    yield from _below(HintCode.CROPPED, _margin(frame, zone) / pitch, limits["edge_at_least"])
    yield from _tilts(zone, limits)
    scale = min(1.0, _STRIP_PITCH / pitch)
    size = (max(32, round(zone.width * scale)), max(16, round(zone.height * scale)))
    light = opencv.grey(opencv.flattened(frame.bgr(), zone.corners, *size))
    counts = opencv.brightness_counts(light)
    paper, ink = _level(counts, 0.8), _level(counts, 0.05)
    yield from _below(HintCode.TOO_DARK, paper, limits["dark_below"])
    yield from _above(HintCode.TOO_BRIGHT, ink, limits["bright_above"])
    if ink <= limits["bright_above"]:
        yield from _above(
            HintCode.GLARE, _lost_blocks(light, 3 if _characters(zone) == 30 else 2), limits["glare_above"]
        )
    if paper >= limits["dark_below"]:
        yield from _below(HintCode.BLURRED, _sharpness(light, _half(light)), limits["sharp_at_least"])


def _below(code: HintCode, measured: float, limit: float) -> Iterator[Hint]:
    if measured < limit:
        yield Hint(code, round(measured, 3), limit)


def _above(code: HintCode, measured: float, limit: float) -> Iterator[Hint]:
    if measured > limit:
        yield Hint(code, round(measured, 3), limit)


def _level(counts: NDArray[np.float32], part: float) -> float:
    """Return the value under which ``part`` of what was counted lies."""
    return float(np.searchsorted(np.cumsum(counts), part * counts.sum()))


def _half(light: NDArray[np.uint8]) -> NDArray[np.uint8]:
    from bmis.capture import opencv

    return opencv.resized(light, max(2, light.shape[1] // 2), max(2, light.shape[0] // 2))


def _sharpness(light: NDArray[np.uint8], half: NDArray[np.uint8]) -> float:
    """Return the steepest steps as a part of those at half size: 1 for a thin edge, half for a wide one.

    The worse of both directions: a hand moves along one.
    """
    from bmis.capture import opencv

    found = []
    for down in (False, True):
        whole, small = (_level(opencv.step_counts(size, down=down), _STEEP) for size in (light, half))
        found.append(whole / max(small, 1.0))
    return min(found)


def _spots(light: NDArray[np.uint8]) -> float:
    """Return the part of the picture that is white in whole squares: a lamp, not white between letters."""
    from bmis.capture import opencv

    rows, columns = max(1, light.shape[0] // _GLARE_CELLS), max(1, light.shape[1] // _GLARE_CELLS)
    return float((opencv.resized(light, columns, rows) >= _WHITE).mean())


def _lost_blocks(light: NDArray[np.uint8], lines: int) -> float:
    """Return the part of a zone's blocks, one line high and two characters wide, that are bright without print."""
    count = max(1, light.shape[1] // (2 * _STRIP_PITCH))
    blocks = [block for row in np.array_split(light, lines) for block in np.array_split(row, count, axis=1)]
    spread = np.array([float(np.ptp(block)) for block in blocks])
    bright = np.array([float(block.mean()) for block in blocks])
    return float(((spread < 0.4 * np.median(spread)) & (bright > 235)).mean())


def _margin(frame: Frame, zone: Quad) -> float:
    """Return the pixels between the zone and the nearest edge of the picture; negative where it goes beyond."""
    return min(min(x, y, frame.width - x, frame.height - y) for x, y in zone.corners)


def _tilts(zone: Quad, limits: Limits) -> Iterator[Hint]:
    (left, top), (right, right_top) = zone.upper_left, zone.upper_right
    turned = math.degrees(math.atan2(right_top - top, right - left)) % 90
    lean = min(turned, 90 - turned)
    if lean > limits["lean_at_most"]:
        yield Hint(HintCode.TILTED, round(lean, 1), limits["lean_at_most"])
        return
    upper, down, lower, up = (
        math.dist(one, other) for one, other in zip(zone.corners, (*zone.corners[1:], zone.corners[0]), strict=True)
    )
    keystone = max(1 - min(pair) / max(max(pair), 1e-6) for pair in ((upper, lower), (down, up)))
    yield from _above(HintCode.TILTED, keystone, limits["keystone_at_most"])
