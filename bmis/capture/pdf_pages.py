"""The pages of an untrusted PDF as pictures, by PDFium: scripts do not run, forms are not filled, sizes are bounded."""

from collections.abc import Iterator

import numpy as np
import pypdfium2
from pypdfium2 import raw

from bmis.capture.errors import FileLockedError, PdfDamagedError, PdfEmptyError
from bmis.capture.frame import Frame
from bmis.capture.images import MIN_SIDE
from bmis.kernel.clock import Clock

MAX_PAGES = 12  # looked at in one PDF
DOTS_AN_INCH = 240  # a character of a zone (ICAO 9303-3, 4.4: 2.54 mm wide) is then 24 pixels wide
MAX_PAGE_PIXELS = 9_000_000  # A4 at 240 dpi has 5.6 million; a larger sheet is drawn coarser
_POINTS_AN_INCH = 72


def decode_pdf(untrusted: bytes, clock: Clock, source: str) -> Iterator[Frame]:
    """Yield the first 12 pages, drawn at 240 dots an inch or at nine megapixels, whichever is less.

    Facts: ``format``, ``page`` from 1, ``width`` and ``height`` as drawn.

    Raises:
        FileLockedError: it asks for a password. PdfDamagedError: it cannot be opened, or its first page not be drawn.
        PdfEmptyError: it has no page.
    """
    handle = raw.FPDF_LoadMemDocument64(untrusted, len(untrusted), None)  # needs ``untrusted`` until it is closed
    if not handle:
        locked = raw.FPDF_GetLastError() in {raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY}
        raise FileLockedError if locked else PdfDamagedError
    document = pypdfium2.PdfDocument(handle)
    try:
        count = len(document)
        if count < 1:
            raise PdfEmptyError
        drawn = 0
        for at in range(min(count, MAX_PAGES)):
            pixels = _drawn(document, at)
            if pixels is None:  # one broken page leaves the others
                continue
            drawn += 1
            height, width = pixels.shape[:2]
            facts: dict[str, str | int] = {"format": "PDF", "page": at + 1, "width": width, "height": height}
            yield Frame.of_pixels(pixels, clock(), source, at, facts)
        if not drawn:
            raise PdfDamagedError
    finally:
        document.close()


def page_count(pdf: bytes) -> int:
    """Return how many pages a PDF of our own has. Raises PdfDamagedError: it cannot be opened."""
    handle = raw.FPDF_LoadMemDocument64(pdf, len(pdf), None)
    if not handle:
        raise PdfDamagedError
    document = pypdfium2.PdfDocument(handle)
    try:
        return len(document)
    finally:
        document.close()


def _drawn(document: pypdfium2.PdfDocument, at: int) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]] | None:
    try:
        page = document[at]
        try:
            width, height = page.get_size()
            scale = _scale(width, height)
            if min(width, height) * scale < MIN_SIDE:
                return None
            bitmap = page.render(scale=scale, may_draw_forms=False)
            try:
                return np.ascontiguousarray(_colour(bitmap.to_numpy()))
            finally:
                bitmap.close()
        finally:
            page.close()
    except MemoryError:
        raise
    except Exception:  # PDFium says whatever it stumbles on
        return None


def _scale(width: float, height: float) -> float:
    """Return pixels a point for a page of that size in points."""
    area = max(width * height, 1.0)
    return min(DOTS_AN_INCH / _POINTS_AN_INCH, float((MAX_PAGE_PIXELS / area) ** 0.5))


def _colour(
    pixels: np.ndarray[tuple[int, ...], np.dtype[np.uint8]],
) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    if pixels.ndim == 2:
        pixels = pixels[..., None]
    return pixels[..., :3] if pixels.shape[2] >= 3 else np.repeat(pixels[..., :1], 3, axis=2)
