"""Bytes of a serial line to swipes: gathered until the line falls quiet or an end mark comes, within fixed bounds."""

from bmis.capture.swipe_text import LONGEST_SWIPE, Swipe, SwipeKind, swipe_in

QUIET_MS = 120  # readers pause between the lines of a zone, for less than this
LONGEST_MS = 4000  # three lines at 300 baud take 3.1 s; what goes on longer is no swipe
_LEAST = 8  # bytes; fewer are noise of plugging in, and nobody is told
_WHOLE = (SwipeKind.ZONE, SwipeKind.TOKEN, SwipeKind.SEAL)
_END = 0x03  # ETX
_SEVEN_BITS = bytes(range(128)) * 2  # the eighth bit is parity where reader and line disagree about it


class SerialFramer:
    """Fed with the bytes of a line as they come. One thread uses it; it holds at most ``LONGEST_SWIPE`` bytes."""

    def __init__(self) -> None:
        self._held = bytearray()
        self._first_ms = self._last_ms = 0.0
        self._flooded = False
        self._noise_told = False  # noise with many end marks is told once, not a thousand times

    @property
    def flooded(self) -> bool:
        """Return whether more came than any swipe has; everything is dropped until the line falls quiet."""
        return self._flooded

    @property
    def waits(self) -> bool:
        """Return whether a swipe has begun."""
        return bool(self._held) or self._flooded

    def feed(self, untrusted: bytes, now_ms: float) -> tuple[Swipe, ...]:
        """Take bytes that came at ``now_ms`` of a clock that only goes forward; return the swipes that ended."""
        found = list(self.idle(now_ms))
        if not untrusted:
            return tuple(found)
        if not self.waits:
            self._first_ms = now_ms
        self._last_ms = now_ms
        if self._flooded:
            return tuple(found)
        rest = untrusted
        while rest:
            end = rest.find(_END) + 1
            part, rest = (rest[:end], rest[end:]) if end else (rest, b"")
            if len(self._held) + len(part) > LONGEST_SWIPE or now_ms - self._first_ms > LONGEST_MS:
                self._held.clear()
                self._flooded = True
                found += self._worth_telling(Swipe(SwipeKind.UNKNOWN))
                break
            self._held += part
            if end:
                found += self._told()
        return tuple(found)

    def idle(self, now_ms: float) -> tuple[Swipe, ...]:
        """Say that it is ``now_ms`` and nothing came; return the swipe that ended by it."""
        if now_ms - self._last_ms < QUIET_MS:
            return ()
        found = self._told() if self._held else ()
        self._flooded = self._noise_told = False
        return found

    def forget(self) -> None:
        """Drop what was begun: the line was cut."""
        self._held.clear()
        self._flooded = False

    def _told(self) -> tuple[Swipe, ...]:
        untrusted = bytes(self._held)
        self._held.clear()
        swipe = swipe_in(untrusted.decode("latin-1"))
        if swipe.kind not in _WHOLE and any(byte > 127 for byte in untrusted):
            seven = swipe_in(untrusted.translate(_SEVEN_BITS).decode("ascii"))
            swipe = seven if seven.kind in (*_WHOLE, SwipeKind.MAGNETIC) else swipe
        return self._worth_telling(swipe) if swipe.kind in _WHOLE or len(untrusted) >= _LEAST else ()

    def _worth_telling(self, swipe: Swipe) -> tuple[Swipe, ...]:
        if swipe.kind in _WHOLE:
            return (swipe,)
        again, self._noise_told = self._noise_told, True
        return () if again else (swipe,)
