"""Finds zones with PassportEye and reads them with Tesseract. Imported by the worker process only: it is heavy.

PassportEye says where a zone may lie (its own read stops at the first that parses and gives no confidence);
each place is cut out, straightened, read at several sizes and both ways up, and the readings are put to the vote.
"""

import io
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from passporteye.mrz.image import BooneTransform, MRZBoxLocator, Scaler
from PIL import Image, ImageFilter, ImageOps

from bmis.capture.tesseract import recognise
from bmis.capture.zone_text import ZoneText, voted, zones

_LOCATE_WIDTHS = (250, 500, 900)  # PassportEye's own is 250; a zone that is small in the frame needs more
_ATTEMPTS = ((1200, True), (1200, False), (800, True), (1700, True))  # pixels across, shades taken out
_MAX_BOXES = 8
_MAX_PLACES = 5
_MIN_WIDTH = 180  # pixels: six a character of the shortest line
_LIKE_A_LINE = 24  # characters: fewer in every line is some other print
_MARGIN_ALONG = 0.03
_MARGIN_ACROSS = 0.45
_SKEW_STEPS = np.arange(-4.0, 4.01, 0.5)
_MAX_FIND_SIDE = 2400

Corner = tuple[float, float]


@dataclass(frozen=True, slots=True)
class FoundZone:
    """A zone's text and its corners in the frame, clockwise from the text's own upper left."""

    text: ZoneText
    corners: tuple[Corner, Corner, Corner, Corner]


@dataclass(frozen=True, slots=True)
class _Place:
    """A rectangle that may hold a zone, in pixels of the frame."""

    centre: Corner
    width: float
    height: float
    radians: float  # of the reading direction against the frame's x axis

    def covers(self, point: Corner) -> bool:
        along, across = self._axes()
        away = np.subtract(point, self.centre)
        return bool(abs(away @ along) < self.width / 2 and abs(away @ across) < max(self.height, 8))

    def same_as(self, other: "_Place") -> bool:
        """Return whether both show the same print."""
        return other.covers(self.centre) and 0.8 < other.width / self.width < 1.25

    def _axes(self) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        cos, sin = np.cos(self.radians), np.sin(self.radians)
        return np.array([cos, sin]), np.array([-sin, cos])

    def cut(self, frame: Image.Image, read_width: int, turned: float = 0.0) -> tuple[Image.Image, NDArray[np.float64]]:
        """Return the straightened cutting and the matrix from its pixels to the frame's."""
        place = _Place(self.centre, self.width, self.height, self.radians + turned)
        width = place.width * (1 + 2 * _MARGIN_ALONG)
        height = place.height * (1 + 2 * _MARGIN_ACROSS)
        scale = width / read_width
        along, across = place._axes()
        corner = np.asarray(place.centre) - along * width / 2 - across * height / 2
        matrix = np.column_stack([along * scale, across * scale, corner])
        size = (read_width, max(8, round(height / scale)))
        coefficients = tuple(float(value) for value in matrix.ravel())
        shrink = max(1, int(scale))  # an affine transform samples single pixels: reduce first where it shrinks much
        if shrink > 1:
            reduced = frame.reduce(shrink)
            coefficients = tuple(value / shrink for value in coefficients)
            return reduced.transform(size, Image.Transform.AFFINE, coefficients, Image.Resampling.BICUBIC), matrix
        return frame.transform(size, Image.Transform.AFFINE, coefficients, Image.Resampling.BICUBIC), matrix


@dataclass(frozen=True, slots=True)
class ZoneReader:
    """Reads every zone of a frame within a budget of seconds."""

    tesseract: str
    models: Path

    def __call__(self, grey: NDArray[np.uint8], budget_s: float) -> list[FoundZone]:
        """Return the zones of ``grey`` from the upper left to the lower right; a frame without one gives none."""
        until = time.monotonic() + budget_s
        frame = Image.fromarray(grey)
        tried: list[_Place] = []
        found: list[tuple[FoundZone, _Place]] = []
        for width in _LOCATE_WIDTHS:
            if tried and width > frame.width * 1.2:
                break
            for place in _places(frame, width):
                if time.monotonic() > until:
                    break
                if any(place.same_as(old) for old in tried) or not _worth_it(place, found):
                    continue
                tried.append(place)
                found += [(zone, place) for zone in self._read(frame, place, until)]
        zones_found = _distinct([zone for zone, _ in found])
        return sorted(zones_found, key=lambda zone: (_middle(zone.corners)[1], _middle(zone.corners)[0]))

    def _read(self, frame: Image.Image, place: _Place, until: float) -> list[FoundZone]:
        skew = _skew(place.cut(frame, 400)[0])
        for turned in (skew, skew + np.pi):
            readings: list[ZoneText] = []
            corners = None
            for width, flat in _ATTEMPTS:
                cutting, matrix = place.cut(frame, width, turned)
                seen = recognise(self.tesseract, self.models, _pgm(_flattened(cutting) if flat else cutting))
                here = zones(seen)
                if len(here) > 1:
                    return [FoundZone(zone, _corners(zone, matrix)) for zone in here]
                if here and corners is None:
                    corners = _corners(here[0], matrix)
                readings += here
                best = voted(readings)
                late = time.monotonic() > until
                if best is not None and corners is not None and (best.settled or late):
                    return [FoundZone(best, corners)]
                if late or not any(len(line.text) >= _LIKE_A_LINE and "<" in line.text for line in seen):
                    break
            best = voted(readings)
            if best is not None and corners is not None:
                return [FoundZone(best, corners)]
            if not readings and not any(len(line.text) >= _LIKE_A_LINE for line in seen):
                return []  # too few letters both ways up
        return []


