"""Swipe readers that type like a keyboard: told from a person by their pace, so that only a person types into fields.

Each key is held until the next or until ``HOLD_MS`` pass (nobody notices), then it is either a person's and replayed,
or part of a burst and kept. Decision keys inside a burst are swallowed: a device cannot decide.
"""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from bmis.capture.mrz_shape import formats
from bmis.capture.swipe_text import Swipe, SwipeKind, code_beginnings, swipe_in

HOLD_MS = 35  # two keys nearer than this are not typed by one person's hand more than a few times running
BURST_KEYS = 8  # so many running at that pace are a reader's; people roll two or three keys
INSIDE_MS = 120  # once a burst is known, a slower key still belongs to it: readers pause between lines
MOST_KEYS = 512  # a reader that types more, or longer than this, is broken or is none: the rest is dropped
MOST_MS = 6000
MOST_TOKEN_MS = 20_000  # a token has 150 characters, a seal 250, and slow scanners type them one by one
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
    """What to do now: give ``replay`` to the field, forget ``taken`` keys after them, take ``lines`` as a zone,
    ``token`` as a health token or ``seal`` as that of a border pass."""

    replay: tuple[Keystroke, ...] = ()
    taken: int = 0  # keys of a reader, which no field gets
    lines: tuple[str, ...] = ()  # a whole zone
    token: str = field(default="", repr=False)
    seal: str = field(default="", repr=False)
    typed_before: int = 0  # so many of a code's first keys were replayed: take them back out of the field
    already_typed: bool = False  # its keys came slowly and were replayed: the field that took them is to be emptied
    rejected: int = 0  # how many of them were a burst that is no zone; the officer hears what ``kind`` it was
    kind: SwipeKind | None = None  # of the burst that ended
    wait_ms: int = 0  # call ``idle`` after so many milliseconds if no key comes; 0: nothing is held


class WedgeDetector:
    """Fed with every key of the window, tells a reader's bursts from a person's typing. One thread uses it."""

    def __init__(self) -> None:
        self._held: list[Keystroke] = []
        self._burst = False
        self._is_token = False  # the burst begins like a health token or a seal
        self._begun: tuple[Keystroke, ...] = ()  # its first keys, where they came slowly and were replayed
        self._flood_ms: int | None = None  # when the last key of a burst that was given up came
        self._typed: deque[Keystroke] = deque(maxlen=_LATE_KEYS)

    @property
    def in_burst(self) -> bool:
        """Return whether a reader is typing now."""
        return self._burst

    def key(self, text: str, at_ms: int, *, auto_repeat: bool = False) -> WedgeAnswer:
        """Take one key at ``at_ms`` of a clock that only goes forward. A key held down by a person is no burst."""
        if not text:
            return self._waiting(WedgeAnswer())
        if self._flooded(at_ms):
            self._flood_ms = at_ms
            return WedgeAnswer(taken=1, wait_ms=INSIDE_MS)
        stroke = Keystroke(text, at_ms)
        if auto_repeat and not self._burst:
            return WedgeAnswer(replay=(*self._released(), stroke))
        before = self.idle(at_ms)
        self._held.append(stroke)
        if not self._burst and len(self._held) >= BURST_KEYS:
            self._burst = True
            self._typed.clear()
        elif not self._burst:
            self._look_for_a_code()
        if self._burst and (len(self._held) >= MOST_KEYS or at_ms - self._held[0].at_ms > self._longest_ms):
            return self._given_up(at_ms)
        late = self._slow_zone() if not self._burst and text in _ENDS else ()
        if late:
            taken = before.taken + len(self._held)  # the key that ends the zone decides nothing
            self._held.clear()
            self._typed.clear()
            return replace(before, taken=taken, lines=late, already_typed=True, kind=SwipeKind.ZONE, wait_ms=0)
        return self._waiting(before)

    def idle(self, now_ms: int) -> WedgeAnswer:
        """Say that it is ``now_ms`` and no key came: what was held is told."""
        if not self._held:
            return WedgeAnswer(wait_ms=INSIDE_MS if self._flooded(now_ms) else 0)
        quiet = now_ms - self._held[-1].at_ms
        if quiet < (INSIDE_MS if self._burst else HOLD_MS):
            return self._waiting(WedgeAnswer())
        if not self._burst:
            return WedgeAnswer(replay=self._released())
        keys, before = self._held, self._begun
        self._end_burst()
        swipe = _swipe([*before, *keys])
        whole = bool(swipe.lines or swipe.token or swipe.seal)
        return WedgeAnswer(
            taken=len(keys),
            lines=swipe.lines,
            token=swipe.token,
            seal=swipe.seal,
            typed_before=len(before),
            rejected=0 if whole else len(keys),
            kind=swipe.kind,
        )

    @property
    def _longest_ms(self) -> int:
        return MOST_TOKEN_MS if self._is_token else MOST_MS

    def _end_burst(self) -> None:
        self._held, self._burst, self._is_token, self._begun = [], False, False, ()

    def _look_for_a_code(self) -> None:
        """Hold all from the mark of a token or a seal on, if it came at a scanner's pace: it must reach no field."""
        for mark in code_beginnings():
            keys = [*self._typed, *self._held][-len(mark) :]
            if "".join(key.text for key in keys).upper() != mark:
                continue
            if (keys[-1].at_ms - keys[0].at_ms) / (len(keys) - 1) <= _LATE_MEAN_MS:
                self._begun = tuple(keys[: max(0, len(keys) - len(self._held))])
                self._burst = self._is_token = True
                self._typed.clear()

    def _flooded(self, now_ms: int) -> bool:
        """Return whether keys still pour in after a burst that was given up."""
        if self._flood_ms is not None and now_ms - self._flood_ms >= INSIDE_MS:
            self._flood_ms = None
        return self._flood_ms is not None

    def _given_up(self, at_ms: int) -> WedgeAnswer:
        count = len(self._held)
        self._end_burst()
        self._flood_ms = at_ms
        return WedgeAnswer(taken=count, rejected=count, kind=SwipeKind.UNKNOWN, wait_ms=INSIDE_MS)

    def _released(self) -> tuple[Keystroke, ...]:
        released = tuple(self._held)
        self._held = []
        self._typed.extend(released)
        return released

    def _waiting(self, before: WedgeAnswer) -> WedgeAnswer:
        return replace(before, wait_ms=0 if not self._held else INSIDE_MS if self._burst else HOLD_MS)

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
            lines = _swipe(run).lines
            if lines and _text(run).strip().upper().startswith(lines[0]):
                return lines
        return ()


def _text(keys: Sequence[Keystroke]) -> str:
    return "".join(key.text if key.types else "\n" for key in keys if key.types or key.text in _ENDS)


def _swipe(keys: Sequence[Keystroke]) -> Swipe:
    return swipe_in(_text(keys))


def keystrokes(lines: Sequence[str], first_ms: int, pace_ms: int, end: str = "\r") -> list[Keystroke]:
    """Return the keys by which a reader would type ``lines``: for a device test and for training."""
    text = "".join(line + end for line in lines)
    return [Keystroke(char, first_ms + at * pace_ms) for at, char in enumerate(text)]
