"""Counting what is new since the last time, so that no report reads the crossings themselves."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from bmis.crossings.counted import CountedCrossing
from bmis.crossings.records.counting import SqlCounting
from bmis.flows.cell import Cube, Keys
from bmis.flows.cubes import all_cubes
from bmis.flows.records import SqlCells
from bmis.flows.records.cells import EVENTS
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES
from bmis.store.unit import OpenUnit

BATCH = 2000  # crossings a transaction: the lane waits no longer for one than for a picture to be kept
Counts = Counter[tuple[str, date, str, str, Keys]]


@dataclass(frozen=True, slots=True)
class RolledUp:
    """What was counted this time. A cube that is new counts every crossing, beside those that are not."""

    crossings: int
    corrections: int


@dataclass(frozen=True, slots=True)
class RollUp:
    """Brings the cells up to date: the crossings that were kept since, then what was corrected.

    Each batch is one transaction with its mark, so a power cut counts nothing twice and misses nothing. Crossings are
    first counted as they were recorded; a correction then takes that away and adds what stands.
    """

    open_read: OpenUnit
    open_unit: OpenUnit
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES
    cubes: Sequence[Cube] = field(default_factory=all_cubes)

    def __call__(
        self, progress: Callable[[int, int], None] | None = None, cancelled: Callable[[], bool] = lambda: False
    ) -> RolledUp:
        """Return what was counted.

        Args:
            progress: told how many crossings are counted, and of how many.
            cancelled: asked between transactions; what was counted until then stays.
        """
        crossings = corrections = 0
        if not self._is_behind():
            return RolledUp(0, 0)
        to_do = 0
        while not cancelled():
            with self.open_unit() as unit:
                cells, counting = SqlCells(unit.connection), SqlCounting(unit.connection, self.utc_offset_minutes)
                if not crossings:
                    cells.forget_all_but(self.cubes)
                marks, last = cells.marks(), counting.last_numbers()
                to_do = to_do or sum(_left(marks.get(cubes[0].code, {}), last) for cubes in self._groups(marks))
                counted = self._next_batch(cells, counting, marks, last)
                if counted:
                    unit.commit()
                    crossings += counted
                    if progress is not None:
                        progress(min(crossings, to_do), to_do)
                    continue
                corrections = self._corrections(cells, counting, marks)
                unit.commit()
                break
        return RolledUp(crossings, corrections)

    def _is_behind(self) -> bool:
        with self.open_read() as unit:
            marks = SqlCells(unit.connection).marks()
            counting = SqlCounting(unit.connection, self.utc_offset_minutes)
            wanted = {**counting.last_numbers(), EVENTS: counting.last_event()}
        return set(marks) != {cube.code for cube in self.cubes} or any(found != wanted for found in marks.values())

    def _groups(self, marks: dict[str, dict[str, int]]) -> list[list[Cube]]:
        """Return the cubes, those together that have counted equally far."""
        groups: dict[tuple[tuple[str, int], ...], list[Cube]] = {}
        for cube in self.cubes:
            groups.setdefault(tuple(sorted(marks.get(cube.code, {}).items())), []).append(cube)
        return list(groups.values())

    def _next_batch(
        self, cells: SqlCells, counting: SqlCounting, marks: dict[str, dict[str, int]], last: dict[str, int]
    ) -> int:
        """Count the next crossings of one desk for the cubes that lack them; return how many, 0 where none lack any."""
        for cubes in self._groups(marks):
            reached = marks.get(cubes[0].code, {})
            for desk, end in last.items():
                after = reached.get(desk, 0)
                if after >= end:
                    continue
                up_to = min(after + BATCH, end)
                counts: Counts = Counter()
                number = 0
                for crossing in counting.recorded(desk, after, up_to):
                    count(counts, cubes, crossing, 1)
                    number += 1
                cells.add(counts)
                cells.set_marks(cubes, {desk: up_to, EVENTS: reached.get(EVENTS, 0)})
                return number
        return 0

    def _corrections(self, cells: SqlCells, counting: SqlCounting, marks: dict[str, dict[str, int]]) -> int:
        end, number = counting.last_event(), 0
        for cubes in self._groups(marks):
            after = marks.get(cubes[0].code, {}).get(EVENTS, 0)
            counts: Counts = Counter()
            for correction in counting.corrected(after) if after < end else ():
                number += 1
                if correction.before is not None:
                    count(counts, cubes, correction.before, -1)
                if correction.after is not None:
                    count(counts, cubes, correction.after, 1)
            cells.add(counts)
            cells.set_marks(cubes, {EVENTS: end})
        return number


def count(counts: Counts, cubes: Iterable[Cube], crossing: CountedCrossing, n: int) -> None:
    """Add ``n`` to the cells of a crossing."""
    day, post, direction = crossing.at.date(), crossing.post_code, crossing.direction
    for cube in cubes:
        for keys in cube.keys(crossing):
            counts[cube.code, day, post, direction, keys] += n


def _left(reached: dict[str, int], last: dict[str, int]) -> int:
    return sum(max(0, end - reached.get(desk, 0)) for desk, end in last.items())
