"""The project's own MRZ reader: finds zones, fits their comb, classifies cells, decodes. In process, one thread."""

import math
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np

from bmis.capture import opencv, zone_decoder
from bmis.capture.boxes import Quad
from bmis.capture.frame import Frame
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.mrz_shape import shape_of
from bmis.capture.onnx_net import OnnxNet
from bmis.capture.zone_cells import REJECT, Zone
from bmis.capture.zone_comb import CombFinder, Line, zone_around
from bmis.capture.zone_decoder import Decoded
from bmis.capture.zone_finder import SIDE, ZoneFinder
from bmis.capture.zone_fit import ZoneFitter, completed
from bmis.capture.zone_levels import Levels
from bmis.kernel.resources import resource

NAME = "bmis mrz 1"
_MOST_ZONES = 4  # places that are looked at in one view
_MOST_LOOKS = 6  # times that lines are classified in one view, so that pages of text cost a bounded time
_MOST_UNSURE = 0.15  # part of the cells; a zone with more is not read but guessed
_VIEWS = ((SIDE, 0), (2 * SIDE, 576), (3 * SIDE, 1800))  # side, and of which pictures: for small zones in large ones
_PLAIN_FIT, _POOR_FIT = -2.0, -6.0  # nats: at its best no further look is taken; below the worst, one at a larger view
_LEAST_INSIDE = 0.8  # part of the cells that hold a glyph
_LEAST_SCORE = (
    -0.3
)  # log likelihood a cell; on drawn documents what is read with up to 3 errors has more, the rest less


@dataclass(frozen=True, slots=True)
class _Read:
    """A zone that was read: what it says, where it lies, how well its comb fits (nats, 0 at best)."""

    decoded: Decoded
    quad: Quad
    fit: float


class OwnReader:
    """Reads frames with the nets of resources/models/mrz. Any thread may call it; one picture at a time is read."""

    name = NAME

    def __init__(self, models: Path | None = None) -> None:
        self._models = models or resource("models", "mrz")
        self._turn = threading.Lock()
        self._looks = 0  # that the picture being read may still have

    def warm_up(self) -> None:
        """Load the nets before the first picture needs them. Raises as ``read``."""
        with self._turn:
            _ = self._zones, self._combs, self._cells

    def close(self) -> None:
        """Give back the nets' memory; a later ``read`` loads them anew."""
        with self._turn:
            for name in ("_zones", "_combs", "_cells"):
                self.__dict__.pop(name, None)

    @cached_property
    def _zones(self) -> ZoneFinder:
        return ZoneFinder(OnnxNet(self._models / "zone.onnx"))

    @cached_property
    def _combs(self) -> CombFinder:
        return CombFinder(OnnxNet(self._models / "comb.onnx"))

    @cached_property
    def _cells(self) -> ZoneFitter:
        return ZoneFitter(OnnxNet(self._models / "cell.onnx"))

    def read(self, frame: Frame) -> Sequence[MrzReading]:
        """Return one reading for each zone in view, the surest first; empty where there is none.

        Raises:
            RecogniserAbsentError: a net is missing.
        """
        with self._turn:
            begun, cpu = time.monotonic(), time.thread_time()
            levels = Levels(opencv.grey_of(frame.pixels))
            found: list[_Read] = []
            for side, least in _VIEWS:
                self._looks = _MOST_LOOKS
                if max(frame.width, frame.height) > least:
                    found = max(found, self._at(levels, side), key=_fitting)
                if _fitting(found) > _POOR_FIT:
                    break
            ms, cpu_ms = round((time.monotonic() - begun) * 1000), round((time.thread_time() - cpu) * 1000)
        return tuple(_reading(read, ms, cpu_ms) for read in found)

    def _at(self, levels: Levels, side: int) -> list[_Read]:
        found: list[_Read] = []
        for zone in self._zones.find(levels[0], side)[:_MOST_ZONES]:
            read = self._in(levels, zone, once=bool(found))
            if read is not None and all(_apart(read.quad, other.quad) for other in found):
                found.append(read)
        return sorted(found, key=lambda read: -read.decoded.score)

    def _in(self, levels: Levels, zone: Zone, *, once: bool) -> _Read | None:
        """Return what a place holds: as it was found, then as its first lines show it, then with a hidden line.

        A later look is taken where no earlier one fits plainly. ``once``: where a zone was read already, a second is
        taken only if it is as plain.
        """
        if self._looks <= 0:
            return None
        lines = self._lines(levels, zone, zone.card)
        read = self._zone(levels, lines)
        if once or _plain(read):
            return read
        best = lines
        if read is None:
            other = self._lines(levels, zone, not zone.card)
            read = self._zone(levels, other)
            if _plain(read):
                return read
            best = max(lines, other, key=lambda some: sum(line.heat for line in some))
        if not best:
            return None
        around = zone_around(best)
        again = self._lines(levels, around, around.card)
        read = _better(read, self._zone(levels, again))
        if read is None:
            for each in completed(again or best):
                read = _better(read, self._zone(levels, each))
        return read

    def _lines(self, levels: Levels, zone: Zone, card: bool) -> list[Line]:
        grey, there, part = levels.for_zone(zone)
        return [line.scaled(1 / part) for line in self._combs.lines(grey, there, card)]

    def _zone(self, levels: Levels, lines: Sequence[Line]) -> _Read | None:
        if self._looks <= 0 or not lines:
            return None
        self._looks -= 1
        fit = self._cells.fit(levels, lines)
        if fit is None:
            return None
        seen = self._cells.seen(levels, fit)
        if seen is None or float((seen[..., REJECT] < 0.5).mean()) < _LEAST_INSIDE:
            return None
        decoded = zone_decoder.decode(np.log(np.maximum(seen[..., :REJECT], 1e-6)))
        if decoded is None or decoded.score < _LEAST_SCORE or shape_of(decoded.lines) is None:
            return None
        if len(decoded.unsure) > _MOST_UNSURE * sum(map(len, decoded.lines)):
            return None
        return _Read(decoded, fit.quad, fit.own)


def _reading(read: _Read, ms: int, cpu_ms: int) -> MrzReading:
    one = read.decoded
    return MrzReading(one.lines, one.confidence, one.unsure, read.quad, NAME, ms, cpu_ms)


def _fitting(found: Sequence[_Read]) -> float:
    return max((read.fit for read in found), default=-math.inf)


def _plain(read: _Read | None) -> bool:
    return read is not None and read.fit > _PLAIN_FIT


def _better(one: _Read | None, other: _Read | None) -> _Read | None:
    if one is None or other is None:
        return one or other
    return other if other.fit > one.fit else one


def _apart(one: Quad, other: Quad) -> bool:
    a, b = one.bounds, other.bounds
    return a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top
