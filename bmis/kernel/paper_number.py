"""Numbers that are printed: post, lane, a mark of the desk, the desk's own serial, a check character. No name."""

import re
from string import ascii_uppercase, digits

_ALPHABET = digits + ascii_uppercase
_BY_EYE = str.maketrans("OI", "01")
_DASHES = str.maketrans(dict.fromkeys(" ‐‑‒–—_./", "-"))


def check_character(body: str) -> str:
    """Return the check character of the letters and digits in ``body`` (ISO/IEC 7064, MOD 37,36)."""
    rest = 36
    for char in body:
        if char in _ALPHABET:
            rest = (rest + _ALPHABET.index(char)) % 36 or 36
            rest = rest * 2 % 37
    return _ALPHABET[(37 - rest) % 36]


def check_fits(body: str, untrusted_character: str) -> bool:
    """Return whether the check character belongs to the body. O is taken for 0 and I for 1: by eye nobody tells."""
    return check_character(body).translate(_BY_EYE) == untrusted_character.translate(_BY_EYE)


def place_and_desk(post_code: str, lane: str, desk_id: str) -> str:
    """Return the part that tells a desk from every other, such as ``RSG2-3F9A``, so that each can number alone."""
    place = letters(post_code.rsplit(".", 1)[-1])[:6] + letters(lane)[:6]
    return f"{place}-{desk_id.rsplit('-', 1)[-1][:4].upper()}"


def checked(body: str) -> str:
    """Return the number with its check character, which catches every single wrong character."""
    return f"{body}-{check_character(body)}"


def typed_number(untrusted_text: str) -> str | None:
    """Return the number in its printed form, None where its check character says that it was misread.

    Spaces, dashes of any kind and small letters are forgiven, and O for 0, I for 1 as the check character.
    """
    text = re.sub("-+", "-", untrusted_text.strip().upper().translate(_DASHES))
    body, _dash, last = text.rpartition("-")
    return checked(body) if body and check_fits(body, last) else None


def letters(text: str) -> str:
    """Return its letters and digits."""
    return "".join(char for char in text.upper() if char in _ALPHABET)
