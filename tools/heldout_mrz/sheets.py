"""Documents as they lie flat: paper, security print, page text, a portrait and the zone, in pixels a millimetre."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tools.heldout_mrz.lists import SECURITY_BACKGROUNDS, TEXT_FONTS, ZONE_FONT
from tools.heldout_mrz.texts import Zone, word

Pixels = NDArray[Any]
Box = tuple[float, float, float, float]  # left, top, right, bottom in millimetres

PITCH = 2.54  # millimetres a character (OCR-B of 10 characters an inch, ICAO Doc 9303-3, 4.1)
LINE_STEP = 6.35
_CELL, _CELL_HEIGHT, _BASE = 40, 64, 52  # the drawn cell of a character, and where its base line is


@dataclass(frozen=True, slots=True)
class Layout:
    """The sheet, the document on it, and where on the document the zone's last line stands."""

    kinds: tuple[str, ...]
    size: tuple[float, float]
    document: Box
    zone_left: float
    zone_bottom: float  # from the document's lower edge to the middle of the last line
    portrait: tuple[float, float] | None = None  # width and height
    text: bool = True
    code: bool = False


LAYOUTS = {
    "old passport, zone near the edge": Layout(("TD3",), (125, 88), (0, 0, 125, 88), 4.4, 5.4, (32, 41)),
    "passport open on two pages": Layout(("TD3",), (125, 176), (0, 88, 125, 176), 6.6, 8.6, (33, 43)),
    "passport with a wide photo": Layout(("TD3",), (125, 88), (0, 0, 125, 88), 6.9, 9.2, (38, 46)),
    "identity card back with code": Layout(
        ("TD1",), (85.6, 54), (0, 0, 85.6, 54), 4.7, 6.0, None, text=False, code=True
    ),
    "small identity card": Layout(("TD1",), (85.6, 54), (0, 0, 85.6, 54), 4.5, 5.4, (17, 21)),
    "large identity card": Layout(("TD2",), (105, 74), (0, 0, 105, 74), 6.8, 8.2, (28, 34)),
    "visa in a passport page": Layout(("MRVA",), (125, 92), (2.5, 6, 122.5, 86), 4.1, 8.4, (26, 33)),
    "narrow visa": Layout(("MRVB",), (125, 88), (9, 7, 114, 81), 6.8, 8.0, (24, 30)),
    "french card 1988": Layout(("FRID",), (105, 74), (0, 0, 105, 74), 6.8, 7.6, (27, 34)),
}


@dataclass(frozen=True, slots=True)
class Sheet:
    """The drawn sheet and the box of the zone's characters on it, in millimetres."""

    pixels: Pixels
    per_mm: float
    size: tuple[float, float]
    zone: Box | None


def layout_for(rng: np.random.Generator, kind: str) -> str:
    """Return the name of a layout that shows zones of ``kind``."""
    return str(rng.choice([name for name, one in LAYOUTS.items() if kind in one.kinds]))


