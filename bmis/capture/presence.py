"""What lies in view, by readings and tiny pictures only: a new document, the same, two at once, a clear view.

No new read starts until the decided document has left the view, so that one document is never recorded twice and
another never slips under an open draft unseen.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum

from bmis.capture.mrz_reader import MrzReading
from bmis.capture.mrz_shape import proved
from bmis.capture.zone_vote import ZoneVote, alike

WAIT = timedelta(seconds=1)  # an officer waits so long for a sure reading, then a doubtful one is shown
WAIT_FRAMES = 15  # or so many readings, where frames come fast
_MISREAD_CELLS = 6  # two readings of one zone that are not both proved may differ in so many characters


class View(StrEnum):
    """What an offered frame means."""

    NOTHING = "nothing"  # nothing to tell yet
    NEW_DOCUMENT = "new_document"
    SAME_DOCUMENT = "same_document"
    READ_BETTER = "read_better"  # the same document, of which something was in doubt: now it is sure
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

    A document is new when the vote over its frames is sure (``ZoneVote``), or else after ``wait`` or ``frames``
    readings of it, as well as it was read by then. After ``gone`` frames without it (and a picture that changed by
    ``changed``) a document has left.
    """

    def __init__(
        self, *, wait: timedelta = WAIT, frames: int = WAIT_FRAMES, gone: int = 2, changed: float = 6.0
    ) -> None:
        self._wait, self._frames = wait, frames
        self._gone = gone
        self._changed = changed
        self._vote = ZoneVote()
        self.forget()

    def forget(self) -> None:
        """Begin anew: another officer, another source, or the officer asked for a fresh read."""
        self._current: MrzReading | None = None
        self._missing = 0
        self._pair: tuple[tuple[str, ...], ...] = ()
        self._held: tuple[str, ...] | None = None
        self._held_signature: bytes | None = None
        self._begin_vote()

    def _begin_vote(self) -> None:
        self._vote.reset()
        self._since: datetime | None = None
        self._counted = 0

    @property
    def holding(self) -> bool:
        """Return whether a decided document is waited for to leave the view."""
        return self._held_signature is not None

    def decided(self, signature: bytes, lines: Sequence[str] = ()) -> None:
        """Shut the gate: the document in view is decided. ``lines`` are empty where it has no readable zone."""
        self._held = tuple(lines) or (self._current.lines if self._current else None)
        self._held_signature = signature
        self._missing = 0

    def offer(self, readings: Sequence[MrzReading], signature: bytes, taken_at: datetime) -> ViewEvent:
        """Return what the newest frame means; ``taken_at`` says when it was taken."""
        distinct = _distinct(readings)
        if self._held_signature is not None:
            return self._while_held(distinct, signature, self._held_signature)
        if len(distinct) > 1:
            return self._two(distinct)
        self._pair = ()
        if not distinct:
            return self._none()
        return self._one(distinct[0], taken_at)

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
        self._begin_vote()
        self._missing = 0
        pair = tuple(sorted(reading.lines for reading in distinct))
        seen_before = len(pair) == len(self._pair) and all(map(same_zone, pair, self._pair))
        self._pair = pair
        if seen_before or all(proved(lines) for lines in pair):
            return ViewEvent(View.TWO_DOCUMENTS, tuple(distinct))
        return ViewEvent(View.NOTHING)

    def _none(self) -> ViewEvent:
        self._missing += 1
        if self._missing < self._gone:
            return ViewEvent(View.NOTHING)
        had, self._current, self._missing = self._current is not None, None, 0
        self._begin_vote()
        return ViewEvent(View.VIEW_CLEAR if had else View.NOTHING)

    def _one(self, reading: MrzReading, taken_at: datetime) -> ViewEvent:
        self._missing = 0
        sure = self._vote.add((reading,))
        if self._current is not None and _is_of(reading, self._current):
            self._since, self._counted = None, 0
            return self._again(reading, sure, self._current)
        if self._since is None or taken_at < self._since:  # or the machine's clock was set back
            self._since = taken_at
        self._counted += 1
        if sure is None and taken_at - self._since < self._wait and self._counted < self._frames:
            return ViewEvent(View.NOTHING)
        new = sure or self._vote.best() or reading
        self._current = replace(new, box=reading.box)  # where it lies in this frame, whichever frames it was read from
        self._since, self._counted = None, 0
        return ViewEvent(View.NEW_DOCUMENT, (self._current,))

    def _again(self, reading: MrzReading, sure: MrzReading | None, current: MrzReading) -> ViewEvent:
        if sure is None or not _is_of(sure, current):
            return ViewEvent(View.SAME_DOCUMENT, (reading,))
        if not current.unsure and (proved(current.lines) or not proved(sure.lines)):
            return ViewEvent(View.SAME_DOCUMENT, (reading,))
        self._current = replace(sure, box=reading.box)
        return ViewEvent(View.READ_BETTER, (self._current,))


def _is_of(reading: MrzReading, current: MrzReading) -> bool:
    return same_zone(reading.lines, current.lines) or alike(reading, current)


def _distinct(readings: Sequence[MrzReading]) -> list[MrzReading]:
    kept: list[MrzReading] = []
    for reading in readings:
        if not any(same_zone(reading.lines, other.lines) for other in kept):
            kept.append(reading)
    return kept
