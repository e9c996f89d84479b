"""Movements by purpose, nationality and kind of traveller."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import Cube, Keys, known
from bmis.flows.origin import country_of


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    if not crossing.goes_on:
        return ()
    return ((known(crossing.purpose), country_of(crossing.nationality), known(crossing.traveller_class)),)


CUBE = Cube("purpose", 1, ("purpose", "nationality", "traveller_class"), _keys)
