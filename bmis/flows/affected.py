"""Areas with an outbreak, as dated values from whoever knows, and the movements to, from, through and within them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

from bmis.flows.cell import UNKNOWN
from bmis.flows.journeys import Journeys
from bmis.flows.mobility.errors import MobilityDayError, MobilityFieldError, MobilityListError
from bmis.flows.mobility.lists import mobility_file
from bmis.flows.mobility.place import is_area
from bmis.flows.origin import HOME

FILE = "affected.toml"
TO, FROM, THROUGH, WITHIN, ELSEWHERE, NOT_KNOWN = "to", "from", "through", "within", "elsewhere", "not_known"
WAYS = (TO, FROM, THROUGH, WITHIN, ELSEWHERE, NOT_KNOWN)


@dataclass(frozen=True, slots=True)
class AffectedArea:
    """An area from its first to its last confirmed case; ``last`` None: it goes on. P-code or State.

    ``part``: only a part of it is affected, which crossings do not tell from the rest.
    """

    area: str
    disease: str
    first: date
    last: date | None
    part: bool = False

    @property
    def until(self) -> date:
        """The last day on which it counts as affected: so many days after the last case."""
        return date.max if self.last is None else self.last + timedelta(days=days_after(self.disease))

    def on(self, day: date) -> bool:
        """Return whether it counts as affected on that day."""
        return self.first <= day <= self.until


@dataclass(frozen=True, slots=True)
class AffectedMovements:
    """Movements on the days of the period on which the area was affected, by way; hidden journeys are in none."""

    area: AffectedArea
    days: int
    ways: Mapping[str, int]


def affected_area(untrusted: Mapping[str, Any]) -> AffectedArea:
    """Return the area of a document (resources/schemas/flows-affected-in.json).

    Raises:
        MobilityFieldError: an area or a disease that there is not. MobilityDayError: the days are the wrong way round.
    """
    area, disease = str(untrusted["area"]), str(untrusted["disease"])
    if not is_area(area):
        raise MobilityFieldError(where="area")
    days_after(disease)
    first, told = date.fromisoformat(untrusted["from"]), untrusted.get("to")
    last = None if told is None else date.fromisoformat(told)
    if last is not None and last < first:
        raise MobilityDayError
    return AffectedArea(area, disease, first, last, untrusted.get("part", False))


def days_after(disease: str) -> int:
    """Return for how many days after the last case an area is affected. Raises MobilityFieldError."""
    return int(_disease(disease)["days"])


def disease_words(disease: str, language: str) -> str:
    """Return the name of a disease. Raises MobilityFieldError."""
    return str(_disease(disease)["en" if language == "en" else "pt"])


def _disease(code: str) -> Mapping[str, Any]:
    try:
        found = {str(one["code"]): one for one in mobility_file(FILE)["disease"]}
    except (KeyError, TypeError) as error:
        raise MobilityListError(file=FILE) from error
    if code not in found:
        raise MobilityFieldError(where="disease")
    one: Mapping[str, Any] = found[code]
    return one


@cache
def lies_in(code: str, area: str) -> bool | None:
    """Return whether a P-code or State lies in the area; None where that cannot be told from the code."""
    if code == UNKNOWN:
        return None
    if area == HOME:
        return code == HOME or code.startswith("MZ")
    if code.startswith(area):  # a district in its province, or the same
        return True
    return None if area.startswith(code) or (code == HOME and area.startswith("MZ")) else False


def way_of(origin: str, destination: str, post: str, area: str, *, part: bool = False) -> str:
    """Return how a movement stands to the area; ``post`` is the province in which it was recorded.

    ``part``: a place in the area may or may not be in the part that is affected.
    """
    places = (lies_in(one, area) for one in (origin, destination, post))
    start, end, here = (None if part and inside else inside for inside in places)
    if start and end:
        return WITHIN
    if end:
        return TO
    if start:
        return FROM
    if here:
        return THROUGH
    return NOT_KNOWN if None in (start, end, here) else ELSEWHERE


def affected_movements(journeys: Journeys, areas: Sequence[AffectedArea]) -> list[AffectedMovements]:
    """Return the movements of each area that was affected in these local days, in the order given.

    Journeys that name provinces say nothing of a district: movements from or to its province are then not known.
    """
    first, last = journeys.first, journeys.last
    near = [one for one in areas if one.first <= last and one.until >= first]
    found: dict[AffectedArea, Counter[str]] = {one: Counter(dict.fromkeys(WAYS, 0)) for one in near}
    for one, n in journeys.counts.items():
        for area in near:
            if area.on(one.day):
                found[area][way_of(one.origin, one.destination, one.here, area.area, part=area.part)] += n
    shown = []
    for area, ways in found.items():
        days = (min(last, area.until) - max(first, area.first)).days + 1
        shown.append(AffectedMovements(area, days, dict(ways)))
    return shown
