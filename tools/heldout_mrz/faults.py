"""What spoils a picture: each fault by a model of its own. Light never covers the zone by more than it is told."""

import io
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[Any]
Points = NDArray[Any]

_COARSE = 8  # light is computed on pixels this many times larger
_GRAIN = np.clip(np.random.default_rng(9_999_999).normal(0, 32, (1024, 1024)), -127, 127).astype(np.int8)


def shake(rng: np.random.Generator, picture: Pixels, length: float) -> Pixels:
    """Return the picture smeared along a random walk of about ``length`` pixels, as an unsteady hand does."""
    steps = rng.normal(0, 1, (24, 2)) + rng.normal(0, 1.1, 2)
    path = np.cumsum(steps, 0)
    path -= path.mean(0)
    spread = np.ptp(path, axis=0).max() or 1.0
    path *= length / spread
    half = int(np.ceil(np.abs(path).max())) + 1
    kernel = np.zeros((2 * half + 1, 2 * half + 1), np.float32)
    for x, y in path + half:
        left, top = int(x), int(y)
        right, low = x - left, y - top
        kernel[top, left] += (1 - right) * (1 - low)
        kernel[top, left + 1] += right * (1 - low)
        kernel[top + 1, left] += (1 - right) * low
        kernel[top + 1, left + 1] += right * low
    return cv2.filter2D(picture, -1, kernel / kernel.sum(), borderType=cv2.BORDER_REPLICATE)


def depth_of_field(rng: np.random.Generator, picture: Pixels, worst: float) -> Pixels:
    """Return the picture sharp along one line and less and less so away from it, at most ``worst`` pixels wide."""
    soft = _wide(picture, worst)
    rows, columns = _coarse(picture)
    turn = rng.uniform(0, 2 * np.pi)
    y, x = np.mgrid[-0.5 : 0.5 : rows * 1j, -0.5 : 0.5 : columns * 1j]
    away = np.abs(x * np.cos(turn) + y * np.sin(turn) - rng.uniform(-0.3, 0.3))
    share = _full(np.clip(away * 2.2, 0, 1) * 255, picture).round().astype(np.uint8)
    cover = cv2.merge([share] * 3)
    return cv2.add(cv2.multiply(picture, 255 - cover, scale=1 / 255), cv2.multiply(soft, cover, scale=1 / 255))


def lamp(rng: np.random.Generator, picture: Pixels, zone: Points | None, peak: float, on_zone: float) -> Pixels:
    """Return the picture with an elliptical glare that adds at most ``on_zone`` (0 to 255) to the zone."""
    rows, columns = _coarse(picture)
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float32)
    turn = rng.uniform(0, np.pi)
    middle = rng.uniform(0.1, 0.9, 2) * (columns, rows)
    axes = rng.uniform(0.06, 0.22, 2) * columns
    across = ((x - middle[0]) * np.cos(turn) + (y - middle[1]) * np.sin(turn)) / axes[0]
    along = ((y - middle[1]) * np.cos(turn) - (x - middle[0]) * np.sin(turn)) / axes[1]
    light = np.exp(-((across**2 + along**2) ** 1.5)) * peak
    if zone is not None:
        inside: Pixels = np.zeros((rows, columns), np.uint8)
        cv2.fillPoly(inside, [np.round(zone / _COARSE).astype(np.int32)], 1)
        inside = cv2.dilate(inside, np.ones((3, 3), np.uint8))
        if float((light * inside).max()) > on_zone:
            light = _held_off(light, inside, on_zone)
    return _lit(picture, 1.0, light)


def hand(rng: np.random.Generator, picture: Pixels, darkest: float) -> Pixels:
    """Return the picture with the soft shadow of a hand: fingers from one side, darkest at their middle."""
    rows, columns = _coarse(picture)
    shade = np.zeros((rows, columns), np.uint8)
    side = int(rng.integers(4))
    width = columns * rng.uniform(0.06, 0.1)
    for finger in range(int(rng.integers(2, 5))):
        start = np.array([columns * 0.15 + finger * width * 1.3, -5.0])
        end = np.array([columns * 0.3 + finger * width * 1.5, rows * rng.uniform(0.3, 0.75)])
        if side % 2:
            start[1], end[1] = rows - start[1], rows - end[1]
        if side > 1:
            start[0], end[0] = columns - start[0], columns - end[0]
        cv2.line(shade, start.astype(int).tolist(), end.astype(int).tolist(), 255, max(2, int(width)))
    soft = cv2.blur(cv2.blur(shade, (15, 15)), (11, 11)).astype(np.float32) / 255
    return _lit(picture, 1 - (1 - darkest) * soft, 0.0)


def crease(rng: np.random.Generator, sheet: Pixels, per_mm: float, strength: float) -> Pixels:
    """Return the sheet folded and flattened again: one side of the fold is lighter, the other darker."""
    rows, columns = _coarse(sheet)
    y, x = np.mgrid[-0.5 : 0.5 : rows * 1j, -0.5 : 0.5 : columns * 1j]
    turn = rng.uniform(0, np.pi)
    away = (x * np.cos(turn) + y * np.sin(turn) - rng.uniform(-0.3, 0.3)) * columns * _COARSE / per_mm / 4
    return _lit(sheet, 1 + strength * np.tanh(away * 2) * np.exp(-np.abs(away)), 0.0)


