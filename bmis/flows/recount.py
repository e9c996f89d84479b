"""Proving cells against the crossings themselves."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from bmis.crossings.records.counting import SqlCounting
from bmis.flows.cell import Cell, Cube
from bmis.flows.cubes import all_cubes
from bmis.flows.records import SqlCells
from bmis.flows.roll_up import Counts, count
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES
from bmis.store.unit import OpenUnit


@dataclass(frozen=True, slots=True)
class Difference:
    """A cell that does not say what the crossings say."""

    cell: Cell  # with what the crossings give
    kept: int


@dataclass(frozen=True, slots=True)
class Recount:
    """Scans the crossings of some days: for tests and for who doubts a number, not for reports."""

    open_read: OpenUnit
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES
    cubes: Sequence[Cube] = field(default_factory=all_cubes)

    def __call__(self, first: date, last: date) -> list[Difference]:
        """Return every cell of these days that differs, as if everything had been counted."""
        counts: Counts = Counter()
        with self.open_read() as unit:
            for crossing in SqlCounting(unit.connection, self.utc_offset_minutes).standing_between(first, last):
                count(counts, self.cubes, crossing, 1)
            cells = SqlCells(unit.connection)
            kept = {
                (cube.code, cell.day, cell.post_code, cell.direction, cell.keys): cell.n
                for cube in self.cubes
                for cell in cells.between(cube, first, last)
            }
        names = {cube.code: cube.name for cube in self.cubes}
        return [
            Difference(Cell(names[place[0]], *place[1:], counts[place]), kept.get(place, 0))
            for place in sorted({*counts, *kept})
            if counts[place] != kept.get(place, 0)
        ]
