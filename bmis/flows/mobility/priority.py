"""Which places to watch first: a product of three factors, each shown with what it is from (priority.toml)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from bmis.flows.affected import AffectedArea, lies_in
from bmis.flows.journeys import province_of_post
from bmis.flows.mobility.errors import MobilityListError
from bmis.flows.mobility.lists import mobility_file
from bmis.flows.mobility.place import MappedPlace, MappedRoute, is_area

FILE = "priority.toml"
FACTORS = ("volume", "connectivity", "vulnerability")


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights in force on a day."""

    version: str
    valid_from: date
    of: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Factor:
    """One factor: the code it is from, None where nobody knows, and its weight."""

    code: str | None
    weight: int | None


@dataclass(frozen=True, slots=True)
class SitePriority:
    """A place with its factors. ``score`` None: a factor is not known, which is not the same as low."""

    place: MappedPlace
    factors: Mapping[str, Factor]
    score: int | None


def weights_on(day: date) -> Weights:
    """Return the weights in force on a day; before the first rule the first one holds.

    Raises:
        MobilityListError: the file is missing or damaged.
    """
    try:
        rules: list[Mapping[str, Any]] = sorted(mobility_file(FILE)["rule"], key=lambda one: one["valid_from"])
        rule = next((one for one in reversed(rules) if one["valid_from"] <= day), rules[0])
        of = {name: {str(code): int(weight) for code, weight in rule[name].items()} for name in FACTORS}
        return Weights(str(rule["version"]), rule["valid_from"], of)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        raise MobilityListError(file=FILE) from error


def priorities(
    places: Sequence[MappedPlace],
    routes: Iterable[MappedRoute],
    areas: Sequence[AffectedArea] | None,
    day: date,
    weights: Weights,
) -> list[SitePriority]:
    """Return the places, highest score first, those without one last. ``areas`` None: nobody gave any."""
    affected = None if areas is None else [one.area for one in areas if one.on(day)]
    joined: dict[str, set[str]] = defaultdict(set)
    for route in routes:
        joined[route.origin].add(route.destination)
        joined[route.destination].add(route.origin)
    where = {one.code: one.adm2_pcode for one in places}
    found = [_site(place, _connectivity(place.code, joined, where, affected), weights) for place in places]
    return sorted(found, key=lambda one: (one.score is None, -(one.score or 0), one.place.code))


def _site(place: MappedPlace, connectivity: str, weights: Weights) -> SitePriority:
    codes = {"volume": place.volume_class, "connectivity": connectivity, "vulnerability": place.vulnerability}
    factors = {name: Factor(code, weights.of[name].get(code) if code else None) for name, code in codes.items()}
    score = 1
    for factor in factors.values():
        if factor.weight is None:
            return SitePriority(place, factors, None)
        score *= factor.weight
    return SitePriority(place, factors, score)


def _connectivity(
    code: str, joined: Mapping[str, set[str]], where: Mapping[str, str], affected: Sequence[str] | None
) -> str:
    if affected is None:
        return "not_given"

    def lies_inside(end: str) -> bool:
        area = where.get(end) or (end if is_area(end) else province_of_post(end))
        return any(lies_in(area, one) for one in affected)

    if lies_inside(code):
        return "inside"
    near = joined.get(code, set())
    if any(lies_inside(end) for end in near):
        return "direct"
    if any(lies_inside(further) for end in near for further in joined.get(end, ())):
        return "one_change"
    return "none_known"
