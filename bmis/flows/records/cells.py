"""Keeping and summing cells, inside one unit of work."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from bmis.flows.cell import Cell, Cube, Keys
from bmis.flows.records.tables import FlowCellRow, FlowMarkRow

_CELL = cast(Table, FlowCellRow.__table__)
_MARK = cast(Table, FlowMarkRow.__table__)
_C = _CELL.c
EVENTS = ""  # the desk_id of the mark of events
_insert = insert(_CELL)
_ADD = _insert.on_conflict_do_update(
    index_elements=[_C.cube, _C.day, _C.post_code, _C.direction, _C.key1, _C.key2, _C.key3],
    set_={"n": _C.n + _insert.excluded.n},
)
_DROP_EMPTY = delete(_CELL).where(_C.n == 0)
_insert_mark = insert(_MARK)
_SET_MARK = _insert_mark.on_conflict_do_update(
    index_elements=[_MARK.c.cube, _MARK.c.desk_id], set_={"number": _insert_mark.excluded.number}
)
Marks = Mapping[str, int]
"""A desk, or "" for events, and the last number that was counted."""


class SqlCells:
    """Cells and marks of one store."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def marks(self) -> dict[str, dict[str, int]]:
        """Return how far each cube (by its code) has counted."""
        found: dict[str, dict[str, int]] = {}
        for cube, desk, number in self._connection.execute(select(_MARK)):
            found.setdefault(cube, {})[desk] = number
        return found

    def set_marks(self, cubes: Iterable[Cube], marks: Marks) -> None:
        """Keep how far these cubes have counted."""
        rows = [
            {"cube": cube.code, "desk_id": desk, "number": number} for cube in cubes for desk, number in marks.items()
        ]
        if rows:
            self._connection.execute(_SET_MARK, rows)

    def add(self, counts: Mapping[tuple[str, date, str, str, Keys], int]) -> None:
        """Add to cells: (cube, day, post, direction, keys) to how many more, or fewer."""
        rows: list[dict[str, Any]] = []
        for (cube, day, post, direction, keys), n in counts.items():
            if n:
                key1, key2, key3 = (*keys, "", "", "")[:3]
                rows.append(
                    {
                        "cube": cube,
                        "day": day,
                        "post_code": post,
                        "direction": direction,
                        "key1": key1,
                        "key2": key2,
                        "key3": key3,
                        "n": n,
                    }
                )
        if rows:
            self._connection.execute(_ADD, rows)
        if any(n < 0 for n in counts.values()):
            self._connection.execute(_DROP_EMPTY)

    def forget_all_but(self, cubes: Sequence[Cube]) -> None:
        """Remove the cells of cubes, and of versions of cubes, that there are no longer."""
        codes = [cube.code for cube in cubes]
        self._connection.execute(delete(_CELL).where(_C.cube.not_in(codes)))
        self._connection.execute(delete(_MARK).where(_MARK.c.cube.not_in(codes)))

    def between(self, cube: Cube, first: date, last: date) -> list[Cell]:
        """Return the cells of these days."""
        size = len(cube.dimensions)
        rows = self._connection.execute(select(_CELL).where(*_within(cube, first, last)))
        return [
            Cell(cube.name, row.day, row.post_code, row.direction, (row.key1, row.key2, row.key3)[:size], row.n)
            for row in rows
        ]

    def sums(
        self,
        cube: Cube,
        first: date,
        last: date,
        by: Sequence[str],
        where: Mapping[str, str | Sequence[str]] | None = None,
    ) -> dict[Keys, int]:
        """Return how many, by the named dimensions: "day", "month", "post_code", "direction" or the cube's own.

        Args:
            cube: which.
            first: first local day.
            last: last local day, itself included.
            by: what to group by, in this order; none gives one sum under ().
            where: dimension to the value, or the values, that count.

        Raises:
            KeyError: the cube has no such dimension.
        """
        wanted = {name: [value] if isinstance(value, str) else list(value) for name, value in (where or {}).items()}
        asked = _sum_statement(cube.name, cube.dimensions, tuple(by), tuple(wanted))
        values = {
            "cube": cube.code,
            "first": first,
            "last": last,
            **{f"in_{name}": one for name, one in wanted.items()},
        }
        found = {
            tuple(str(value) for value in row[:-1]): int(row[-1])
            for row in self._connection.execute(asked, values)
            if row[-1] is not None
        }
        return found if by else found or {(): 0}

    def days(self, cube: Cube) -> tuple[date, date] | None:
        """Return the first and the last day that have a cell, None where there is none."""
        ends = (select(end(_C.day)).where(_C.cube == cube.code).scalar_subquery() for end in (func.min, func.max))
        first, last = self._connection.execute(select(*ends)).one()  # one end at a time is found by the key
        return (first, last) if first is not None else None

    def first_days(self, cube: Cube, dimension: str, but: str) -> dict[str, date]:
        """Return the first day that has a cell, by post; cells whose dimension is ``but`` do not count."""
        asked = select(_C.post_code, func.min(_C.day)).where(
            _C.cube == cube.code, _column(cube.name, cube.dimensions, dimension) != but
        )
        return {row[0]: row[1] for row in self._connection.execute(asked.group_by(_C.post_code))}


def _within(cube: Cube, first: date, last: date) -> tuple[Any, ...]:
    return _C.cube == cube.code, _C.day >= first, _C.day <= last


@cache
def _sum_statement(cube: str, dimensions: tuple[str, ...], by: tuple[str, ...], where: tuple[str, ...]) -> Any:
    """Return the statement: made once, for a report asks the same of several periods. Raises KeyError as ``sums``."""
    columns = [_column(cube, dimensions, name) for name in by]
    asked = select(*columns, func.sum(_C.n)).where(
        _C.cube == bindparam("cube"), _C.day >= bindparam("first"), _C.day <= bindparam("last")
    )
    for name in where:
        asked = asked.where(_column(cube, dimensions, name).in_(bindparam(f"in_{name}", expanding=True)))
    return asked.group_by(*columns)


def _column(cube: str, dimensions: tuple[str, ...], name: str) -> Any:
    if name == "month":
        return func.substr(_C.day, 1, 7)
    if name in ("day", "post_code", "direction"):
        return _C[name]
    if name not in dimensions:
        raise KeyError(f"{cube} has no {name}")
    return _C[f"key{dimensions.index(name) + 1}"]
