"""Which lines form a zone and where on them it begins, and what seems to stand in its cells."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bmis.capture.boxes import Quad
from bmis.capture.onnx_net import OnnxNet
from bmis.capture.zone_cells import REJECT, strip_of
from bmis.capture.zone_comb import Line
from bmis.capture.zone_levels import Levels

_SHAPES = ((3, 30), (2, 36), (2, 44))  # lines and cells (bmis.documents.kinds)
_LOOK = 4  # cells beyond those seen on a line, either way, that may belong to it
_SPACES = (2.35, 2.0, 2.75)  # steps between lines, where only one line was seen
_EDGE = 2  # cells beyond the ends that the net sees as neighbours
_FIRST_VIEWS = ((1.0, 0.0, 0.0),)
_MORE_VIEWS = ((0.86, 0.0, 0.0), (1.16, 0.0, 0.0), (1.0, 0.08, 0.05), (1.0, -0.08, -0.05))  # tall, down, right
_ONE_VIEW_IS_ENOUGH = 0.97  # least probability of a cell's best character

Probabilities = NDArray[np.float64]  # lines, cells, classes


@dataclass(frozen=True, slots=True)
class Fit:
    """The lines of a zone, each with the number of its first cell, and how well its ends show (nats)."""

    lines: tuple[Line, ...]
    first: tuple[int, ...]
    length: int
    score: float

    @property
    def quad(self) -> Quad:
        """Return the quad around the text: half a cell beyond the ends, 0.7 above and below."""
        points: list[tuple[float, float]] = []
        for line, first, up in ((self.lines[0], self.first[0], -0.7), (self.lines[-1], self.first[-1], 0.7)):
            centres, steps = line.curve.at(np.array([first - 0.5, first + self.length - 0.5]))
            down = np.stack([-steps[:, 1], steps[:, 0]], axis=1)
            points.extend((float(x), float(y)) for x, y in centres + up * down)
        return Quad(points[0], points[1], points[3], points[2])


class ZoneFitter:
    """Classifies cells with a net, first to find the ends of the lines, then to read them."""

    def __init__(self, net: OnnxNet) -> None:
        self._net = net

    def fit(self, levels: Levels, lines: Sequence[Line]) -> Fit | None:
        """Return the zone that these lines hold, by what stands inside and beyond its ends; None where none fits."""
        if not lines:
            return None
        cells = max(max(line.last for line in lines) + 1 + 2 * _LOOK, min(length for _, length in _SHAPES) + 2)
        reject = self._strips(levels, lines, [-_LOOK] * len(lines), cells)[..., REJECT]
        inside = np.log(np.clip(1 - reject, 0.02, 1))
        outside = np.log(np.clip(reject, 0.02, 1))
        fits = []
        for count, length in _SHAPES:
            if length > cells or count > len(lines):
                continue
            each = [_best_start(inside[at], outside[at], length) for at in range(len(lines))]
            for start in range(len(lines) - count + 1):
                chosen = range(start, start + count)
                score = sum(each[at][1] for at in chosen)
                score += 0.3 * sum(float(outside[at].sum()) for at in range(len(lines)) if at not in chosen)
                first = tuple(each[at][0] - _LOOK for at in chosen)
                fits.append(Fit(tuple(lines[at] for at in chosen), first, length, score))
        return max(fits, key=lambda fit: fit.score, default=None)

    def seen(self, levels: Levels, fit: Fit) -> Probabilities:
        """Return what seems to stand in each cell, over several views of the strips where one leaves doubts."""
        total = np.zeros((len(fit.lines), fit.length, REJECT + 1))
        for views in (_FIRST_VIEWS, _MORE_VIEWS):
            for tall, down, right in views:
                first = [start - _EDGE + right for start in fit.first]
                cells = fit.length + 2 * _EDGE
                seen = self._strips(levels, fit.lines, first, cells, tall, down)[:, _EDGE:-_EDGE]
                total += np.log(np.maximum(seen, 1e-5))
            if views is _FIRST_VIEWS and float(seen.max(axis=2).min()) > _ONE_VIEW_IS_ENOUGH:
                return seen
        mean = np.exp(total / (len(_FIRST_VIEWS) + len(_MORE_VIEWS)))
        return np.asarray(mean / mean.sum(axis=2, keepdims=True))

    def _strips(
        self,
        levels: Levels,
        lines: Sequence[Line],
        first: Sequence[float],
        cells: int,
        tall: float = 1.0,
        down: float = 0.0,
    ) -> Probabilities:
        strips = []
        for line, start in zip(lines, first, strict=True):
            grey, part = levels.for_step(line.step)
            strips.append(strip_of(grey, line.curve.scaled(part), start, cells, tall, down))
        return self._net.run(np.stack(strips)).astype(np.float64)


def completed(lines: Sequence[Line]) -> Iterator[list[Line]]:
    """Yield the lines with one more above or below: glare or a fold can hide one from the comb."""
    if not 1 <= len(lines) <= 2:
        return
    if len(lines) == 2:
        upper, steps = lines[0].curve.at(np.array([lines[0].last / 2]))
        apart = lines[1].curve.at(np.array([lines[1].last / 2]))[0] - upper
        down = np.array([-steps[0, 1], steps[0, 0]])
        spaces: tuple[float, ...] = (float(apart[0] @ down) / float(down @ down),)
    else:
        spaces = _SPACES
    for space in spaces:
        yield [*lines, lines[-1].moved(space)]
        yield [lines[0].moved(-space), *lines]


def _best_start(inside: NDArray[np.float64], outside: NDArray[np.float64], length: int) -> tuple[int, float]:
    """Return the first cell of the likeliest ``length`` cells of a strip, and its score."""
    gain = np.concatenate([[0.0], np.cumsum(inside - outside)])
    runs = gain[length:] - gain[:-length]
    best = int(runs.argmax())
    return best, float(runs[best] + outside.sum())
