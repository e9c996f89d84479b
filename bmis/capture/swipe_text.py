"""What a swipe reader sent, by keys or by a serial line: a zone, a part of one, a magnetic stripe, or noise.

Readers frame a zone in many ways: a line end, a tab or nothing between the lines, marks or a word before them. All of
it is untrusted; only the lines of a whole zone, or a health token, leave this module, never the text of a payment card.
"""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache

from bmis.capture.mrz_shape import formats, proved, shape_of
from bmis.documents.seals.shown import LONGEST_SEAL_TEXT, seal_marks
from bmis.kernel.clearance_token import LONGEST_TEXT, MARK
from bmis.kernel.resources import resource

LONGEST_SWIPE = 1024  # characters; a zone has 90, three magnetic tracks under 300
_PREAMBLE = 8  # characters that a reader may put before a zone without a mark between them
_NEARLY = 20  # characters of the zone's alphabet running, with a filler among them: it was meant as a zone
BASE45 = frozenset("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")  # RFC 9285
_TOKEN_ENDS = re.compile(r"[\r\n\t\x03\x04]")  # a space is a digit of base45
_APART = re.compile(r"[^A-Z0-9<]+")
# ISO/IEC 7811-2 to -6: track 1 from % to ?, tracks 2 and 3 from ; or + to ?, digits and separators
_TRACKS = re.compile(r"%[A-Z0-9][^?;%]{4,}\?|[;+][0-9][0-9:<=>]{4,}\?")


class SwipeKind(StrEnum):
    """What came."""

    ZONE = "zone"
    TOKEN = "token"  # noqa: S105 - what port health gives a traveller, not a password
    SEAL = "seal"  # of a border pass
    INCOMPLETE = "incomplete"  # the beginning or the end of a zone is missing
    MAGNETIC = "magnetic"  # a card's magnetic stripe
    OTHER_KEYBOARD = "other_keyboard"  # reader and machine are set to different keyboards, and letters may be changed
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Swipe:
    """One pass of a document through a reader; ``lines`` only where it is a zone."""

    kind: SwipeKind
    lines: tuple[str, ...] = ()
    token: str = field(default="", repr=False)  # of port health, not proved yet
    seal: str = field(default="", repr=False)  # of a border pass, not proved yet


def swipe_in(untrusted: str) -> Swipe:
    """Return what a reader sent in one pass; text beyond ``LONGEST_SWIPE`` is not looked at."""
    text = untrusted[:LONGEST_SWIPE].upper()
    token = _marked(text, _token_marks(), LONGEST_TEXT + 1)
    if token:
        return Swipe(SwipeKind.TOKEN, token=token)
    seal = _marked(text, _seal_marks(), LONGEST_SEAL_TEXT + 1)
    if seal:
        return Swipe(SwipeKind.SEAL, seal=_in_base45(seal))
    lines = framed_zone(text)
    if lines:
        return Swipe(SwipeKind.ZONE, lines)
    if _TRACKS.search(text):
        return Swipe(SwipeKind.MAGNETIC)
    turned = {framed_zone(text.translate(table)) for table in _keyboards().values()}
    told = [lines for lines in turned if lines and proved(lines)]
    if len(told) == 1:
        return Swipe(SwipeKind.ZONE, told[0])
    if told:  # Y and Z stand in the name, where no check digit says which keyboard it was
        return Swipe(SwipeKind.OTHER_KEYBOARD)
    nearly = any(len(piece) >= _NEARLY and "<" in piece for piece in _APART.split(text))
    return Swipe(SwipeKind.INCOMPLETE if nearly else SwipeKind.UNKNOWN)


def _marked(text: str, marks: Mapping[str, Mapping[int, int]], most: int) -> str:
    """Return the code that was scanned, as it was printed; where it is too long, as much as shows that."""
    for typed, table in marks.items():
        head = text.find(typed)
        if 0 <= head <= _PREAMBLE:  # a scanner may say first which kind of code it was
            return _TOKEN_ENDS.split(text[head:].translate(table))[0][:most]
    return ""


def _in_base45(text: str) -> str:
    """Return the text as it was printed: the beginning of a seal may look the same under both keyboards."""
    if set(text) <= BASE45:
        return text
    turned = [text.translate(table) for table in _code_keyboards().values()]
    return next((one for one in turned if set(one) <= BASE45), text)


def zone_in(untrusted: str) -> tuple[str, ...]:
    """Return the lines of the zone in what a reader sent, or nothing."""
    return swipe_in(untrusted).lines


def framed_zone(text: str) -> tuple[str, ...]:
    """Return the lines of a zone that stand in upper-case ``text`` whole, with marks or nothing between them."""
    pieces = [piece for piece in _APART.split(text) if piece]
    for lines in _framed(pieces):
        if shape_of(lines) is not None:
            return lines
    for lines in _after_a_preamble(pieces):
        if proved(lines):  # a cut that is off by one does not hold
            return lines
    return ()


def _framed(pieces: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for count, length in formats():
        for first in range(len(pieces) - count + 1):
            lines = tuple(pieces[first : first + count])
            if all(len(line) == length for line in lines):
                yield lines
    for count, length in formats():
        for piece in pieces:
            if len(piece) == count * length:
                yield _cut(piece, length)


def _after_a_preamble(pieces: Sequence[str]) -> Iterator[tuple[str, ...]]:
    for count, length in formats():
        for first in range(len(pieces) - count + 1):
            head, *rest = pieces[first : first + count]
            if length < len(head) <= length + _PREAMBLE and all(len(line) == length for line in rest):
                yield (head[-length:], *rest)
        for piece in pieces:
            more = len(piece) - count * length
            if 0 < more <= _PREAMBLE:
                for at in range(more, -1, -1):
                    yield _cut(piece[at : at + count * length], length)


def _cut(piece: str, length: int) -> tuple[str, ...]:
    return tuple(piece[at : at + length] for at in range(0, len(piece), length))


@cache
def code_beginnings() -> tuple[str, ...]:
    """Return how a health token and a seal begin, as they were printed or as they come under other keyboards."""
    return (*_token_marks(), *_seal_marks())


@cache
def _token_marks() -> Mapping[str, Mapping[int, int]]:
    return _under_keyboards((MARK,))


@cache
def _seal_marks() -> Mapping[str, Mapping[int, int]]:
    return _under_keyboards(seal_marks())


def _under_keyboards(printed: Sequence[str]) -> Mapping[str, Mapping[int, int]]:
    """Return how a code begins under each pair of keyboards, and what its characters then stand for."""
    marks: dict[str, Mapping[int, int]] = {mark: {} for mark in printed}
    for table in _code_keyboards().values():
        back = {meant: typed for typed, meant in table.items()}
        for mark in printed:
            marks.setdefault(mark.translate(back), table)
    return marks


@cache
def _code_keyboards() -> Mapping[str, Mapping[int, int]]:
    return _tables("token_keyboards.toml")


@cache
def _keyboards() -> Mapping[str, Mapping[int, int]]:
    return _tables("keyboard_layouts.toml")


def _tables(file: str) -> Mapping[str, Mapping[int, int]]:
    """Return for each pair of keyboards what a typed character stands for."""
    table = tomllib.loads(resource("capture", file).read_text(encoding="utf-8"))
    return {name: str.maketrans(part["typed"], part["meant"]) for name, part in table.items() if isinstance(part, dict)}
