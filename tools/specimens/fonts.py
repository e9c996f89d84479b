"""The typefaces of the specimens: the bundled ones, or Debian's fonts-ocr-b and fonts-inter where those are missing."""

from functools import cache
from pathlib import Path

from PIL import ImageFont

_BUNDLED = Path(__file__).resolve().parents[2] / "resources" / "fonts"
_DEBIAN = Path("/usr/share/fonts/opentype")
_PLACES = {
    "ocr_b": (_BUNDLED / "OCRB.ttf", _DEBIAN / "ocr-b" / "OCRB.otf"),
    "text": (_BUNDLED / "Inter-Regular.ttf", _DEBIAN / "inter" / "Inter-Regular.otf"),
    "bold": (_BUNDLED / "Inter-Bold.ttf", _DEBIAN / "inter" / "Inter-Bold.otf"),
}


@cache
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """Return ``ocr_b``, ``text`` or ``bold`` at ``size`` pixels.

    Raises:
        FileNotFoundError: neither place has the file.
    """
    for place in _PLACES[name]:
        if place.is_file():
            return ImageFont.truetype(place, size)
    raise FileNotFoundError(f"{_PLACES[name][0].name}: install fonts-ocr-b and fonts-inter")


@cache
def ocr_b_at_pitch(pitch_px: float) -> ImageFont.FreeTypeFont:
    """Return OCR-B at the size whose letters stand ``pitch_px`` apart (2.54 mm on a document, ISO 1073-2)."""
    advance = font("ocr_b", 100).getlength("0") / 100
    return font("ocr_b", round(pitch_px / advance))
