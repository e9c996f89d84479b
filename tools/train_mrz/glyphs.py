"""Glyphs of the MRZ alphabet as masks of ink, one sheet a font, drawn once a process."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from bmis.capture.zone_cells import ALPHABET

PITCH = 40  # pixels from one character to the next on the sheet
HEIGHT = 64
_BASELINE = 47

Ink = NDArray[np.float32]


@cache
def sheet(path: Path) -> Ink:
    """Return the masks of ``ALPHABET`` in the font at ``path``: characters, HEIGHT, PITCH; 1 is ink."""
    advance = ImageFont.truetype(path, 100).getlength("0") / 100
    font = ImageFont.truetype(path, round(PITCH / advance))
    cells = []
    for char in ALPHABET:
        cell = Image.new("L", (PITCH, HEIGHT), 0)
        ImageDraw.Draw(cell).text((PITCH / 2, _BASELINE), char, font=font, fill=255, anchor="ms")
        cells.append(np.asarray(cell, np.float32) / 255)
    return np.stack(cells)


def block(
    lines: list[str],
    path: Path,
    pitch: float,
    line_step: float,
    stretch: tuple[float, float],
    weight: float,
    rng: np.random.Generator,
) -> tuple[Ink, NDArray[np.float32]]:
    """Return the ink of ``lines`` and the centre of every cell (line, column, x and y).

    Args:
        lines: of one length.
        path: of the font.
        pitch: pixels from one character to the next.
        line_step: pixels from one line to the next.
        stretch: of the glyphs across and down; the pitch stays.
        weight: of the strokes, -1 (thin) to 1 (bold).
        rng: of the small unevenness of real print.
    """
    glyphs = sheet(path)
    scale = pitch / PITCH
    width, height = max(3, round(PITCH * scale * stretch[0])), max(4, round(HEIGHT * scale * stretch[1]))
    pad = width
    rows = round((len(lines) - 1) * line_step) + height + 2 * pad
    columns = round(len(lines[0]) * pitch) + 2 * pad
    ink = np.zeros((rows, columns), np.float32)
    centres = np.zeros((len(lines), len(lines[0]), 2), np.float32)
    small = {char: _fitted(glyphs[ALPHABET.index(char)], width, height, weight) for char in set("".join(lines))}
    uneven = rng.random() < 0.3
    for row, line in enumerate(lines):
        for column, char in enumerate(line):
            x = pad + (column + 0.5) * pitch
            y = pad + row * line_step + height / 2
            centres[row, column] = x, y + (_BASELINE - 15 - HEIGHT / 2) * scale * stretch[1]
            left, top = x - width / 2, y - height / 2
            if uneven:
                left, top = left + rng.normal(0, pitch * 0.025), top + rng.normal(0, pitch * 0.025)
            _stamp(ink, small[char], left, top)
    return ink, centres


def _fitted(glyph: Ink, width: int, height: int, weight: float) -> Ink:
    if abs(weight) > 0.15:
        size = 3 if abs(weight) < 0.6 else 5
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (size, size))
        thin_or_bold = cv2.dilate(glyph, kernel) if weight > 0 else np.maximum(cv2.erode(glyph, kernel), glyph * 0.35)
        glyph = np.asarray(thin_or_bold, np.float32)
    return np.asarray(cv2.resize(glyph, (width, height), interpolation=cv2.INTER_AREA), np.float32)


def _stamp(ink: Ink, glyph: Ink, left: float, top: float) -> None:
    """Lay ``glyph`` at a place between pixels."""
    x, y = int(np.floor(left)), int(np.floor(top))
    dx, dy = left - x, top - y
    height, width = glyph.shape
    if x < 0 or y < 0 or x + width + 1 > ink.shape[1] or y + height + 1 > ink.shape[0]:
        return
    for step_y, part_y in ((0, 1 - dy), (1, dy)):
        for step_x, part_x in ((0, 1 - dx), (1, dx)):
            if part_x * part_y > 0.02:
                place = ink[y + step_y : y + step_y + height, x + step_x : x + step_x + width]
                np.maximum(place, 0, out=place)
                place += glyph * np.float32(part_x * part_y)
