"""A training picture and its truth: a page laid somewhere, seen from somewhere, through something."""

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from tools.train_mrz import degrade
from tools.train_mrz.lists import BACKGROUNDS
from tools.train_mrz.page import Grey, Page, clouds, draw, words_mask

Generator = np.random.Generator
Points = NDArray[np.float32]
_LEAST_PITCH, _LARGEST_PITCH = 5.2, 19.0


@dataclass
class Scene:
    """A picture, where every cell of its zone lies in it, and where other words do."""

    picture: NDArray[np.uint8]
    kind: str
    lines: list[str]
    centres: Points  # line, column, x and y
    other_text: Points  # words, four corners, x and y
    pitch: float  # pixels from one character to the next, about
    layout: str


def make(seed: int) -> Scene:
    """Return the scene of ``seed``: the same for the same seed, versions and words drawn before in this process.

    Words are drawn once and used again (``page.forget_words`` begins anew), so a scene also depends on those before it.
    """
    rng = np.random.default_rng(seed)
    with_zone = rng.random() > 0.12
    pitch = float(np.exp(rng.uniform(np.log(_LEAST_PITCH), np.log(_LARGEST_PITCH))))
    page = draw(rng, max(9.0, pitch * rng.uniform(1.0, 1.3)), with_zone)
    scale = pitch / max(page.pitch, 9.0) if with_zone else rng.uniform(0.5, 1.1)
    if rng.random() < 0.25:
        quadratic_bow(rng, page)
    if rng.random() < 0.12:
        tilted_fold(rng, page)
    picture, centres, words = _seen(rng, page, scale)
    if rng.random() < 0.06:
        picture = degrade.overlay_marks(rng, picture)
    if rng.random() < 0.08:
        picture = degrade.framed(rng, picture, centres)
    near = pitch if with_zone else 12.0
    picture = degrade.blurred(rng, degrade.contrast_and_gamma(rng, degrade.lit(rng, picture)), near)
    if rng.random() < 0.12 and near > 10:
        picture = degrade.resampling(rng, picture, near)
    return Scene(degrade.sensed(rng, picture), page.kind, page.lines, centres, words, near, page.layout)


def quadratic_bow(rng: Generator, page: Page) -> None:
    """Bend the page so that its lines sag or rise in the middle."""
    height, width = page.grey.shape
    deep = rng.uniform(-0.05, 0.05) * width
    middle = rng.uniform(0.2, 0.8) * width

    def shift(x: NDArray[np.float32]) -> NDArray[np.float32]:
        return np.asarray(deep * ((x - middle) / width) ** 2 * 2, np.float32)

    xs = np.arange(width, dtype=np.float32)
    ys = np.arange(height, dtype=np.float32)[:, None] - shift(xs)[None, :]
    page.grey = np.asarray(
        cv2.remap(page.grey, np.tile(xs, (height, 1)), ys, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), np.float32
    )
    page.centres = page.centres.copy()
    if page.centres.size:
        page.centres[..., 1] += shift(page.centres[..., 0])


