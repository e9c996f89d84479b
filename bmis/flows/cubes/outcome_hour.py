"""Decided crossings, and what came of them, by hour."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import Cube, Keys
from bmis.flows.outcomes import outcomes_of


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    hour = f"{crossing.at.hour:02d}"
    return tuple((outcome, hour) for outcome in outcomes_of(crossing))


CUBE = Cube("outcome_hour", 1, ("outcome", "hour"), _keys)
