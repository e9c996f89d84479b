"""Anchors typed from paper: whether each is a place of the chain, a slip of the hand, or proof of another chain."""

from collections.abc import Sequence
from dataclasses import dataclass

from bmis.store.errors import AnchorMistypedError, AuditBrokenError

PREFIX = "BMIS1"
HASH_LENGTH = 64  # hexadecimal digits of SHA-256
MOST_SLIPS = 8
"""Digits put in, left out or changed that a hand may have got wrong.

No forger can make a chain whose hash comes that near to a printed one: 56 of its 64 digits would have to agree.
"""


@dataclass(slots=True)
class _Typed:
    number: int  # of the anchor among those that were given, from 1
    seq: int
    link: str
    holds: bool = False
    slipped: bool = False


class TypedAnchors:
    """The anchors that a verification holds the chain against."""

    def __init__(self, untrusted_texts: Sequence[str]) -> None:
        parsed = [_parsed(number, text) for number, text in enumerate(untrusted_texts, 1)]
        self._typed = [one for one in parsed if isinstance(one, _Typed)]
        self._no_anchors = [one for one in parsed if isinstance(one, int)]
        self._at: dict[int, list[_Typed]] = {}
        for one in self._typed:
            self._at.setdefault(one.seq, []).append(one)
        self._wanted = {one.link for one in self._typed}

    def saw(self, seq: int, link: str) -> None:
        """Take note of a proved row of the chain."""
        for one in self._at.get(seq, ()):
            one.holds = one.link == link
            one.slipped = one.slipped or _is_near(one.link, link)
        if link in self._wanted:
            for one in self._typed:
                one.slipped = one.slipped or one.link == link  # the hash is of this chain: the number was mistyped

    def settle(self) -> None:
        """Return only if every anchor holds. Call it when the whole chain was seen.

        Raises:
            AuditBrokenError: one is of another chain, or of a part that was cut off.
            AnchorMistypedError: none is so, and one is no anchor or differs from this chain's as a hand errs.
        """
        failed = [one for one in self._typed if not one.holds]
        for one in sorted(failed, key=lambda each: each.seq):
            if not one.slipped:
                raise AuditBrokenError(seq=one.seq)
        for number in sorted([*self._no_anchors, *(one.number for one in failed)]):
            raise AnchorMistypedError(number=number)


def anchor_text(seq: int, link: str) -> str:
    """Return what is printed of a place in the chain."""
    return f"{PREFIX}:{seq}:{link}"


def _parsed(number: int, untrusted_text: str) -> _Typed | int:
    """Return the anchor, or its number where the text is none."""
    parts = untrusted_text.strip().upper().split(":")
    if len(parts) == 3 and parts[0] == PREFIX and parts[1].isascii() and parts[1].isdigit() and len(parts[1]) <= 18:
        seq, link = int(parts[1]), parts[2].lower()
        if seq > 0 and len(link) == HASH_LENGTH and set(link) <= set("0123456789abcdef"):
            return _Typed(number, seq, link)
    return number


def _is_near(typed: str, link: str) -> bool:
    row = list(range(len(link) + 1))
    for at, char in enumerate(typed, 1):
        before, row[0] = row[0], at
        for column, against in enumerate(link, 1):
            before, row[column] = row[column], min(row[column] + 1, row[column - 1] + 1, before + (char != against))
    return row[-1] <= MOST_SLIPS
