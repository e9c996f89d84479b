"""A cube is one way to count crossings; a cell is how many of one kind a day, a post and a direction had."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from bmis.crossings.counted import CountedCrossing

UNKNOWN = ""
"""The key of what nobody recorded. It is a key like others: unknown is counted, and never as something else."""

Keys = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Cube:
    """One way to count.

    ``dimensions`` name the keys beside day, post and direction, three at most. ``keys`` gives a crossing's cells: none
    where it does not count here, several where it counts under several (reasons); a number is how many times.
    A changed meaning needs another ``version``: its cells are then counted anew.
    """

    name: str
    version: int
    dimensions: Keys
    keys: Callable[[CountedCrossing], Iterable[Keys]]

    @property
    def code(self) -> str:
        """Return what cells are kept under."""
        return f"{self.name}.{self.version}"


@dataclass(frozen=True, slots=True, order=True)
class Cell:
    """How many crossings one day, post and direction had under the keys of a cube."""

    cube: str
    day: date
    post_code: str
    direction: str
    keys: Keys
    n: int


def known(value: str | None) -> str:
    """Return the key of a value that may be unknown."""
    return value or UNKNOWN
