"""Flow-monitoring points: posts of the list and places that a mapping exercise found."""

from collections.abc import Iterable
from dataclasses import dataclass

from bmis.flows.fmr import fmr_code
from bmis.flows.mobility.errors import FmpUnknownError
from bmis.flows.mobility.lists import entry
from bmis.flows.mobility.place import MappedPlace
from bmis.flows.package.areas import province_pcode
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry

UNOFFICIAL = "unofficial_crossing"


@dataclass(frozen=True, slots=True)
class MonitoringPoint:
    """A point in the registry's fields; ``kind`` is its code list's. No position where nobody is sure of it."""

    code: str
    name: str
    adm1_pcode: str
    adm2_pcode: str
    kind: str
    latitude: float | None = None
    longitude: float | None = None

    @property
    def is_unofficial(self) -> bool:
        """Whether it is no official crossing: its place is not told to the public."""
        return self.kind == UNOFFICIAL


def point_of(code: str, places: Iterable[MappedPlace]) -> MonitoringPoint:
    """Return the point of that code.

    Raises:
        FmpUnknownError: it is neither a post nor one of the mapped places.
    """
    wanted = code.strip().upper()
    try:
        post = point_of_entry(wanted)
    except UnknownPostError:
        return _mapped(wanted, places)
    sure = None if post.position_is_uncertain else post.position
    return MonitoringPoint(
        post.code,
        post.name,
        province_pcode(post.iso_3166_2),
        _district(post.code, province_pcode(post.iso_3166_2), places),
        fmr_code("point_type", post.kind.value),
        sure.latitude if sure else None,
        sure.longitude if sure else None,
    )


def _district(code: str, province: str, places: Iterable[MappedPlace]) -> str:
    """Return the district that mapped places give for a post; "" where none does, they differ, or it lies elsewhere.

    The list of posts does not say it, and no outline of districts is with the program.
    """
    found = {one.adm2_pcode for one in places if one.post_code == code and one.type == "point_of_entry"}
    district = found.pop() if len(found) == 1 else ""
    return district if district[:4] == province else ""


def _mapped(code: str, places: Iterable[MappedPlace]) -> MonitoringPoint:
    for place in places:
        if place.code == code:
            sure = place.position_confidence == "high"
            return MonitoringPoint(
                place.code,
                place.name,
                place.adm1_pcode,
                place.adm2_pcode,
                str(entry("place_type", place.type)["fmr"]),
                place.latitude if sure else None,
                place.longitude if sure else None,
            )
    raise FmpUnknownError
