"""Bytes as the 45 characters of a QR code's alphanumeric mode, and back (RFC 9285).

Written here because a lane decodes at every scan: several times as fast as the package ``base45``, which judges it.
"""

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
    # All groups at once: each of the three digits of every group in a lane of four bytes of one large number, so that
    # the multiplications are the interpreter's and a group beyond two bytes shows in its own lane.
    lanes, total = bytearray(4 * whole), 0
    for place, weight in enumerate((1, 45, 2025)):
        lanes[3::4] = values[place:end:3]
        total += weight * int.from_bytes(lanes)
    sums = total.to_bytes(4 * whole)
    raw = bytearray(2 * whole)
    raw[0::2], raw[1::2] = sums[2::4], sums[3::4]
    beyond = sums[1::4].count(0) != whole
    if rest:
        last = values[end] + 45 * values[end + 1]
        beyond = beyond or last > 0xFF
        raw.append(last & 0xFF)
    if beyond:
        raise SealFormError("base45")
    return bytes(raw)
