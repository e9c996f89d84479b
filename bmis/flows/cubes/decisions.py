"""Every crossing that was decided, by hour: what came through the lane, gone on or not."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import Cube, Keys
from bmis.flows.origin import group_of


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    return ((crossing.decision.value, f"{crossing.at.hour:02d}", group_of(crossing.nationality)),)


CUBE = Cube("decisions", 1, ("decision", "hour", "group"), _keys)
