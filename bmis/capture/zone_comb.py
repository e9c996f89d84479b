"""The teeth of the comb: from a heat map of cell centres to the lines of a zone, each a smooth curve of its cells."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bmis.capture.onnx_net import OnnxNet
from bmis.capture.zone_cells import Curve, Grey, Points, Zone, canvas_of

_STRIDE = 4  # pixels of the canvas a pixel of the heat map
_LEAST_HEAT = 0.22
_LEAST_CELLS = 7  # fewer on a line are other print
_LEAST_PART = 3  # cells of a part of a line that may belong to another part
_OFF_LINE = 0.45  # of a step: as far as the next cell may stand off the direction of the line
_FARTHEST = 4.6  # steps over which a line goes on past cells that were not seen

_ON_TOOTH = 0.16  # of a step: as near as a cell stands to its tooth where the count is right
_OFF_TOOTH = 0.34  # of a step: as far as a cell may stand off its tooth
_STEPS = np.linspace(0.86, 1.2, 60)  # combs that are tried: steps, as parts of the usual one,
_NEAR_STEPS = np.linspace(0.965, 1.035, 21)
_BENDS = np.linspace(-0.1, 0.1, 13)  # and how much more is between the teeth at one end than at the other

Heat = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Line:
    """Cells on one line: those seen, numbered from zero, and the curve through them, in the picture."""

    curve: Curve
    last: int  # number of the last cell that was seen
    heat: float  # of all its cells

    def scaled(self, part: float) -> "Line":
        """Return the same line in the picture scaled by ``part``."""
        return Line(self.curve.scaled(part), self.last, self.heat)

    def moved(self, down: float) -> "Line":
        """Return a line like this one ``down`` steps below, of which no cell was seen."""
        return Line(self.curve.moved(down), self.last, 0.0)

    @property
    def step(self) -> float:
        """Return the mean pixels from one cell to the next."""
        ends, _ = self.curve.at(np.array([0.0, float(self.last)]))
        return float(np.hypot(*(ends[1] - ends[0]))) / self.last


class CombFinder:
    """Looks for the cells of a zone with a net."""

    def __init__(self, net: OnnxNet) -> None:
        self._net = net

    def lines(self, grey: Grey, zone: Zone, card: bool | None = None) -> list[Line]:
        """Return the zone's lines from the uppermost, in the direction of reading, whichever way ``zone`` has it.

        ``card`` as for ``canvas_of``.
        """
        canvas, matrix = canvas_of(grey, zone, card)
        heat = self._net.run(canvas[None])[0]
        upright, inverted = (float(part[part > _LEAST_HEAT].sum()) for part in heat)
        if inverted > upright:
            canvas, matrix = canvas_of(grey, zone.turned, card)
            heat = heat[::-1, ::-1, ::-1]
        return _lines(np.ascontiguousarray(heat[0]), matrix)


def zone_around(lines: Sequence[Line]) -> Zone:
    """Return a better guess of where the zone lies from lines of it: their direction, step and middle."""
    longest = max(lines, key=lambda line: line.last)
    ends, _ = longest.curve.at(np.array([0.0, float(longest.last)]))
    along = (ends[1] - ends[0]) / max(float(np.hypot(*(ends[1] - ends[0]))), 1e-6)
    middles = [line.curve.at(np.array([longest.last / 2]))[0][0] for line in lines]
    x, y = np.mean(middles, axis=0)
    length = max(31.0, longest.last + 2.0) * longest.step
    height = (5.6 if longest.last < 31 else 3.6) * longest.step
    return Zone(float(x), float(y), float(along[0]), float(along[1]), length, height)


def _lines(heat: Heat, matrix: NDArray[np.float64]) -> list[Line]:
    places, weights = _peaks(heat)
    if len(places) < _LEAST_CELLS:
        return []
    step = _step(places)
    if step is None:
        return []
    chains = [chain for chain in _joined(places, _chains(places, step), step) if len(chain) >= _LEAST_CELLS]
    if not chains:
        return []
    step = _teeth([(places[chain], weights[chain]) for chain in chains], step)
    lines = []
    for chain in chains:
        numbers, kept = _counted(places[chain], weights[chain], step)
        if len(kept) < _LEAST_CELLS:
            continue
        centres = places[chain][kept] @ matrix[:, :2].T + matrix[:, 2]
        curve = Curve.through(numbers, centres, degree=3 if len(kept) > 14 else 2)
        curve = _without_strays(curve, numbers, centres)
        lines.append((float(places[chain][:, 1].mean()), Line(curve, int(numbers[-1]), float(weights[chain].sum()))))
    return [line for _, line in sorted(lines, key=lambda pair: pair[0])]


def _peaks(heat: Heat) -> tuple[Points, NDArray[np.float64]]:
    """Return the places of local maxima on the canvas, between pixels, and their heat."""
    padded = np.pad(heat, 1)
    rows, columns = heat.shape
    around = np.stack([padded[y : y + rows, x : x + columns] for y in range(3) for x in range(3)])
    peak = (heat >= around.max(axis=0)) & (heat > _LEAST_HEAT)
    ys, xs = np.nonzero(peak)
    parts = around[:, ys, xs].astype(np.float64) ** 2
    total = parts.sum(axis=0)
    dy = (parts[6:9].sum(axis=0) - parts[0:3].sum(axis=0)) / total
    dx = (parts[[2, 5, 8]].sum(axis=0) - parts[[0, 3, 6]].sum(axis=0)) / total
    return np.stack([(xs + dx + 0.5) * _STRIDE, (ys + dy + 0.5) * _STRIDE], axis=1), heat[ys, xs].astype(np.float64)


def _step(places: Points) -> float | None:
    """Return the usual distance to the next cell on the right, in pixels of the canvas."""
    across = places[None, :, 0] - places[:, None, 0]
    down = np.abs(places[None, :, 1] - places[:, None, 1])
    right = np.where((across > 5) & (down < 0.4 * across), across, np.inf).min(axis=1)
    right = right[right < 48]
    return float(np.median(right)) if len(right) >= _LEAST_CELLS - 1 else None


def _chains(places: Points, step: float) -> list[NDArray[np.int64]]:
    """Return the members of each line, from left to right."""
    order = np.argsort(places[:, 0])
    chains: list[list[int]] = []
    for at in order:
        best, best_off = None, _OFF_LINE * step
        for chain in chains:
            dx, off = _beyond(places, chain, int(at), step)
            if 0.45 * step < dx < _FARTHEST * step and off < best_off:
                best, best_off = chain, off
        if best is None:
            chains.append([int(at)])
        else:
            best.append(int(at))
    return [np.array(chain) for chain in chains]


def _joined(places: Points, chains: list[NDArray[np.int64]], step: float) -> list[NDArray[np.int64]]:
    """Return the chains with those made one that lie on one line, however far apart: glare can hide half a line."""
    longest = max(chains, key=len)
    if len(longest) < _LEAST_CELLS:
        return chains
    slope = float(np.polyfit(places[longest, 0], places[longest, 1], 1)[0])
    joined: list[NDArray[np.int64]] = []
    for chain in sorted((one for one in chains if len(one) >= _LEAST_PART), key=lambda one: places[one[0], 0]):
        for at, other in enumerate(joined):
            gap = places[chain[0]] - places[other[-1]]
            near = other[-min(len(other), 6) :]
            bend = float(np.polyfit(places[near, 0], places[near, 1], 1)[0]) if len(near) >= 4 else slope
            off = min(abs(float(gap[1]) - way * float(gap[0])) for way in (slope, bend, (slope + bend) / 2))
            if gap[0] > 0.4 * step and off < _OFF_LINE * step * (1.3 if gap[0] > _FARTHEST * step else 1):
                joined[at] = np.concatenate([other, chain])
                break
        else:
            joined.append(chain)
    return joined


def _beyond(places: Points, chain: list[int], at: int, step: float) -> tuple[float, float]:
    """Return how far ``at`` lies to the right of a chain's end, and how far off the chain's direction."""
    end = places[chain[-1]]
    slope = 0.0
    if len(chain) >= 4:
        back = places[chain[-min(len(chain), 9)]]
        slope = float((end[1] - back[1]) / max(end[0] - back[0], 1e-6))
    dx = float(places[at, 0] - end[0])
    return dx, abs(float(places[at, 1] - end[1]) - slope * dx) / (1 + 0.12 * max(0.0, dx / step - 1))


def _teeth(chains: list[tuple[Points, NDArray[np.float64]]], step: float) -> float:
    """Return the step whose teeth the cells of all lines meet best: the lines of a zone share one comb."""
    together = sum(np.abs(_meetings(places, weights, step, _STEPS)[0]).max(axis=1) for places, weights in chains)
    return step * float(_STEPS[int(np.asarray(together).argmax())])


def _meetings(
    places: Points, weights: NDArray[np.float64], step: float, steps: NDArray[np.float64]
) -> tuple[NDArray[np.complex128], NDArray[np.float64]]:
    """Return how well the places meet each comb (steps, bends), and where they lie on it, in teeth."""
    apart = np.hypot(*np.diff(places, axis=0).T)
    along = np.concatenate([[0.0], np.cumsum(apart)])
    middle, half = along[-1] / 2, max(along[-1] / 2, 1.0)
    bent = (((along - middle) / half) ** 2)[None, None, :] * _BENDS[None, :, None] * half
    turns = (along[None, None, :] + bent) / (step * steps)[:, None, None]
    return (weights * np.exp(2j * np.pi * turns)).sum(axis=2), turns


def _numbered(
    places: Points, weights: NDArray[np.float64], step: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return each cell's number on its line and which places are cells: those near the teeth of the best comb.

    A comb is tried for each step and each change of the step along the line (perspective); the one whose teeth the
    places meet best wins, so that neither cells that were not seen nor marks between cells shift the count.
    """
    meeting, turns = _meetings(places, weights, step, _NEAR_STEPS)
    best = np.unravel_index(int(np.abs(meeting).argmax()), meeting.shape)
    phase = float(np.angle(meeting[best])) / (2 * np.pi)
    exact = turns[best] - phase
    numbers = np.round(exact)
    near = np.abs(exact - numbers) < _OFF_TOOTH
    kept: list[int] = []
    for at in np.nonzero(near)[0]:
        if kept and numbers[kept[-1]] >= numbers[at]:
            if weights[at] > weights[kept[-1]] and (len(kept) < 2 or numbers[kept[-2]] < numbers[at]):
                kept[-1] = int(at)
            continue
        kept.append(int(at))
    chosen = np.array(kept, np.int64)
    return (numbers[chosen] - numbers[chosen[0]] if kept else np.zeros(0)), chosen


