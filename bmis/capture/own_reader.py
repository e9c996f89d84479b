"""The project's own MRZ reader: finds zones, fits their comb, classifies cells, decodes. In process, one thread."""

import threading
import time
from collections.abc import Sequence
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
_SIDES = (SIDE, 2 * SIDE)  # the second look is for small zones in large pictures
_LEAST_INSIDE = 0.8  # part of the cells that hold a glyph
_LEAST_SCORE = -0.3  # log likelihood a cell; on drawn documents what is read with up to 3 errors has more, the rest less


class OwnReader:
    """Reads frames with the nets of resources/models/mrz. Any thread may call it; one picture at a time is read."""

    name = NAME

    def __init__(self, models: Path | None = None) -> None:
        self._models = models or resource("models", "mrz")
        self._turn = threading.Lock()

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
            found: list[tuple[Decoded, Quad]] = []
            for side in _SIDES:
                if not found and (side == SIDE or max(frame.width, frame.height) > side * 0.75):
                    found = self._at(levels, side)
            ms, cpu_ms = round((time.monotonic() - begun) * 1000), round((time.thread_time() - cpu) * 1000)
        return tuple(MrzReading(one.lines, one.confidence, one.unsure, quad, NAME, ms, cpu_ms) for one, quad in found)

    def _at(self, levels: Levels, side: int) -> list[tuple[Decoded, Quad]]:
        found: list[tuple[Decoded, Quad]] = []
        for zone in self._zones.find(levels[0], side)[:_MOST_ZONES]:
            read = self._in(levels, zone)
            if read is not None and all(_apart(read[1], quad) for _, quad in found):
                found.append(read)
        return sorted(found, key=lambda pair: -pair[0].score)

    def _in(self, levels: Levels, zone: Zone) -> tuple[Decoded, Quad] | None:
        """Return what a place holds: as it was found, then as its first lines show it, then with a hidden line."""
        lines = self._lines(levels, zone, zone.card)
        read = self._zone(levels, lines)
        if read is not None:
            return read
        other = self._lines(levels, zone, not zone.card)
        read = self._zone(levels, other)
        if read is not None:
            return read
        best = max(lines, other, key=lambda some: sum(line.heat for line in some))
        if not best:
            return None
        around = zone_around(best)
        again = self._lines(levels, around, around.card)
        read = self._zone(levels, again)
        if read is not None:
            return read
        more = [self._zone(levels, each) for each in completed(again or best)]
        return max((one for one in more if one is not None), key=lambda pair: pair[0].score, default=None)

    def _lines(self, levels: Levels, zone: Zone, card: bool) -> list[Line]:
        grey, there, part = levels.for_zone(zone)
        return [line.scaled(1 / part) for line in self._combs.lines(grey, there, card)]

    def _zone(self, levels: Levels, lines: Sequence[Line]) -> tuple[Decoded, Quad] | None:
        fit = self._cells.fit(levels, lines)
        if fit is None:
            return None
        seen = self._cells.seen(levels, fit)
        if seen is None or float((seen[..., REJECT] < 0.5).mean()) < _LEAST_INSIDE:
            return None
        decoded = zone_decoder.decode(np.log(np.maximum(seen[..., :REJECT], 1e-6)))
        if decoded is None or decoded.score < _LEAST_SCORE or shape_of(decoded.lines) is None:
            return None
        return decoded, fit.quad


def _apart(one: Quad, other: Quad) -> bool:
    a, b = one.bounds, other.bounds
    return a.right <= b.left or b.right <= a.left or a.bottom <= b.top or b.bottom <= a.top
