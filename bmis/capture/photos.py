"""Photographs: the portrait on the document, the traveller at the desk, and what is wrong with a picture."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bmis.capture.boxes import Box, Point, Quad
from bmis.capture.frame import Frame
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.mrz_shape import shape_of
from bmis.kernel.resources import resource

PHOTO_BYTES = 60_000  # a portrait kept with a crossing; fifty thousand of them are 3 GB
PHOTO_SIDE = 480
_MEASURE_WIDTH = 640  # sharpness is measured at one size, so that cameras compare
_WHITE = 250
_LEAST_ZONE = 4.0  # pixels; a smaller zone has no direction
_LEAST_DEPTH = 0.2  # nearer the horizon than this nothing can be seen


class Flaw(StrEnum):
    """What is wrong with a picture."""

    TOO_DARK = "too_dark"
    BLURRED = "blurred"
    GLARE = "glare"
    TOO_FAR = "too_far"


@dataclass(frozen=True, slots=True)
class Quality:
    """One measurement against its limit; ``flaw`` says which, ``good`` whether it holds."""

    flaw: Flaw
    measured: float
    limit: float
    good: bool


@cache
def _table(name: str) -> Mapping[str, Any]:
    return tomllib.loads(resource("capture", name).read_text(encoding="utf-8"))


def document_photo(frame: Frame, reading: MrzReading) -> Frame | None:
    """Return the portrait on the document, upright and flat, by where its kind has it from the zone.

    Nothing where the kind has none on that side (TD1), the zone's place is unknown, the portrait lies outside the
    picture, or there is nothing but an even surface.
    """
    from bmis.capture import opencv  # loaded with the first picture, not with the program

    layout = shape_of(reading.lines)
    quad = photo_place(reading.box, layout.kind, len(reading.lines[0])) if layout and reading.box else None
    limits = _table("photo_layouts.toml")["limits"]
    if quad is None or _inside(frame, quad) < float(limits["inside_at_least"]):
        return None
    place = _table("photo_layouts.toml")[layout.kind] if layout else {}
    scale = min(float(limits["pixels_a_mm"]), quad.width / place["width"], quad.height / place["height"])
    size = (max(1, round(place["width"] * scale)), max(1, round(place["height"] * scale)))
    portrait = opencv.flattened(frame.bgr(), quad.corners, *size)
    dark, bright = np.percentile(opencv.grey(portrait), (10, 90))
    if bright - dark < float(limits["spread_at_least"]):
        return None
    return Frame.of_pixels(portrait, frame.taken_at, frame.source, frame.sequence, frame.facts)


def photo_place(zone: Quad, kind: str, characters: int) -> Quad | None:
    """Return where in the picture the portrait's area lies, by the zone's corners and so in any turn and perspective.

    Nothing where the kind has no portrait beside its zone, or the corners make no zone.
    """
    place = _table("photo_layouts.toml").get(kind)
    if not isinstance(place, Mapping) or "above" not in place:
        return None
    wide = characters * float(_table("photo_layouts.toml")["character_mm"])
    way = _way_from_mm(zone, wide)
    if way is None:
        return None
    left, low = float(place["left"]), -float(place["above"])
    right, high = left + float(place["width"]), low - float(place["height"])
    corners = []
    for x, y in ((left, high), (right, high), (right, low), (left, low)):
        across, down, deep = way @ (x, y, 1.0)
        if deep <= _LEAST_DEPTH:
            return None
        corners.append((float(across / deep), float(down / deep)))
    return Quad(*corners)


def _way_from_mm(zone: Quad, wide: float) -> NDArray[np.float64] | None:
    """Return the way from millimetres on the document to the picture; the zone's height is taken from its proportions,
    for readers leave more or less room around the print."""
    from bmis.capture import opencv

    across = (zone.width + _length(zone.lower_left, zone.lower_right)) / 2
    down = (zone.height + _length(zone.upper_right, zone.lower_right)) / 2
    if not np.isfinite(across + down) or min(across, down) < _LEAST_ZONE:
        return None
    return opencv.way_between(
        ((0.0, 0.0), (wide, 0.0), (wide, wide * down / across), (0.0, wide * down / across)), zone.corners
    )


def _length(one: Point, other: Point) -> float:
    return float(np.hypot(other[0] - one[0], other[1] - one[1]))


def _inside(frame: Frame, quad: Quad) -> float:
    """Return the part of ``quad`` that lies in the picture."""
    steps = np.linspace(0.0, 1.0, 15)
    (a, b, c, d) = (np.array(corner) for corner in quad.corners)
    points = np.array([(a + (b - a) * x) * (1 - y) + (d + (c - d) * x) * y for x in steps for y in steps])
    within = (points >= 0).all(axis=1) & (points[:, 0] <= frame.width) & (points[:, 1] <= frame.height)
    return float(within.mean())


def traveller_photo(frame: Frame, box: Box | None = None) -> bytes:
    """Return a JPEG of the traveller of at most 60 kB without metadata: ``box``, or the middle as 4 by 5."""
    part = frame.crop(box) if box is not None else None
    return (part or frame.crop(_middle(frame)) or frame).to_jpeg(85, max_side=PHOTO_SIDE, max_bytes=PHOTO_BYTES)


def photo_jpeg(portrait: Frame) -> bytes:
    """Return a portrait as a JPEG of at most 60 kB without metadata."""
    return portrait.to_jpeg(85, max_side=PHOTO_SIDE, max_bytes=PHOTO_BYTES)


def portrait_quality(frame: Frame) -> tuple[Quality, ...]:
    """Return the measurements of a picture of the traveller."""
    limits = _table("quality.toml")["portrait"]
    side, limit = float(min(frame.width, frame.height)), float(limits["side_at_least"])
    return (*_light_and_edges(frame, limits), Quality(Flaw.TOO_FAR, side, limit, side >= limit))


def _light_and_edges(frame: Frame, limits: Mapping[str, Any]) -> list[Quality]:
    grey = frame.grey()
    light, dark_below = float(grey.mean()), float(limits["dark_below"])
    picture = Image.fromarray(grey)
    size = (_MEASURE_WIDTH, max(3, round(picture.height * _MEASURE_WIDTH / picture.width)))
    small = np.asarray(picture.resize(size, Image.Resampling.BOX), dtype=np.float64)
    laplacian = small[1:-1, :-2] + small[1:-1, 2:] + small[:-2, 1:-1] + small[2:, 1:-1] - 4 * small[1:-1, 1:-1]
    sharp, sharp_limit = float(laplacian.var()), float(limits["sharp_at_least"])
    glare, glare_limit = float((grey >= _WHITE).mean()), float(limits["glare_at_most"])
    return [
        Quality(Flaw.TOO_DARK, round(light, 1), dark_below, light >= dark_below),
        Quality(Flaw.BLURRED, round(sharp, 1), sharp_limit, sharp >= sharp_limit),
        Quality(Flaw.GLARE, round(glare, 3), glare_limit, glare <= glare_limit),
    ]


def _middle(frame: Frame) -> Box:
    width = min(frame.width, frame.height * 4 // 5)
    height = min(frame.height, width * 5 // 4)
    return Box((frame.width - width) // 2, (frame.height - height) // 2, width, height)