def tilted_fold(rng: Generator, page: Page) -> None:
    """Fold the page along a straight line: what lies beyond it leans away, so it looks shorter and lighter or darker.

    The paper beyond the fold turns by up to 25 degrees; seen from above, every distance from the fold shrinks by the
    cosine. The fold itself shows as a thin worn line.
    """
    height, width = page.grey.shape
    turn = rng.normal(0, 0.2) + (np.pi / 2 if rng.random() < 0.5 else 0.0)  # nearly upright, or nearly level
    across = np.array([np.cos(turn), np.sin(turn)], np.float32)
    edge = np.float32(across @ np.array([rng.uniform(0.15, 0.85) * width, rng.uniform(0.15, 0.85) * height]))
    part = np.float32(np.cos(np.deg2rad(rng.uniform(5, 25))))
    xs, ys = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    beyond = np.maximum(xs * across[0] + ys * across[1] - edge, 0)
    stretch = beyond * (1 / part - 1)
    grey = cv2.remap(
        page.grey, xs + stretch * across[0], ys + stretch * across[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    grey *= 1 + np.float32(rng.uniform(-0.25, 0.15)) * (beyond > 0)
    worn = np.exp(-(((xs * across[0] + ys * across[1] - edge) / max(0.6, width / 600)) ** 2))
    page.grey = np.asarray(grey + np.float32(rng.uniform(-60, 40)) * worn, np.float32)
    if page.centres.size:
        over = np.maximum(page.centres @ across - edge, 0)
        page.centres = np.asarray(page.centres - (over * (1 - part))[..., None] * across, np.float32)


def _seen(rng: Generator, page: Page, scale: float) -> tuple[Grey, Points, Points]:
    height, width = page.grey.shape
    scan = rng.random() < 0.42
    way = rng.random()
    turn = rng.normal(0, 1.0 if scan else 6.0)
    if way > 0.72:
        turn += 90 * int(rng.integers(1, 4))
    elif way > 0.62:
        turn = rng.uniform(0, 360)
    across, down = width * scale, height * scale
    radians = np.deg2rad(turn)
    rotation = np.array([[np.cos(radians), -np.sin(radians)], [np.sin(radians), np.cos(radians)]], np.float32)
    corners = np.array([[-1, -1], [1, -1], [1, 1], [-1, 1]], np.float32) / 2 * (across, down)
    if not scan:
        corners = corner_homography(rng, corners)
    corners = corners @ rotation.T
    low, high = corners.min(0), corners.max(0)
    seen = straight_crop(rng, high - low) if scan else (high - low) * rng.uniform(1.0, 2.0, 2)
    size = np.maximum(seen, 64)
    if max(size) > 1500:
        size *= 1500 / max(size)
    aside = 0 if scan else rng.uniform(-0.45, 0.45, 2) * np.maximum(0, size - (high - low))
    placed = (corners + (size / 2 - (low + high) / 2 + aside)).astype(np.float32)
    page_corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    look = np.asarray(cv2.getPerspectiveTransform(page_corners, placed), np.float64)
    view = (int(size[0]), int(size[1]))
    picture = ground(rng, view)
    way_of_pixels = cv2.INTER_AREA if scan else cv2.INTER_LINEAR
    _lay(picture, page.grey, look, way_of_pixels)
    if not scan and rng.random() < 0.3:
        _lay_other(rng, picture, placed)
    centres, words = _moved(page.centres, look), _moved(_corners(page), look)
    if not scan and rng.random() < 0.3:
        strength = rng.uniform(-0.06, 0.16)  # cheap wide lenses bulge outwards; some programs overcorrect
        return (
            radial_lens_distortion(rng, picture, strength),
            _bulged(centres, view, strength),
            _bulged(words, view, strength),
        )
    return picture, centres, words


def radial_lens_distortion(rng: Generator, picture: Grey, strength: float) -> Grey:
    """Return the picture through a lens that shows what lies off its axis too near (barrel) or too far (pincushion).

    A place seen ``r`` half-diagonals from the centre shows what lies at ``r * (1 + strength * r * r)``.
    """
    height, width = picture.shape
    ys, xs = np.mgrid[0:height, 0:width].astype(np.float32)
    half = np.float32(np.hypot(width, height) / 2)
    off_x, off_y = (xs - width / 2) / half, (ys - height / 2) / half
    far = 1 + np.float32(strength) * (off_x * off_x + off_y * off_y)
    maps = (
        np.asarray(off_x * far * half + width / 2, np.float32),
        np.asarray(off_y * far * half + height / 2, np.float32),
    )
    return np.asarray(cv2.remap(picture, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), np.float32)


def _bulged(points: Points, view: tuple[int, int], strength: float) -> Points:
    """Return where ``radial_lens_distortion`` shows ``points``."""
    half, middle = np.hypot(*view) / 2, np.array(view) / 2
    true = (points.astype(np.float64) - middle) / half
    shown = true
    for _ in range(12):  # the lens's formula, turned round
        shown = true / (1 + strength * (shown**2).sum(axis=-1, keepdims=True))
    return np.asarray(shown * half + middle, np.float32)


def corner_homography(rng: Generator, corners: Points) -> Points:
    """Return a page's corners (around 0, 0) as a camera held by hand sees them: each its own distance away."""
    moved = corners * (1 + rng.normal(0, 0.05, (4, 1))).astype(np.float32)
    moved[:, 1] *= np.float32(rng.uniform(0.75, 1.05))
    return moved


def straight_crop(rng: Generator, extent: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return width and height of what a scan keeps of ``extent``: up to 1 % is cut off at each side."""
    return np.asarray(extent * (1 + rng.uniform(-0.02, 0.06, 2)), np.float64)


def _lay(picture: Grey, grey: Grey, look: NDArray[np.float64], way: int) -> None:
    """Draw ``grey`` into ``picture`` where ``look`` puts it."""
    size = (picture.shape[1], picture.shape[0])
    cv2.warpPerspective(grey, look, size, dst=picture, flags=way, borderMode=cv2.BORDER_TRANSPARENT)


def _lay_other(rng: Generator, picture: Grey, placed: Points) -> None:
    """Lay a page that has no zone beside the document or above it, never over it."""
    other = draw(rng, rng.uniform(9, 14), with_zone=False)
    upper_left, upper_right, lower_right, lower_left = placed
    if rng.random() < 0.6:
        away = (upper_left - lower_left) * np.float32(1.02)
        target = np.stack([upper_left + away, upper_right + away, upper_right, upper_left])
    else:
        away = (upper_right - upper_left) * np.float32(1.02)
        target = np.stack([upper_right, upper_right + away, lower_right + away, lower_right])
    height, width = other.grey.shape
    flat = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    look = np.asarray(cv2.getPerspectiveTransform(flat, target.astype(np.float32)), np.float64)
    _lay(picture, other.grey, look, cv2.INTER_LINEAR)


def ground(rng: Generator, view: tuple[int, int]) -> Grey:
    """Return what lies under the page: one of ``BACKGROUNDS``, ``view`` wide and high."""
    width, height = view
    way = BACKGROUNDS[int(rng.integers(0, len(BACKGROUNDS)))]
    ground = np.full((height, width), rng.uniform(10, 245), np.float32)
    if way == "gradient":
        ground += np.linspace(-60, 60, width, dtype=np.float32)[None, :] * np.float32(rng.uniform(-1, 1))
    elif way == "wood stripes":
        ground += clouds(rng, width, height // 40 + 2, 12).repeat(40, axis=0)[:height, :] * 15
    elif way == "noise clouds":
        ground += clouds(rng, width, height, rng.uniform(2, 60)) * rng.uniform(5, 40)
    elif way == "page of text":
        ground[:] = rng.uniform(190, 250)
        size = rng.uniform(8, 20)
        for y in np.arange(2, height, size * 1.5):
            mask = words_mask(rng, long=True)
            fitted = cv2.resize(mask, None, fx=size / 28, fy=size / 28, interpolation=cv2.INTER_AREA)
            across = min(width, fitted.shape[1])
            place = ground[int(y) : int(y) + fitted.shape[0], :across]
            place -= fitted[: place.shape[0], :across] * 150
    elif way == "polygons":
        for _ in range(rng.integers(2, 9)):
            points = (rng.uniform(0, 1, (int(rng.integers(3, 6)), 2)) * (width, height)).astype(np.int32)
            cv2.fillPoly(ground, [points], float(rng.uniform(0, 255)))
    return ground


def _corners(page: Page) -> Points:
    boxes = [[[x, y], [x + w, y], [x + w, y + h], [x, y + h]] for x, y, w, h in page.other_text[:40]]
    return np.array(boxes, np.float32).reshape(-1, 4, 2)


def _moved(points: Points, look: NDArray[np.float64]) -> Points:
    if points.size == 0:
        return points
    flat = cv2.perspectiveTransform(points.reshape(1, -1, 2), look)
    return np.asarray(flat, np.float32).reshape(points.shape)
