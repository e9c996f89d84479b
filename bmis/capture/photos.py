"""Photographs: the portrait on the document, the traveller at the desk, and what is wrong with a picture."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

import numpy as np
from PIL import Image

from bmis.capture.boxes import Box, Quad
from bmis.capture.frame import Frame
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.mrz_shape import shape_of
from bmis.kernel.resources import resource

PHOTO_BYTES = 60_000  # a portrait kept with a crossing; fifty thousand of them are 3 GB
PHOTO_SIDE = 480
_MEASURE_WIDTH = 640  # sharpness is measured at one size, so that cameras compare
_WHITE = 250


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
    """Return the portrait on the document, upright, by where its kind has it from the zone.

    Nothing where the kind has none on that side (TD1), the zone's place is unknown, or it lies outside the frame.
    """
    layout = shape_of(reading.lines)
    place = _table("photo_layouts.toml").get(layout.kind) if layout else None
    if reading.box is None or place is None or reading.box.height <= 0:
        return None
    left, right = float(place["left"]), float(place["left"]) + float(place["width"])
    low = -float(place["bottom_above"])
    high = low - float(place["height"])
    zone = reading.box
    quad = Quad(zone.at(left, high), zone.at(right, high), zone.at(right, low), zone.at(left, low))
    middle_x, middle_y = zone.at((left + right) / 2, (low + high) / 2)
    if not (0 <= middle_x < frame.width and 0 <= middle_y < frame.height):
        return None
    return frame.cut(quad)


def traveller_photo(frame: Frame, box: Box | None = None) -> bytes:
    """Return a JPEG of the traveller of at most 60 kB without metadata: ``box``, or the middle as 4 by 5."""
    part = frame.crop(box) if box is not None else None
    return (part or frame.crop(_middle(frame)) or frame).to_jpeg(85, max_side=PHOTO_SIDE, max_bytes=PHOTO_BYTES)


def photo_jpeg(portrait: Frame) -> bytes:
    """Return a portrait as a JPEG of at most 60 kB without metadata."""
    return portrait.to_jpeg(85, max_side=PHOTO_SIDE, max_bytes=PHOTO_BYTES)


def document_quality(frame: Frame, reading: MrzReading | None = None) -> tuple[Quality, ...]:
    """Return the measurements of a picture of a document; how far it is only where a zone was read."""
    limits = _table("quality.toml")["document"]
    found = _light_and_edges(frame, limits)
    if reading is not None and reading.box is not None:
        character = reading.box.width / len(reading.lines[0])
        limit = float(limits["character_at_least"])
        found.append(Quality(Flaw.TOO_FAR, round(character, 1), limit, character >= limit))
    return tuple(found)


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
