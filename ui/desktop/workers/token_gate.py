"""Which health token in view is a new one: each is taken once, however many frames show it. Only hashes are held."""

import hashlib
import secrets
from collections.abc import Collection
from datetime import datetime, timedelta
from enum import StrEnum

GONE_FOR = timedelta(seconds=1.5)  # a token that was out of view for so long is shown anew
GONE_FRAMES = 2  # at the least; one frame without it is a blurred one
GONE_SURELY = 20  # frames without it, whatever the clock says
ALONE_FRAMES = 5  # of several, one that is seen alone for so many frames running: the others were taken away


class Seen(StrEnum):
    """What the newest frame means."""

    NOTHING = "nothing"
    NEW = "new"
    SEVERAL = "several"  # different ones at once: nobody knows whose they are


class TokenMark:
    """Tells tokens apart without keeping them: a hash under a key of this run."""

    def __init__(self) -> None:
        self._key = secrets.token_bytes(32)

    def __call__(self, text: str) -> bytes:
        return hashlib.blake2b(text.encode("utf-8", "replace"), key=self._key).digest()


class TokenGate:
    """Follows the camera from frame to frame. One thread uses it."""

    def __init__(self) -> None:
        self._mark = TokenMark()
        self.forget()

    def forget(self) -> None:
        """Take whatever is in view as new: the officer asked for a fresh look."""
        self._last: frozenset[bytes] = frozenset()
        self._missing = self._alone = 0
        self._missing_since: datetime | None = None

    def offer(self, tokens: Collection[str], taken_at: datetime) -> Seen:
        """Return what the tokens of the newest frame mean; ``taken_at`` says when it was taken."""
        if not tokens:
            self._count_missing(taken_at)
            return Seen.NOTHING
        self._missing, self._missing_since = 0, None
        marks = frozenset(map(self._mark, tokens))
        if marks == self._last:
            self._alone = 0
            return Seen.NOTHING
        if marks < self._last:  # of several one may be blurred for a frame
            self._alone += 1
            if self._alone < ALONE_FRAMES:
                return Seen.NOTHING
        self._last, self._alone = marks, 0
        return Seen.NEW if len(marks) == 1 else Seen.SEVERAL

    def _count_missing(self, taken_at: datetime) -> None:
        if not self._last:
            return
        self._missing += 1
        if self._missing_since is None or taken_at < self._missing_since:
            self._missing_since = taken_at
        long = taken_at - self._missing_since >= GONE_FOR
        if (long and self._missing >= GONE_FRAMES) or self._missing >= GONE_SURELY:
            self.forget()
