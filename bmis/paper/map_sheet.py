"""A map as plain values, ready to be drawn on paper or on a screen: what there is, never how it looks."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

Degrees = tuple[float, float]
"""Longitude, latitude; WGS 84."""

TONE, PLAIN, MARK, ARROW, POSTS = "tone", "plain", "mark", "arrow", "posts"
WIDEST = 9.0
"""Points (on a screen: pixels) of the largest flow."""
_THINNEST = 0.7


@dataclass(frozen=True, slots=True)
class MapArea:
    """An area: its rings (holes too), what is written on it, and its tone from 0 (plain) to 1; None has no number.

    ``marked``: why it is marked, in words; it then has a heavy broken outline and slanting lines, and the words under
    its name.
    """

    rings: tuple[tuple[Degrees, ...], ...]
    label: str = ""
    label_at: Degrees | None = None
    tone: float | None = None
    marked: str = ""


@dataclass(frozen=True, slots=True)
class MapArrow:
    """A flow: ends and how many."""

    start: Degrees
    end: Degrees
    n: int


@dataclass(frozen=True, slots=True)
class MapPoint:
    """A post: where, its name, how large it is drawn (0 to 1)."""

    at: Degrees
    label: str
    size: float


@dataclass(frozen=True, slots=True)
class KeyRow:
    """A line of the legend. ``kind``: tone, plain, mark, arrow or posts; ``value``: the tone, or how many."""

    kind: str
    words: str
    value: float = 0.0


@dataclass(frozen=True, slots=True)
class MapSheet:
    """Words and shapes ready to draw. ``window``: west, south, east, north in degrees. ``key``: the legend."""

    title: str
    period: str
    window: tuple[float, float, float, float]
    areas: tuple[MapArea, ...]
    arrows: tuple[MapArrow, ...]
    points: tuple[MapPoint, ...]
    key: tuple[KeyRow, ...]
    notes: tuple[str, ...]
    languages: tuple[str, ...] = ("pt",)

    @property
    def most(self) -> int:
        """The largest flow, 0 where there is none."""
        return max((one.n for one in self.arrows), default=0)


def arrow_width(n: float, most: int) -> float:
    """Return how wide a flow is drawn beside the largest: the area grows with the number."""
    return max(_THINNEST, WIDEST * math.sqrt(n / most)) if most else _THINNEST


def grouped(n: float) -> str:
    """Return a number with a space before each three figures."""
    return f"{round(n):,}".replace(",", " ")


def classes_of(numbers: Iterable[int]) -> tuple[int, ...]:
    """Return the least number of each class but the first, ascending: round numbers, at most three."""
    most = max(numbers, default=0)
    bounds = {_round_number(most / part) for part in (20, 5, 2)}
    return tuple(sorted(bound for bound in bounds if 1 < bound <= most))


def _round_number(number: float) -> int:
    """Return the largest of 1, 2, 5, 10, 20… that is not above the number; 0 below one."""
    if number < 1:
        return 0
    ten: int = 10 ** int(math.log10(number))
    return max(step * ten for step in (1, 2, 5) if step * ten <= number)
