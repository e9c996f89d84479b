"""From a scene to what each net learns from: where zones lie, where cells lie, what stands in a cell."""

from collections.abc import Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from bmis.capture.zone_cells import ALPHABET, CANVAS, MARGIN, REJECT, Curve, Zone, canvas_of, strip_of
from bmis.capture.zone_finder import STRIDE, shrunk
from tools.train_mrz.scene import Scene

Generator = np.random.Generator
VIEW = 512  # larger than the finder works with: training looks at it from nearer and from farther
STRIP_CELLS = 48
COMB_STRIDE = 4
_SPREAD = 0.9  # of a cell's mark on the heat map, in its pixels


@dataclass
class Sample:
    """What one scene gives."""

    view: NDArray[np.uint8]  # VIEW, VIEW
    mask: NDArray[np.uint8]  # VIEW/STRIDE both ways, 255 in a zone
    canvas: NDArray[np.uint8]  # 144, 704
    heat: NDArray[np.uint8]  # 2, 36, 176: upright and inverted cells, 255 at a centre
    strips: NDArray[np.uint8]  # n, 32, 768
    labels: NDArray[np.uint8]  # n, 48


def of(scene: Scene, rng: Generator) -> Sample:
    """Return the samples of a scene."""
    view, scale = shrunk(scene.picture, VIEW)
    mask = np.zeros((VIEW // STRIDE, VIEW // STRIDE), np.uint8)
    if scene.centres.size:
        hull = cv2.convexHull(_edges(scene.centres)) * np.float32(scale / STRIDE)
        cv2.fillConvexPoly(mask, np.round(hull * 16).astype(np.int32), 255, shift=4)
    canvas, heat = _comb(scene, rng)
    strips, labels = zip(*_strips(scene, rng), strict=True)
    return Sample(view, mask, canvas, heat, np.stack(strips), np.stack(labels))


def _edges(centres: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return points around the text: half a cell beyond the ends, 0.7 above and below."""
    step = (centres[:, -1] - centres[:, 0]) / (centres.shape[1] - 1)
    down = np.stack([-step[:, 1], step[:, 0]], axis=1)
    left, right = centres[:, 0] - step / 2, centres[:, -1] + step / 2
    ends = [left - 0.7 * down, left + 0.7 * down, right - 0.7 * down, right + 0.7 * down]
    middle = centres[:, centres.shape[1] // 2]
    return np.concatenate([*ends, middle - 0.7 * down, middle + 0.7 * down]).astype(np.float32)


def zone_of(centres: NDArray[np.float32]) -> Zone:
    """Return the zone around true cells."""
    along = (centres[:, -1] - centres[:, 0]).mean(axis=0)
    along = along / np.hypot(*along)
    edges = _edges(centres)
    on_line, off_line = edges @ along, edges @ np.array([-along[1], along[0]])
    middle = (on_line.min() + on_line.max()) / 2, (off_line.min() + off_line.max()) / 2
    x = middle[0] * along[0] - middle[1] * along[1]
    y = middle[0] * along[1] + middle[1] * along[0]
    return Zone(float(x), float(y), float(along[0]), float(along[1]), float(np.ptp(on_line)), float(np.ptp(off_line)))


def _comb(scene: Scene, rng: Generator) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    heat = np.zeros((2, CANVAS[1] // COMB_STRIDE, CANVAS[0] // COMB_STRIDE), np.float32)
    flipped = rng.random() < 0.5
    if scene.centres.size and rng.random() > 0.04:
        zone = _shaken(zone_of(scene.centres), rng)
    else:
        zone = _elsewhere(scene, rng)
    canvas, matrix = canvas_of(scene.picture, zone.turned if flipped else zone)
    if scene.centres.size:
        places = np.linalg.solve(matrix[:, :2], (scene.centres.reshape(-1, 2) - matrix[:, 2]).T).T / COMB_STRIDE - 0.5
        ys, xs = np.mgrid[-2:3, -2:3]
        upside = int(((scene.centres[0, -1] - scene.centres[0, 0]) @ matrix[:, 0]) < 0)
        for x, y in places:
            column, row = round(float(x)), round(float(y))
            if 2 <= column < heat.shape[2] - 2 and 2 <= row < heat.shape[1] - 2:
                mark = np.exp(-((xs + column - x) ** 2 + (ys + row - y) ** 2) / (2 * _SPREAD**2))
                place = heat[upside, row - 2 : row + 3, column - 2 : column + 3]
                np.maximum(place, mark, out=place)
    return canvas, (heat * 255).astype(np.uint8)


def _shaken(zone: Zone, rng: Generator) -> Zone:
    far = 2.5 if rng.random() < 0.25 else 1.0  # a first guess can be bad
    turn = rng.normal(0, 0.035 * min(far, 1.8))
    along = np.array([zone.along_x, zone.along_y])
    turned = np.array(
        [along[0] * np.cos(turn) - along[1] * np.sin(turn), along[0] * np.sin(turn) + along[1] * np.cos(turn)]
    )
    on, off = rng.normal(0, 0.025 * far) * zone.length, rng.normal(0, 0.12 * far) * zone.height
    return Zone(
        zone.x + on * along[0] - off * along[1],
        zone.y + on * along[1] + off * along[0],
        float(turned[0]),
        float(turned[1]),
        zone.length * float(np.exp(rng.normal(0.02 * far, 0.06 * far))),
        zone.height * float(np.exp(rng.normal(0, 0.15))),
    )


def _elsewhere(scene: Scene, rng: Generator) -> Zone:
    """Return a place that a bad guess could take for a zone."""
    if len(scene.other_text):
        box = scene.other_text[int(rng.integers(0, len(scene.other_text)))]
        along = box[1] - box[0]
        long = float(np.hypot(*along)) + 1e-3
        middle = box.mean(axis=0)
        high = max(4.0, float(np.hypot(*(box[3] - box[0]))))
        return Zone(
            float(middle[0]), float(middle[1]), float(along[0]) / long, float(along[1]) / long,
            max(long, high * 8) * float(rng.uniform(0.8, 3)), high * 4,
        )  # fmt: skip
    turn = rng.uniform(0, 2 * np.pi)
    height, width = scene.picture.shape
    return Zone(width / 2, height / 2, float(np.cos(turn)), float(np.sin(turn)), width * 0.7, width * 0.08)


def _strips(scene: Scene, rng: Generator) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.uint8]]]:
    numbers = np.arange(scene.centres.shape[1], dtype=np.float64) if scene.centres.size else np.zeros(0)
    for row, text in enumerate(scene.lines):
        for _ in range(2):
            places = scene.centres[row].astype(np.float64)
            step = (places[-1] - places[0]) / (len(places) - 1)
            down = np.array([-step[1], step[0]])
            t = np.linspace(-1, 1, len(places))[:, None]
            places = places + (rng.normal(0, 0.06) + t * rng.normal(0, 0.06)) * step
            places = places + (rng.normal(0, 0.08) + t * rng.normal(0, 0.07)) * down
            labels = np.full(STRIP_CELLS, REJECT, np.uint8)
            lead = int(rng.integers(1, MARGIN + 2)) if len(text) < STRIP_CELLS - 3 else MARGIN
            labels[lead : lead + len(text)] = [ALPHABET.index(char) for char in text]
            curve = Curve.through(numbers, places)
            tall = float(np.exp(rng.normal(0, 0.13)))
            yield strip_of(scene.picture, curve, -float(lead), STRIP_CELLS, tall), labels
    if not scene.lines or rng.random() < 0.08:
        yield _no_zone_strip(scene, rng), np.full(STRIP_CELLS, REJECT, np.uint8)


def _no_zone_strip(scene: Scene, rng: Generator) -> NDArray[np.uint8]:
    zone = _elsewhere(scene, rng)
    pitch = zone.height / 4 * float(rng.uniform(0.5, 0.9))
    along = np.array([zone.along_x, zone.along_y])
    start = np.array([zone.x, zone.y]) - along * pitch * STRIP_CELLS / 2
    numbers = np.arange(STRIP_CELLS, dtype=np.float64)
    curve = Curve.through(numbers, start + numbers[:, None] * along * pitch, degree=1)
    return strip_of(scene.picture, curve, 0.0, STRIP_CELLS)
