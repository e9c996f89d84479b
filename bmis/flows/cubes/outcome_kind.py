"""Decided crossings, and what came of them, by means of travel and kind of document: the bases and cases of rates."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import Cube, Keys, known
from bmis.flows.outcomes import outcomes_of


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    mode = known(crossing.travel_mode)
    return tuple((outcome, mode, crossing.document_kind) for outcome in outcomes_of(crossing))


CUBE = Cube("outcome_kind", 1, ("outcome", "travel_mode", "document_kind"), _keys)
