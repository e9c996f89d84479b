"""Movements by means of travel and hour, of nationals and of foreigners."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import Cube, Keys, known
from bmis.flows.origin import group_of


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    if not crossing.goes_on:
        return ()
    return ((known(crossing.travel_mode), f"{crossing.at.hour:02d}", group_of(crossing.nationality)),)


CUBE = Cube("travel_mode", 1, ("travel_mode", "hour", "group"), _keys)