def _counted(
    places: Points, weights: NDArray[np.float64], step: float
) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return ``_numbered``, or the count from cell to cell where more places agree with that.

    A comb bridges cells that were not seen; counting follows a step that changes much, as in strong perspective.
    """
    ways = [_numbered(places, weights, step), _from_cell_to_cell(places, step)]
    return max(ways, key=lambda way: _agreeing(places, *way))


def _from_cell_to_cell(places: Points, step: float) -> tuple[NDArray[np.float64], NDArray[np.int64]]:
    """Return numbers counted outward from the middle, where the usual step holds, with a step that follows."""
    middle = len(places) // 2
    numbers = {middle: 0.0}
    for way in (1, -1):
        last, local = middle, step
        at = middle + way
        while 0 <= at < len(places):
            apart = float(np.hypot(*(places[at] - places[last])))
            steps = round(apart / local)
            if steps >= 1:
                local = 0.8 * local + 0.2 * apart / steps
                numbers[at] = numbers[last] + way * steps
                last = at
            at += way
    kept = np.array(sorted(numbers), np.int64)
    counted = np.array([numbers[int(at)] for at in kept])
    return counted - counted[0], kept


def _agreeing(places: Points, numbers: NDArray[np.float64], kept: NDArray[np.int64]) -> int:
    """Return how many of the places lie on a smooth count."""
    if len(kept) < _LEAST_CELLS:
        return 0
    curve = _without_strays(Curve.through(numbers, places[kept]), numbers, places[kept])
    fitted, steps = curve.at(numbers)
    return int((np.hypot(*(fitted - places[kept]).T) < _ON_TOOTH * np.hypot(*steps.T)).sum())


def _without_strays(curve: Curve, numbers: NDArray[np.float64], centres: Points) -> Curve:
    fitted, steps = curve.at(numbers)
    off = np.hypot(*(fitted - centres).T) / np.hypot(*steps.T)
    near = off < max(0.25, 2.5 * float(np.median(off)))
    if near.all() or near.sum() < _LEAST_CELLS:
        return curve
    return Curve.through(numbers[near], centres[near], degree=len(curve.x) - 1)
