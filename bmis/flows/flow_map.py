"""Where people come from and go to, as a matrix and as arrows for a map. Unknown ends stay in the matrix."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bmis.flows.cell import UNKNOWN
from bmis.flows.centres import Degrees, centre_of
from bmis.flows.journeys import Journeys, end_of
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry


@dataclass(frozen=True, slots=True)
class Arrow:
    """A flow from one end to another, degrees WGS 84."""

    origin: str
    destination: str
    start: Degrees
    end: Degrees
    n: int


@dataclass(frozen=True, slots=True)
class PostPoint:
    """A post where anybody crossed; no place where the list is not sure of it, no number where none may be told."""

    code: str
    name: str
    at: Degrees | None
    n: int | None


@dataclass(frozen=True, slots=True)
class FlowMap:
    """What is drawn, and what is not.

    ``unplaced`` movements have an end that is not known or not on the map. ``hidden`` and ``untold`` as ``Journeys``:
    a ``total`` is of what is told, so that nothing that is not can be taken from it.
    """

    first: date
    last: date
    arrows: tuple[Arrow, ...]
    posts: tuple[PostPoint, ...]
    provinces: Mapping[str, int]  # P-code: movements at its posts
    total: int
    unplaced: int
    hidden: int
    untold: int


@dataclass(frozen=True, slots=True)
class Matrix:
    """Origins down, destinations across, by code ("" unknown). ``hidden``: movements told under no pair of ends."""

    origins: tuple[str, ...]
    destinations: tuple[str, ...]
    counts: Mapping[tuple[str, str], int]
    hidden: int

    def cell(self, origin: str, destination: str) -> int | None:
        """Return how many; None where nobody is shown and some may be hidden."""
        return self.counts.get((origin, destination), None if self.hidden else 0)


def flows_between(journeys: Journeys, direction: str | None = None) -> dict[tuple[str, str], int]:
    """Return movements by origin and destination, provinces and States."""
    found: Counter[tuple[str, str]] = Counter()
    for one, n in journeys.counts.items():
        if direction in (None, one.direction):
            found[end_of(one.origin), end_of(one.destination)] += n
    return dict(found)


def matrix_of(flows: Mapping[tuple[str, str], int], hidden: int) -> Matrix:
    """Return the matrix, largest ends first."""
    origins: Counter[str] = Counter()
    destinations: Counter[str] = Counter()
    for (origin, destination), n in flows.items():
        origins[origin] += n
        destinations[destination] += n
    return Matrix(_ordered(origins), _ordered(destinations), flows, hidden)


def matrices_of(journeys: Journeys) -> dict[str, Matrix]:
    """Return the matrix of each direction."""
    ways = sorted({one.direction for one in journeys.counts} | set(journeys.hidden))
    return {way: matrix_of(flows_between(journeys, way), journeys.hidden.get(way, 0)) for way in ways}


def flow_map(journeys: Journeys) -> FlowMap:
    """Return the map."""
    arrows: list[Arrow] = []
    unplaced = 0
    for (origin, destination), n in sorted(flows_between(journeys).items(), key=lambda pair: pair[1]):
        start, end = centre_of(origin), centre_of(destination)
        if start is None or end is None or origin == destination:
            unplaced += n
        else:
            arrows.append(Arrow(origin, destination, start, end, n))
    return FlowMap(
        journeys.first,
        journeys.last,
        tuple(arrows),
        tuple(_point(code, journeys.posts[code]) for code in sorted(journeys.posts)),
        journeys.places,
        journeys.total,
        unplaced,
        sum(journeys.hidden.values()),
        journeys.untold,
    )


def _point(code: str, n: int | None) -> PostPoint:
    try:
        post = point_of_entry(code)
    except UnknownPostError:
        return PostPoint(code, code, None, n)
    sure = None if post.position is None else (post.position.longitude, post.position.latitude)
    return PostPoint(code, post.name, sure, n)


def _ordered(sums: Counter[str]) -> tuple[str, ...]:
    known: Sequence[str] = sorted((key for key in sums if key), key=lambda key: (-sums[key], key))
    return (*known, *((UNKNOWN,) if UNKNOWN in sums else ()))