def sheet(rng: np.random.Generator, name: str, printed: Zone | None, per_mm: float) -> Sheet:
    """Return the sheet of layout ``name`` with ``printed`` on it; without a zone the page goes on in its place."""
    layout = LAYOUTS[name]
    width, height = (round(side * per_mm) for side in layout.size)
    page = np.empty((height, width, 3), np.uint8)
    page[:] = _paper(rng)
    left, top, right, bottom = (round(side * per_mm) for side in layout.document)
    if layout.document[:2] != (0, 0):
        _secure(rng, page, per_mm)
        if name == "passport open on two pages":
            _text(rng, page, (10, 8, 115, 76), per_mm, None)
            cv2.line(page, (0, top), (width, top), tuple(int(c) for c in page[0, 0] // 2), max(1, round(per_mm * 0.5)))
        page[top:bottom, left:right] = _paper(rng)
    document = page[top:bottom, left:right]
    _secure(rng, document, per_mm)
    box = _zone_box(layout, printed) if printed else None
    _fill(rng, document, layout, printed, per_mm)
    if printed and box:
        _zone(rng, document, printed, box, per_mm)
        box = (box[0] + layout.document[0], box[1] + layout.document[1], box[2] + layout.document[0],
               box[3] + layout.document[1])  # fmt: skip
    return Sheet(page, per_mm, layout.size, box)


def _zone_box(layout: Layout, printed: Zone) -> Box:
    document_height = layout.document[3] - layout.document[1]
    last = document_height - layout.zone_bottom
    rows = len(printed.lines)
    return (
        layout.zone_left,
        last - LINE_STEP * (rows - 1) - 1.5,
        layout.zone_left + PITCH * len(printed.lines[0]),
        last + 1.5,
    )


def _paper(rng: np.random.Generator) -> tuple[int, int, int]:
    tint = rng.integers(-22, 1, 3)
    white = int(rng.integers(226, 254))
    return tuple(int(white + shift) for shift in tint)  # type: ignore[return-value]  # three of them


def _zone(rng: np.random.Generator, document: Pixels, printed: Zone, box: Box, per_mm: float) -> None:
    step = LINE_STEP * (1 + rng.uniform(-0.03, 0.03))
    ink = rng.integers(8, 62, 3)
    weight = rng.uniform(0.75, 1.3)
    cell_height = _CELL_HEIGHT / _CELL * PITCH
    for row, line in enumerate(reversed(printed.lines)):
        cover: Pixels = np.hstack([_glyph(char) for char in line]).astype(np.float32) / 255
        width, height = round(PITCH * per_mm * len(line)), round(cell_height * per_mm)
        cover = cv2.resize(cover, (width, height), interpolation=cv2.INTER_AREA) ** weight
        middle = box[3] - 1.5 - row * step
        top = round((middle + 1.3 - _BASE / _CELL * PITCH) * per_mm)
        left = round(box[0] * per_mm)
        place = document[top : top + height, left : left + width]
        cover = cover[: place.shape[0], : place.shape[1], None]
        place[:] = (place * (1 - cover) + ink * cover).astype(np.uint8)


@cache
def _glyph(char: str) -> Pixels:
    cell = Image.new("L", (_CELL, _CELL_HEIGHT))
    ImageDraw.Draw(cell).text((0.54, _BASE), char, fill=255, font=_font(str(ZONE_FONT), 55.33), anchor="ls")
    return np.asarray(cell)


@cache
def _font(file: str, size: float) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


def page_font(which: int, pixels: float) -> ImageFont.FreeTypeFont:
    """Return a page font of about ``pixels``; sizes are whole so that few are loaded."""
    return _font(str(TEXT_FONTS[which % len(TEXT_FONTS)]), max(5, round(pixels)))


def _fill(rng: np.random.Generator, document: Pixels, layout: Layout, printed: Zone | None, per_mm: float) -> None:
    height, width = document.shape[0] / per_mm, document.shape[1] / per_mm
    rows = len(printed.lines) if printed else 0
    below = height - (layout.zone_bottom + LINE_STEP * (rows - 1) + 4) if printed else height - 4
    left = 4.0
    if layout.portrait:
        w, h = layout.portrait
        top = min(rng.uniform(5, 14), below - h - 1)
        if rows == 3 or top < 0:
            h = max(8.0, min(h, below - 6))
            w, top = h * 0.78, 3.0
        _portrait(rng, document, (left, top, left + w, top + h), per_mm)
        left += w + 4
    if layout.code:
        side = max(8.0, min(15.0, below - 5))
        _square_code(rng, document, (width - side - 5, 3, width - 5, 3 + side), per_mm)
        _bar_code(rng, document, (6, 4, width - side - 14, 4 + side * 0.5), per_mm)
    if layout.text:
        _text(rng, document, (left, 3.5, width - 4, below - 1), per_mm, printed)


def _text(rng: np.random.Generator, page: Pixels, box: Box, per_mm: float, printed: Zone | None) -> None:
    """Draw labels and values in rows; some values are those of the zone."""
    height, width = page.shape[:2]
    mask = Image.new("L", (width, height))
    draw = ImageDraw.Draw(mask)
    face = int(rng.integers(5))
    y, row = box[1], 0
    known = [part for line in printed.lines for part in line.split("<") if len(part) > 3] if printed else []
    while y + 5 < box[3]:
        small, large = rng.uniform(1.5, 2.0), rng.uniform(2.6, 3.6)
        if row == 0:
            draw.text((box[0] * per_mm, y * per_mm), " ".join(word(rng, 2, 3) for _ in range(2)), fill=255,
                      font=page_font(1, 3.4 * per_mm))  # fmt: skip
            y += 5.5
        x = box[0]
        while x + 22 < box[2]:
            value = str(rng.choice(known))[:14] if known and rng.random() < 0.4 else word(rng, 2, 3)
            draw.text((x * per_mm, y * per_mm), word(rng, 2, 3).capitalize(), fill=170,
                      font=page_font(2, small * per_mm))  # fmt: skip
            font = page_font(face, large * per_mm)
            draw.text((x * per_mm, (y + small + 0.4) * per_mm), value, fill=235, font=font)
            x += max(rng.uniform(24, 44), font.getlength(value) / per_mm + 2)
        y += small + large + rng.uniform(1.4, 2.6)
        row += 1
    ink = rng.integers(20, 90, 3)
    _blend(page, np.asarray(mask), ink)


def _blend(page: Pixels, mask: Pixels, ink: Pixels, strength: float = 1.0) -> None:
    """Lay ``ink`` over ``page`` where ``mask`` (0 to 255) is, in place."""
    cover = cv2.merge([mask] * 3)
    colour = np.empty_like(page)
    colour[:] = ink
    difference = cv2.subtract(page, colour)
    cv2.subtract(page, cv2.multiply(difference, cover, scale=strength / 255), dst=page)


def _portrait(rng: np.random.Generator, page: Pixels, box: Box, per_mm: float) -> None:
    left, top, right, bottom = (round(side * per_mm) for side in box)
    view = page[top:bottom, left:right]
    if view.size == 0:
        return
    height, width = view.shape[:2]
    view[:] = rng.integers(165, 225, 3)
    dark, skin = rng.integers(15, 70, 3).tolist(), (rng.uniform(0.35, 1) * np.array([150, 180, 225])).tolist()
    middle = width // 2
    cv2.ellipse(view, (middle, height), (round(width * 0.46), round(height * 0.27)), 0, 0, 360,
                rng.integers(20, 190, 3).tolist(), -1, cv2.LINE_AA)  # fmt: skip
    cv2.rectangle(view, (round(width * 0.4), round(height * 0.6)), (round(width * 0.6), round(height * 0.78)), skin, -1)
    cv2.ellipse(view, (middle, round(height * 0.4)), (round(width * 0.27), round(height * 0.3)), 0, 0, 360, dark, -1,
                cv2.LINE_AA)  # fmt: skip
    cv2.ellipse(view, (middle, round(height * 0.46)), (round(width * 0.22), round(height * 0.27)), 0, 0, 360, skin, -1,
                cv2.LINE_AA)  # fmt: skip
    eye = (max(1, width // 28), max(1, height // 60))
    for side in (0.41, 0.59):
        cv2.ellipse(view, (round(width * side), round(height * 0.43)), eye, 0, 0, 360, dark, -1, cv2.LINE_AA)
    cv2.line(view, (round(width * 0.43), round(height * 0.6)), (round(width * 0.57), round(height * 0.6)), dark,
             max(1, width // 60))  # fmt: skip


def _square_code(rng: np.random.Generator, page: Pixels, box: Box, per_mm: float) -> None:
    left, top, right, bottom = (round(side * per_mm) for side in box)
    modules = (rng.random((25, 25)) < 0.5).astype(np.uint8) * 215 + 25
    modules[0], modules[:, 0] = 25, 25
    page[top:bottom, left:right] = cv2.resize(modules, (right - left, bottom - top), interpolation=cv2.INTER_NEAREST)[
        ..., None
    ]


def _bar_code(rng: np.random.Generator, page: Pixels, box: Box, per_mm: float) -> None:
    left, top, right, bottom = (round(side * per_mm) for side in box)
    bars = (rng.random((1, max(8, (right - left) // 3))) < 0.5).astype(np.uint8) * 215 + 25
    page[top:bottom, left:right] = cv2.resize(bars, (right - left, bottom - top), interpolation=cv2.INTER_NEAREST)[
        ..., None
    ]


def _secure(rng: np.random.Generator, page: Pixels, per_mm: float) -> None:
    """Print one of the security backgrounds lightly over ``page``."""
    mask = SECURITY[str(rng.choice(SECURITY_BACKGROUNDS))](rng, page.shape[:2], per_mm)
    _blend(page, mask, rng.integers(70, 200, 3), float(rng.uniform(0.15, 0.5)))


def _rosettes(rng: np.random.Generator, shape: tuple[int, ...], per_mm: float) -> Pixels:
    mask = np.zeros(shape[:2], np.uint8)
    turns = np.linspace(0, 2 * np.pi, 900)
    for _ in range(int(rng.integers(2, 5))):
        lobes = int(rng.integers(7, 19))
        middle = rng.uniform(0.1, 0.9, 2) * (shape[1], shape[0])
        for ring in np.linspace(8, 34, int(rng.integers(4, 9))) * per_mm * rng.uniform(0.6, 1.1):
            inner = ring * rng.uniform(0.15, 0.35)
            x = middle[0] + ring * np.cos(turns) + inner * np.cos(lobes * turns)
            y = middle[1] + ring * np.sin(turns) - inner * np.sin(lobes * turns)
            curve = np.round(np.stack([x, y], 1) * 8).astype(np.int32)[:, None]
            cv2.polylines(mask, [curve], True, 255, max(1, round(per_mm * 0.12)), cv2.LINE_AA, 3)
    return mask


def _dots(rng: np.random.Generator, shape: tuple[int, ...], per_mm: float) -> Pixels:
    step = max(3.0, per_mm * rng.uniform(0.6, 1.3))
    turn, down = np.deg2rad(rng.uniform(10, 80)), np.float32(2 * np.pi / step)
    y, x = np.arange(shape[0], dtype=np.float32)[:, None] * down, np.arange(shape[1], dtype=np.float32)[None] * down
    c, s = np.float32(np.cos(turn)), np.float32(np.sin(turn))
    # cos a cos b of turned axes, as a sum of two plane waves: each is separable
    first = _wave(x * (c - s), y * (s + c))
    second = _wave(x * (c + s), y * (s - c))
    return np.asarray(np.clip((first + second) * 160 - 20, 0, 255).astype(np.uint8))


def _wave(x: Pixels, y: Pixels) -> Pixels:
    return np.asarray(np.cos(x) * np.cos(y) - np.sin(x) * np.sin(y))


def _microtext(rng: np.random.Generator, shape: tuple[int, ...], per_mm: float) -> Pixels:
    line = Image.new("L", (shape[1] + 200, round(per_mm * 1.6) + 4))
    text = " ".join(word(rng, 2, 3) for _ in range(4)) + " "
    ImageDraw.Draw(line).text((0, 0), text * 12, fill=255, font=page_font(0, 1.1 * per_mm))
    strip = np.asarray(line)
    repeat = strip.shape[0]
    y = np.arange(shape[0], dtype=np.float32)[:, None]
    x = np.arange(shape[1], dtype=np.float32)[None]
    lift = rng.uniform(1, 3) * per_mm * np.sin(x * np.float32(2 * np.pi / (per_mm * rng.uniform(18, 40))))
    rows = (y + lift.astype(np.float32) + 8 * repeat) % repeat
    return cv2.remap(strip, np.broadcast_to(x, shape[:2]).copy(), rows, cv2.INTER_LINEAR)


SECURITY: dict[str, Callable[[np.random.Generator, tuple[int, ...], float], Pixels]] = {
    "hypotrochoid rosettes": _rosettes,
    "dot raster": _dots,
    "microtext waves": _microtext,
}
