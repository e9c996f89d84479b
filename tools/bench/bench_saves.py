"""A save against its own rows: the use case, and the very same rows written by SQLAlchemy Core, one commit each."""

import statistics
import time
from typing import Any

from sqlalchemy import Connection, Engine, delete, event
from sqlalchemy.sql.dml import Insert

from tools.bench.desk import at_work, temporary_home, traveller
from ui.border_desk import desk_of
from ui.compose import border_desk, place_of

BOUND = 3.0
SAVES = 300
BATCH = 50
_Rows = list[tuple[Insert, Any]]


def measure(*, rows: int, runs: int) -> dict[str, Any]:
    """Return the ratio of the median save to the median of its rows. Batches of both alternate on one file.

    After a batch is saved its rows are deleted, untimed, and written again by Core: same file, same rows, same order,
    SQLCipher, WAL, synchronous=FULL, one transaction and one commit a save. The use case is measured without checks,
    which are reported apart.
    """
    saves = runs or SAVES
    ours: list[float] = []
    theirs: list[float] = []
    checks: list[float] = []
    with temporary_home() as home, at_work(home, "officer") as session:
        whole = border_desk(session)
        bare = desk_of(session, (), place_of(session.home))
        engine = session.store.engine
        for first in range(0, saves, BATCH):
            asked = [traveller(number) for number in range(first, min(first + BATCH, saves))]
            for request, _ in asked:
                checks.append(_timed(lambda request=request: whole.check(request, session.actor)))
            kept: list[_Rows] = []
            with _captured(engine) as captured:
                for request, verdict in asked:
                    captured.clear()
                    ours.append(_timed(lambda r=request, v=verdict: bare.record(r, v, session.actor)))
                    kept.append(list(captured))
            _delete(engine, kept)
            theirs += [_timed(lambda rows=rows: _write(engine, rows)) for rows in kept]
        tables = sorted({statement.table.name for statement, _ in kept[0]})
    median_ours, median_theirs = statistics.median(ours), statistics.median(theirs)
    ratio = round(median_ours / median_theirs, 2)
    return {
        "name": "saves",
        "peer": "SQLAlchemy Core",
        "ratio": ratio,
        "bound": BOUND,
        "ok": ratio <= BOUND,
        "unit": "ms",
        "ours": round(median_ours, 3),
        "theirs": round(median_theirs, 3),
        "settings": {"saves": saves, "synchronous": "FULL", "journal": "WAL", "tables": " ".join(tables)},
        "also": {"checks_ms": round(statistics.median(checks), 3), "saves_per_s": round(1000 / median_ours, 1)},
    }


class _captured:  # noqa: N801 - reads as a word at the call
    """Within the block, the INSERTs of the engine with their values."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._rows: _Rows = []

    def __enter__(self) -> _Rows:
        event.listen(self._engine, "before_execute", self._hear)
        return self._rows

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, "before_execute", self._hear)

    def _hear(self, _: Connection, statement: object, many: Any, one: Any, _options: object) -> None:
        if isinstance(statement, Insert):
            self._rows.append((statement, many or one))


def _delete(engine: Engine, kept: list[_Rows]) -> None:
    with engine.execution_options(write=True).begin() as connection:
        for saved in reversed(kept):
            for statement, values in reversed(saved):
                table: Any = statement.table
                for row in values if isinstance(values, list | tuple) else [values]:
                    named = [column == row[column.name] for column in table.primary_key if column.name in row]
                    same = named or [column == row[column.name] for column in table.columns if column.name in row]
                    connection.execute(delete(table).where(*same))


def _write(engine: Engine, rows: _Rows) -> None:
    with engine.execution_options(write=True).begin() as connection:
        for statement, values in rows:
            connection.execute(statement, values)


def _timed(act: Any) -> float:
    """Milliseconds of wall time."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000
