"""PDF417, QR and Aztec codes in a picture. Their payloads are untrusted: told apart, never opened, run or followed."""

import re
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import islice

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from bmis.capture.boxes import Quad
from bmis.capture.frame import Frame, fitted
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.swipe_text import framed_zone
from bmis.documents.seals.shown import looks_like_seal
from bmis.kernel.clearance_token import looks_like_token

MOST_CODES = 8  # of one picture; a document carries one or two
LONGEST_PAYLOAD = 4096  # bytes; the largest QR code holds 2953
_MOST_SIDE = 2600  # pixels; the worst picture that was found takes under a second at this size
BUDGET_S = 0.4
_PDF417_TURNS = (
    12,
    -12,
    24,
    -24,
    36,
    -36,
    45,
)  # its rows must lie within 6 degrees of the picture's; others may lie anyhow
_LONGEST_SHOWN = 200
_FORMATS, _QR, _PDF417 = ("PDF417", "QRCode", "Aztec"), ("QRCode",), ("PDF417",)
_AS_IT_IS = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
_LEAST_SEAL = 40  # characters; a signature alone has 96 in base45
_BASE45 = {char: value for value, char in enumerate("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")}  # RFC 9285
_URL = re.compile(r"(?:https?|ftp|mailto|tel|intent|javascript|data|file):", re.IGNORECASE)
_AAMVA = re.compile(r"@\r?\n[\x1c-\x1e]\r?(?:ANSI |AAMVA)", re.ASCII)  # AAMVA DL/ID Card Design Standard 2020, D.12.3
# IATA Resolution 792: format, legs, name, e-ticket, reference, from, to, carrier, flight, day of the year
_BCBP = re.compile(r"M[1-4][A-Z][A-Z/ .'-]{19}[E ].{7}[A-Z]{6}[A-Z0-9 ]{3}[0-9A-Z ]{5}[0-9]{3}", re.ASCII)


class CodeKind(StrEnum):
    """What a payload looks like; whether it is genuine is for others to prove."""

    MRZ = "mrz"  # the lines of a machine-readable zone
    HC1 = "hc1"  # a digital health certificate
    BASE45 = "base45"  # a seal in RFC 9285 text
    AAMVA = "aamva"  # a driving licence of North America
    BCBP = "bcbp"  # a boarding pass
    URL = "url"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Code:
    """One code. ``shown`` is safe on a screen; ``payload`` is what was read, to the byte."""

    format: str  # PDF417, QR Code, Aztec
    payload: bytes
    kind: CodeKind
    quad: Quad

    @property
    def text(self) -> str:
        """Return the payload as text, exactly: UTF-8, else Latin-1. It may hold control characters."""
        return _text(self.payload)

    @property
    def shown(self) -> str:
        """Return its beginning for a person: control and direction characters are replaced."""
        head = self.text[:_LONGEST_SHOWN]
        return "".join("\ufffd" if unicodedata.category(char)[0] in "CZ" and char != " " else char for char in head)


_Look = tuple[NDArray[np.uint8], NDArray[np.float64], tuple[str, ...]]  # a picture, the way back from it, what to seek


def read_codes(frame: Frame, budget_s: float = BUDGET_S) -> Sequence[Code]:
    """Return the codes in view, at most ``MOST_CODES``; a large picture is shrunk first.

    A picture that shows none is looked at again, softened and turned, while less than ``budget_s`` have passed.
    """
    begun = time.monotonic()
    light, scale = _light(frame)
    for look, back, formats in _looks(light):
        found = tuple(islice(_read(look, back * scale, formats), MOST_CODES))
        if found or time.monotonic() - begun > budget_s:
            return found
    return ()


@dataclass(frozen=True, slots=True)
class Shown:
    """What travellers show beside their documents, each text once; untrusted. ``repr`` does not tell it."""

    tokens: tuple[str, ...] = field(default=(), repr=False)  # meant as health tokens
    seals: tuple[str, ...] = field(default=(), repr=False)  # meant as seals of border passes


def read_shown(frame: Frame) -> Shown:
    """Return the texts in QR codes that are meant for the lane: one quick look, for every camera frame.

    Every other code is left alone: it is no business of the lane.
    """
    light, scale = _light(frame)
    texts = tuple(dict.fromkeys(code.text for code in islice(_read(light, _AS_IT_IS * scale, _QR), MOST_CODES)))
    return Shown(tuple(filter(looks_like_token, texts)), tuple(filter(looks_like_seal, texts)))


def read_tokens(frame: Frame) -> tuple[str, ...]:
    """Return the texts in QR codes that are meant as health tokens, each once."""
    return read_shown(frame).tokens


