"""Putting facts into a sentence, safely."""

import string
from collections.abc import Mapping

LONGEST = 120


class _Facts(dict[str, object]):
    def __missing__(self, key: str) -> str:
        return "?"


class _Formatter(string.Formatter):
    """Only ``{name}``: a catalogue is text from people, and must not reach attributes or items of a value."""

    def get_field(self, field_name: str, args: object, kwargs: object) -> tuple[object, str]:
        name = field_name.partition(".")[0].partition("[")[0]
        value = kwargs[name] if isinstance(kwargs, _Facts) else "?"
        return _plain(value), name


def fill(sentence: str, facts: Mapping[str, object]) -> str:
    """Return the sentence with its ``{fields}`` filled; a fact that is not there reads ``?``."""
    return _Formatter().vformat(sentence, (), _Facts(facts))


def fields_of(sentence: str) -> set[str]:
    """Return the names of the ``{fields}`` of a sentence.

    Raises:
        ValueError: a brace without its pair.
    """
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None}


def _plain(value: object) -> str:
    text = "?" if value is None else str(value)
    return "".join(char if char.isprintable() else " " for char in text)[:LONGEST]
