"""How many movements the next days may bring: what the same weekdays brought, holidays apart, with its past error."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import median

from bmis.flows.counts import CountsView
from bmis.flows.number_rules import NumberRules, number_rules

IsHoliday = Callable[[date], bool]
_LEAST_HOLIDAYS = 2


@dataclass(frozen=True, slots=True)
class ForecastDay:
    """One day. ``expected`` None: too little is known. ``least`` and ``most`` are those of the days it stands on,
    ``days`` how many they are; for a holiday, its ``days`` are past holidays."""

    day: date
    is_holiday: bool
    expected: int | None
    least: int | None
    most: int | None
    days: int


@dataclass(frozen=True, slots=True)
class PastError:
    """How far forecasts of past days were off: the median of the absolute errors as shares of what came, None where
    ``days``, those that could be tried, are too few."""

    share: float | None
    days: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """The next days, the first of them tomorrow."""

    days: tuple[ForecastDay, ...]
    past: PastError


def forecast(view: CountsView, today: date, is_holiday: IsHoliday) -> Forecast:
    """Return the forecast from the movements of the days before today (today is not over)."""
    known = view.days()
    rules = number_rules()
    if known is None or known[0] >= today:
        totals: dict[date, int] = {}
    else:
        sums = view.sums("travel_mode", known[0], today - timedelta(days=1), ("day",))
        days = ((known[0] + timedelta(days=at)) for at in range((today - known[0]).days))
        totals = {day: sums.get((day.isoformat(),), 0) for day in days}
    ahead = (today + timedelta(days=at) for at in range(1, rules.forecast_days_ahead + 1))
    return Forecast(
        tuple(one_day(totals, day, is_holiday, rules) for day in ahead),
        past_error(totals, today, is_holiday, rules),
    )


def one_day(totals: Mapping[date, int], day: date, is_holiday: IsHoliday, rules: NumberRules) -> ForecastDay:
    """Return what a day may bring, from ``totals`` of days that are over; one that is not among them is unknown."""
    usual = _same_weekdays(totals, day, is_holiday, rules)
    if is_holiday(day):
        return _holiday(totals, day, usual, is_holiday, rules)
    if len(usual) < rules.forecast_least_days:
        return ForecastDay(day, False, None, None, None, len(usual))
    return ForecastDay(day, False, round(median(usual)), min(usual), max(usual), len(usual))


def past_error(totals: Mapping[date, int], today: date, is_holiday: IsHoliday, rules: NumberRules) -> PastError:
    """Return how far off forecasts of the last days were, each made from the days before it alone."""
    errors = []
    for back in range(1, rules.backtest_days + 1):
        day = today - timedelta(days=back)
        came = totals.get(day)
        if not came:  # unknown, or nobody: a share of nothing is none
            continue
        before = {each: n for each, n in totals.items() if each < day}
        told = one_day(before, day, is_holiday, rules).expected
        if told is not None:
            errors.append(abs(told - came) / came)
    enough = len(errors) >= rules.least_backtest_days
    return PastError(median(errors) if enough else None, len(errors))


def _same_weekdays(totals: Mapping[date, int], day: date, is_holiday: IsHoliday, rules: NumberRules) -> list[int]:
    weeks = (day - timedelta(weeks=back) for back in range(1, rules.forecast_weeks_back + 1))
    return [totals[each] for each in weeks if each in totals and not is_holiday(each)]


def _holiday(
    totals: Mapping[date, int], day: date, usual: list[int], is_holiday: IsHoliday, rules: NumberRules
) -> ForecastDay:
    """A holiday is its weekday's usual times what earlier holidays had of theirs."""
    ratios = []
    for past, came in totals.items():
        if past < day and is_holiday(past):
            around = _same_weekdays(totals, past, is_holiday, rules)
            if len(around) >= rules.forecast_least_days and median(around):
                ratios.append(came / median(around))
    if len(ratios) < _LEAST_HOLIDAYS or len(usual) < rules.forecast_least_days:
        return ForecastDay(day, True, None, None, None, len(ratios))
    level = median(usual)
    return ForecastDay(
        day, True, round(level * median(ratios)), round(level * min(ratios)), round(level * max(ratios)), len(ratios)
    )
