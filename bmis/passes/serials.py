"""Serials: whole numbers given to posts and trucks beforehand, each used once, spoiled ones accounted for.

A serial is printed as eight digits and a check character (``00001234K``), letters and digits only, and is its own place
in the bit list of revoked seals.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bmis.documents.seals.pass_seal import MOST_SERIAL
from bmis.kernel.paper_number import check_character, check_fits
from bmis.passes.errors import PassUnknownError, SerialRangeError

LARGEST = MOST_SERIAL
LONGEST_RANGE = 1_000_000
TRAINING_FIRST, TRAINING_LAST = 1, 99_999  # no live post is ever given these
_PRINTED = re.compile(r"([0-9]{8})-?([0-9A-Z])", re.ASCII)
_PLAIN = re.compile(r"[0-9]{1,8}", re.ASCII)  # as a seal has it: proved by its signature, not by a character
_PLACE = re.compile(r"[A-Z0-9][A-Z0-9.-]{1,38}")


@dataclass(frozen=True, slots=True)
class SerialRange:
    """Serials from ``first`` to ``last`` that this desk may use. ``place``: the post or truck that they are for.

    Raises:
        SerialRangeError: upside down, too long, or for no place.
    """

    id: UUID
    first: int
    last: int
    place: str
    by: str
    allocated_at: datetime

    def __post_init__(self) -> None:
        long = self.last - self.first + 1
        if not 1 <= self.first <= self.last <= LARGEST or long > LONGEST_RANGE or not _PLACE.fullmatch(self.place):
            raise SerialRangeError(first=self.first, last=self.last)

    def overlaps(self, other: "SerialRange") -> bool:
        """Return whether a serial is in both."""
        return self.first <= other.last and other.first <= self.last

    def __len__(self) -> int:
        return self.last - self.first + 1


@dataclass(frozen=True, slots=True)
class RangeAccount:
    """What became of a range: every serial is in exactly one of these."""

    range: SerialRange
    handed_over: int
    in_production: int
    spoiled: int
    left: int

    @property
    def adds_up(self) -> bool:
        """Whether none is missing."""
        return self.handed_over + self.in_production + self.spoiled + self.left == len(self.range)


@dataclass(frozen=True, slots=True)
class SpoiledNumber:
    """A serial that is gone: of a pass that came out wrong, or a blank that never was one. ``said``: why, in words."""

    serial: int
    at: datetime
    by: str
    said: str | None
    blank: bool


def printed(serial: int) -> str:
    """Return the serial as it is printed."""
    digits = f"{serial:08}"
    return digits + check_character(digits)


def parse_serial(untrusted_text: str) -> int:
    """Return the serial that was typed or read: printed with its check character, or the plain number of a seal.

    Raises:
        PassUnknownError: it is none, or was misread.
    """
    text = "".join(untrusted_text.upper().split())
    match = _PRINTED.fullmatch(text)
    if match is not None and check_fits(match[1], match[2]):
        text = match[1]
    elif not _PLAIN.fullmatch(text):
        raise PassUnknownError
    if not 1 <= int(text) <= LARGEST:
        raise PassUnknownError
    return int(text)
