"""The approved list of affected areas as the border's flow map takes it: codes and dates, nothing of anybody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from bmis.kernel.actor import Actor, Permission, require
from bmis.posts.admin_area import admin_area
from bmis.posts.errors import UnknownAreaError
from poe_health.errors import HealthListError
from poe_health.lists import bundled
from poe_health.outbreaks.errors import AreasNotApprovedError
from poe_health.outbreaks.outbreak import ListedArea
from poe_health.outbreaks.run_outbreak_mode import ReadOutbreaks
from poe_health.screening.journey import AffectedArea

HOME = "MOZ"
DISEASE, FIRST_DAY = "disease", "first_day"


@dataclass(frozen=True, slots=True)
class ToldArea:
    """An area for the map: P-code or State. ``part``: the list names a part of it that crossings do not tell."""

    area: str
    disease: str
    first: date
    last: date | None
    part: bool

    def as_json(self) -> dict[str, str | bool | None]:
        """Return it as resources/schemas/flows-affected-in.json says."""
        last = None if self.last is None else self.last.isoformat()
        said = {"area": self.area, "disease": self.disease, "from": self.first.isoformat(), "to": last}
        return {**said, "part": self.part}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An entry that the map cannot take: ``why`` is disease (not one of the map's) or first_day (none is known)."""

    country: str
    disease: str
    why: str


@dataclass(frozen=True, slots=True)
class ToldAreas:
    """What goes out, what does not, and of which version of the list."""

    version: int
    valid_from: date | None
    areas: tuple[ToldArea, ...]
    left_out: tuple[LeftOut, ...]


@dataclass(frozen=True, slots=True)
class TellAreas:
    """Reads the list that two people approved and that holds on ``today``, the post's day."""

    read: ReadOutbreaks
    today: Callable[[], date]

    def __call__(self, by: Actor) -> ToldAreas:
        """Return the areas.

        Raises:
            NotAllowedError: the role does not decide on the lists. AreasNotApprovedError: none was ever approved.
            HealthListError: the bundled names of diseases are damaged.
        """
        require(by, Permission.MANAGE_OUTBREAKS)
        event = self.read(self.today()).areas
        if event is None or event.version is None:
            raise AreasNotApprovedError
        areas, left_out = told_areas(event.areas or ())
        return ToldAreas(event.version, event.valid_from, areas, left_out)


def told_areas(listed: Sequence[ListedArea]) -> tuple[tuple[ToldArea, ...], tuple[LeftOut, ...]]:
    """Return what the map can take of a list, each once, and what it cannot."""
    known, told, left_out = _diseases(), [], []
    for area in (one.area for one in listed):
        if area.disease not in known:
            left_out.append(LeftOut(area.country, area.disease, DISEASE))
        elif area.since is None:
            left_out.append(LeftOut(area.country, area.disease, FIRST_DAY))
        else:
            code, part = _place(area)
            told.append(ToldArea(code, known[area.disease], area.since, area.until, part))
    return tuple(dict.fromkeys(told)), tuple(dict.fromkeys(left_out))


def _place(area: AffectedArea) -> tuple[str, bool]:
    """Return the code that crossings tell, and whether only a part of it is meant."""
    if area.admin1 is None:
        return area.country, False
    if area.country == HOME:
        try:
            return admin_area(area.admin1).pcode, False
        except UnknownAreaError:
            pass  # a name, not a code: it is somewhere in the country
    return area.country, True


def _diseases() -> dict[str, str]:
    said = bundled("health", "affected_out")
    try:
        return {str(ours): str(theirs) for ours, theirs in said.said["map"].items()}
    except (KeyError, AttributeError) as error:
        raise HealthListError(said.version.file) from error
