"""Provinces and districts by P-code (OCHA COD-AB)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from bmis.posts.errors import PostListError, UnknownAreaError
from bmis.posts.lists import ListVersion, list_version, rows

_LIST = "moz_admin"
PROVINCE, DISTRICT = 1, 2


@dataclass(frozen=True, slots=True)
class AdminArea:
    """A province (level 1) or district (level 2). Not ``selectable``: water, or an area nobody is from."""

    level: int
    pcode: str
    parent_pcode: str
    name: str
    province: str
    iso_3166_2: str
    selectable: bool


def areas_version() -> ListVersion:
    """Return the version of the list."""
    return list_version(_LIST)


def admin_areas(level: int | None = None, parent_pcode: str | None = None) -> tuple[AdminArea, ...]:
    """Return the areas of that level inside that parent (None: any).

    Raises:
        PostListError: the list cannot be read.
    """
    return tuple(
        area
        for area in _by_pcode().values()
        if level in (None, area.level) and parent_pcode in (None, area.parent_pcode)
    )


def admin_area(pcode: str) -> AdminArea:
    """Return the area of that P-code.

    Raises:
        UnknownAreaError: there is none.
        PostListError: the list cannot be read.
    """
    found = _by_pcode().get(pcode.strip().upper())
    if found is None:
        raise UnknownAreaError(pcode=pcode.strip().upper()[:12])
    return found


@cache
def _by_pcode() -> Mapping[str, AdminArea]:
    try:
        found = {
            row["pcode"]: AdminArea(
                level=int(row["level"]),
                pcode=row["pcode"],
                parent_pcode=row["parent_pcode"],
                name=row["name_pt"],
                province=row["province_pt"],
                iso_3166_2=row["iso_3166_2"],
                selectable=row["selectable"] == "1",
            )
            for row in rows(_LIST)
        }
    except (KeyError, ValueError, TypeError) as error:
        raise PostListError(file=f"{_LIST}.csv") from error
    return MappingProxyType(found)
