"""Specimen documents of every kind, laid on a desk as a test wants them, with the true place of their zones."""

from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image, ImageDraw

from bmis.capture.frame import Frame, pixels_of
from bmis.capture.own_reader import OwnReader
from bmis.kernel.resources import resource
from tools.specimens import compose_mrz, pages, people
from tools.specimens.fonts import font, ocr_b_at_pitch

DESK = (88, 82, 76)
KINDS = ("TD3", "TD1", "TD2", "MRVA", "MRVB", "FRID")
_LINE_MM = {"TD1": 5.3}
_BOTTOM_MM = {"TD3": 8.5, "TD1": 5.0, "TD2": 7.0, "MRVA": 8.0, "MRVB": 7.0, "FRID": 7.0}


def models():
    """Return the folder of the nets that the product brings."""
    return resource("models", "mrz")


def own_reader():
    """Return the reader with those nets."""
    return OwnReader(models())


@dataclass(frozen=True)
class Drawn:
    """A document, flat: its picture, its lines, and the corners of the text, clockwise from its upper left."""

    kind: str
    lines: tuple[str, ...]
    picture: Image.Image
    corners: tuple[tuple[float, float], ...]

    @property
    def pitch(self) -> float:
        """Return the pixels from one character to the next."""
        return (self.corners[1][0] - self.corners[0][0]) / len(self.lines[0])


def drawn(kind, person=None, lines=None):
    """Return a document of ``kind`` as the specimens have it, of another person or with other lines if asked."""
    compose = {
        "TD3": (compose_mrz.td3, people.MACHAVA),
        "TD1": (compose_mrz.td1, people.NHANTUMBO),
        "TD2": (compose_mrz.td2, people.MUCAVELE),
        "MRVA": (compose_mrz.mrv_a, people.CHISSICO),
        "MRVB": (compose_mrz.mrv_b, people.GOVE),
        "FRID": (compose_mrz.frid, people.BERTIN),
    }
    composed, usual = compose[kind]
    person = person or usual
    lines = tuple(lines or composed(person))
    if kind == "TD3":
        sheet = pages.passport(person, lines)
    elif kind == "TD1":
        sheet = pages.card_back(lines)
    elif kind == "MRVA":
        sheet = pages.visa(person, lines)
    else:
        sheet = pages.small_document(person, lines, {"TD2": "DOCUMENTO", "MRVB": "VISTO"}.get(kind, "CARTE"), "green")
    return Drawn(kind, lines, sheet, _corners(sheet, kind, lines))


def _corners(sheet, kind, lines):
    """Half a cell beyond the ends, 0.7 of one above and below the middle of the glyphs, which ``write_mrz`` places."""
    pitch = pages.PITCH_MM * pages.PX_PER_MM
    below = sheet.height - _BOTTOM_MM[kind] * pages.PX_PER_MM
    above = below - (len(lines) - 1) * _LINE_MM.get(kind, pages.LINE_MM) * pages.PX_PER_MM
    middle = 0.48 * pitch  # a capital's half height in OCR-B, above its baseline
    left = (sheet.width - len(lines[0]) * pitch) / 2
    right = left + len(lines[0]) * pitch
    top, bottom = above - middle - 0.7 * pitch, below - middle + 0.7 * pitch
    return (left, top), (right, top), (right, bottom), (left, bottom)


def laid(one, size=(1280, 960), width=960, degrees=0.0, centre=(0.5, 0.5), under=None):
    """Return a picture of the desk with the document ``width`` pixels wide and turned clockwise; and its corners."""
    scale = width / one.picture.width
    sheet = np.asarray(one.picture.convert("RGB"))
    if scale < 1:
        sheet = cv2.resize(sheet, (width, round(one.picture.height * scale)), interpolation=cv2.INTER_AREA)
    scale_x, scale_y = width / one.picture.width, sheet.shape[0] / one.picture.height if scale < 1 else scale
    ways = np.deg2rad(degrees)
    turn = np.array([[np.cos(ways), -np.sin(ways)], [np.sin(ways), np.cos(ways)]])
    place = np.array(centre) * size
    rest = 1.0 if scale < 1 else scale
    shift = place - turn @ (np.array([sheet.shape[1], sheet.shape[0]]) * rest / 2)
    desk = np.full((size[1], size[0], 3), DESK, np.uint8) if under is None else np.asarray(under).copy()
    cv2.warpAffine(
        sheet, np.hstack([turn * rest, shift[:, None]]), size, dst=desk,
        flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_TRANSPARENT,
    )  # fmt: skip
    corners = np.array(one.corners) * (scale_x, scale_y)
    return Image.fromarray(desk), corners @ turn.T + shift


def frame_of(picture, clock):
    """Return the frame that a camera would give of ``picture``."""
    return Frame.of_pixels(pixels_of(picture), clock(), "test")


def page_of_text(seed, size=(1000, 1300)):
    """Return a printed page of words and numbers in capitals and small letters, in a type that is no OCR-B."""
    chance = np.random.default_rng(seed)
    sheet = Image.new("RGB", size, (244, 242, 236))
    pen = ImageDraw.Draw(sheet)
    letters = list("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 abcdefghijklmnopqrstuvwxyz    ")
    for row in range(40, size[1] - 40, 30):
        text = "".join(chance.choice(letters, 70))
        pen.text((40, row), text, font=font("text", 20), fill=(30, 30, 34))
    return sheet


def page_in_ocr_b(seed, size=(1100, 1300)):
    """Return a page of words in the zone's own type and pitch, as forms and payment slips have it."""
    chance = np.random.default_rng(seed)
    pitch, across = float(chance.uniform(9, 20)), int(chance.integers(20, 60))
    letters = ocr_b_at_pitch(pitch)
    sheet = Image.new("RGB", size, (244, 242, 236))
    pen = ImageDraw.Draw(sheet)
    for row in np.arange(40, size[1] - 40, pitch * chance.uniform(1.7, 3)):
        text = chance.choice(list("ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789        "), across)
        for at, char in enumerate(text[: int((size[0] - 60) / pitch)]):
            pen.text((40 + (at + 0.5) * pitch, row), char, font=letters, fill=(30, 30, 34), anchor="ms")
    return sheet
