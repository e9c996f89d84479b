"""Where people come from and go to, as a matrix and as arrows for a map. Unknown ends stay in the matrix."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bmis.flows.cell import UNKNOWN
from bmis.flows.centres import Degrees, centre_of
from bmis.flows.counts import CountsView
from bmis.flows.origin import HOME
from bmis.flows.package.areas import province_pcode
from bmis.kernel.small_cells import is_small
from bmis.posts.admin_area import admin_area
from bmis.posts.errors import UnknownAreaError, UnknownPostError
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
    """A post with what crossed there; no place where the list is not sure of it."""

    code: str
    name: str
    at: Degrees | None
    entries: int
    exits: int


@dataclass(frozen=True, slots=True)
class FlowMap:
    """What is drawn, and what is not: ``unplaced`` movements have an end that is not known or not on the map."""

    first: date
    last: date
    arrows: tuple[Arrow, ...]
    posts: tuple[PostPoint, ...]
    provinces: Mapping[str, int]  # P-code: movements at its posts
    total: int
    unplaced: int
    hidden: int  # movements of flows under the limit


@dataclass(frozen=True, slots=True)
class Matrix:
    """Origins down, destinations across, by code ("" unknown); ``counts[origin, destination]``, None is hidden."""

    origins: tuple[str, ...]
    destinations: tuple[str, ...]
    counts: Mapping[tuple[str, str], int | None]
    total: int


def end_of(code: str) -> str:
    """Return the province (P-code) or State of a recorded end of a journey, "" where it is neither."""
    if not code:
        return UNKNOWN
    try:
        return admin_area(code).pcode[:4]
    except UnknownAreaError:
        return code if len(code) == 3 and code.isalpha() else UNKNOWN


def flows_between(counts: CountsView, first: date, last: date) -> dict[tuple[str, str], int]:
    """Return movements by origin and destination. Where an end is only "Mozambique", it is the province of the post."""
    found: Counter[tuple[str, str]] = Counter()
    by = ("post_code", "coming_from", "going_to")
    for (post, coming, going), n in counts.sums("origin_destination", first, last, by).items():
        origin, destination = end_of(coming), end_of(going)
        here = province_of_post(post)
        found[here if origin == HOME else origin, here if destination == HOME else destination] += n
    return dict(found)


def matrix_of(flows: Mapping[tuple[str, str], int], limit: int = 1) -> Matrix:
    """Return the matrix, largest ends first; counts under the limit, and over zero, are hidden."""
    origins: Counter[str] = Counter()
    destinations: Counter[str] = Counter()
    for (origin, destination), n in flows.items():
        origins[origin] += n
        destinations[destination] += n
    shown = {pair: None if is_small(n, limit) else n for pair, n in flows.items()}
    return Matrix(_ordered(origins), _ordered(destinations), shown, sum(flows.values()))


def flow_map(counts: CountsView, first: date, last: date, limit: int) -> FlowMap:
    """Return the map of these local days. A flow of fewer than ``limit`` people is not drawn."""
    flows = flows_between(counts, first, last)
    arrows: list[Arrow] = []
    unplaced = hidden = 0
    for (origin, destination), n in sorted(flows.items(), key=lambda pair: pair[1]):
        start, end = centre_of(origin), centre_of(destination)
        if start is None or end is None or origin == destination:
            unplaced += n
        elif is_small(n, limit):
            hidden += n
        else:
            arrows.append(Arrow(origin, destination, start, end, n))
    posts, provinces = _posts(counts.sums("origin_destination", first, last, ("post_code", "direction")))
    return FlowMap(first, last, tuple(arrows), posts, provinces, sum(flows.values()), unplaced, hidden)


def _posts(sums: Mapping[tuple[str, ...], int]) -> tuple[tuple[PostPoint, ...], dict[str, int]]:
    ways: dict[str, Counter[str]] = defaultdict(Counter)
    provinces: Counter[str] = Counter()
    for (code, direction), n in sums.items():
        ways[code][direction] += n
        provinces[province_of_post(code)] += n
    return tuple(_point(code, ways[code]) for code in sorted(ways)), dict(provinces)


def _point(code: str, ways: Counter[str]) -> PostPoint:
    try:
        post = point_of_entry(code)
    except UnknownPostError:
        return PostPoint(code, code, None, ways["ENTRY"], ways["EXIT"])
    sure = None if post.position is None else (post.position.longitude, post.position.latitude)
    return PostPoint(code, post.name, sure, ways["ENTRY"], ways["EXIT"])


def province_of_post(post_code: str) -> str:
    """Return the P-code of the province of a post, "" where the list does not have it."""
    try:
        return province_pcode(point_of_entry(post_code).iso_3166_2)
    except UnknownPostError:
        return UNKNOWN


def _ordered(sums: Counter[str]) -> tuple[str, ...]:
    known: Sequence[str] = sorted((key for key in sums if key), key=lambda key: (-sums[key], key))
    return (*known, *((UNKNOWN,) if UNKNOWN in sums else ()))
