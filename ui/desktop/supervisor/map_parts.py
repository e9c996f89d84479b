"""What the page of the flow map needs of the rooms. Every call runs on a thread of its own and may raise BmisError."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from bmis.flows.affected import AffectedArea
from bmis.flows.draw_map import DrawnMap
from bmis.flows.package.resource import Audience
from bmis.flows.tell_journeys import HandingOver

Tell = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class MapAsked:
    """Which map: local days, both included; ``audience`` None: for the desk itself, every number."""

    first: date
    last: date
    audience: Audience | None
    areas: tuple[AffectedArea, ...]
    language: str


@dataclass(frozen=True, slots=True)
class ShownMap:
    """A map and what it was asked for with. The paper is of exactly this."""

    asked: MapAsked
    drawn: DrawnMap


class MapParts(Protocol):
    """``tell`` hears how far counting is; None where it was ``cancelled``."""

    def whole(self) -> tuple[date, date]:
        """Return the first and the last day with a record, yesterday the last."""

    def read_areas(self, path: Path) -> tuple[AffectedArea, ...]:
        """Return the affected areas of a file (resources/schemas/flows-affected-in.json)."""

    def draw(self, asked: MapAsked, tell: Tell, cancelled: Cancelled) -> ShownMap | None:
        """Return the map, once every crossing kept so far is counted."""

    def save(self, shown: ShownMap, path: Path, handing: HandingOver) -> Path:
        """Return the new file: .pdf the map, .xlsx or .csv the matrix. One for others is kept in the audit first."""

    def paper(self, shown: ShownMap, handing: HandingOver) -> bytes:
        """Return the PDF to print; one for others is kept in the audit first."""
