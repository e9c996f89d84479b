"""Points of entry, from a list that says how sure it is of each."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from bmis.posts.errors import PostListError, UnknownPostError
from bmis.posts.lists import ListVersion, list_version, rows

_LIST = "points_of_entry"


class PostKind(StrEnum):
    """What one crosses there."""

    LAND = "land"
    AIR = "air"
    SEA = "sea"
    RAIL = "rail"
    LAKE = "lake"
    RIVER = "river"


class Confidence(StrEnum):
    """How sure the list is of a fact; NONE: it does not know it."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Position:
    """Degrees, WGS 84; south and west are negative."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class PointOfEntry:
    """A border post. ``code`` is the project's own, provisional; ``neighbour_country`` is ISO 3166-1 alpha-3."""

    code: str
    name: str
    kind: PostKind
    province: str
    neighbour_country: str | None
    neighbour_post: str | None
    position: Position | None
    existence_confidence: Confidence
    position_confidence: Confidence
    source: str

    @property
    def position_is_uncertain(self) -> bool:
        """Whether its place on a map must be shown as uncertain (or there is none to show)."""
        return self.position is None or self.position_confidence is not Confidence.HIGH

    @property
    def existence_is_uncertain(self) -> bool:
        """Whether the list is not sure that travellers are processed there."""
        return self.existence_confidence is not Confidence.HIGH

    @property
    def iso_3166_2(self) -> str:
        """The province as ISO 3166-2, e.g. MZ-L."""
        return f"MZ-{self.code.split('.')[1]}"


def points_version() -> ListVersion:
    """Return the version of the list, stored beside every post code."""
    return list_version(_LIST)


def points_of_entry() -> tuple[PointOfEntry, ...]:
    """Return every post, in the list's order.

    Raises:
        PostListError: the list cannot be read.
    """
    return tuple(_by_code().values())


def point_of_entry(code: str) -> PointOfEntry:
    """Return the post of that code, in whatever case it was typed.

    Raises:
        UnknownPostError: there is none.
        PostListError: the list cannot be read.
    """
    found = _by_code().get(code.strip().upper())
    if found is None:
        raise UnknownPostError(post=code.strip().upper()[:20])
    return found


@cache
def _by_code() -> Mapping[str, PointOfEntry]:
    try:
        found = {row["code"]: _point(row) for row in rows(_LIST)}
    except (KeyError, ValueError, TypeError, AttributeError) as error:
        raise PostListError(file=f"{_LIST}.csv") from error
    return MappingProxyType(found)


def _point(row: Mapping[str, str]) -> PointOfEntry:
    position = Position(float(row["lat"]), float(row["lon"])) if row["lat"] and row["lon"] else None
    existence, place = _confidences(row["confidence"])
    return PointOfEntry(
        code=row["code"],
        name=row["name"],
        kind=PostKind(row["kind"]),
        province=row["province"],
        neighbour_country=row["neighbour_country"] or None,
        neighbour_post=row["neighbour_post"] or None,
        position=position,
        existence_confidence=existence,
        position_confidence=Confidence.NONE if position is None else place,
        source=row["source"],
    )


def _confidences(said: str) -> tuple[Confidence, Confidence]:
    """Return existence and position: "high (existence) / low (coords)", or one word for both."""
    parts = {about: Confidence(level) for level, about in re.findall(r"(\w+) \((\w+)\)", said)}
    if parts:
        return parts["existence"], parts["coords"]
    both = Confidence(said.strip())
    return both, both
