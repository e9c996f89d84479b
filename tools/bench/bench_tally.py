"""A day's tally over its kept screenings: the use case, and one SQL pass that sums the same day through the driver."""

import statistics
import time
from datetime import timedelta
from typing import Any

from bmis.kernel.clock import local
from bmis.staff.session import SignedIn
from poe_health.screening.demo import SCREENED_SHARE, MakeDemoScreenings
from poe_health.surveillance.tally import Counts
from tools.bench.desk import NOW, at_work, temporary_home
from ui.compose_health import health_day

BOUND = 3.0
SCREENINGS = 20_000
RUNS = 15
SEED = 1

# What a programmer would write who needs these numbers once: the outcome of a case counts with its primary screening.
ONE_PASS = """
SELECT s.direction, s.conveyance, s.sex, s.age_band, s.origin_country,
       sum(s.persons * (coalesce(s.result, '') <> 'REFUSED' OR c.disposition IS NOT NULL)),
       sum(s.persons * coalesce(s.threshold_reached, 0)),
       sum(s.persons * (s.result IN ('SECONDARY', 'ISOLATE_NOW') OR c.disposition IS NOT NULL OR s.kind = 'secondary')),
       sum(s.persons * (s.alert OR coalesce(c.alert, 0))),
       sum(s.persons * (coalesce(c.suspected, s.suspected) <> '')),
       sum(s.persons * (coalesce(c.disposition, s.disposition, '') = 'REFERRED')),
       sum(s.samples + coalesce(c.samples, 0))
FROM screening s
LEFT JOIN screening c ON c.primary_id = s.id AND c.state = 'standing'
WHERE s.day = ? AND s.state = 'standing'
  AND (s.kind <> 'secondary' OR s.primary_id IS NULL)
GROUP BY 1, 2, 3, 4, 5
"""


def measure(*, rows: int, runs: int) -> dict[str, Any]:
    """Return the ratio of the medians. The day has 20,000 travellers, or ``rows`` where that is fewer."""
    turns = runs or RUNS
    with temporary_home() as home, at_work(home, "clinician", NOW) as session:
        started = time.perf_counter()
        make = MakeDemoScreenings(session.store.write, session.home, session.now)
        made = make(1, round(min(rows, SCREENINGS) / SCREENED_SHARE), SEED, session.actor)
        built_s = time.perf_counter() - started
        ours, theirs, screened, agree, cells = _measured(session, turns)
    median_ours, median_theirs = statistics.median(ours), statistics.median(theirs)
    ratio = round(median_ours / median_theirs, 2)
    return {
        "name": "tally",
        "peer": "one SQL pass over the same day through the driver",
        "ratio": ratio,
        "bound": BOUND,
        "ok": ratio <= BOUND and agree,
        "unit": "ms (median)",
        "ours": round(median_ours, 2),
        "theirs": round(median_theirs, 2),
        "settings": {"screenings": screened, "records": made.screenings, "cells": cells, "runs": turns, "agree": agree},
        "also": {
            "slowest_ours_ms": round(max(ours), 2),
            "slowest_theirs_ms": round(max(theirs), 2),
            "built_per_s": round(made.screenings / built_s),
        },
    }


def _measured(session: SignedIn, runs: int) -> tuple[list[float], list[float], int, bool, int]:
    desk = health_day(session)
    day = local(NOW).date() - timedelta(days=1)
    raw = session.store.engine.raw_connection()
    ours: list[float] = []
    theirs: list[float] = []
    counts, groups = Counts(), []
    try:
        cursor: Any = raw.cursor()
        for turn in range(runs):
            for mine in (True, False) if turn % 2 else (False, True):
                started = time.perf_counter()
                if mine:
                    counts = desk.read(day, session.actor).counted.counts
                else:
                    groups = cursor.execute(ONE_PASS, (day.isoformat(),)).fetchall()
                (ours if mine else theirs).append((time.perf_counter() - started) * 1000)
    finally:
        raw.close()
    sums = tuple(sum(group[place] for group in groups) for place in range(5, 12))
    said = (counts.screened, counts.temp_ge_threshold, counts.secondary, counts.alerts, counts.suspected)
    return ours, theirs, counts.screened, sums == (*said, counts.referred, counts.samples), len(groups)
