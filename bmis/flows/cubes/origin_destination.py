"""Movements by where travellers come from and go to, as statistics count it (country, or place for a national)."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import Cube, Keys, known


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    if not crossing.goes_on:
        return ()
    return ((known(crossing.coming_from), known(crossing.going_to)),)


CUBE = Cube("origin_destination", 1, ("coming_from", "going_to"), _keys)
