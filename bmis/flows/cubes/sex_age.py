"""Movements by sex and age in whole years: "34", or "34-35" where only a year of birth is known."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import UNKNOWN, Cube, Keys, known


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    if not crossing.goes_on:
        return ()
    return ((known(crossing.sex), _years(crossing.ages())),)


def _years(ages: tuple[int, int] | None) -> str:
    if ages is None:
        return UNKNOWN
    return str(ages[0]) if ages[0] == ages[1] else f"{ages[0]}-{ages[1]}"


CUBE = Cube("sex_age", 1, ("sex", "age"), _keys)