def _places(frame: Image.Image, width: int) -> list[_Place]:
    """Return rectangles worth reading at one scale of PassportEye's finder, the most zone-like first."""
    small = frame
    if max(frame.size) > _MAX_FIND_SIDE:
        small = frame.reduce(int(max(frame.size) // _MAX_FIND_SIDE) + 1)
    shrunk, factor = Scaler(width)(np.asarray(small, dtype=np.float64) / 255)
    factor *= small.width / frame.width
    places = []
    for box in MRZBoxLocator(max_boxes=_MAX_BOXES)(BooneTransform()(shrunk)):
        centre = (float(box.center[1]) / factor, float(box.center[0]) / factor)
        angle = np.pi / 2 - float(box.angle)  # PassportEye counts from the vertical
        if angle > np.pi / 2 + 0.1:
            angle -= np.pi
        place = _Place(centre, box.width / factor, box.height / factor, angle)
        if place.width >= _MIN_WIDTH:
            places.append(place)
    return sorted(places, key=lambda place: place.width * place.height, reverse=True)[:_MAX_PLACES]


def _worth_it(place: _Place, found: list[tuple[FoundZone, _Place]]) -> bool:
    """Return whether ``place`` may hold a zone that was not read yet: beside one that was, of much its size."""
    for zone, source in found:
        if place.covers(_middle(zone.corners)) or source.covers(place.centre):
            return False
        if not 0.5 < place.width / source.width < 2 or not 0.4 < place.height / source.height < 2.5:
            return False
    return True


def _flattened(cutting: Image.Image) -> Image.Image:
    """Return ``cutting`` without its shades: each pixel against the brightness around it."""
    pixels = np.asarray(cutting, dtype=np.float32) + 1
    around = np.asarray(cutting.filter(ImageFilter.GaussianBlur(cutting.width / 40)), dtype=np.float32) + 1
    ratio = pixels / around
    low, high = np.percentile(ratio, (1, 99))
    return Image.fromarray((np.clip((ratio - low) / max(high - low, 1e-3), 0, 1) * 255).astype(np.uint8))


def _skew(cutting: Image.Image) -> float:
    """Return the radians by which the lines of print still lean, by the sharpest row profile."""
    ink = ImageOps.invert(ImageOps.autocontrast(cutting))

    def sharpness(degrees: float) -> float:
        rows = np.asarray(ink.rotate(degrees, Image.Resampling.BILINEAR), dtype=np.float64).sum(axis=1)
        return float(np.square(np.diff(rows)).sum())

    best = max(_SKEW_STEPS, key=sharpness)
    return float(np.radians(best)) if sharpness(float(best)) > 1.05 * sharpness(0.0) else 0.0


def _pgm(picture: Image.Image) -> bytes:
    sink = io.BytesIO()
    picture.save(sink, "PPM")
    return sink.getvalue()


def _corners(zone: ZoneText, matrix: NDArray[np.float64]) -> tuple[Corner, Corner, Corner, Corner]:
    left, top, right, bottom = zone.box
    points = [matrix @ (x, y, 1.0) for x, y in ((left, top), (right, top), (right, bottom), (left, bottom))]
    first, second, third, fourth = ((float(x), float(y)) for x, y in points)
    return first, second, third, fourth


def _middle(corners: tuple[Corner, Corner, Corner, Corner]) -> Corner:
    return sum(x for x, _ in corners) / 4, sum(y for _, y in corners) / 4


def _distinct(found: list[FoundZone]) -> list[FoundZone]:
    """Return each zone once: one that was found in two places is kept as it was read better."""
    kept: list[FoundZone] = []
    for zone in sorted(found, key=lambda one: one.text.rank, reverse=True):
        middle = _middle(zone.corners)
        height = max(8.0, _distance(zone.corners[0], zone.corners[3]))
        if all(_distance(middle, _middle(other.corners)) > height for other in kept):
            kept.append(zone)
    return kept


def _distance(one: Corner, other: Corner) -> float:
    return float(np.hypot(one[0] - other[0], one[1] - other[1]))
