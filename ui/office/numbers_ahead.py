"""The forecast and the rates, with the words of their days and groups."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bmis.flows.counts import Counts
from bmis.flows.forecast import forecast
from bmis.flows.holidays import HOME, holiday
from bmis.flows.number_rules import number_rules
from bmis.flows.risk import nationality_rates, read_rates
from bmis.flows.risk_event import Selector
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.reports.places import country_name, kind_name, mode_name, post_name
from ui.desktop.supervisor.numbers_parts import ForecastNow, RiskNow, SelectorNow


def forecast_now(counts: Counts, post_code: str, today: date, language: str) -> ForecastNow:
    """Return the forecast, with the holidays of Mozambique and of the country on the other side of the post."""
    countries = {HOME, _neighbour(post_code)} - {""}
    with counts.view() as view:
        told = forecast(view, today, lambda day: holiday(day, countries) is not None)
    holidays = ((one.day, holiday(one.day, countries)) for one in told.days)
    return ForecastNow(told, tuple((day, found.name(language)) for day, found in holidays if found is not None))


def risk_now(
    counts: Counts, outcome: str, group: str, today: date, selectors: Sequence[Selector], language: str
) -> RiskNow:
    """Return the rates of the last days, those of today not among them, for today is not over."""
    last = today - timedelta(days=1)
    first = today - timedelta(days=number_rules().risk_days)
    with counts.view() as view:
        rates = read_rates(view, outcome, group, first, last)
        by_state = nationality_rates(view, outcome, {one.nationality for one in selectors}, first, last)
        chosen = tuple(
            SelectorNow(one, country_name(one.nationality, language), by_state[one.nationality]) for one in selectors
        )
    word = _words(group, last, language)
    return RiskNow(rates, tuple((row.key, word(row.key)) for row in rates.rows), chosen)


def _words(group: str, on: date, language: str) -> Callable[[str], str]:
    return {
        "post_code": post_name,
        "hour": lambda key: f"{key}:00",
        "travel_mode": lambda key: mode_name(key, on, language),
        "document_kind": lambda key: kind_name(key, language),
    }[group]


def _neighbour(post_code: str) -> str:
    try:
        return point_of_entry(post_code).neighbour_country or ""
    except UnknownPostError:
        return ""
