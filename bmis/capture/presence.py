"""What lies in view, by readings and tiny pictures only: a new document, the same, two at once, a clear view.

No new read starts until the decided document has left the view, so that one document is never recorded twice and
another never slips under an open draft unseen.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bmis.capture.mrz_reader import MrzReading
from bmis.capture.mrz_shape import proved

_MISREAD_CELLS = 6  # two readings of one zone that are not both proved may differ in so many characters


class View(StrEnum):
    """What an offered frame means."""

    NOTHING = "nothing"  # nothing to tell yet
    NEW_DOCUMENT = "new_document"
    SAME_DOCUMENT = "same_document"
    TWO_DOCUMENTS = "two_documents"
    VIEW_CLEAR = "view_clear"  # what was in view, or what was decided, is gone


@dataclass(frozen=True, slots=True)
class ViewEvent:
    """An event and the readings it is about: one for a document, two or more for TWO_DOCUMENTS."""

    view: View
    readings: tuple[MrzReading, ...] = ()

    @property
    def reading(self) -> MrzReading | None:
        """Return the one reading it is about, where it is one."""
        return self.readings[0] if len(self.readings) == 1 else None


def same_zone(one: Sequence[str], other: Sequence[str]) -> bool:
    """Return whether two readings are of one zone: equal, or alike where at least one is not proved by its digits."""
    if tuple(one) == tuple(other):
        return True
    if [len(line) for line in one] != [len(line) for line in other] or (proved(one) and proved(other)):
        return False
    left, right = "".join(one), "".join(other)
    return sum(a != b for a, b in zip(left, right, strict=True)) <= _MISREAD_CELLS


def difference(one: bytes, other: bytes) -> float:
    """Return how far two signatures (``Frame.signature``) are apart: mean brightness step, 0 to 255.

    Raises:
        ValueError: they are not of one size.
    """
    if len(one) != len(other) or not one:
        raise ValueError("signatures of different size")
    return sum(abs(a - b) for a, b in zip(one, other, strict=True)) / len(one)


class ViewGate:
    """Tells from frame to frame what the reader's answer means for the desk. One thread uses it.

    ``agree`` readings running must say the same before a document is new, unless its check digits all hold: then one
    is enough. After ``gone`` frames without it (and a picture that changed by ``changed``) a document has left.
    """

    def __init__(self, *, agree: int = 2, gone: int = 2, changed: float = 6.0) -> None:
        self._agree = agree
        self._gone = gone
        self._changed = changed
        self.forget()

    def forget(self) -> None:
        """Begin anew: another officer, another source, or the officer asked for a fresh read."""
        self._current: tuple[str, ...] | None = None
        self._candidate: tuple[str, ...] | None = None
        self._agreed = 0
        self._missing = 0
        self._pair: tuple[tuple[str, ...], ...] = ()
        self._held: tuple[str, ...] | None = None
        self._held_signature: bytes | None = None

    @property
    def holding(self) -> bool:
        """Return whether a decided document is waited for to leave the view."""
        return self._held_signature is not None

    def decided(self, signature: bytes, lines: Sequence[str] = ()) -> None:
        """Shut the gate: the document in view is decided. ``lines`` are empty where it has no readable zone."""
        self._held = tuple(lines) or self._current
        self._held_signature = signature
        self._missing = 0

    def offer(self, readings: Sequence[MrzReading], signature: bytes) -> ViewEvent:
        """Return what the newest frame means."""
        distinct = _distinct(readings)
        if self._held_signature is not None:
            return self._while_held(distinct, signature, self._held_signature)
        if len(distinct) > 1:
            return self._two(distinct)
        self._pair = ()
        if not distinct:
            return self._none()
        return self._one(distinct[0])

    def _while_held(self, distinct: list[MrzReading], signature: bytes, held_signature: bytes) -> ViewEvent:
        if self._held is not None:
            still = any(same_zone(reading.lines, self._held) for reading in distinct)
            another = bool(distinct)  # another zone in its place proves that it is gone
            left = not still and (another or difference(signature, held_signature) > self._changed)
        else:
            left = difference(signature, held_signature) > self._changed
            still = not left
        self._missing = self._missing + 1 if left else 0
        if self._missing < self._gone:
            return ViewEvent(View.SAME_DOCUMENT if still else View.NOTHING, tuple(distinct) if still else ())
        self.forget()
        return ViewEvent(View.VIEW_CLEAR)

    def _two(self, distinct: list[MrzReading]) -> ViewEvent:
        self._candidate, self._agreed, self._missing = None, 0, 0
        pair = tuple(sorted(reading.lines for reading in distinct))
        seen_before = len(pair) == len(self._pair) and all(map(same_zone, pair, self._pair))
        self._pair = pair
        if seen_before or all(proved(lines) for lines in pair):
            return ViewEvent(View.TWO_DOCUMENTS, tuple(distinct))
        return ViewEvent(View.NOTHING)

    def _none(self) -> ViewEvent:
        self._candidate, self._agreed = None, 0
        if self._current is None:
            return ViewEvent(View.NOTHING)
        self._missing += 1
        if self._missing < self._gone:
            return ViewEvent(View.NOTHING)
        self._current, self._missing = None, 0
        return ViewEvent(View.VIEW_CLEAR)

    def _one(self, reading: MrzReading) -> ViewEvent:
        self._missing = 0
        if self._current is not None and same_zone(reading.lines, self._current):
            self._candidate, self._agreed = None, 0
            if proved(reading.lines):
                self._current = reading.lines
            return ViewEvent(View.SAME_DOCUMENT, (reading,))
        if self._candidate is not None and reading.lines == self._candidate:
            self._agreed += 1
        else:
            self._candidate, self._agreed = reading.lines, 1
        if self._agreed < self._agree and not proved(reading.lines):
            return ViewEvent(View.NOTHING)
        self._current, self._candidate, self._agreed = reading.lines, None, 0
        return ViewEvent(View.NEW_DOCUMENT, (reading,))


def _distinct(readings: Sequence[MrzReading]) -> list[MrzReading]:
    kept: list[MrzReading] = []
    for reading in readings:
        if not any(same_zone(reading.lines, other.lines) for other in kept):
            kept.append(reading)
    return kept
