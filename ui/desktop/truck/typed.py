"""What somebody typed into the giant field: the serial of a pass, the plate of a vehicle, or neither."""

import re

from bmis.passes.errors import PassUnknownError
from bmis.passes.serials import parse_serial, printed

_APART = re.compile(r"[\s.\-]+")
_PLATE = re.compile(r"(?=.*[A-Z])(?=.*[0-9])[A-Z0-9]{3,10}", re.ASCII)
_SERIAL = re.compile(r"[0-9]{8}[0-9A-Z]", re.ASCII)


def serial_in(untrusted_text: str) -> str:
    """Return the serial as it is printed, "" where the text is none or its check character is wrong."""
    text = _APART.sub("", untrusted_text.strip().upper())
    if not _SERIAL.fullmatch(text):
        return ""
    try:
        return printed(parse_serial(text))
    except PassUnknownError:
        return ""


def plate_in(untrusted_text: str) -> str:
    """Return the plate, letters and digits only (``ABC123MC``), "" where the text is none: a plate has both."""
    text = _APART.sub("", untrusted_text.strip().upper())
    if _SERIAL.fullmatch(text):  # a serial that was misread is no plate
        return ""
    return text if _PLATE.fullmatch(text) else ""
