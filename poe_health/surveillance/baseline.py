"""How far a day lies above its moving baseline, in standard deviations; closed days are missing."""

import math
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from poe_health.surveillance.series import Series
from poe_health.surveillance.settings import AlarmSettings


class Why(StrEnum):
    """Why there is no number for a day."""

    NO_COUNT = "no_count"  # the day was closed, or its count is missing
    BASELINE_SHORT = "baseline_short"  # too few days with counts before it
    TOO_FEW_SCREENED = "too_few_screened"


class Scale(StrEnum):
    """What is compared."""

    CASES = "cases"
    PER_SCREENED = "per_screened"  # busy posts: cases, as if as many had been screened as on a usual day


@dataclass(frozen=True, slots=True)
class Deviation:
    """``z`` standard deviations above the ``mean`` of ``points`` days. ``sigma`` is what was used, floor included."""

    z: float
    value: float
    mean: float
    sigma: float
    points: int
    scale: Scale


def deviation(series: Series, day: date, settings: AlarmSettings, guard_days: int) -> Deviation | Why:
    """Return how the day compares with the ``baseline_days`` that end ``guard_days`` before the day before it.

    The sample standard deviation (n - 1) is used, never below ``sigma_floor_cases``. At a busy post each day's cases
    are first scaled to the mean number screened, so that a day with twice the travellers and twice the cases is no
    alarm; where the same number is screened every day both scales give the same.
    """
    if day not in series:
        return Why.NO_COUNT
    window = [day - timedelta(days=guard_days + n) for n in range(1, settings.baseline_days + 1)]
    points = [series[one] for one in window if one in series]
    if len(points) < settings.points_needed:
        return Why.BASELINE_SHORT
    usual = math.fsum(point.screened for point in points) / len(points)
    if usual < settings.minimum_screened:
        return Why.TOO_FEW_SCREENED
    scale = Scale.PER_SCREENED if usual >= settings.busy_from_screened else Scale.CASES
    today, before = series[day], [(point.cases, point.screened) for point in points]
    if scale is Scale.PER_SCREENED:
        if not today.screened or not all(screened for _, screened in before):
            scale = Scale.CASES  # a share of nobody is no number
        else:
            values = [cases / screened * usual for cases, screened in before]
            return _against(today.cases / today.screened * usual, values, settings.sigma_floor_cases, scale)
    return _against(today.cases, [cases for cases, _ in before], settings.sigma_floor_cases, scale)


def _against(value: float, before: list[float] | list[int], floor: float, scale: Scale) -> Deviation:
    mean = math.fsum(before) / len(before)
    spread = math.sqrt(math.fsum((one - mean) ** 2 for one in before) / (len(before) - 1))
    sigma = max(spread, floor)
    return Deviation((value - mean) / sigma, value, mean, sigma, len(before), scale)
