"""Text from documents, officers and files is plain text: nothing in it is ever markup, order or control."""

import unicodedata
from xml.sax.saxutils import escape

from bmis.paper.fonts import Face, characters_of

MISSING = "\N{WHITE SQUARE}"  # seen, so that nobody takes a name with a hole for the whole name
MISSING_IN_OCRB = "?"  # OCR-B has no square
_TO_SPACE = frozenset({"Cc", "Zs", "Zl", "Zp"})
_KEPT_SPACES = " \N{NO-BREAK SPACE}"
_DROPPED = frozenset({"Cf"})  # bidi overrides and isolates, zero-width characters, soft hyphens


def plain(untrusted_text: str, face: Face = Face.REGULAR) -> str:
    """Return ``untrusted_text`` as one run of characters that ``face`` can draw.

    Composed (NFC); control characters become spaces; characters that reorder or hide text are dropped; what the
    font lacks becomes a visible square (``?`` in OCR-B).
    """
    known = characters_of(face)
    missing = MISSING if ord(MISSING) in known else MISSING_IN_OCRB
    kept = []
    for char in unicodedata.normalize("NFC", untrusted_text):
        category = unicodedata.category(char)
        if category in _DROPPED:
            continue
        if category in _TO_SPACE:
            kept.append(char if char in _KEPT_SPACES else " ")
        else:
            kept.append(char if ord(char) in known else missing)
    return "".join(kept).strip()


def markup(untrusted_text: str, face: Face = Face.REGULAR) -> str:
    """Return the text ready for a ReportLab paragraph: ``plain`` with its ``<``, ``>`` and ``&`` made harmless."""
    return escape(plain(untrusted_text, face))
