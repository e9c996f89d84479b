"""Codes that seals are printed as: a quick look for QR first, then Data Matrix, then every other way of looking."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

import numpy as np
import zxingcpp
from numpy.typing import NDArray

from bmis.capture.boxes import Quad
from bmis.capture.codes import BUDGET_S, LONGEST_PAYLOAD, MOST_CODES, Code, kind_of, read_codes
from bmis.capture.frame import Frame, fitted

MOST_FRAMES = 60  # of a film or a document of many pages that are looked at
_MOST_SIDE = 2600  # pixels
_SMALL_SIDE = 1600  # a smaller picture is looked at again, enlarged: modules of two pixels are too few
_QR = zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode)
_PRINTED = zxingcpp.BarcodeFormats(
    (zxingcpp.BarcodeFormat.QRCode, zxingcpp.BarcodeFormat.DataMatrix, zxingcpp.BarcodeFormat.Aztec)
)


def read_seal_codes(frame: Frame, budget_s: float = BUDGET_S) -> Sequence[Code]:
    """Return the codes in view, at most ``MOST_CODES``. What a lane shows most, a QR code, costs one look."""
    from bmis.capture import opencv  # loaded with the first picture, not with the program

    width, height = fitted(frame.width, frame.height, _MOST_SIDE, _MOST_SIDE)
    light = frame.grey()
    if (width, height) != (frame.width, frame.height):
        light = opencv.resized(light, width, height)
    scale = frame.width / width
    found = _found(light, scale, _QR) or _found(light, scale, _PRINTED)
    if not found and max(width, height) < _SMALL_SIDE:
        found = _found(opencv.resized(light, width * 2, height * 2), scale / 2, _PRINTED)
    return found or read_codes(frame, budget_s)


def first_codes(frames: Iterable[Frame]) -> Sequence[Code]:
    """Return the codes of the first picture that shows any, of the first ``MOST_FRAMES``."""
    return next((found for frame in islice(frames, MOST_FRAMES) if (found := read_seal_codes(frame))), ())


def _found(light: NDArray[np.uint8], scale: float, formats: zxingcpp.BarcodeFormats) -> tuple[Code, ...]:
    return tuple(islice(_codes(light, scale, formats), MOST_CODES))


def _codes(light: NDArray[np.uint8], scale: float, formats: zxingcpp.BarcodeFormats) -> Iterator[Code]:
    for code in zxingcpp.read_barcodes(light, formats=formats):
        payload = bytes(code.bytes)
        if code.valid and 0 < len(payload) <= LONGEST_PAYLOAD:
            at = code.position
            corners = (at.top_left, at.top_right, at.bottom_right, at.bottom_left)
            quad = Quad(*((point.x * scale, point.y * scale) for point in corners))
            yield Code(str(code.format), payload, kind_of(payload), quad)
