"""Training documents, flat: security print, photo, fields, overprint, and the zone with its cells' true places."""

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tools.train_mrz import glyphs, texts
from tools.train_mrz.lists import NEAR_FILES, OCR_B_FILES, SECURITY_BACKGROUNDS, TEXT_FILES

Grey = NDArray[np.float32]  # rows, columns; 0 black to 255 white. Or ink: 0 none to 1 full
Generator = np.random.Generator
LAYOUT_OF = {
    "TD3": "book page",
    "TD1": "card back",
    "TD2": "card front",
    "MRVA": "visa sticker",
    "MRVB": "visa sticker",
    "FRID": "card front",
}
NO_ZONE_LAYOUT = "dense page"
BARE_LAYOUT = "bare zone"
_MM_A_CELL = 2.54
_SIZES_MM = {
    "TD3": (125, 88),
    "TD1": (85.6, 54),
    "TD2": (105, 74),
    "MRVA": (120, 80),
    "MRVB": (105, 74),
    "FRID": (105, 74),
}
_WORDS_SIZE = 28  # pixels, before words are fitted to their place
_WORDS_HEIGHT = 40
_FRESH_WORDS, _MOST_WORDS = 400, 1200  # masks drawn before any is used again; masks kept


@dataclass
class Page:
    """A flat document. Places are in pixels of ``grey``."""

    grey: Grey
    layout: str = NO_ZONE_LAYOUT
    kind: str = "NONE"
    lines: list[str] = field(default_factory=list)
    centres: NDArray[np.float32] = field(default_factory=lambda: np.zeros((0, 0, 2), np.float32))  # line, column, x, y
    pitch: float = 0.0
    other_text: list[tuple[float, float, float, float]] = field(default_factory=list)  # left, top, width, height


def draw(rng: Generator, pitch: float, with_zone: bool = True) -> Page:
    """Return a document whose zone has ``pitch`` pixels a character."""
    kind, lines = texts.zone(rng)
    wide, high = _SIZES_MM[kind]
    mm = pitch / _MM_A_CELL
    bare = rng.random() < 0.07
    width = round(wide * mm * rng.uniform(0.97, 1.06))
    width = max(width, round(pitch * (len(lines[0]) + rng.uniform(0.8, 3))))
    height = round(high * mm * rng.uniform(0.9, 1.15)) if not bare else round(pitch * rng.uniform(7, 14))
    page = Page(paper_of(rng, width, height))
    if with_zone:
        page.layout = BARE_LAYOUT if bare else LAYOUT_OF[kind]
    if not bare:
        clear = len(lines) * 2.4 * pitch + 2.5 * pitch if with_zone and rng.random() < 0.88 else 0.0
        _furnish(rng, page, mm, height - clear)
    if with_zone:
        _print_zone(rng, page, kind, lines, pitch, bare)
    else:
        _dense_text(rng, page, pitch)
    if rng.random() < 0.3:
        _overprint(rng, page)
    return page


def paper_of(rng: Generator, width: int, height: int) -> Grey:
    """Return a page with nothing on it but one of ``SECURITY_BACKGROUNDS``."""
    base = rng.uniform(150, 252)
    paper = np.full((height, width), base, np.float32)
    way = SECURITY_BACKGROUNDS[int(rng.integers(0, len(SECURITY_BACKGROUNDS)))]
    depth = rng.uniform(3, 26)
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    if way == "sine waves":
        wave = rng.uniform(5, 40)
        paper += depth * np.sin(rows / rng.uniform(1.5, 9) + rng.uniform(0.5, 6) * np.sin(columns / wave))
    elif way == "clouds":
        paper += clouds(rng, width, height, rng.uniform(8, 60)) * depth * 2
    elif way == "stripes":
        angle = rng.uniform(0, np.pi)
        paper += depth * np.sign(np.sin((columns * np.cos(angle) + rows * np.sin(angle)) / rng.uniform(3, 30)))
    elif way == "line lattice":
        for _ in range(2):
            angle = rng.uniform(0, np.pi)
            lattice = np.sin((columns * np.cos(angle) + rows * np.sin(angle)) / rng.uniform(1.2, 5))
            paper -= depth * 1.4 * (lattice > rng.uniform(0.5, 0.9))
    if rng.random() < 0.4:
        paper += clouds(rng, width, height, rng.uniform(30, 200)) * rng.uniform(5, 45)
    return paper