def without_tokens(frame: Frame) -> Frame:
    """Return the frame with every health token painted over, and every QR code that cannot be read: it may be one.

    What is stored of a traveller must not hold the code of port health.
    """
    from bmis.capture import opencv

    light, scale = _light(frame)
    found = [
        (code, tuple(_moved(point.x, point.y, _AS_IT_IS * scale) for point in _corners(code)))
        for look in (light, opencv.softened(light))
        for code in zxingcpp.read_barcodes(look, formats=_wanted(_QR), return_errors=True)
    ]
    told = [Quad(*place).bounds for code, place in found if code.valid and not _is_token(code)]
    hidden = [
        place
        for code, place in found
        if _is_token(code) or not (code.valid or any(box.meets(Quad(*place).bounds) for box in told))
    ]
    return frame.painted_over(hidden) if hidden else frame


def _is_token(code: zxingcpp.Barcode) -> bool:
    return code.valid and looks_like_token(_text(bytes(code.bytes)))


def _light(frame: Frame) -> tuple[NDArray[np.uint8], float]:
    """Return the frame's light at a size that can be looked at quickly, and the way back to its pixels."""
    from bmis.capture import opencv  # loaded with the first picture, not with the program

    width, height = fitted(frame.width, frame.height, _MOST_SIDE, _MOST_SIDE)
    pixels = frame.bgr()
    if (width, height) != (frame.width, frame.height):
        pixels = opencv.resized(pixels, width, height)
    return opencv.grey(pixels), frame.width / width


def _corners(code: zxingcpp.Barcode) -> tuple[zxingcpp.Point, ...]:
    at = code.position
    return at.top_left, at.top_right, at.bottom_right, at.bottom_left


def _looks(light: NDArray[np.uint8]) -> Iterator[_Look]:
    """Yield ways to look at a picture, the cheap and likely ones first."""
    from bmis.capture import opencv

    yield light, _AS_IT_IS, _FORMATS
    yield opencv.softened(light), _AS_IT_IS, _FORMATS
    for degrees in _PDF417_TURNS:
        yield (*opencv.turned_by(light, degrees), _PDF417)


def _read(light: NDArray[np.uint8], back: NDArray[np.float64], formats: tuple[str, ...]) -> Iterator[Code]:
    for code in zxingcpp.read_barcodes(light, formats=_wanted(formats)):
        payload = bytes(code.bytes)
        if code.valid and 0 < len(payload) <= LONGEST_PAYLOAD:
            quad = Quad(*(_moved(point.x, point.y, back) for point in _corners(code)))
            yield Code(str(code.format), payload, kind_of(payload), quad)


def _wanted(formats: tuple[str, ...]) -> zxingcpp.BarcodeFormats:
    return zxingcpp.BarcodeFormats(tuple(getattr(zxingcpp.BarcodeFormat, name) for name in formats))


def _moved(x: float, y: float, way: NDArray[np.float64]) -> tuple[float, float]:
    across, down = way @ (x, y, 1.0)
    return float(across), float(down)


def kind_of(payload: bytes) -> CodeKind:
    """Return what the payload looks like."""
    text = _text(payload[:LONGEST_PAYLOAD])
    if _zone(text):
        return CodeKind.MRZ
    if text.startswith("HC1:") and _is_base45(text[4:]):
        return CodeKind.HC1
    if _URL.match(text.strip()):
        return CodeKind.URL
    if _AAMVA.match(text):
        return CodeKind.AAMVA
    if _BCBP.match(text):
        return CodeKind.BCBP
    if len(text) >= _LEAST_SEAL and _is_base45(text):
        return CodeKind.BASE45
    return CodeKind.UNKNOWN


def mrz_in_code(code: Code) -> tuple[str, ...] | None:
    """Return the lines of the zone that the payload carries; nothing where it carries none."""
    return _zone(code.text) or None


class CodeReader:
    """An MrzReader of zones that documents carry in a code. A code is copied as easily as print: it proves nothing."""

    name = "code"

    def read(self, frame: Frame) -> Sequence[MrzReading]:
        """Return one reading for each zone found in a code; its box is unknown, for the print stands elsewhere."""
        begun, cpu = time.monotonic(), time.process_time()
        zones = list(dict.fromkeys(lines for code in read_codes(frame) if (lines := mrz_in_code(code))))
        ms, cpu_ms = round((time.monotonic() - begun) * 1000), round((time.process_time() - cpu) * 1000)
        return tuple(
            MrzReading(lines, tuple((1.0,) * len(line) for line in lines), (), None, self.name, ms, cpu_ms)
            for lines in zones
        )

    def close(self) -> None:
        """Nothing is held."""


def _zone(text: str) -> tuple[str, ...]:
    return framed_zone(text[:LONGEST_PAYLOAD]) if text.isascii() else ()


def _text(payload: bytes) -> str:
    try:
        return payload.decode("utf-8")
    except UnicodeDecodeError:
        return payload.decode("latin-1")


def _is_base45(text: str) -> bool:
    """Return whether every three characters are two bytes and the last two are one (RFC 9285, 4)."""
    if not text or len(text) % 3 == 1 or any(char not in _BASE45 for char in text):
        return False
    for at in range(0, len(text), 3):
        value = sum(_BASE45[char] * 45**power for power, char in enumerate(text[at : at + 3]))
        if value > (0xFFFF if len(text) - at >= 3 else 0xFF):
            return False
    return True
