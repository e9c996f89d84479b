"""One map for the terminal, the desk and the PDF: the same journeys, the same arrows, the same words."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bmis.flows.affected import AffectedArea, AffectedMovements, affected_movements
from bmis.flows.flow_map import FlowMap, Matrix, flow_map, flows_between, matrix_of
from bmis.flows.map_paper import map_sheet
from bmis.flows.tell_journeys import TellJourneys, ToldJourneys
from bmis.paper.map_sheet import MapSheet


@dataclass(frozen=True, slots=True)
class DrawnMap:
    """A map with what it was drawn from. ``near``: the movements of affected areas."""

    told: ToldJourneys
    flows: FlowMap
    near: tuple[AffectedMovements, ...]
    sheet: MapSheet

    def matrix(self) -> Matrix:
        """Return the same movements as a matrix."""
        return matrix_of(flows_between(self.told.journeys), self.flows.hidden)


def drawn_map(told: ToldJourneys, areas: Sequence[AffectedArea], language: str) -> DrawnMap:
    """Return the map of these journeys."""
    flows, near = flow_map(told.journeys), tuple(affected_movements(told.journeys, areas))
    return DrawnMap(told, flows, near, map_sheet(flows, told.journeys.limit, language, near))


def recorded_until_yesterday(tell: TellJourneys, today: date) -> tuple[date, date]:
    """Return the first and the last day with a record, yesterday the last that is over."""
    yesterday = today - timedelta(days=1)
    first, last = tell.recorded_days() or (yesterday, yesterday)
    return min(first, yesterday), min(last, yesterday)