def clouds(rng: Generator, width: int, height: int, grain: float) -> Grey:
    """Return soft noise around 0, about 1 deep, in blots of about ``grain`` pixels."""
    small = rng.standard_normal((max(2, round(height / grain) + 2), max(2, round(width / grain) + 2))).astype(
        np.float32
    )
    return np.asarray(cv2.resize(small, (width, height), interpolation=cv2.INTER_CUBIC), np.float32)


@cache
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


_BANK: list[tuple[Grey, bool]] = []


def forget_words() -> None:
    """Forget the words drawn so far; the scene that follows is then the one a new process draws."""
    _BANK.clear()


def words_mask(rng: Generator, long: bool) -> Grey:
    """Return the ink of some words at 28 pixels; drawn ones are used again once there are enough."""
    fitting = [mask for mask, is_long in _BANK if is_long == long] if len(_BANK) > _FRESH_WORDS else []
    if fitting and rng.random() < 0.97:
        return fitting[int(rng.integers(0, len(fitting)))]
    font = _font(TEXT_FILES[int(rng.integers(0, len(TEXT_FILES)))], _WORDS_SIZE)
    text = texts.sentence(rng) if long else texts.words(rng)
    box = font.getbbox(text)
    picture = Image.new("L", (int(box[2]) + 4, _WORDS_HEIGHT), 0)
    ImageDraw.Draw(picture).text((2, 2), text, font=font, fill=255)
    mask = np.asarray(np.asarray(picture, np.float32) / 255, np.float32)
    if len(_BANK) < _MOST_WORDS:
        _BANK.append((mask, long))
    return mask


def _write(rng: Generator, page: Page, x: float, y: float, size: float, dark: float, long: bool = False) -> float:
    """Write words at a place; return their width."""
    mask = words_mask(rng, long)
    scale = size / _WORDS_SIZE
    room = (max(2, round(mask.shape[1] * scale)), max(2, round(_WORDS_HEIGHT * scale)))
    fitted = np.asarray(cv2.resize(mask, room, interpolation=cv2.INTER_AREA), np.float32)
    _ink(page.grey, fitted, round(x), round(y), dark)
    page.other_text.append((x, y, fitted.shape[1], fitted.shape[0]))
    return float(fitted.shape[1])


def _ink(grey: Grey, mask: Grey, x: int, y: int, dark: float, strength: float = 1.0) -> None:
    top, left = max(0, y), max(0, x)
    bottom, right = min(grey.shape[0], y + mask.shape[0]), min(grey.shape[1], x + mask.shape[1])
    if bottom <= top or right <= left:
        return
    part = mask[top - y : bottom - y, left - x : right - x] * strength
    place = grey[top:bottom, left:right]
    place += (dark - place) * part


def _furnish(rng: Generator, page: Page, mm: float, bottom: float) -> None:
    """Put photo, fields, a signature and the like on a page, most of it above ``bottom``."""
    if rng.random() < 0.75:
        _portrait(rng, page, mm, bottom)
    if rng.random() < 0.7:  # the title
        x, y = rng.uniform(2, 30) * mm, rng.uniform(1, 4) * mm
        _write(rng, page, x, y, rng.uniform(2.5, 5) * mm, rng.uniform(0, 120))
    _fields(rng, page, mm, bottom)
    if rng.random() < 0.3:
        _signature(rng, page, mm, bottom)
    if rng.random() < 0.2:
        _bars(rng, page, mm)
    if rng.random() < 0.15:
        _patch(rng, page)


