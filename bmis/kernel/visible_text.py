"""Text that a person sees whole: no sign in it orders a machine, hides, or turns round what stands beside it."""

import unicodedata

_EMPTY_LOOKING = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0"  # joiners and fillers that are drawn as nothing
    "\u180b\u180c\u180d\u180f"  # Mongolian selectors
)
_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))  # they choose a form and show nothing
_OF_LINES = frozenset("\n\t")


def has_hidden(untrusted: str, *, lines: bool = False) -> bool:
    """Return whether the text has a character that nobody sees: controls, direction marks, spaces that are no space.

    ``lines``: new lines and tabs may stand in it. Categories as The Unicode Standard has them, chapter 4.5.
    """
    return any(_is_hidden(char) for char in untrusted if not (lines and char in _OF_LINES))


def is_blank(untrusted: str) -> bool:
    """Return whether nothing of the text can be seen."""
    return all(char.isspace() or _is_hidden(char) for char in untrusted)


def _is_hidden(char: str) -> bool:
    if char == " ":
        return False
    if char in _EMPTY_LOOKING or any(ord(char) in some for some in _SELECTORS):
        return True
    return unicodedata.category(char)[0] in "CZ"
