"""How records came about: mode, how the document was read, whether a finding was overridden or two people signed."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import Cube, Keys, known


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    return ((crossing.record_mode, known(crossing.capture_method), _accepted(crossing)),)


def _accepted(crossing: CountedCrossing) -> str:
    if crossing.has_second_officer:
        return "second_officer"
    return "override" if crossing.overrides else "plain"


CUBE = Cube("record_quality", 1, ("record_mode", "capture_method", "accepted"), _keys)
