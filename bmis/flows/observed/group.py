"""One group that passed, as an enumerator writes it down (flow-monitoring registry of DTM): people, never a person."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bmis.documents.states import iso3
from bmis.flows.fmr import fmr_fields
from bmis.flows.mobility.errors import MobilityFieldError, ObservedSumError
from bmis.posts.admin_area import DISTRICT, PROVINCE, admin_area
from bmis.posts.errors import UnknownAreaError

SEX_AGE = ("f_0_4", "f_5_17", "f_18_59", "f_60_plus", "m_0_4", "m_5_17", "m_18_59", "m_60_plus")
SEX_AGE_UNKNOWN = "sex_age_unknown"
VULNERABILITIES = ("v_pregnant", "v_lactating", "v_disability", "v_uasc", "v_elderly_alone", "v_chronic")
"""What may be asked or seen of a group. Gender-based violence never is: that has its own, protected way (IASC)."""
COUNTRIES = ("nationality", "origin_country", "previous_country", "next_country", "dest_country")
AREAS = ("origin_adm1", "origin_adm2", "dest_adm1", "dest_adm2")
CODED = ("transport_mode", "reason", "duration")
_FIELDS = frozenset(
    {"direction", "total", "record_kind", *SEX_AGE, SEX_AGE_UNKNOWN, *VULNERABILITIES, *COUNTRIES, *AREAS, *CODED}
)
LARGEST_GROUP = 5000
OBSERVED, ESTIMATED = "observed", "estimated"
HOME = "MOZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedGroup:
    """A group in one direction.

    ``sex_age`` and ``vulnerabilities`` hold only what was recorded: a key that is not there was not seen or not asked,
    and is not nought. A code is None where nobody knows.
    """

    direction: str
    total: int
    sex_age: Mapping[str, int] = field(default_factory=dict)
    vulnerabilities: Mapping[str, int] = field(default_factory=dict)
    nationality: str | None = None
    origin_country: str | None = None
    origin_adm1: str | None = None
    origin_adm2: str | None = None
    previous_country: str | None = None
    next_country: str | None = None
    dest_country: str | None = None
    dest_adm1: str | None = None
    dest_adm2: str | None = None
    transport_mode: str | None = None
    reason: str | None = None
    duration: str | None = None
    record_kind: str | None = None  # ESTIMATED: filled in from elsewhere; None: counted where it passed

    @property
    def by_sex_age(self) -> dict[str, int]:
        """Return its people by field of sex and age; where nothing was recorded all are of unknown sex and age."""
        return dict(self.sex_age) if self.sex_age else {SEX_AGE_UNKNOWN: self.total}


def group_of(untrusted: Mapping[str, Any], place: int, directions: tuple[str, ...]) -> ObservedGroup:
    """Return the group of a row in the registry's fields; null is not recorded.

    Raises:
        MobilityFieldError: a field that the registry does not have, or a value that cannot be.
        ObservedSumError: its parts do not add up to its total.
    """
    said = {name: value for name, value in untrusted.items() if value is not None}
    for name in said:
        if name not in _FIELDS:
            raise MobilityFieldError(where=name[:40])
    if said.get("direction") not in directions:
        raise MobilityFieldError(where="direction")
    total = _count(said, "total", LARGEST_GROUP)
    if not total:
        raise MobilityFieldError(where="total")
    sex_age = {name: _count(said, name, total) for name in (*SEX_AGE, SEX_AGE_UNKNOWN) if name in said}
    if sex_age and sum(sex_age.values()) != total:
        raise ObservedSumError(group=place)
    vulnerable = {name: _count(said, name, total) for name in VULNERABILITIES if name in said}
    for name in COUNTRIES:
        if name in said and iso3(said[name]) != said[name]:
            raise MobilityFieldError(where=name)
    for name in CODED:
        if name in said and said[name] not in fmr_fields()[name].codes:
            raise MobilityFieldError(where=name)
    for end in ("origin", "dest"):
        _check_areas(said, end)
    if said.get("record_kind") not in (None, OBSERVED, ESTIMATED):
        raise MobilityFieldError(where="record_kind")
    ends = {name: said.get(name) for name in (*COUNTRIES, *AREAS, *CODED)}
    ends["record_kind"] = ESTIMATED if said.get("record_kind") == ESTIMATED else None
    return ObservedGroup(direction=said["direction"], total=total, sex_age=sex_age, vulnerabilities=vulnerable, **ends)


def _count(said: Mapping[str, Any], name: str, most: int) -> int:
    value = said.get(name)
    if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= most:
        raise MobilityFieldError(where=name)
    return value


def _check_areas(said: Mapping[str, Any], end: str) -> None:
    """A province or district is of Mozambique, and a district of its province."""
    province, district = said.get(f"{end}_adm1"), said.get(f"{end}_adm2")
    for name, code, level in ((f"{end}_adm1", province, PROVINCE), (f"{end}_adm2", district, DISTRICT)):
        if code is not None and (area_level(code) != level or said.get(f"{end}_country", HOME) != HOME):
            raise MobilityFieldError(where=name)
    if province and district and not district.startswith(province):
        raise MobilityFieldError(where=f"{end}_adm2")


def area_level(pcode: str) -> int | None:
    """Return the level of a P-code exactly as it is written, None where there is none."""
    try:
        area = admin_area(pcode)
    except UnknownAreaError:
        return None
    return area.level if area.pcode == pcode else None
