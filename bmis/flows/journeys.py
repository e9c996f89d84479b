"""Movements by where they begin and end, for maps and matrices.

Either everything that was recorded (for the desk itself), or what the daily tables of a package show (for all others):
then every sum of a map or a matrix is one of numbers that were shown.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from bmis.flows.cell import UNKNOWN
from bmis.flows.counts import CountsView
from bmis.flows.origin import HOME
from bmis.flows.package.areas import province_pcode
from bmis.flows.package.resource import FlowPackage
from bmis.posts.admin_area import admin_area
from bmis.posts.errors import UnknownAreaError, UnknownPostError
from bmis.posts.point_of_entry import point_of_entry

ENTRY, EXIT = "entry", "exit"
_DIRECTIONS = {"ENTRY": ENTRY, "EXIT": EXIT}


@dataclass(frozen=True, slots=True)
class Journey:
    """Where movements of a day began and ended: P-code or State, "" unknown; ``here``: the province of the post."""

    day: date
    direction: str
    here: str
    origin: str
    destination: str


@dataclass(frozen=True, slots=True)
class Journeys:
    """How many of each journey.

    ``limit``: the least count that is told of a day. ``hidden``: movements, by direction, of journeys that a day had
    fewer of. ``untold``: totals of a day, province and direction that are themselves under the limit; nothing of them
    is in any sum. ``places``: all movements that may be told, by province of the post. ``posts``: where anybody
    crossed; the movements of each only where everything is told.
    """

    first: date
    last: date
    limit: int
    counts: Mapping[Journey, int]
    places: Mapping[str, int]
    posts: Mapping[str, int | None]
    hidden: Mapping[str, int] = field(default_factory=dict)
    untold: int = 0

    @property
    def total(self) -> int:
        """Return all movements that are told, those that are hidden among others too."""
        return sum(self.counts.values()) + sum(self.hidden.values())


def recorded_journeys(counts: CountsView, first: date, last: date) -> Journeys:
    """Return every movement. Where an end is only "Mozambique", it is the province of the post."""
    found: Counter[Journey] = Counter()
    places: Counter[str] = Counter()
    posts: Counter[str] = Counter()
    by = ("day", "post_code", "direction", "coming_from", "going_to")
    for (day, post, way, coming, going), n in counts.sums("origin_destination", first, last, by).items():
        here = province_of_post(post)
        origin, destination = (here if end == HOME else end for end in (coming, going))
        found[Journey(date.fromisoformat(day), _DIRECTIONS[way], here, origin, destination)] += n
        places[here] += n
        posts[post] += n
    return Journeys(first, last, 1, found, places, posts)


def shown_journeys(package: FlowPackage, posts: CountsView) -> Journeys:
    """Return what the tables of a package by provinces show."""
    found: Counter[Journey] = Counter()
    hidden: Counter[str] = Counter()
    places: Counter[str] = Counter()
    for row in _rows(package, "fmr_origin_destination"):
        n, way, here = int(row["total"]), str(row["direction"]), str(row["fmp_adm1_pcode"] or UNKNOWN)
        if row["shown"] == "merged":
            hidden[way] += n
            continue
        origin, destination = (_end(row, end, here) for end in ("origin", "dest"))
        found[Journey(date.fromisoformat(row["date"]), way, here, origin, destination)] += n
    untold = 0
    for row in _rows(package, "fmr"):
        if row["total"] is None:
            untold += 1
        else:
            places[str(row["fmp_adm1_pcode"] or UNKNOWN)] += int(row["total"])
    codes = posts.sums("origin_destination", package.first, package.last, ("post_code",))
    crossed: dict[str, int | None] = {code: None for (code,) in codes}
    return Journeys(package.first, package.last, package.limit, found, places, crossed, hidden, untold)


def end_of(code: str) -> str:
    """Return the province (P-code) or State of a recorded end of a journey, "" where it is neither."""
    if not code:
        return UNKNOWN
    try:
        return admin_area(code).pcode[:4]
    except UnknownAreaError:
        return code if len(code) == 3 and code.isalpha() else UNKNOWN


def province_of_post(post_code: str) -> str:
    """Return the P-code of the province of a post, "" where the list does not have it."""
    try:
        return province_pcode(point_of_entry(post_code).iso_3166_2)
    except UnknownPostError:
        return UNKNOWN


def _rows(package: FlowPackage, name: str) -> list[dict[str, Any]]:
    table = package.resource(name)
    return [dict(zip(table.fields, row, strict=True)) for row in table.rows]


def _end(row: Mapping[str, Any], end: str, here: str) -> str:
    country, province = row[f"{end}_country"], row[f"{end}_adm1"]
    if country == HOME and not province:
        return here
    return str(province or country or UNKNOWN)
