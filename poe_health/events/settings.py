"""The dated data of events: kinds of signal, the questions of Annex 2, clocks, targets."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from poe_health.codes import Coded
from poe_health.errors import HealthListError
from poe_health.lists import bundled
from poe_health.surveillance.settings import in_force

FILE = "health/annex2.toml"


@dataclass(frozen=True, slots=True)
class Question(Coded):
    """A question of Annex 2 with the parts that help to answer it."""

    parts: tuple[Coded, ...]


@dataclass(frozen=True, slots=True)
class ClockRule(Coded):
    """How many ``hours`` may pass from one event to another. They run day and night, weekends and holidays too.

    ``level`` is who must act: post or national.
    """

    hours: int
    starts: str
    ends: str
    level: str
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class TimelinessTarget:
    """The three targets of 7-1-7."""

    detect_days: int
    notify_hours: int
    respond_hours: int
    source: str


@dataclass(frozen=True, slots=True)
class ClusterRule:
    """So many similar illnesses in so many days; of one origin only diseases up to ``origin_priority`` (1 to 3)."""

    cases: int
    days: int
    origin_priority: int
    source: str


@dataclass(frozen=True, slots=True)
class MeasureReview:
    """An additional measure is looked at again after ``months``; ``warn_days`` before that it is told."""

    months: int
    warn_days: int
    source: str


@cache
def signal_types() -> Mapping[str, Coded]:
    """Return the kinds of signal by code. Raises HealthListError, as every function here."""
    return _coded("signal_type")


@cache
def signal_sources() -> Mapping[str, Coded]:
    """Return where a signal can come from, by code."""
    return _coded("signal_source")


@cache
def always_notified() -> Mapping[str, Coded]:
    """Return, by disease, what the left box of Annex 2 names: of that a single case is always notified."""
    try:
        rows = bundled("health", "annex2").said["always"]
        return MappingProxyType({row["disease"]: Coded(row["disease"], row["en"], row["pt"]) for row in rows})
    except (KeyError, TypeError) as error:
        raise HealthListError(FILE) from error


@cache
def questions() -> Mapping[str, Question]:
    """Return the four questions with their parts, in order."""
    try:
        found = {
            row["code"]: Question(
                row["code"],
                row["en"],
                row["pt"],
                tuple(Coded(part["code"], part["en"], part["pt"]) for part in row["part"]),
            )
            for row in bundled("health", "annex2").said["question"]
        }
    except (KeyError, TypeError) as error:
        raise HealthListError(FILE) from error
    if tuple(found) != ("Q1", "Q2", "Q3", "Q4"):
        raise HealthListError(FILE)
    return MappingProxyType(found)


def clock_rules(day: date) -> Mapping[str, ClockRule]:
    """Return the clocks in force on ``day``."""
    try:
        rows = bundled("health", "annex2").said["clock"]
        codes = dict.fromkeys(row["code"] for row in rows if row["valid_from"] <= day)
        chosen = [in_force([row for row in rows if row["code"] == code], day, FILE) for code in codes]
        return MappingProxyType(
            {
                row["code"]: ClockRule(
                    row["code"],
                    row["en"],
                    row["pt"],
                    int(row["hours"]),
                    row["starts"],
                    row["ends"],
                    row["level"],
                    row["valid_from"],
                    row["source"],
                )
                for row in chosen
            }
        )
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError(FILE) from error


def timeliness_target(day: date) -> TimelinessTarget:
    """Return the 7-1-7 targets in force on ``day``."""
    row = _dated("timeliness", day)
    try:
        return TimelinessTarget(
            int(row["detect_days"]), int(row["notify_hours"]), int(row["respond_hours"]), str(row["source"])
        )
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError(FILE) from error


def measure_review(day: date) -> MeasureReview:
    """Return when an additional measure is looked at again, as in force on ``day``."""
    row = _dated("measure_review", day)
    try:
        return MeasureReview(int(row["months"]), int(row["warn_days"]), str(row["source"]))
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError(FILE) from error


def cluster_rule(day: date) -> ClusterRule:
    """Return what makes a cluster on ``day``."""
    row = _dated("cluster", day)
    try:
        return ClusterRule(int(row["cases"]), int(row["days"]), int(row["origin_priority"]), str(row["source"]))
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError(FILE) from error


def _dated(name: str, day: date) -> Mapping[str, Any]:
    return in_force(bundled("health", "annex2").said.get(name, ()), day, FILE)


def _coded(name: str) -> Mapping[str, Coded]:
    try:
        rows = bundled("health", "annex2").said[name]
        return MappingProxyType({row["code"]: Coded(row["code"], row["en"], row["pt"]) for row in rows})
    except (KeyError, TypeError) as error:
        raise HealthListError(FILE) from error
