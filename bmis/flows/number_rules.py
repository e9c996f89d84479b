"""The dated rules of the supervisor's numbers, from resources/flows/numbers.toml."""

import tomllib
from dataclasses import dataclass
from functools import cache

from bmis.kernel.resources import resource


@dataclass(frozen=True, slots=True)
class NumberRules:
    """Windows, thresholds and how far back is looked."""

    pace_window_minutes: int
    pace_longest_gap_s: int
    pace_least_gaps: int
    heat_weeks: int
    forecast_days_ahead: int
    forecast_weeks_back: int
    forecast_least_days: int
    backtest_days: int
    least_backtest_days: int
    risk_days: int
    risk_least_base: int
    risk_least_count: int
    longest_selector_days: int


@cache
def number_rules() -> NumberRules:
    """Return the rules."""
    said = tomllib.loads(resource("flows", "numbers.toml").read_text(encoding="utf-8"))
    pace, forecast, risk = said["pace"], said["forecast"], said["risk"]
    return NumberRules(
        pace_window_minutes=int(pace["window_minutes"]),
        pace_longest_gap_s=int(pace["longest_gap_s"]),
        pace_least_gaps=int(pace["least_gaps"]),
        heat_weeks=int(said["heat"]["weeks"]),
        forecast_days_ahead=int(forecast["days_ahead"]),
        forecast_weeks_back=int(forecast["weeks_back"]),
        forecast_least_days=int(forecast["least_days"]),
        backtest_days=int(forecast["backtest_days"]),
        least_backtest_days=int(forecast["least_backtest_days"]),
        risk_days=int(risk["days"]),
        risk_least_base=int(risk["least_base"]),
        risk_least_count=int(risk["least_count"]),
        longest_selector_days=int(risk["longest_selector_days"]),
    )
