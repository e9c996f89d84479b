"""Sound classes: names that may be written in several ways get one form. It finds candidates and decides nothing."""

import tomllib
from collections.abc import Sequence
from functools import cache
from itertools import groupby
from typing import Any

from bmis.documents.errors import CodeTableError
from bmis.documents.names.transliteration import mrz_form
from bmis.kernel.resources import resource

_VOWELS = frozenset("AEIOU")
_CEDILLA = str.maketrans({"ç": "s", "Ç": "S"})  # its MRZ form is C, its sound is not


def sound_classes(untrusted_name: str) -> tuple[str, ...]:
    """Return the class of each part of the name, in order ("Chissano Mbanze" to "SSN BNS").

    Raises:
        NameNotWritableError: a character that no name has, such as a digit.
        CodeTableError: the list of classes is missing or damaged.
    """
    parts = mrz_form(untrusted_name.translate(_CEDILLA)).split()
    return tuple(found for found in map(_class_of, parts) if found)


def sound_key(untrusted_name: str) -> str:
    """Return the classes sorted, a space between: the same whatever the order of the parts. Raises as above."""
    return " ".join(sorted(sound_classes(untrusted_name)))


def sound_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two names of these classes may be one person's: parts may be missing or in another order."""
    if not one or not other:
        return False
    rule = _table()["alike"]
    shorter, longer = sorted((set(one), set(other)), key=len)
    common = len(shorter & longer)
    if len(shorter) < rule["least_parts"]:
        return shorter <= longer
    return common >= int(rule["least_parts"]) and common >= float(rule["least_share"]) * len(shorter)


def _class_of(part: str) -> str:
    text = part
    for written, sound in _table()["rules"]:
        text = text.replace(written, sound)
    text = "".join(letter for at, letter in enumerate(text) if at == 0 or letter not in _VOWELS)
    if text and text[0] in _VOWELS and len(text) > 1:
        text = f"A{text[1:]}"  # Elisa and Alisa, Osvaldo and Ausvaldo: the first vowel says only that it is one
    return "".join(letter for letter, _ in groupby(text))


@cache
def _table() -> dict[str, Any]:
    try:
        said = tomllib.loads(resource("names", "sound_classes.toml").read_text("utf-8"))
        return {"rules": [(str(one), str(other)) for one, other in said["rules"]], "alike": dict(said["alike"])}
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise CodeTableError("sound_classes") from error
