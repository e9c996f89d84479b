"""The bounds that ``bmis bench mrz`` holds its numbers against. What was not measured is neither kept nor broken."""

from collections.abc import Mapping, Sequence
from typing import Any

HELD_OUT_EXACT = 0.97
GIVEN_EXACT = 72 / 79  # of real pictures
GIVEN_FALSE_ACCEPTS = 1
WRONG_DIGIT_AS_PRINTED = 0.90
MEDIAN_MS, P95_MS = 60.0, 150.0
MEMORY_MB = 400.0
FIRST_READ_MS = 1000.0

Row = Mapping[str, Any]


def bound(
    on: str, what: str, value: float | None, *, least: float | None = None, most: float | None = None
) -> dict[str, Any]:
    """Return one bound with what was measured: ``ok`` is null where nothing was."""
    limit = least if least is not None else most
    kept: bool | None = None
    if value is not None and limit is not None:
        kept = value >= limit if least is not None else value <= limit
    sense = "at_least" if least is not None else "at_most"
    limit = None if limit is None else round(limit, 4)
    return {"on": on, "what": what, "value": value, "sense": sense, "limit": limit, "ok": kept}


def of_set(on: str, ours: Row, *, exact: float, false_accepts: int | None) -> list[dict[str, Any]]:
    """Return the bounds of our reader on a whole set of pictures."""
    bounds = [
        bound(on, "exact_rate", ours.get("exact_rate"), least=exact),
        bound(on, "read_without_zone", ours.get("read_without_zone"), most=0),
        bound(on, "cpu_ms_median", ours.get("cpu_ms_median"), most=MEDIAN_MS),
        bound(on, "cpu_ms_p95", ours.get("cpu_ms_p95"), most=P95_MS),
        bound(on, "rss_mb", ours.get("rss_mb"), most=MEMORY_MB),
    ]
    if false_accepts is not None:
        bounds.append(bound(on, "false_accepts", ours.get("false_accepts"), most=false_accepts))
    return bounds


def against_peer(on: str, ours: Row, peer: Row | None) -> list[dict[str, Any]]:
    """Return the bounds against the best peer, both on the same pictures."""
    return [
        bound(on, "exact_ratio_to_best_peer", ratio(ours, peer, "exact"), least=1.0),
        bound(on, "cpu_ratio_to_best_peer", ratio(ours, peer, "cpu_ms_median"), most=1.0),
    ]


def best_peer(peers: Sequence[dict[str, Any]]) -> dict[str, Any] | None:
    """Return the peer that reads most exactly, of equals the faster; nothing when none could be measured."""
    measured = [one for one in peers if one["state"] == "measured"]
    return max(measured, key=lambda one: (one["exact"], -one["cpu_ms_median"]), default=None)


def ratio(ours: Row, peer: Row | None, what: str) -> float | None:
    """Return ours to the peer's, two decimals; nothing where either was not measured. Of a peer's zero: ours itself."""
    if peer is None or ours.get(what) is None:
        return None
    return round(float(ours[what]) / (peer[what] or 1), 2)