def _portrait(rng: Generator, page: Page, mm: float, bottom: float) -> None:
    """Put head and shoulders of nobody on a page."""
    w, h = round(rng.uniform(22, 36) * mm), round(min(rng.uniform(28, 46) * mm, max(bottom - 10 * mm, 12 * mm)))
    x, y = round(rng.choice([rng.uniform(2, 8), rng.uniform(45, 80)]) * mm), round(rng.uniform(6, 18) * mm)
    photo = rng.uniform(90, 230) + clouds(rng, w, h, rng.uniform(6, 30)) * 20
    cv2.ellipse(photo, (w // 2, round(h * 0.45)), (w // 4, h // 4), 0, 0, 360, rng.uniform(120, 220), -1)
    cv2.ellipse(photo, (w // 2, round(h * 0.25)), (w // 3, h // 6), 0, 0, 360, rng.uniform(10, 110), -1)
    cv2.ellipse(photo, (w // 2, h), (w // 2, h // 4), 0, 0, 360, rng.uniform(10, 200), -1)
    place = page.grey[y : y + h, x : x + w]
    place[:] = photo[: place.shape[0], : place.shape[1]]


def _fields(rng: Generator, page: Page, mm: float, bottom: float) -> None:
    """Put labels and what was filled in under them on a page."""
    left = rng.uniform(2, 46) * mm
    step = rng.uniform(4, 9) * mm
    for y in np.arange(rng.uniform(6, 12) * mm, bottom * rng.uniform(0.55, 1.0) - 3.5 * mm, step):
        dark = rng.uniform(10, 110)
        across = _write(rng, page, left, y, rng.uniform(1.4, 2.2) * mm, dark + 40)
        beside = across + 2 * mm if rng.random() < 0.2 else 0
        _write(rng, page, left + beside, y + 1.8 * mm, rng.uniform(2.2, 3.6) * mm, dark)
        if rng.random() < 0.35:
            _write(rng, page, left + rng.uniform(30, 60) * mm, y + 1.8 * mm, rng.uniform(2.0, 3.4) * mm, dark)


def _signature(rng: Generator, page: Page, mm: float, bottom: float) -> None:
    width = page.grey.shape[1]
    path = np.cumsum(rng.normal(0, 3 * mm, (14, 2)) + np.array([1.2 * mm, 0]), axis=0)
    points = (path + rng.uniform(0.2, 0.7, 2) * (width, bottom)).astype(np.int32)
    cv2.polylines(page.grey, [points], False, rng.uniform(10, 100), max(1, round(0.3 * mm)), cv2.LINE_AA)


def _bars(rng: Generator, page: Page, mm: float) -> None:
    """Put a bar code of one line or of squares on a page."""
    x, y = round(rng.uniform(0, 40) * mm), round(rng.uniform(2, 20) * mm)
    w, h = round(rng.uniform(25, 45) * mm), round(rng.uniform(5, 12) * mm)
    rows = max(2, round(h / rng.uniform(2, 9))) if rng.random() < 0.6 else 1
    cells = (rows, max(8, round(w / rng.uniform(1.5, 4))))
    bars = cv2.resize((rng.random(cells) < 0.5).astype(np.float32), (w, h), interpolation=cv2.INTER_NEAREST)
    _ink(page.grey, np.asarray(bars, np.float32), x, y, 20)


def _patch(rng: Generator, page: Page) -> None:
    height, width = page.grey.shape
    x, y = rng.uniform(0, 0.6) * width, rng.uniform(0, 0.5) * height
    w, h = rng.uniform(0.1, 0.4) * width, rng.uniform(0.03, 0.2) * height
    cv2.rectangle(page.grey, (int(x), int(y)), (int(x + w), int(y + h)), rng.uniform(0, 200), -1)


def _print_zone(rng: Generator, page: Page, kind: str, lines: list[str], pitch: float, bare: bool) -> None:
    near = rng.random() < 0.17
    files = NEAR_FILES if near else OCR_B_FILES
    path = files[int(rng.integers(0, len(files)))]
    if path.name == "OCRBL.otf" and rng.random() < 0.7:
        path = OCR_B_FILES[0]
    low, high = (1.75, 2.7) if kind == "TD1" else (1.8, 3.1)
    stretch = (rng.uniform(0.86, 1.12), rng.uniform(0.82, 1.18))
    ink, centres = glyphs.block(
        lines, path, pitch, pitch * rng.uniform(low, high), stretch, float(rng.normal(0, 0.5)), rng
    )
    height, width = page.grey.shape
    room = max(0, width - ink.shape[1])
    aside = rng.uniform(-0.5, 0.5) * room * 0.8 if ink.shape[1] < width else 0.0
    x = round((width - ink.shape[1]) / 2 + aside)
    bottom = rng.uniform(-0.3, 3.2) * pitch if not bare else rng.uniform(0, 2) * pitch
    y = round(height - ink.shape[0] - bottom)
    if rng.random() < 0.05:
        y = round(rng.uniform(0, max(1, height - ink.shape[0])))
    y = max(y, -round(pitch * 0.5))
    if rng.random() < 0.45:  # a clear band under the zone
        top = max(0, y - round(pitch * rng.uniform(0, 2)))
        band = page.grey[top:, :]
        band += (rng.uniform(190, 252) - band) * np.float32(rng.uniform(0.6, 1.0))
    here = page.grey[max(0, y) : y + ink.shape[0]]
    light = float(np.median(here)) if here.size else 200.0
    dark = light - max(60.0, min(light, rng.uniform(0.4, 1.0) * light))
    if rng.random() < 0.25:
        ink = _defects(rng, ink, pitch)
    _ink(page.grey, ink, x, y, dark, rng.uniform(0.8, 1.0))
    page.kind, page.lines, page.pitch = kind, lines, pitch
    page.centres = centres + np.array([x, y], np.float32)
    box = (x, y, ink.shape[1], ink.shape[0])
    page.other_text = [text for text in page.other_text if not _meet(text, box)]


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (
        one[0] < other[0] + other[2]
        and other[0] < one[0] + one[2]
        and one[1] < other[1] + other[3]
        and other[1] < one[1] + one[3]
    )


def _defects(rng: Generator, ink: Grey, pitch: float) -> Grey:
    """Return ink as a worn ribbon or a matrix printer leaves it."""
    return dot_printing(rng, ink, pitch) if rng.random() < 0.25 and pitch > 11 else ink_dropout(rng, ink, pitch)


def dot_printing(rng: Generator, ink: Grey, pitch: float) -> Grey:
    """Return ink of dots, six to nine a character."""
    step = pitch / rng.uniform(6, 9)
    rows, columns = np.mgrid[0 : ink.shape[0], 0 : ink.shape[1]].astype(np.float32)
    dots = (np.cos(rows * 2 * np.pi / step) + np.cos(columns * 2 * np.pi / step)) * 0.25 + 0.75
    return np.asarray(ink * np.clip(dots * 1.3, 0, 1), np.float32)


def ink_dropout(rng: Generator, ink: Grey, pitch: float) -> Grey:
    """Return ink that is paler in blots smaller than a character."""
    loss = clouds(rng, ink.shape[1], ink.shape[0], max(1.5, pitch * rng.uniform(0.08, 0.4)))
    return np.asarray(ink * np.clip(1.0 + loss * rng.uniform(0.1, 0.3), 0.25, 1), np.float32)


def _dense_text(rng: Generator, page: Page, pitch: float) -> None:
    """Fill a page without a zone with what could be taken for one."""
    height, width = page.grey.shape
    size = pitch * rng.uniform(0.7, 1.8)
    for y in np.arange(rng.uniform(0, 0.4) * height, height, size * rng.uniform(1.3, 2.4)):
        x = rng.uniform(0, 0.1) * width
        dark = rng.uniform(0, 90)
        while x < width * 0.8:
            x += _write(rng, page, x, y, size, dark, long=rng.random() < 0.6) + size * 0.5


def _overprint(rng: Generator, page: Page) -> None:
    """Lay a stamp, SPECIMEN or a mark over the page, faintly where it meets the zone."""
    height, width = page.grey.shape
    coat = np.zeros((height, width), np.uint8)
    if rng.random() < 0.5:
        size = rng.uniform(0.4, 1.6) * width / 400
        cv2.putText(
            coat, "SPECIMEN", (round(rng.uniform(-0.1, 0.3) * width), round(rng.uniform(0.3, 0.9) * height)),
            cv2.FONT_HERSHEY_SIMPLEX, size * 2, 255, max(1, round(size * 4)), cv2.LINE_AA,
        )  # fmt: skip
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-20, 40), 1)
        coat = np.asarray(cv2.warpAffine(coat, turn, (width, height)), np.uint8)
    else:
        centre = (round(rng.uniform(0, 1) * width), round(rng.uniform(0, 1) * height))
        for radius in (0.1, 0.13):
            cv2.circle(coat, centre, round(radius * width), 255, max(1, round(width / 300)), cv2.LINE_AA)
    strength = np.float32(rng.uniform(0.1, 0.45))
    page.grey += (rng.uniform(60, 200) - page.grey) * (coat * (strength / 255))
