"""The States that statistics count under, from the codes that documents print."""

from functools import cache

from bmis.documents.states import iso3, states
from bmis.flows.cell import UNKNOWN

HOME = "MOZ"
NATIONAL, FOREIGN = "national", "foreign"
NO_NATIONALITY = "XXX"
"""The one category of people without a defined nationality: stateless, refugee or not specified is told nowhere."""


@cache
def protected_codes() -> frozenset[str]:
    """Return the codes that stand for a person's protection and no State (ICAO Doc 9303-3, section 5 part E)."""
    return frozenset(code for code, each in states().items() if each.kind == "icao-person")


def counted_as(country: str) -> str:
    """Return the category that numbers are told under: the State, or the one of people without a nationality."""
    return NO_NATIONALITY if country in protected_codes() else country


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
