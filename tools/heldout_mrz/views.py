"""How a camera sees a sheet (an own pinhole model; the sheet may be bent as a cylinder), and what lies under it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from tools.heldout_mrz.sheets import Box, Pixels, Sheet, page_font
from tools.heldout_mrz.texts import word

Points = NDArray[Any]


@dataclass(frozen=True, slots=True)
class Pose:
    """Angles in degrees: in the picture (roll), away from the camera (pitch, yaw); bend in radians over the width."""

    roll: float
    pitch: float
    yaw: float
    bend: float = 0.0
    focal: float = 1600.0  # in pixels


class Camera:
    """Sheet millimetres to picture pixels, for one pose and one scale at the sheet's middle."""

    def __init__(self, pose: Pose, size: tuple[float, float], scale: float) -> None:
        """Place the camera so that the sheet's middle is seen at ``scale`` pixels a millimetre."""
        self._size = size
        self._radius = size[0] / pose.bend if pose.bend else 0.0
        self._turn = _turn(pose)
        self._focal, self._far = pose.focal, pose.focal / scale
        self.offset = np.zeros(2)

    def project(self, millimetres: Points) -> Points:
        """Return where points (n by 2) of the sheet are seen."""
        flat = millimetres - np.array(self._size) / 2
        x, y = flat[:, 0], flat[:, 1]
        z = np.zeros_like(x)
        if self._radius:
            angle = np.clip(x / self._radius, -1.4, 1.4)
            beyond = x - angle * self._radius
            x, z = self._radius * np.sin(angle) + beyond, self._radius * (1 - np.cos(angle))
        seen = np.stack([x, y, z], 1) @ self._turn.T
        depth = np.maximum(seen[:, 2] + self._far, self._far * 0.1)
        return np.asarray(seen[:, :2] / depth[:, None] * self._focal + self.offset)

    def plane(self) -> Points:
        """Return the homography of the sheet when it lies flat: millimetres to pixels."""
        width, height = self._size
        middle = np.array([[1, 0, -width / 2], [0, 1, -height / 2], [0, 0, 1]])
        columns = np.stack([self._turn[:, 0], self._turn[:, 1], np.array([0, 0, self._far])], 1)
        lens = np.array([[self._focal, 0, self.offset[0]], [0, self._focal, self.offset[1]], [0, 0, 1]])
        return np.asarray(lens @ columns @ middle)

    def outline(self) -> Points:
        """Return the sheet's edge as seen, a closed row of points."""
        return self.project(_edge((0, 0, *self._size)))

    def photograph(self, sheet: Sheet, ground: Pixels) -> Pixels:
        """Return ``ground`` with the sheet lying on it."""
        height, width = ground.shape[:2]
        to_pixels = self.plane() @ np.diag([1 / sheet.per_mm, 1 / sheet.per_mm, 1])
        if not self._radius:
            return cv2.warpPerspective(sheet.pixels, to_pixels, (width, height), dst=ground, flags=cv2.INTER_LINEAR,
                                       borderMode=cv2.BORDER_TRANSPARENT)  # fmt: skip
        coarse = self._seen_from((width, height), 12) * sheet.per_mm
        across = cv2.resize(coarse.astype(np.float32), (width, height), interpolation=cv2.INTER_LINEAR)
        return cv2.remap(sheet.pixels, across[..., 0], across[..., 1], cv2.INTER_LINEAR, dst=ground,
                         borderMode=cv2.BORDER_TRANSPARENT)  # fmt: skip

    def _seen_from(self, size: tuple[int, int], step: int) -> Points:
        """Return for a coarse grid of pixels the sheet's millimetres there, by fixed point from the flat sheet."""
        columns, rows = size[0] // step, size[1] // step
        x = (np.arange(columns) + 0.5) * size[0] / columns - 0.5
        y = (np.arange(rows) + 0.5) * size[1] / rows - 0.5
        wanted = np.stack(np.meshgrid(x, y), -1).reshape(-1, 2)
        there = self.plane()
        back = np.linalg.inv(there)
        guess = _through(back, wanted)
        width, height = self._size
        for _ in range(12):
            missed = wanted - self.project(guess)
            guess = _through(back, _through(there, guess) + missed)
            guess = np.clip(guess, (-0.6 * width, -0.6 * height), (1.6 * width, 1.6 * height))
        return np.asarray(guess.reshape(rows, columns, 2))


def zone_outline(camera: Camera, zone: Box) -> Points:
    """Return the zone's edge as the camera sees it, bends included."""
    return camera.project(_edge(zone))


def _edge(box: Box) -> Points:
    left, top, right, bottom = box
    part = np.linspace(0, 1, 12, endpoint=False)
    x = [left + (right - left) * part, np.full(12, right), right + (left - right) * part, np.full(12, left)]
    y = [np.full(12, top), top + (bottom - top) * part, np.full(12, bottom), bottom + (top - bottom) * part]
    return np.stack([np.concatenate(x), np.concatenate(y)], 1)


def _through(plane: Points, points: Points) -> Points:
    seen = np.c_[points, np.ones(len(points))] @ plane.T
    return np.asarray(seen[:, :2] / seen[:, 2:])


def _turn(pose: Pose) -> Points:
    roll, pitch, yaw = np.deg2rad([pose.roll, pose.pitch, pose.yaw])
    about_z = np.array([[np.cos(roll), -np.sin(roll), 0], [np.sin(roll), np.cos(roll), 0], [0, 0, 1]])
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    about_y = np.array([[np.cos(yaw), 0, np.sin(yaw)], [0, 1, 0], [-np.sin(yaw), 0, np.cos(yaw)]])
    return np.asarray(about_x @ about_y @ about_z)


