"""Movements by nationality; never together with sex or age (disclosure, as DTM's two cubes)."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import Cube, Keys, known
from bmis.flows.origin import country_of


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    if not crossing.goes_on:
        return ()
    return ((country_of(crossing.nationality), known(crossing.travel_mode)),)


CUBE = Cube("nationality", 1, ("nationality", "travel_mode"), _keys)
