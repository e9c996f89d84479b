"""The bundled fonts, embedded in every paper: the PDF looks the same on a machine that has none of them."""

from enum import StrEnum
from functools import cache
from threading import Lock

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFError, TTFont

from bmis.kernel.resources import resource
from bmis.paper.errors import PaperFontError


class Face(StrEnum):
    """A font as ReportLab knows it; the value is also the name of its file."""

    REGULAR = "Inter-Regular"
    SEMIBOLD = "Inter-SemiBold"
    BOLD = "Inter-Bold"
    OCRB = "OCRB"


_registering = Lock()


def register_fonts() -> None:
    """Return with every face known to ReportLab.

    Raises:
        PaperFontError: a file is missing or is not a font.
    """
    with _registering:
        for face in Face:
            _registered(face)


@cache
def _registered(face: Face) -> frozenset[int]:
    path = resource("fonts", f"{face.value}.ttf")
    try:
        font = TTFont(face.value, str(path))
    except (TTFError, OSError) as error:
        raise PaperFontError(font=path.name) from error
    pdfmetrics.registerFont(font)
    return frozenset(font.face.charToGlyph)


def characters_of(face: Face) -> frozenset[int]:
    """Return the code points that the face can draw.

    Raises:
        PaperFontError: its file is missing or is not a font.
    """
    return _registered(face)


def width_of(text: str, face: Face, size: float) -> float:
    """Return the width of ``text`` in points."""
    _registered(face)
    return float(pdfmetrics.stringWidth(text, face.value, size))


SMALLEST = 4.5  # points: below it nobody reads


def fitted(text: str, room: float, size: float) -> tuple[str, float]:
    """Return the text and the size at which it fits ``room``; beyond the smallest size its end becomes an ellipsis."""
    beyond = int(room / SMALLEST * 5)  # no letter is narrower than a fifth of an em
    if len(text) > beyond:
        text = f"{text[:beyond]}…"
    while size > SMALLEST and width_of(text, Face.REGULAR, size) > room:
        size -= 0.2
    if width_of(text, Face.REGULAR, size) <= room:
        return text, size
    while text and width_of(f"{text}…", Face.REGULAR, size) > room:
        text = text[:-1]
    return f"{text}…", size