def ground(rng: np.random.Generator, name: str, size: tuple[int, int]) -> Pixels:
    """Return the background ``name`` of ``size`` pixels; it is drawn at half size or less."""
    shrink = max(1.0, max(size) / 800)
    width, height = (int(side / shrink) + 1 for side in size)
    return cv2.resize(GROUNDS[name](rng, width, height), size, interpolation=cv2.INTER_LINEAR)


def _colour(rng: np.random.Generator, dark: int = 30, light: int = 230) -> Points:
    return np.asarray(rng.integers(dark, light) + rng.integers(-25, 26, 3)).clip(5, 250).astype(np.float32)


def _cloth(rng: np.random.Generator, width: int, height: int) -> Pixels:
    step = int(rng.integers(4, 10))
    y, x = np.arange(height)[:, None], np.arange(width)[None]
    over = ((x // step + y // step) % 2).astype(bool)
    across = np.abs((x % step) / step - 0.5).astype(np.float32)
    down = np.abs((y % step) / step - 0.5).astype(np.float32)
    light = (1 - 0.7 * np.where(over, across, down)).astype(np.float32)
    threads = np.where(over[..., None], _colour(rng), _colour(rng))
    return (threads * light[..., None]).astype(np.uint8)


def _terrazzo(rng: np.random.Generator, width: int, height: int) -> Pixels:
    floor = np.empty((height, width, 3), np.uint8)
    floor[:] = _colour(rng, 120, 220)
    chips = rng.uniform(0, 1, (350, 2)) * (width, height)
    colours = [_colour(rng, 20, 240).tolist() for _ in range(5)]
    for at, (x, y) in enumerate(chips):
        axes = rng.integers(2, 15, 2).tolist()
        cv2.ellipse(floor, (int(x), int(y)), axes, float(rng.uniform(0, 180)), 0, 360, colours[at % 5], -1, cv2.LINE_AA)
    return floor


def _keys(rng: np.random.Generator, width: int, height: int) -> Pixels:
    board = np.empty((height, width, 3), np.uint8)
    board[:] = _colour(rng, 10, 60)
    key = int(rng.integers(50, 90))
    cap = _colour(rng, 30, 200)
    legend = (255 - cap).astype(np.uint8).tolist()
    for row in range(height // key + 1):
        shift = row * key // 3 % key
        for column in range(-1, width // key + 1):
            x, y = column * key + shift, row * key
            cv2.rectangle(board, (x + 3, y + 3), (x + key - 4, y + key - 4), (cap * 0.75).tolist(), -1)
            cv2.rectangle(board, (x + 8, y + 6), (x + key - 9, y + key - 12), cap.tolist(), -1)
            letter = chr(65 + int(rng.integers(26)))
            cv2.putText(board, letter, (x + 14, y + key // 2), cv2.FONT_HERSHEY_SIMPLEX, key / 110, legend, 1,
                        cv2.LINE_AA)  # fmt: skip
    return board


def _card(rng: np.random.Generator, width: int, height: int) -> Pixels:
    step = rng.uniform(8, 20)
    x = np.arange(width, dtype=np.float32)[None]
    light = 0.85 + 0.15 * np.sin(x * 2 * np.pi / step)
    grain = cv2.resize(rng.uniform(0.93, 1.0, (height // 3 + 1, width // 20 + 1)).astype(np.float32), (width, height))
    brown = np.array([95, 140, 180], np.float32) * rng.uniform(0.6, 1.2)
    return np.asarray(((light * grain)[..., None] * brown).clip(0, 255).astype(np.uint8))


def _tiles(rng: np.random.Generator, width: int, height: int) -> Pixels:
    step = int(rng.integers(90, 260))
    shape = (height // step + 2, width // step + 2)
    shades = rng.uniform(0.88, 1.0, shape).repeat(step, 0).repeat(step, 1)[:height, :width]
    floor = (shades[..., None] * _colour(rng, 90, 240)).astype(np.uint8)
    grout = _colour(rng, 60, 180).astype(np.uint8)
    for at in range(4):
        floor[at::step] = grout
        floor[:, at::step] = grout
    return floor


def _newspaper(rng: np.random.Generator, width: int, height: int) -> Pixels:
    page = Image.new("L", (width, height), int(rng.integers(200, 235)))
    draw = ImageDraw.Draw(page)
    size = float(rng.integers(9, 15))
    words = [word(rng, 1, 4).lower() for _ in range(60)]
    column = int(rng.integers(180, 320))
    for left in range(8, width, column):
        y = -float(rng.integers(0, 20))
        while y < height:
            if rng.random() < 0.05:
                draw.text((left, y), " ".join(rng.choice(words, 2)).capitalize(), fill=25, font=page_font(1, size * 2))
                y += size * 2.6
            text = " ".join(rng.choice(words, 12))
            draw.text((left, y), text[: int((column - 12) / size * 1.75)], fill=45, font=page_font(0, size))
            y += size * 1.3
    return cv2.cvtColor(np.asarray(page), cv2.COLOR_GRAY2BGR)


GROUNDS: dict[str, Callable[[np.random.Generator, int, int], Pixels]] = {
    "woven cloth": _cloth,
    "terrazzo": _terrazzo,
    "keyboard keys": _keys,
    "corrugated card": _card,
    "tiled floor": _tiles,
    "newspaper": _newspaper,
}
