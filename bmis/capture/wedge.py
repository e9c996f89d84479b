"""Swipe readers that type like a keyboard: told from a person by their pace, so that only a person types into fields.

Each key is held until the next or until ``HOLD_MS`` pass (nobody notices), then it is either a person's and replayed,
or part of a burst and kept. Decision keys inside a burst are swallowed: a device cannot decide.
"""

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bmis.capture.mrz_shape import formats, shape_of

HOLD_MS = 35  # two keys nearer than this are not typed by one person's hand more than a few times running
BURST_KEYS = 8  # so many running at that pace are a reader's; people roll two or three keys
INSIDE_MS = 120  # once a burst is known, a slower key still belongs to it: readers pause between lines
_LATE_KEYS = 130  # keys that were replayed and may still turn out to be a slow reader's
_LATE_MEAN_MS = 90  # mean pace of a slow reader over a whole zone; fast typists need more for such text
_ENDS = frozenset({"\r", "\n", "\t", "Return", "Enter", "Tab"})


@dataclass(frozen=True, slots=True)
class Keystroke:
    """One key: the character it types, or its name (``F12``, ``Return``) where it types none."""

    text: str
    at_ms: int

    @property
    def types(self) -> bool:
        """Return whether it types a character."""
        return len(self.text) == 1


@dataclass(frozen=True, slots=True)
class WedgeAnswer:
    """What to do now: give ``replay`` to the focused field, take ``lines`` as a read zone."""

    replay: tuple[Keystroke, ...] = ()
    lines: tuple[str, ...] = ()  # a whole zone
    already_typed: bool = False  # its keys came slowly and were replayed: the field that took them is to be emptied
    rejected: int = 0  # keys of a burst that is no zone; they are dropped, the officer hears a reader misread
    wait_ms: int = 0  # call ``idle`` after so many milliseconds if no key comes; 0: nothing is held


class WedgeDetector:
    """Fed with every key of the window, tells a reader's bursts from a person's typing. One thread uses it."""

    def __init__(self) -> None:
        self._held: list[Keystroke] = []
        self._burst = False
        self._typed: deque[Keystroke] = deque(maxlen=_LATE_KEYS)

    @property
    def in_burst(self) -> bool:
        """Return whether a reader is typing now."""
        return self._burst

    def key(self, text: str, at_ms: int, *, auto_repeat: bool = False) -> WedgeAnswer:
        """Take one key at ``at_ms`` of a clock that only goes forward. A key held down by a person is no burst."""
        if not text:
            return self._waiting(())
        stroke = Keystroke(text, at_ms)
        if auto_repeat and not self._burst:
            return WedgeAnswer(replay=(*self._released(), stroke))
        before = self.idle(at_ms)
        self._held.append(stroke)
        if not self._burst and len(self._held) >= BURST_KEYS:
            self._burst = True
            self._typed.clear()
        late = self._slow_zone() if not self._burst and text in _ENDS else ()
        if late:
            self._held.clear()  # the key that ends the zone decides nothing
            self._typed.clear()
            return WedgeAnswer(before.replay, late, already_typed=True, rejected=before.rejected)
        return self._waiting(before.replay, before.lines, before.rejected)

    def idle(self, now_ms: int) -> WedgeAnswer:
        """Say that it is ``now_ms`` and no key came: what was held is told."""
        if not self._held:
            return WedgeAnswer()
        quiet = now_ms - self._held[-1].at_ms
        if quiet < (INSIDE_MS if self._burst else HOLD_MS):
            return self._waiting(())
        if not self._burst:
            return WedgeAnswer(replay=self._released())
        keys, self._held, self._burst = self._held, [], False
        lines = zone_in("".join(stroke.text if stroke.types else "\n" for stroke in keys if _kept(stroke)))
        return WedgeAnswer(lines=lines, rejected=0 if lines else len(keys))

    def _released(self) -> tuple[Keystroke, ...]:
        released = tuple(self._held)
        self._held = []
        self._typed.extend(released)
        return released

    def _waiting(self, replay: tuple[Keystroke, ...], lines: tuple[str, ...] = (), rejected: int = 0) -> WedgeAnswer:
        wait = 0 if not self._held else INSIDE_MS if self._burst else HOLD_MS
        return WedgeAnswer(replay, lines, rejected=rejected, wait_ms=wait)

    def _slow_zone(self) -> tuple[str, ...]:
        """Return the zone that the last keys typed, if they came at a slow reader's even pace."""
        keys = [*self._typed, *self._held]
        shortest = min(count * length for count, length in formats())
        if len(keys) < shortest:
            return ()
        for first in range(len(keys) - shortest + 1):
            run = keys[first:]
            if (run[-1].at_ms - run[0].at_ms) / len(run) > _LATE_MEAN_MS:
                continue
            text = "".join(stroke.text if stroke.types else "\n" for stroke in run if _kept(stroke))
            lines = zone_in(text)
            if lines and text.strip().upper().startswith(lines[0]):
                return lines
        return ()


def _kept(stroke: Keystroke) -> bool:
    return stroke.types or stroke.text in _ENDS


def zone_in(untrusted: str) -> tuple[str, ...]:
    """Return the zone that a reader typed, framed as readers do: a line end after each line, or none between them."""
    pieces = [piece for piece in re.split(r"[^A-Z0-9<]+", untrusted.upper()) if piece]
    for count, length in formats():
        for first in range(len(pieces) - count + 1):
            lines = tuple(pieces[first : first + count])
            if all(len(line) == length for line in lines) and shape_of(lines) is not None:
                return lines
    for piece in pieces:
        for lines in _unframed(piece):
            if shape_of(lines) is not None:
                return lines
    return ()


def _unframed(piece: str) -> Iterator[tuple[str, ...]]:
    for count, length in formats():
        if len(piece) == count * length:
            yield tuple(piece[at : at + length] for at in range(0, len(piece), length))


def keystrokes(lines: Sequence[str], first_ms: int, pace_ms: int, end: str = "\r") -> list[Keystroke]:
    """Return the keys by which a reader would type ``lines``: for a device test and for training."""
    text = "".join(line + end for line in lines)
    return [Keystroke(char, first_ms + at * pace_ms) for at, char in enumerate(text)]
