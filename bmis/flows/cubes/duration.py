"""Movements by how many days the traveller means to stay: the classes of DTM's flow-monitoring registry."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import UNKNOWN, Cube, Keys
from bmis.flows.fmr import duration_of


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    if not crossing.goes_on:
        return ()
    days = crossing.intended_days
    return ((UNKNOWN if days is None else duration_of(days),),)


CUBE = Cube("duration", 1, ("duration",), _keys)
