"""The comb of a zone: places of its cells along lines that may bend, and strips that are cut out along them.

Training cuts its strips and canvases with the same functions, so that the nets see in use what they saw then.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bmis.capture import opencv

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"
REJECT = len(ALPHABET)  # the class of what is no glyph of the alphabet
CELL = 16  # pixels of a strip from one cell to the next
STRIP_HEIGHT = 32
MARGIN = 2  # cells before the first and after the last that a strip shows
CANVAS = (704, 144)  # width and height of the picture in which the comb is looked for
CANVAS_REACH = 616  # pixels of the canvas that the zone's length takes

_CARD_SHAPE = 7.3  # length by height: three lines of 30 cells have 5.5, two of 36 have 9

Grey = NDArray[np.uint8]
Points = NDArray[np.float64]  # n, x and y


@dataclass(frozen=True, slots=True)
class Zone:
    """Where a zone lies, roughly: the middle, the direction of reading (unit length), length and height in pixels."""

    x: float
    y: float
    along_x: float
    along_y: float
    length: float
    height: float

    def scaled(self, part: float) -> "Zone":
        """Return the same zone in the picture scaled by ``part``."""
        return Zone(self.x * part, self.y * part, self.along_x, self.along_y, self.length * part, self.height * part)

    @property
    def card(self) -> bool:
        """Return whether it has the shape of three lines of 30 cells rather than of two longer ones."""
        return self.length <= self.height * _CARD_SHAPE

    @property
    def turned(self) -> "Zone":
        """Return the same zone upside down."""
        return Zone(self.x, self.y, -self.along_x, -self.along_y, self.length, self.height)


def canvas_of(grey: Grey, zone: Zone, card: bool | None = None) -> tuple[Grey, Points]:
    """Return the zone turned upright on a canvas, and the 2x3 matrix from canvas to picture.

    ``card`` says that it has lines of 30 cells, which get less of the canvas; without it the zone's shape decides.
    """
    width, height = CANVAS
    step = zone.length / (CANVAS_REACH * (2 / 3 if (zone.card if card is None else card) else 1))  # pixels a pixel
    matrix = np.array(
        [
            [zone.along_x * step, -zone.along_y * step, 0.0],
            [zone.along_y * step, zone.along_x * step, 0.0],
        ]
    )
    matrix[:, 2] = np.array([zone.x, zone.y]) - matrix[:, :2] @ np.array([width / 2, height / 2])
    return opencv.upright(grey, matrix, width, height), matrix


@dataclass(frozen=True, slots=True)
class Curve:
    """The centres of a line's cells as a smooth function of their number, from a fit."""

    x: NDArray[np.float64]  # polynomial coefficients, lowest power first, of t scaled to -1 to 1
    y: NDArray[np.float64]
    middle: float
    half: float

    @classmethod
    def through(cls, numbers: NDArray[np.float64], centres: Points, degree: int = 3) -> "Curve":
        """Return the curve nearest to ``centres`` (n, 2) of the cells ``numbers``."""
        low, high = float(numbers.min()), float(numbers.max())
        middle, half = (low + high) / 2, max((high - low) / 2, 1.0)
        powers = np.vander((numbers - middle) / half, min(degree, max(1, len(numbers) - 1)) + 1, increasing=True)
        both: Points = np.asarray(np.linalg.lstsq(powers, centres, rcond=None)[0], np.float64)
        return cls(both[:, 0], both[:, 1], middle, half)

    def moved(self, down: float) -> "Curve":
        """Return the same curve ``down`` steps below."""
        centres, steps = self.at(np.linspace(-1, 1, 5) * self.half + self.middle)
        below = centres + down * np.stack([-steps[:, 1], steps[:, 0]], axis=1)
        return Curve.through(np.linspace(-1, 1, 5) * self.half + self.middle, below, degree=len(self.x) - 1)

    def scaled(self, part: float) -> "Curve":
        """Return the same curve in the picture shrunk to ``part``."""
        return self if part == 1.0 else Curve(self.x * part, self.y * part, self.middle, self.half)

    def at(self, numbers: NDArray[np.float64]) -> tuple[Points, Points]:
        """Return centres and steps a cell at ``numbers``; beyond the ends the line goes on straight."""
        t = (numbers - self.middle) / self.half
        inside = np.clip(t, -1.0, 1.0)
        powers = np.vander(inside, len(self.x), increasing=True)
        slopes = np.zeros_like(powers)
        slopes[:, 1:] = powers[:, :-1] * np.arange(1, len(self.x))
        coefficients = np.stack([self.x, self.y], axis=1)
        steps = slopes @ coefficients
        centres = powers @ coefficients + steps * (t - inside)[:, None]
        return centres, steps / self.half


def strip_of(
    grey: Grey,
    curve: Curve,
    first: float,
    cells: int,
    tall: float = 1.0,
    down: float = 0.0,
    lean: tuple[float, float] = (0.0, 0.0),
) -> Grey:
    """Return STRIP_HEIGHT by ``cells`` * CELL pixels along ``curve``, whose first cell has the number ``first``.

    ``tall`` stretches what is seen across the line: 1 shows one step to either side of the centres; ``down`` moves
    it, in steps. ``lean`` is how far the glyphs lean forward at the first and at the last cell, in steps a step down:
    perspective turns an upright stroke more than its line.
    """
    numbers = first - 0.5 + (np.arange(cells * CELL) + 0.5) / CELL
    centres, steps = curve.at(numbers)
    leaning = np.linspace(lean[0], lean[1], len(numbers))
    down_x = leaning * steps[:, 0] - steps[:, 1]
    down_y = leaning * steps[:, 1] + steps[:, 0]
    across = ((np.arange(STRIP_HEIGHT) + 0.5 - STRIP_HEIGHT / 2) / CELL) * tall + down
    map_x = centres[None, :, 0] + across[:, None] * down_x[None, :]
    map_y = centres[None, :, 1] + across[:, None] * down_y[None, :]
    return opencv.resampled(grey, map_x.astype(np.float32), map_y.astype(np.float32))