def moire(rng: np.random.Generator, picture: Pixels, strength: float) -> Pixels:
    """Return the picture as a screen shows it to a camera: two pixel lattices, one turned, beat against each other."""
    height, width = picture.shape[:2]
    turn, step = np.deg2rad(rng.uniform(1, 6)), rng.uniform(1.9, 2.3)
    size = 256
    y, x = np.mgrid[0:size, 0:size].astype(np.float32)
    seen = ((x * np.cos(turn) + y * np.sin(turn)) % step < step * 0.55).astype(np.float32)
    seen *= ((y * np.cos(turn) - x * np.sin(turn)) % step < step * 0.55).astype(np.float32)
    beat = cv2.blur(seen * ((x + y) % 2), (7, 7))
    beat = (beat - beat.mean()) / (float(beat.std()) + 1e-6)
    tile = np.clip(128 + 128 * strength * beat, 40, 216).astype(np.uint8)
    whole = np.tile(tile, (height // size + 1, width // size + 1))[:height, :width]
    return cv2.multiply(picture, cv2.merge([whole] * 3), scale=1 / 128)


def shot_noise(rng: np.random.Generator, picture: Pixels, strength: float) -> Pixels:
    """Return the picture with noise whose variance grows with the light (Poisson, its normal limit)."""
    height, width = picture.shape[:2]
    down, across = rng.integers(0, 512, 2)
    tile = np.roll(_GRAIN, (int(down), int(across)), (0, 1))
    grain = np.tile(tile, (height // 1024 + 1, width // 1024 + 1))[:height, :width]
    up, low = (np.maximum(grain, 0).astype(np.uint8), np.maximum(-grain.astype(np.int16), 0).astype(np.uint8))
    root = (np.sqrt(np.arange(256) / 255) * 255).astype(np.uint8)
    sigma = cv2.LUT(picture, root)
    scale = strength / 255 / 32
    brighter = cv2.multiply(sigma, cv2.merge([up] * 3), scale=scale)
    return cv2.subtract(cv2.add(picture, brighter), cv2.multiply(sigma, cv2.merge([low] * 3), scale=scale))


def chroma(picture: Pixels, by: int) -> Pixels:
    """Return the picture with its colour (not its light) kept at one of ``by`` pixels."""
    parts = cv2.cvtColor(picture, cv2.COLOR_BGR2YCrCb)
    height, width = picture.shape[:2]
    light = np.ascontiguousarray(parts[..., 0])
    few = cv2.resize(parts, (max(1, width // by), max(1, height // by)), interpolation=cv2.INTER_AREA)
    again = cv2.resize(few, (width, height), interpolation=cv2.INTER_LINEAR)
    again[..., 0] = light
    return cv2.cvtColor(again, cv2.COLOR_YCrCb2BGR)


def webp(picture: Pixels, quality: int) -> bytes:
    """Return the picture's bytes as lossy WebP."""
    whole = io.BytesIO()
    Image.fromarray(cv2.cvtColor(picture, cv2.COLOR_BGR2RGB)).save(whole, "WEBP", quality=quality, method=0)
    return whole.getvalue()


def _held_off(light: Pixels, inside: Pixels, on_zone: float) -> Pixels:
    """Return ``light`` damped near the zone: within it no more than ``on_zone``, full 12 % of the picture away."""
    far = cv2.distanceTransform(1 - inside, cv2.DIST_L2, 3)
    free = np.clip(far / (0.12 * inside.shape[1]), 0, 1)
    return np.asarray(np.minimum(light, on_zone + free**1.5 * (light.max() - on_zone)))


def _lit(picture: Pixels, factor: Pixels | float, added: Pixels | float) -> Pixels:
    """Return ``picture * factor + added``, both coarse."""
    result = picture
    if not isinstance(factor, float):
        gain = _full(np.clip(factor, 0, 1.99) * 128, picture).astype(np.uint8)
        result = cv2.multiply(result, cv2.merge([gain] * 3), scale=1 / 128)
    if not isinstance(added, float):
        more = _full(np.clip(added, 0, 255), picture).astype(np.uint8)
        result = cv2.add(result, cv2.merge([more] * 3))
    return result


def _wide(picture: Pixels, width: float) -> Pixels:
    """Return a mean over a square of ``width`` pixels (not whole), twice where it is wide."""
    half = max(1, int(np.ceil((width - 1) / 2)))
    row = np.ones(2 * half + 1, np.float32)
    row[[0, -1]] = max(0.0, (width - (2 * half - 1)) / 2)
    row /= row.sum()
    once = cv2.sepFilter2D(picture, -1, row, row)
    return cv2.sepFilter2D(once, -1, row, row) if width > 3 else once


def _coarse(picture: Pixels) -> tuple[int, int]:
    return max(8, picture.shape[0] // _COARSE), max(8, picture.shape[1] // _COARSE)


def _full(coarse: Pixels, picture: Pixels) -> Pixels:
    return cv2.resize(coarse.astype(np.float32), (picture.shape[1], picture.shape[0]), interpolation=cv2.INTER_LINEAR)


FAULTS = {
    "hand-shake random walk": shake,
    "depth of field": depth_of_field,
    "elliptical lamp glare": lamp,
    "penumbra of a hand": hand,
    "crease with shading": crease,
    "rotated pixel-lattice moire": moire,
    "poisson shot noise": shot_noise,
    "chroma subsampling and downscale": chroma,
    "webp compression": webp,
}
