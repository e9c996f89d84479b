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
_OUT_OF_LINE = 3.0  # nats for a line that begins one step beside the first
_MOST_LEAN = 0.6  # more is no perspective but a line that was begun at a wrong cell
_MOST_LINES = 5  # of a place; where there are more, it is a page of text
_SPACES = (2.35, 2.0, 2.75)  # steps between lines, where only one line was seen
_GOES_ON = 0.35  # probability of no glyph in the cell beyond an end, on the line where it is largest
_EDGE = 2  # cells beyond the ends that the net sees as neighbours
_MORE_VIEWS = ((0.86, 0.0, 0.0), (1.16, 0.0, 0.0), (1.0, 0.08, 0.05), (1.0, -0.08, -0.05))  # tall, down, right
_ONE_VIEW_IS_ENOUGH = 0.97  # least probability of a cell's best character

Probabilities = NDArray[np.float64]  # lines, cells, classes


@dataclass(frozen=True, slots=True)
class Fit:
    """The lines of a zone, each with the number of its first cell, and how well its ends show (nats)."""

    lines: tuple[Line, ...]
    first: tuple[int, ...]
    length: int
    score: float  # against other fits of the same lines
    own: float  # of its own lines only: 0 at best

    @property
    def lean(self) -> tuple[float, float]:
        """Return how far glyphs lean at both ends (see ``strip_of``): as the cells of one line lie below another's."""
        upper, lower = self.lines[0], self.lines[-1]
        above, steps = upper.curve.at(np.array([self.first[0] + 1.0, self.first[0] + self.length - 2.0]))
        below, _ = lower.curve.at(np.array([self.first[-1] + 1.0, self.first[-1] + self.length - 2.0]))
        apart, down = below - above, np.stack([-steps[:, 1], steps[:, 0]], axis=1)
        lean = (apart * steps).sum(axis=1) / np.maximum((apart * down).sum(axis=1), 1e-6)
        left, right = (float(value) if abs(value) < _MOST_LEAN else 0.0 for value in lean)
        return left, right

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
        cells = max(line.last for line in lines) + 1 + 2 * _LOOK
        cells = max(cells, _SHAPES[-1][1] + _LOOK)  # cells that were not seen may follow
        hottest = sorted(range(len(lines)), key=lambda at: -lines[at].heat)[:_MOST_LINES]
        lines = [lines[at] for at in sorted(hottest)]
        reject = self._strips(levels, lines, [-_LOOK] * len(lines), cells)[..., REJECT]
        reject[_beside(lines, cells, levels[0].shape)] = 1.0
        inside = np.log(np.clip(1 - reject, 0.02, 1))
        outside = np.log(np.clip(reject, 0.02, 1))
        places = _places(lines)
        fits = []
        for count, length in _SHAPES:
            if length > cells:
                continue
            runs = [_runs(inside[at], outside[at], length) for at in range(len(lines))]
            for start in range(len(lines) - count + 1):
                chosen = range(start, start + count)
                first, own = _starts([runs[at] for at in chosen], places[start : start + count])
                rest = 0.3 * sum(float(outside[at].sum()) for at in range(len(lines)) if at not in chosen)
                begins = tuple(at - _LOOK for at in first)
                fits.append(Fit(tuple(lines[at] for at in chosen), begins, length, own + rest, own))
        return max(fits, key=lambda fit: fit.score, default=None)

    def seen(self, levels: Levels, fit: Fit) -> Probabilities | None:
        """Return what seems to stand in each cell, over several views of the strips where one leaves doubts.

        None where all lines go on beyond an end: that is a part of a longer zone, or other print.
        """
        wide = self._view(levels, fit, range(len(fit.lines)), 1.0, 0.0, 0.0)
        if min(wide[:, _EDGE - 1, REJECT].max(), wide[:, -_EDGE, REJECT].max()) < _GOES_ON:
            return None
        seen = wide[:, _EDGE:-_EDGE].copy()
        doubtful = [at for at in range(len(fit.lines)) if seen[at].max(axis=1).min() < _ONE_VIEW_IS_ENOUGH]
        if doubtful:
            total = np.log(np.maximum(seen[doubtful], 1e-5))
            for tall, down, right in _MORE_VIEWS:
                total += np.log(np.maximum(self._view(levels, fit, doubtful, tall, down, right)[:, _EDGE:-_EDGE], 1e-5))
            mean = np.exp(total / (1 + len(_MORE_VIEWS)))
            seen[doubtful] = mean / mean.sum(axis=2, keepdims=True)
        return seen

    def _view(
        self, levels: Levels, fit: Fit, chosen: Sequence[int], tall: float, down: float, right: float
    ) -> Probabilities:
        lines = [fit.lines[at] for at in chosen]
        first = [fit.first[at] - _EDGE + right for at in chosen]
        return self._strips(levels, lines, first, fit.length + 2 * _EDGE, tall, down, fit.lean)

    def _strips(
        self,
        levels: Levels,
        lines: Sequence[Line],
        first: Sequence[float],
        cells: int,
        tall: float = 1.0,
        down: float = 0.0,
        lean: tuple[float, float] = (0.0, 0.0),
    ) -> Probabilities:
        strips = []
        for line, start in zip(lines, first, strict=True):
            grey, part = levels.for_step(line.step)
            strips.append(strip_of(grey, line.curve.scaled(part), start, cells, tall, down, lean))
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


def _beside(lines: Sequence[Line], cells: int, shape: tuple[int, ...]) -> NDArray[np.bool_]:
    """Return which cells lie outside the picture, where a strip shows its edge again and again."""
    numbers = np.arange(cells, dtype=np.float64) - _LOOK
    centres = np.stack([line.curve.at(numbers)[0] for line in lines])
    x, y = centres[..., 0], centres[..., 1]
    return np.asarray((x < 0) | (y < 0) | (x >= shape[1]) | (y >= shape[0]))


def _runs(inside: NDArray[np.float64], outside: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """Return for each first cell how likely ``length`` glyphs from there and none elsewhere are (nats)."""
    gain = np.concatenate([[0.0], np.cumsum(inside - outside)])
    return np.asarray(gain[length:] - gain[:-length] + outside.sum())


def _places(lines: Sequence[Line]) -> NDArray[np.float64]:
    """Return where the cell 0 of each line stands along the direction of reading, in steps."""
    _, steps = lines[0].curve.at(np.array([lines[0].last / 2]))
    origins = np.stack([line.curve.at(np.array([0.0]))[0][0] for line in lines])
    return np.asarray(origins @ steps[0] / float(steps[0] @ steps[0]))


def _starts(runs: Sequence[NDArray[np.float64]], places: NDArray[np.float64]) -> tuple[tuple[int, ...], float]:
    """Return the first cell of each line and their score: the lines of a zone begin below each other."""
    best: tuple[tuple[int, ...], float] = ((0,) * len(runs), -np.inf)
    for lead in np.argsort(-runs[0])[:4]:
        first, score = [int(lead)], float(runs[0][lead])
        for run, place in zip(runs[1:], places[1:], strict=True):
            off = place + np.arange(len(run)) - (places[0] + lead)
            told = run - _OUT_OF_LINE * off**2
            first.append(int(told.argmax()))
            score += float(told.max())
        if score > best[1]:
            best = tuple(first), score
    return best
