"""Evaluating every case rule for a traveller, against reading and checking that traveller's form."""

import json
import random
import statistics
import time
from datetime import date, timedelta
from typing import Any

from poe_health.codes import exposures, symptoms
from poe_health.rules.definitions import rule_set
from poe_health.screening.context import HealthContext
from poe_health.screening.evaluate_screening import EvaluateScreening
from poe_health.screening.form_json import form_from
from poe_health.screening.journey import AffectedArea
from ui.cli.untrusted import load_object

BOUND = 8.0
TRAVELLERS = 2000
SEED = 1
TODAY = date(2026, 11, 22)
SCHEMA = "health-screen-in"
ILL_SHARE = 0.1  # most travellers are well; the ill ones are the long way through the rules


def measure(*, rows: int, runs: int) -> dict[str, Any]:
    """Return the ratio of the 95th percentiles. ``rows`` is not used: nothing is stored."""
    travellers = runs or TRAVELLERS
    texts = [_form(random.Random(f"{SEED}-{number}"), number) for number in range(travellers)]
    context = HealthContext(
        outbreaks=frozenset({"CHOLERA"}),
        affected=(AffectedArea("EVD", "COD", "CD-NK"), AffectedArea("MPOX", "MWI"), AffectedArea("CHOLERA", "ZMB")),
    )
    evaluate = EvaluateScreening()
    load_object(texts[0], SCHEMA)  # lists and schema are read once, before the queue
    evaluate(form_from(json.loads(texts[0]), TODAY), context)
    ours: list[float] = []
    theirs: list[float] = []
    walls: list[float] = []
    found: dict[str | None, int] = {}
    for text in texts:
        wall, started = time.perf_counter(), time.thread_time()  # both only compute: CPU time is what they cost
        form = form_from(load_object(text, SCHEMA), TODAY)
        read = time.thread_time()
        outcome = evaluate(form, context)
        ours.append((time.thread_time() - read) * 1000)
        theirs.append((read - started) * 1000)
        walls.append((time.perf_counter() - wall) * 1000)
        found[outcome.disposition] = found.get(outcome.disposition, 0) + 1
    rules = rule_set(TODAY)
    ratio = round(_p95(ours) / _p95(theirs), 2)
    return {
        "name": "rules",
        "peer": "reading and checking the form (JSON, schema, typed form)",
        "ratio": ratio,
        "bound": BOUND,
        "ok": ratio <= BOUND,
        "unit": "ms of CPU (p95)",
        "ours": round(_p95(ours), 3),
        "theirs": round(_p95(theirs), 3),
        "settings": {
            "travellers": travellers,
            "diseases": len(rules.diseases),
            "red_flags": len(rules.red_flags),
            "ill_share": ILL_SHARE,
            "rule_set": rules.digest[:12],
            "results": {str(result): count for result, count in sorted(found.items(), key=str)},
        },
        "also": {
            "median_ours_ms": round(statistics.median(ours), 3),
            "median_theirs_ms": round(statistics.median(theirs), 3),
            "p95_both_wall_ms": round(_p95(walls), 3),
            "travellers_per_s": round(travellers / (sum(ours) / 1000)),
        },
    }


def _form(dice: random.Random, number: int) -> str:
    ill = dice.random() < ILL_SHARE
    said: dict[str, Any] = {
        "stage": "secondary" if ill else "primary",
        "temperature_c": round(dice.uniform(37.5, 40.0) if ill else dice.uniform(35.8, 37.4), 1),
        "temperature_method": "IR_FOREHEAD",
        "age_years": number % 90,
        "direction": "ENTRY",
        "others": "unknown" if ill else "no",
        "symptoms": {code: dice.choice(["yes", "no", "unknown"]) for code in dice.sample(sorted(symptoms()), 18)}
        if ill
        else {},
        "exposures": {code: dice.choice(["yes", "no", "no"]) for code in dice.sample(sorted(exposures()), 6)}
        if ill
        else {},
        "itinerary": [
            {
                "country": dice.choice(["ZAF", "MWI", "COD", "ZMB", "ZWE"]),
                "from": (TODAY - timedelta(days=dice.randint(10, 40))).isoformat(),
                "to": (TODAY - timedelta(days=dice.randint(0, 9))).isoformat(),
            }
        ],
    }
    said["symptoms"].pop("FEVER", None)
    return json.dumps(said)


def _p95(samples: list[float]) -> float:
    return statistics.quantiles(samples, n=20)[-1]
