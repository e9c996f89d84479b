"""Bytes as the 45 characters of a QR code's alphanumeric mode, and back (RFC 9285).

Written here because a lane decodes at every scan: several times as fast as the package ``base45``, which judges it.
"""

import struct

from bmis.documents.seals.errors import SealFormError

_CHARS = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_NONE = 255
_VALUES = bytes(_CHARS.index(code) if code in _CHARS else _NONE for code in range(256))


def to_base45(raw: bytes) -> str:
    """Return the text."""
    found = bytearray()
    for at in range(0, len(raw) - 1, 2):
        high, rest = divmod(raw[at] << 8 | raw[at + 1], 2025)
        middle, low = divmod(rest, 45)
        found += bytes((_CHARS[low], _CHARS[middle], _CHARS[high]))
    if len(raw) % 2:
        high, low = divmod(raw[-1], 45)
        found += bytes((_CHARS[low], _CHARS[high]))
    return found.decode("ascii")


def from_base45(untrusted_text: str) -> bytes:
    """Return the bytes. Each run of bytes has exactly one text, and only that one is taken.

    Raises:
        SealFormError: another character, a length that no text has, a group beyond its bytes.
    """
    try:
        values = untrusted_text.encode("ascii").translate(_VALUES)
    except UnicodeEncodeError as error:
        raise SealFormError("base45") from error
    whole, rest = divmod(len(values), 3)
    if not values or rest == 1 or _NONE in values:
        raise SealFormError("base45")
    end = whole * 3
    pairs = [
        low + 45 * middle + 2025 * high for low, middle, high in zip(*(values[k:end:3] for k in range(3)), strict=True)
    ]
    try:
        raw = struct.pack(f">{whole}H", *pairs)
        return raw + bytes((values[end] + 45 * values[end + 1],)) if rest else raw
    except (struct.error, ValueError) as error:
        raise SealFormError("base45") from error
