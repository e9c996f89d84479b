"""Refusals of entry and exits prevented, by nationality. One person is one, whatever the number of reasons."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import Cube, Keys
from bmis.flows.origin import country_of


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    return ((crossing.decision.value, country_of(crossing.nationality)),) if crossing.is_stopped else ()


CUBE = Cube("refusals", 1, ("decision", "nationality"), _keys)
