"""Long work over rows: it tells how far it is, and ends early when nobody wants it any more."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

T = TypeVar("T")
Tell = Callable[[int, int], None]
"""Hears how many rows are done, and of how many."""
Cancelled = Callable[[], bool]
TELL_EVERY = 5000


def unheard(_done: int, _of: int) -> None:
    """Nobody listens."""


def never() -> bool:
    """Nobody calls it off."""
    return False


class Telling:
    """Counts rows as they go by. ``done``: how many have; ``count``: how many are expected."""

    def __init__(self, progress: Tell = unheard, cancelled: Cancelled = never, count: int = 0) -> None:
        self.done = 0
        self.cancelled = cancelled
        self._progress, self._count = progress, count

    def over(self, rows: Iterable[T]) -> Iterator[T]:
        """Yield the rows; none after it was called off, so what was made of them is to be thrown away."""
        for at, row in enumerate(rows):
            if at % TELL_EVERY == 0:
                if self.cancelled():
                    return
                self.tell()
            self.done += 1
            yield row

    def tell(self) -> None:
        """Tell how far it is."""
        self._progress(self.done, max(self._count, self.done))
