"""A reader that types told from a person, at the keys that act at once: its burst is undone and read as a scan."""

from collections.abc import Callable
from typing import Generic, TypeVar

from bmis.capture.wedge import BURST_KEYS, HOLD_MS, INSIDE_MS

State = TypeVar("State")


class KeyPace(Generic[State]):
    """Fed with every key and with what stood before it. One thread uses it."""

    def __init__(self, now_ms: Callable[[], float]) -> None:
        self._now_ms = now_ms
        self._last_ms = float("-inf")
        self._run = ""
        self._before: State | None = None
        self._in_burst = False

    @property
    def in_burst(self) -> bool:
        """Return whether a reader is typing."""
        return self._in_burst

    @property
    def before(self) -> State | None:
        """Return what stood before the run of fast keys began."""
        return self._before

    def key(self, text: str, state: State) -> bool:
        """Take a key; return whether it came at a reader's pace after the one before it."""
        now = self._now_ms()
        fast = now - self._last_ms < (INSIDE_MS if self._in_burst else HOLD_MS)
        self._last_ms = now
        if not fast:
            self._run, self._before, self._in_burst = "", state, False
        self._run += text
        self._in_burst = self._in_burst or len(self._run) >= BURST_KEYS
        return fast

    def ended(self) -> str:
        """Return what the reader typed, "" when it was none, and begin anew."""
        text = self._run if self._in_burst else ""
        self._run, self._before, self._in_burst = "", None, False
        return text
