"""Reasons of refusals and exits prevented: a person counts under each reason, so sums are of reasons, not of people."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import UNKNOWN, Cube, Keys
from bmis.flows.origin import country_of


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    if not crossing.is_stopped:
        return ()
    country = country_of(crossing.nationality)
    return tuple((crossing.decision.value, reason, country) for reason in crossing.reasons or (UNKNOWN,))


CUBE = Cube("refusal_reasons", 1, ("decision", "reason", "nationality"), _keys)
