"""Long work at the terminal: a line on stderr says how far it is, and Ctrl-C ends it between two steps."""

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, current_thread, main_thread
from types import FrameType

from bmis.kernel.i18n import translate as _
from ui.cli.errors import CalledOffError


class LongWork:
    """Hears how far the work is. The line is for a person who looks on: into a file or a pipe none is written."""

    def __init__(self) -> None:
        self._over = Event()
        self._shown = 0

    def cancelled(self) -> bool:
        """Return whether Ctrl-C was pressed."""
        return self._over.is_set()

    def call_off(self) -> None:
        """Say that nobody wants it any more."""
        self._over.set()

    def require(self) -> None:
        """Return only while it is wanted. Raises CalledOffError."""
        if self.cancelled():
            raise CalledOffError

    def counted(self, done: int, of: int) -> None:
        """Say how many crossings are counted."""
        self._say(_("{done} of {count} crossings counted").format(done=done, count=of))

    def wrote(self, done: int, of: int) -> None:
        """Say how many rows are written."""
        self._say(_("{done} of {count} rows written").format(done=done, count=of))

    def end(self) -> None:
        """Leave an empty line where the words stood."""
        if self._shown:
            self._say("")
            print("\r", end="", file=sys.stderr, flush=True)

    def _say(self, words: str) -> None:
        if sys.stderr.isatty():
            print("\r" + words.ljust(self._shown), end="", file=sys.stderr, flush=True)
            self._shown = len(words)


@contextmanager
def long_work() -> Iterator[LongWork]:
    """Give the work. The first Ctrl-C asks it to end, so that nothing half is left; the second ends the program."""
    work = LongWork()

    def pressed(_number: int, _frame: FrameType | None) -> None:
        work.call_off()
        signal.signal(signal.SIGINT, signal.default_int_handler)

    if current_thread() is not main_thread():  # only there may signals be taken
        yield work
        return
    before = signal.signal(signal.SIGINT, pressed)
    try:
        yield work
    finally:
        signal.signal(signal.SIGINT, before)
        work.end()
