"""The dated settings of surveillance: the week, the alarms, the reasons why nobody was screened."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from poe_health.codes import Coded
from poe_health.errors import HealthListError
from poe_health.lists import bundled

FILE = "health/surveillance.toml"


@dataclass(frozen=True, slots=True)
class NoneScreened(Coded):
    """Why nobody was screened. ``no_data``: the counts of the day are missing, not zero."""

    no_data: bool


@dataclass(frozen=True, slots=True)
class AlarmSettings:
    """The parameters of the moving baselines. Standard deviations, cases, and travellers screened a day."""

    baseline_days: int
    guard_days: int
    points_needed: int
    c1_c2_over: float
    c3_over: float
    cusum_k: float
    cusum_h: float
    sigma_floor_cases: float
    busy_from_screened: float
    minimum_screened: float
    false_alarm_share: Mapping[str, float]
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class CountThreshold:
    """So many suspected cases of a disease in so many days are an alarm by themselves."""

    disease: str
    cases: int
    days: int
    valid_from: date
    source: str


@cache
def reasons_none_screened() -> Mapping[str, NoneScreened]:
    """Return the reasons by code. Raises HealthListError, as every function here."""
    try:
        return MappingProxyType(
            {
                row["code"]: NoneScreened(row["code"], row["en"], row["pt"], bool(row["no_data"]))
                for row in _said("none_screened")
            }
        )
    except (KeyError, TypeError) as error:
        raise HealthListError(FILE) from error


def first_weekday(day: date) -> int:
    """Return with which day (1 Monday to 7 Sunday) the epidemiological week begins, as in force on ``day``."""
    row = in_force(_said("week"), day, FILE)
    found = row.get("first_weekday")
    if not isinstance(found, int) or not 1 <= found <= 7:
        raise HealthListError(FILE)
    return found


def alarm_settings(day: date) -> AlarmSettings:
    """Return the parameters in force on ``day``."""
    row = in_force(_said("alarms"), day, FILE)
    try:
        return AlarmSettings(
            baseline_days=int(row["baseline_days"]),
            guard_days=int(row["guard_days"]),
            points_needed=int(row["points_needed"]),
            c1_c2_over=float(row["c1_c2_over"]),
            c3_over=float(row["c3_over"]),
            cusum_k=float(row["cusum_k"]),
            cusum_h=float(row["cusum_h"]),
            sigma_floor_cases=float(row["sigma_floor_cases"]),
            busy_from_screened=float(row["busy_from_screened"]),
            minimum_screened=float(row["minimum_screened"]),
            false_alarm_share=MappingProxyType({str(k): float(v) for k, v in row["false_alarm_share"].items()}),
            valid_from=row["valid_from"],
            source=str(row["source"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise HealthListError(FILE) from error


def count_thresholds(day: date) -> Mapping[str, CountThreshold]:
    """Return the thresholds in force on ``day``, by disease."""
    rows = _said("threshold")
    try:
        diseases = dict.fromkeys(row["disease"] for row in rows if row["valid_from"] <= day)
        chosen = [in_force([row for row in rows if row["disease"] == one], day, FILE) for one in diseases]
        return MappingProxyType(
            {
                row["disease"]: CountThreshold(
                    row["disease"], int(row["cases"]), int(row["days"]), row["valid_from"], str(row["source"])
                )
                for row in chosen
            }
        )
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError(FILE) from error


def in_force(rows: Iterable[Mapping[str, Any]], day: date, file: str) -> Mapping[str, Any]:
    """Return the row whose ``valid_from`` is the newest not after ``day``.

    Raises:
        HealthListError: none is in force.
    """
    try:
        return max((row for row in rows if row["valid_from"] <= day), key=lambda row: row["valid_from"])
    except (ValueError, KeyError, TypeError) as error:
        raise HealthListError(file) from error


def _said(name: str) -> list[dict[str, Any]]:
    try:
        return list(bundled("health", "surveillance").said[name])
    except (KeyError, TypeError) as error:
        raise HealthListError(FILE) from error
