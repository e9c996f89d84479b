"""The monthly bulletin from the cells of days, against the same numbers by SQL over every crossing: SQLite and DuckDB.

Generated: rows of the crossing table with every column (13 months, 12 posts, one desk; names and numbers made up, the
payload cut to what counting reads, about a tenth of a real one: narrow rows favour the peers). They go into the store
of a training home, encrypted, without the indexes that only look-ups use; into a plain SQLite file, not encrypted, with
the index on the time of crossing; and into one Parquet file. The cells are made by the real roll-up.
"""

import csv
import json
import random
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from bmis.crossings.records.tables import CrossingRow
from bmis.flows.counts import days_before, same_days_last_year
from bmis.reports.report import Report
from bmis.staff.session import SignedIn
from tools.bench.desk import at_work, temporary_home
from tools.bench.package_cost import package_cost
from ui.compose import report_desk

BOUND, BOUND_DUCKDB = 0.05, 1.0
RUNS = 7
SEED = 6
NOW = datetime(2026, 11, 22, 6, 0, tzinfo=UTC)
FIRST, LAST = date(2026, 10, 1), date(2026, 10, 31)
SINCE, DAYS = date(2025, 9, 20), 425
COLUMNS = tuple(column.name for column in CrossingRow.__table__.columns)
_POSTS = ("MZ.L.RSG",) * 9 + (
    "MZ.B.MCP", "MZ.B.MCP", "MZ.T.ZOB", "MZ.T.ZOB", "MZ.T.CUC", "MZ.Q.MEL", "MZ.L.NAM", "MZ.L.GOB", "MZ.MPM.MPM",
    "MZ.A.MAN", "MZ.P.NGA", "MZ.L.PDO", "MZ.T.CAS",
)  # fmt: skip
_STATES = ("MOZ",) * 10 + (
    "ZAF",
    "ZAF",
    "ZAF",
    "MWI",
    "MWI",
    "ZWE",
    "ZWE",
    "ZMB",
    "TZA",
    "SWZ",
    "PRT",
    "IND",
    "CHN",
    None,
)
_REASONS = ("A1", "B1", "C1", "G1")
_BATCH = 20_000
_OFFSET = 7200 * 1_000_000  # Maputo, in microseconds
_EPOCH = date(1970, 1, 1)
_MOVED = (
    "state = 'standing' AND decision IN ('ADMITTED', 'EXITED', 'TRANSIT_ONLY') AND crossed_at >= ? AND crossed_at < ?"
)
_REFUSED = "state = 'standing' AND decision = 'REFUSED_ENTRY' AND crossed_at >= ? AND crossed_at < ?"
QUERIES = (
    f"SELECT post_code, direction, CASE WHEN nationality IS NULL THEN '' WHEN nationality = 'MOZ' THEN 'national'"
    f" ELSE 'foreign' END, count(*) FROM {{crossing}} WHERE {_MOVED} GROUP BY 1, 2, 3",
    f"SELECT nationality, count(*) FROM {{crossing}} WHERE {_MOVED} GROUP BY 1",
    f"SELECT post_code, nationality, count(*) FROM {{crossing}} WHERE {_REFUSED} GROUP BY 1, 2",
    f"SELECT {{reason}}, count(*) FROM {{crossing}}{{each}} WHERE {_REFUSED} GROUP BY 1",
)
BY_DAY = (
    f"SELECT (crossed_at + {_OFFSET}) {{over}} 86400000000, direction, count(*) FROM {{crossing}} WHERE {_MOVED}"
    " GROUP BY 1, 2"
)
Answers = list[list[tuple[Any, ...]]]


