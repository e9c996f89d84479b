"""Decided crossings, and what came of them, by nationality: looked at only by a selector in force."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import Cube, Keys
from bmis.flows.origin import country_of
from bmis.flows.outcomes import outcomes_of


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    country = country_of(crossing.nationality)
    return tuple((outcome, country) for outcome in outcomes_of(crossing))


CUBE = Cube("outcome_nationality", 1, ("outcome", "nationality"), _keys)
