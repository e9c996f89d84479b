"""The check digit of machine readable travel documents."""

from string import ascii_uppercase, digits

from bmis.documents.errors import MrzCharacterError

_VALUES = {char: value for value, char in enumerate(digits + ascii_uppercase)} | {"<": 0}


def check_digit(field: str) -> int:
    """Return the digit, 0 to 9, that proves ``field`` was read right (ICAO Doc 9303-3, 4.9).

    Characters count 0-9, A=10 to Z=35 and the filler ``<`` as 0, weighted 7-3-1 from the left.

    Raises:
        MrzCharacterError: a character outside that set; it carries the zero-based position.
    """
    total = 0
    for position, char in enumerate(field):
        if char not in _VALUES:
            raise MrzCharacterError(position)
        total += _VALUES[char] * (7, 3, 1)[position % 3]
    return total % 10


def is_mrz_character(char: str) -> bool:
    """Return whether ``char`` is one of the 37 characters of an MRZ (ICAO Doc 9303-3, 4.3)."""
    return char in _VALUES


def invisible_substitutions(char: str) -> tuple[str, ...]:
    """Return the other characters that can stand for ``char`` without changing any check digit.

    Their values are equal modulo 10, so "check digits right" never means "genuine": 0, A, K, U and ``<`` are one class.

    Raises:
        MrzCharacterError: ``char`` is not an MRZ character.
    """
    if char not in _VALUES:
        raise MrzCharacterError(0)
    return tuple(other for other, value in _VALUES.items() if other != char and value % 10 == _VALUES[char] % 10)