def measure(*, rows: int, runs: int) -> dict[str, Any]:
    """Return the ratios of the medians, from the request to the finished table."""
    turns = runs or RUNS
    with temporary_home() as home, at_work(home, "supervisor", NOW) as session:
        folder = home.parent
        built_s = _build(session, folder, rows)
        parquet_s = _parquet(folder)
        started = time.perf_counter()
        rolled = report_desk(session).roll_up()
        roll_up_s = time.perf_counter() - started
        times, agree = _measured(session, folder, turns)
        package = package_cost(session, folder, SINCE, LAST)
    ours, sqlite, duck = (statistics.median(times[name]) for name in ("ours", "sqlite", "duckdb"))
    ratio, against_duck = round(ours / sqlite, 4), round(ours / duck, 3)
    kept, kept_duck = ratio <= BOUND, against_duck <= BOUND_DUCKDB
    return {
        "name": "bulletin",
        "peer": "the same SQL over every row of a plain SQLite table",
        "ratio": ratio,
        "bound": BOUND,
        "ok": kept and kept_duck and agree and rolled.crossings == rows,
        "unit": "ms (median)",
        "ours": round(ours, 2),
        "theirs": round(sqlite, 2),
        "settings": {"crossings": rows, "days": DAYS, "posts": len(set(_POSTS)), "runs": turns, "agree": agree},
        "also": {
            "duckdb_parquet_cold_connection_ms": round(duck, 2),
            "slowest_ours_ms": round(max(times["ours"]), 2),
            "roll_up_us_per_crossing": round(roll_up_s / max(1, rolled.crossings) * 1e6, 1),
            "built_s": round(built_s, 1),
            "parquet_s": round(parquet_s, 1),
            **package,
        },
        "bounds": [
            _bound("the same SQL, plain SQLite table", ratio, BOUND, ok=kept),
            _bound("the same SQL, DuckDB, one Parquet file, cold connection", against_duck, BOUND_DUCKDB, ok=kept_duck),
        ],
    }


def _bound(on: str, value: float, limit: float, *, ok: bool) -> dict[str, Any]:
    return {"on": on, "what": "times", "value": value, "sense": "at_most", "limit": limit, "ok": ok}


def _rows(number: int) -> Iterator[tuple[Any, ...]]:
    chance = random.Random(SEED)
    start = datetime(SINCE.year, SINCE.month, SINCE.day, tzinfo=UTC)
    desk = UUID(int=1)
    for at in range(1, number + 1):
        seconds = at * DAYS * 86400 // (number + 1)
        day = start + timedelta(days=seconds // 86400, seconds=chance.randrange(3 * 3600, 20 * 3600))
        entering = chance.random() < 0.52
        refused = entering and chance.random() < 0.006
        reasons = [chance.choice(_REASONS)] if refused else []
        micros = int(day.timestamp()) * 1_000_000
        told = {
            "request": {
                "journey": {"coming_from": "ZAF" if entering else "MZ11", "going_to": "MOZ", "intended_days": at % 40},
                "stay": {"kind": None},
                "document": {"capture_method": "camera"},
            },
            "verdict": {"reasons": reasons, "acknowledged": []},
        }
        values: dict[str, Any] = {
            "id": UUID(int=at).hex,
            "seq": at,
            "request_id": UUID(int=at).hex,
            "direction": "ENTRY" if entering else "EXIT",
            "decision": "REFUSED_ENTRY" if refused else "ADMITTED" if entering else "EXITED",
            "state": "standing",
            "record_mode": "LIVE",
            "document_kind": "passport",
            "document_number": f"U{at:08d}",
            "issuing_state": "UTO",
            "surname_key": "SPECIMEN",
            "given_names_key": "UTOPIA",
            "surname": "Specimen",
            "given_names": "Utopia",
            "birth_date": f"{1950 + at % 60}-0{1 + at % 9}-15",
            "nationality": chance.choice(_STATES),
            "sex": "FM"[at % 2],
            "traveller_class": "foreigner",
            "travel_mode": "road",
            "purpose": "tourism",
            "crossed_at": micros,
            "recorded_at": micros,
            "post_code": chance.choice(_POSTS),
            "site_id": "bench",
            "desk_id": "bench-desk",
            "by": "officer",
            "traveller_id": desk.hex,
            "payload_schema": 1,
            "payload": json.dumps(told, separators=(",", ":")),
        }
        yield tuple(values.get(name) for name in COLUMNS)


def _build(session: SignedIn, folder: Path, number: int) -> float:
    """Put the rows into the store, the plain file and a CSV for DuckDB."""
    started = time.perf_counter()
    raw = session.store.engine.raw_connection()
    plain = sqlite3.connect(folder / "plain.db")
    try:
        cursor: Any = raw.cursor()
        cursor.execute("BEGIN IMMEDIATE")  # the engine leaves transactions to us
        table = cursor.execute("SELECT sql FROM sqlite_master WHERE name = 'crossing'").fetchone()[0]
        for (name,) in cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'index' AND tbl_name = 'crossing' AND sql IS NOT NULL"
        ).fetchall():
            cursor.execute(f'DROP INDEX "{name}"')
        plain.execute("PRAGMA synchronous = OFF")
        plain.execute(table)
        names = ", ".join(f'"{name}"' for name in COLUMNS)
        insert = f"INSERT INTO crossing ({names}) VALUES ({', '.join('?' * len(COLUMNS))})"
        with (folder / "rows.csv").open("w", encoding="utf-8", newline="") as file:
            lines = csv.writer(file)
            lines.writerow(COLUMNS)
            batch: list[tuple[Any, ...]] = []
            for row in _rows(number):
                batch.append(row)
                if len(batch) == _BATCH:
                    _put(batch, insert, cursor, plain, lines)
            _put(batch, insert, cursor, plain, lines)
        cursor.execute("CREATE INDEX bench_crossed_at ON crossing (crossed_at)")
        plain.execute("CREATE INDEX bench_crossed_at ON crossing (crossed_at)")
        cursor.execute("COMMIT")
        plain.commit()
    finally:
        plain.close()
        raw.close()
    return time.perf_counter() - started


