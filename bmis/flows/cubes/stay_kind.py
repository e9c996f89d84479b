"""Movements by what allows the stay (visa, exemption, permit) and nationality."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import Cube, Keys, known
from bmis.flows.origin import country_of


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    if not crossing.goes_on:
        return ()
    return ((known(crossing.stay_kind), country_of(crossing.nationality)),)


CUBE = Cube("stay_kind", 1, ("stay_kind", "nationality"), _keys)
