"""Movements by kind of document and the State that issued it."""

from bmis.crossings.counted import CountedCrossing
from bmis.flows.cell import Cube, Keys
from bmis.flows.origin import country_of


def _keys(crossing: CountedCrossing) -> tuple[Keys, ...]:
    return ((crossing.document_kind, country_of(crossing.issuing_state)),) if crossing.goes_on else ()


CUBE = Cube("document", 1, ("document_kind", "issuing_state"), _keys)