def _put(batch: list[tuple[Any, ...]], insert: str, cursor: Any, plain: sqlite3.Connection, lines: Any) -> None:
    cursor.executemany(insert, batch)
    plain.executemany(insert, batch)
    lines.writerows(batch)
    batch.clear()


def _parquet(folder: Path) -> float:
    import duckdb

    started = time.perf_counter()
    with duckdb.connect() as connection:
        source = f"read_csv('{folder / 'rows.csv'}', header = true, types = {{'payload': 'VARCHAR'}})"
        connection.execute(f"COPY (SELECT * FROM {source}) TO '{folder / 'rows.parquet'}' (FORMAT parquet)")
    (folder / "rows.csv").unlink()
    return time.perf_counter() - started


def _measured(session: SignedIn, folder: Path, turns: int) -> tuple[dict[str, list[float]], bool]:
    desk = report_desk(session)
    asked: dict[str, Callable[[], Any]] = {
        "ours": lambda: desk.make("weekly-bulletin", FIRST, LAST, "pt", session.actor),
        "sqlite": lambda: _by_sqlite(folder),
        "duckdb": lambda: _by_duckdb(folder),
    }
    times: dict[str, list[float]] = {name: [] for name in asked}
    said: dict[str, Any] = {}
    for turn in range(turns):
        for name in list(asked)[:: 1 if turn % 2 else -1]:
            started = time.perf_counter()
            said[name] = asked[name]()
            times[name].append((time.perf_counter() - started) * 1000)
    totals = {name: _totals(said[name]) for name in asked}
    return times, totals["ours"] == totals["sqlite"] == totals["duckdb"] and totals["ours"][0] > 0


def _by_sqlite(folder: Path) -> Answers:
    connection = sqlite3.connect(folder / "plain.db")
    try:
        words = {"crossing": "crossing", "reason": "r.value", "over": "/"}
        each = ", json_each(payload, '$.verdict.reasons') AS r"
        return [connection.execute(*one).fetchall() for one in _statements(words | {"each": each})]
    finally:
        connection.close()


def _by_duckdb(folder: Path) -> Answers:
    import duckdb

    with duckdb.connect() as connection:
        reason = "unnest(from_json(json_extract(payload, '$.verdict.reasons'), '[\"VARCHAR\"]'))"
        words = {"crossing": f"'{folder / 'rows.parquet'}'", "reason": reason, "each": "", "over": "//"}
        return [connection.execute(*one).fetchall() for one in _statements(words)]


def _statements(words: dict[str, str]) -> Iterator[tuple[str, tuple[int, int]]]:
    """Yield what the bulletin needs of the month, the one before and last year's, and each day of the month."""
    for period in ((FIRST, LAST), days_before(FIRST, LAST), same_days_last_year(FIRST, LAST)):
        for query in QUERIES:
            yield query.format(**words), _span(*period)
    yield BY_DAY.format(**words), _span(FIRST, LAST)


def _span(first: date, last: date) -> tuple[int, int]:
    start, end = (first - _EPOCH).days, (last - _EPOCH).days + 1
    return start * 86_400_000_000 - _OFFSET, end * 86_400_000_000 - _OFFSET


def _totals(said: Any) -> tuple[int, ...]:
    """Return the movement, the entries of foreigners and the refusals of the three periods."""
    if isinstance(said, Report):
        rows = [said.table("movement").rows[at] for at in (0, 3)] + [said.table("refused").rows[0]]
        return tuple(int(row[at]) for row in rows for at in (1, 2, 4))  # type: ignore[arg-type]  # all three are reached
    ways, refused = said[0:12:4], said[2:12:4]
    moved = [sum(row[-1] for row in one) for one in ways]
    entered = [sum(row[-1] for row in one if row[1:3] == ("ENTRY", "foreign")) for one in ways]
    return (*moved, *entered, *(sum(row[-1] for row in one) for one in refused))
