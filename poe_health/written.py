"""What people type of persons and places: seen whole, not blank, not endless; a telephone that can be dialled.

Asked by the use cases, before anything is stored; never when a record is read: what was kept stays readable.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from enum import Enum

from bmis.kernel.visible_text import has_hidden, is_blank
from poe_health.errors import BlankTextError, HiddenMarkError, PhoneRefusedError, TextTooLongError

REFUSED = (BlankTextError, HiddenMarkError, TextTooLongError, PhoneRefusedError)
LONGEST = 200  # characters of a name, a place, an address
LONGEST_PHONE = 25  # characters as it is written
PHONES = frozenset({"phone", "phones", "other_phone"})
_PHONE = re.compile(r"(?:\+|00)?[0-9]{5,15}", re.ASCII)  # ITU-T E.164: 15 digits at most
_BETWEEN = str.maketrans("", "", " -./()")


def require_written(noun: object, *, longest: int = LONGEST, phones: Iterable[str] = PHONES) -> None:
    """Return only if every text of a frozen value can be one of a person or place. Codes and values are left alone.

    ``phones``: names of the fields that hold telephones.

    Raises:
        BlankTextError, HiddenMarkError, TextTooLongError, PhoneRefusedError: the field is named, not what it holds.
    """
    dialled = frozenset(phones)
    for field, text in _texts(noun, ""):
        if text and is_blank(text):
            raise BlankTextError(field)
        if has_hidden(text):
            raise HiddenMarkError(field)
        if field in dialled:
            if text and not is_phone(text):
                raise PhoneRefusedError(field)
        elif len(text) > longest:
            raise TextTooLongError(field, longest)


def require_visible(noun: object) -> None:
    """Return only if no text of the value hides anything: notes and reasons, of any length, with their lines.

    Raises:
        HiddenMarkError.
    """
    for field, text in _texts(noun, ""):
        if has_hidden(text, lines=True):
            raise HiddenMarkError(field)


def require_text(field: str, text: str, *, longest: int = LONGEST) -> None:
    """Return only if one text can be one of a person or place. Raises as ``require_written``."""
    require_written({field: text}, longest=longest)


def is_phone(untrusted: str) -> bool:
    """Return whether it can be dialled: 5 to 15 digits, with + or 00 before them, spaces and strokes between."""
    return len(untrusted) <= LONGEST_PHONE and _PHONE.fullmatch(untrusted.translate(_BETWEEN)) is not None


def _texts(value: object, field: str) -> Iterator[tuple[str, str]]:
    """Yield each text with the name of the field that holds it."""
    if isinstance(value, Enum):
        return
    if isinstance(value, str):
        yield field, value
    elif is_dataclass(value) and not isinstance(value, type):
        for one in fields(value):
            yield from _texts(getattr(value, one.name), one.name)
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield from _texts(each, str(name))
    elif isinstance(value, tuple | list):
        for each in value:
            yield from _texts(each, field)
