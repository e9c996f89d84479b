"""The States that statistics count under, from the codes that documents print."""

from functools import cache

from bmis.documents.states import iso3
from bmis.flows.cell import UNKNOWN

HOME = "MOZ"
NATIONAL, FOREIGN = "national", "foreign"


@cache
def country_of(printed: str | None) -> str:
    """Return the ISO 3166-1 alpha-3 code, the printed one where no single State answers (XXA, UNO), "" for unknown."""
    if not printed:
        return UNKNOWN
    return iso3(printed) or printed.rstrip("<")


def group_of(printed: str | None) -> str:
    """Return national, foreign, or "" where the nationality is unknown."""
    country = country_of(printed)
    if country == UNKNOWN:
        return UNKNOWN
    return NATIONAL if country == HOME else FOREIGN
