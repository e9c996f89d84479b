"""Which key turns which question: letters in the order in which the questions are read out. No Qt."""

from collections.abc import Iterable, Mapping

NONE_KEY, VOYAGE_KEY, LOOKS_KEY, CARD_KEY, METHOD_KEY = "N", "V", "Z", "K", "T"
CERTIFICATE_KEY = "Y"  # yellow fever
SEX_KEYS = ("F", "M", "O")
_FREE = "ABCDEGHIJLPQRSUWX"
SHIFT = "⇧"


def letters_of(codes: Iterable[str]) -> Mapping[str, str]:
    """Return question to key: a letter, or ``⇧`` and a letter; a question that finds none is worked by the mouse."""
    keys = [*_FREE, *(SHIFT + letter for letter in _FREE)]
    return dict(zip(codes, keys, strict=False))
