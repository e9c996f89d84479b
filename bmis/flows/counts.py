"""Asking for numbers: the cells are brought up to date first, then read as they stood at one moment."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

from bmis.crossings.decision import RecordMode
from bmis.flows.cell import Cell, Keys
from bmis.flows.cubes import cube
from bmis.flows.origin import counted_as
from bmis.flows.records import SqlCells
from bmis.flows.roll_up import RollUp
from bmis.store.unit import OpenUnit


class CountsView:
    """Cells as they stand in one unit of work; not for use after it."""

    def __init__(self, cells: SqlCells) -> None:
        self._cells = cells
        self._began: dict[str, date] | None = None  # the same all the while: a view is of one moment

    def sums(
        self,
        name: str,
        first: date,
        last: date,
        by: Sequence[str] = (),
        where: Mapping[str, str | Sequence[str]] | None = None,
    ) -> dict[Keys, int]:
        """Return how many, as ``SqlCells.sums``; people without a defined nationality are one category everywhere.

        Raises KeyError: no such cube, or dimension of it.
        """
        found = self._cells.sums(cube(name), first, last, by, where)
        if "nationality" not in by:
            return found
        at, together = by.index("nationality"), Counter[Keys]()
        for keys, n in found.items():
            together[*keys[:at], counted_as(keys[at]), *keys[at + 1 :]] += n
        return dict(together)

    def one(self, name: str, first: date, last: date, where: Mapping[str, str | Sequence[str]] | None = None) -> int:
        """Return one number."""
        return self.sums(name, first, last, (), where)[()]

    def cells(self, name: str, first: date, last: date) -> list[Cell]:
        """Return the cells themselves."""
        return self._cells.between(cube(name), first, last)

    def began(self) -> dict[str, date]:
        """Return, by post, the first day of a record that was made at a desk and not typed in from paper later."""
        if self._began is None:
            late = RecordMode.PAPER_BACKFILL.value
            self._began = self._cells.first_days(cube("record_quality"), "record_mode", late)
        return self._began

    def days(self) -> tuple[date, date] | None:
        """Return the first and the last day with a decided crossing, None where there is none."""
        return self._cells.days(cube("decisions"))


@dataclass(frozen=True, slots=True)
class Counts:
    """Opens a view of the cells."""

    open_read: OpenUnit
    roll_up: RollUp

    @contextmanager
    def view(self) -> Iterator[CountsView]:
        """Give the cells, up to date, as they stand at one moment."""
        self.roll_up()
        with self.open_read() as unit:
            yield CountsView(SqlCells(unit.connection))


def same_days_last_year(first: date, last: date) -> tuple[date, date]:
    """Return the period 52 weeks before: the same days of the week, so that weekends fall on weekends."""
    return first - timedelta(weeks=52), last - timedelta(weeks=52)


def days_before(first: date, last: date) -> tuple[date, date]:
    """Return the period of the same length that ends the day before."""
    length = last - first + timedelta(days=1)
    return first - length, last - length
