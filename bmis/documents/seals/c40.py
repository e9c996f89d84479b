"""Letters, digits and spaces, three in two bytes (C40: ICAO Doc 9303-13, appendix; ISO/IEC 16022)."""

import sys

from bmis.documents.seals.errors import SealFormError

_ALPHABET = " 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_FIRST = 3  # C40 value of the space; 0 to 2 are shifts
_VALUES = {char: value for value, char in enumerate(_ALPHABET, _FIRST)}
_CHARS: tuple[str, ...] = ("", "", "", *_ALPHABET)
_UNLATCH = 0xFE  # one character is left over: it follows as ASCII + 1


def writable(text: str) -> bool:
    """Return whether C40 has every character of the text."""
    return all(char in _VALUES for char in text)


def to_c40(text: str) -> bytes:
    """Return the bytes of the text; an MRZ's filler is written as a space.

    Raises:
        ValueError: another character.
    """
    text = text.replace("<", " ")
    if not writable(text):
        raise ValueError("not of C40")
    found = bytearray()
    for at in range(0, len(text), 3):
        group = [_VALUES[char] for char in text[at : at + 3]]
        if len(group) == 1:
            found += bytes((_UNLATCH, ord(text[at]) + 1))
        else:
            first, second, third = (*group, 0)[:3]
            found += (1600 * first + 40 * second + third + 1).to_bytes(2)
    return bytes(found)


def from_c40(untrusted: bytes) -> str:
    """Return the text. Each text has exactly one writing, and only that one is taken.

    Raises:
        SealFormError: no C40, or a shift, which no seal uses.
    """
    if len(untrusted) % 2:
        raise SealFormError("c40")
    if not untrusted:
        return ""
    *groups, last = memoryview(untrusted).cast("H")
    return "".join(map(_GROUPS.__getitem__, groups)) + _LAST[last]


class _Groups(dict[int, str]):
    """Two bytes, as this machine reads them, to their characters; each is worked out once (there are 64,000)."""

    def __init__(self, *, is_last: bool) -> None:
        super().__init__()
        self._is_last = is_last

    def __missing__(self, native: int) -> str:
        group = self[native] = _group(native.to_bytes(2, sys.byteorder), self._is_last)
        return group


def _group(pair: bytes, is_last: bool) -> str:
    high, low = pair
    if high == _UNLATCH:
        char = chr(low - 1) if low else ""
        if not is_last or char not in _VALUES:
            raise SealFormError("c40")
        return char
    first, rest = divmod((high << 8 | low) - 1, 1600)
    second, third = divmod(rest, 40)
    if not _FIRST <= first < 40 or second < _FIRST or (third < _FIRST and (third or not is_last)):
        raise SealFormError("c40")
    return _CHARS[first] + _CHARS[second] + _CHARS[third]


_GROUPS, _LAST = _Groups(is_last=False), _Groups(is_last=True)
