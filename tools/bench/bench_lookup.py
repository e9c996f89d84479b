"""A look-up by document at a million crossings: the use case, and its own SQL through the bare driver."""

import math
import random
import statistics
import time
from typing import Any

from sqlalchemy import Connection, Engine, event

from bmis.crossings.search_crossings import CrossingQuery
from tools.bench.desk import NOW, at_work, temporary_home
from ui.compose import border_desk, make_demo_data

BOUND = 5.0
LOOKUPS = 500
SEED = 1
PER_DAY = 2000


def measure(*, rows: int, runs: int) -> dict[str, Any]:
    """Return the ratio of the 95th percentiles. Each document is looked up once by each, in alternating order."""
    lookups = runs or LOOKUPS
    with temporary_home() as home:
        started = time.perf_counter()
        with at_work(home, "admin", NOW) as session:
            made = make_demo_data(session)(max(1, math.ceil(rows / PER_DAY)), min(PER_DAY, rows), SEED, session.actor)
        built_s = time.perf_counter() - started
        with at_work(home, "officer", NOW) as session:
            ours, theirs, found = _measured(session, lookups)
    p95_ours, p95_theirs = _p95(ours), _p95(theirs)
    ratio = round(p95_ours / p95_theirs, 2)
    return {
        "name": "lookup",
        "peer": "the same SQL through the driver",
        "ratio": ratio,
        "bound": BOUND,
        "ok": ratio <= BOUND and found == lookups,
        "unit": "ms (p95)",
        "ours": round(p95_ours, 3),
        "theirs": round(p95_theirs, 3),
        "settings": {"crossings": made.crossings, "lookups": lookups, "found": found},
        "also": {
            "median_ours_ms": round(statistics.median(ours), 3),
            "median_theirs_ms": round(statistics.median(theirs), 3),
            "built_per_s": round(made.crossings / built_s),
        },
    }


def _measured(session: Any, lookups: int) -> tuple[list[float], list[float], int]:
    desk = border_desk(session)
    engine = session.store.engine
    with engine.connect() as connection:
        numbers = [
            row[0]
            for row in connection.exec_driver_sql(
                "SELECT DISTINCT document_number FROM crossing WHERE document_number IS NOT NULL"
            )
        ]
    chosen = random.Random(SEED).sample(numbers, min(lookups, len(numbers)))
    statement, position = _own_sql(
        engine, lambda: desk.search(CrossingQuery(document=chosen[0]), session.actor), chosen[0]
    )
    raw = engine.raw_connection()
    ours: list[float] = []
    theirs: list[float] = []
    found = 0
    try:
        cursor: Any = raw.cursor()
        for at, number in enumerate(chosen):
            values = tuple(number if place == position[0] else value for place, value in enumerate(position[1]))
            query = CrossingQuery(document=number)
            for mine in (True, False) if at % 2 else (False, True):
                started = time.perf_counter()
                if mine:
                    page = desk.search(query, session.actor)
                else:
                    cursor.execute(statement, values).fetchall()
                (ours if mine else theirs).append((time.perf_counter() - started) * 1000)
                if mine:
                    found += bool(page.found)
    finally:
        raw.close()
    return ours, theirs, found


def _own_sql(engine: Engine, act: Any, number: str) -> tuple[str, tuple[int, tuple[Any, ...]]]:
    """The SELECT that the use case sends, its values, and where the document's number stands among them."""
    heard: list[tuple[str, tuple[Any, ...]]] = []

    def hear(_: Connection, __: object, statement: str, values: Any, *___: object) -> None:
        if statement.lstrip().upper().startswith("SELECT"):
            heard.append((statement, tuple(values)))

    event.listen(engine, "before_cursor_execute", hear)
    try:
        act()
    finally:
        event.remove(engine, "before_cursor_execute", hear)
    statement, values = next(one for one in heard if number in one[1])
    return statement, (values.index(number), values)


def _p95(samples: list[float]) -> float:
    return statistics.quantiles(samples, n=20)[-1]
