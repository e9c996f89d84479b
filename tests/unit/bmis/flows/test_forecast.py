"""What tomorrow may bring: the same weekdays say it, holidays apart, and too little known says nothing."""

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import pytest

from bmis.flows.forecast import one_day, past_error
from bmis.flows.holidays import HOME, easter, holiday
from bmis.flows.number_rules import number_rules

RULES = number_rules()
TODAY = date(2026, 11, 22)  # a Sunday


def never(_day):
    return False


def weeks_of(*numbers, weekday=0, until=TODAY):
    """Return totals of one weekday, the newest number last."""
    last = until - timedelta(days=(until.weekday() - weekday) % 7 or 7)
    return {last - timedelta(weeks=len(numbers) - 1 - at): number for at, number in enumerate(numbers)}


def test_a_monday_is_the_middle_of_the_mondays():
    told = one_day(weeks_of(90, 100, 110, 400), date(2026, 11, 23), never, RULES)

    assert (told.expected, told.least, told.most, told.days) == (105, 90, 400, 4)


def test_only_the_last_weeks_are_looked_at():
    told = one_day(weeks_of(*[1] * 20, *[100] * 8), date(2026, 11, 23), never, RULES)

    assert (told.expected, told.days) == (100, 8)


def test_two_mondays_are_too_few_to_say():
    told = one_day(weeks_of(90, 110), date(2026, 11, 23), never, RULES)

    assert (told.expected, told.least, told.days) == (None, None, 2)


def test_a_day_with_nobody_counts_and_an_unknown_day_does_not():
    totals = weeks_of(0, 0, 0)

    assert one_day(totals, date(2026, 11, 23), never, RULES).expected == 0
    assert one_day({}, date(2026, 11, 23), never, RULES).expected is None


def test_a_holiday_among_the_mondays_is_left_out():
    totals = weeks_of(100, 100, 100, 900)
    feast = max(totals)

    assert one_day(totals, date(2026, 11, 23), lambda day: day == feast, RULES).most == 100


def test_a_holiday_is_what_other_holidays_were_to_their_weekdays():
    totals = {TODAY - timedelta(days=back): 100 for back in range(1, 100)}
    feasts = {date(2026, 11, 11), date(2026, 10, 30), date(2026, 11, 25)}
    totals |= {date(2026, 11, 11): 200, date(2026, 10, 30): 300}

    told = one_day(totals, date(2026, 11, 25), lambda day: day in feasts, RULES)
    assert (told.is_holiday, told.expected, told.least, told.most, told.days) == (True, 250, 200, 300, 2)

    alone = one_day(totals, date(2026, 11, 25), lambda day: day in feasts - {date(2026, 10, 30)}, RULES)
    assert (alone.expected, alone.days) == (None, 1), "one holiday is no rule"


def test_the_past_error_is_the_middle_of_what_forecasts_missed():
    totals = {TODAY - timedelta(days=back): 100 for back in range(1, 90)}
    for back in range(1, 29, 2):  # every second day of the last four weeks brought a quarter more
        totals[TODAY - timedelta(days=back)] = 125

    told = past_error(totals, TODAY, never, RULES)

    errors = []
    for back in range(1, 29):  # by hand: the middle of the eight same weekdays before, missed by how much
        day = TODAY - timedelta(days=back)
        seen = sorted(totals[day - timedelta(weeks=week)] for week in range(1, 9))
        expected = round((seen[3] + seen[4]) / 2)
        errors.append(abs(expected - totals[day]) / totals[day])
    errors.sort()
    assert told.days == 28
    assert told.share == pytest.approx((errors[13] + errors[14]) / 2)
    assert 0 < told.share < 0.25


def test_a_forecast_of_the_past_knows_nothing_of_its_own_day():
    totals = {TODAY - timedelta(days=back): 100 for back in range(1, 90)}
    totals[TODAY - timedelta(days=1)] = 1000

    assert past_error(totals, TODAY, never, replace(RULES, backtest_days=1, least_backtest_days=1)).share == 0.9


def test_too_few_tried_days_tell_no_error():
    totals = {TODAY - timedelta(days=back): 100 for back in range(1, 30)}

    told = past_error(totals, TODAY, never, RULES)
    assert told.share is None
    assert 0 < told.days < RULES.least_backtest_days


@pytest.mark.parametrize(
    ("year", "day"),
    [(1961, (4, 2)), (2000, (4, 23)), (2008, (3, 23)), (2019, (4, 21)), (2024, (3, 31)), (2038, (4, 25))],
)
def test_easter_falls_on_its_day(year, day):
    assert easter(year) == date(year, *day)


def test_holidays_are_those_of_the_countries_asked():
    assert holiday(date(2026, 6, 25)).name("pt") == "Dia da Independência Nacional"
    assert holiday(date(2026, 4, 3)) is None
    assert holiday(date(2026, 4, 3), {HOME, "ZAF"}).country == "ZAF"
    assert holiday(date(2026, 5, 1), {HOME, "ZAF"}).country == HOME
    assert holiday(date(2026, 11, 23), {HOME, "ZAF", "XXX"}) is None


def test_a_sunday_holiday_is_kept_on_the_monday_as_published_in_2019_and_2023():
    mondays = [date(2019, 2, 4), date(2019, 4, 8), date(2023, 1, 2), date(2023, 6, 26)]
    assert all(holiday(day) for day in mondays)


def test_every_year_has_nine_mozambican_holidays_and_their_mondays():
    for year in range(2020, 2036):
        days = [day for at in range(366) if (day := date(year, 1, 1) + timedelta(days=at)).year == year]
        kept = Counter(holiday(day).en for day in days if holiday(day))
        given_once = {2020: 1, 2024: 1}.get(year, 0)  # the inauguration of a President, general elections
        assert len(kept) == 9 + given_once, year


def test_a_day_given_once_is_a_holiday_in_its_year_alone():
    assert holiday(date(2024, 10, 9)).name("pt") == "Eleições gerais"
    assert holiday(date(2023, 10, 9)) is None
    assert holiday(date(2025, 10, 9)) is None
    assert holiday(date(2024, 10, 9), {"ZAF"}) is None


def test_the_days_of_easter_are_working_days_in_mozambique_and_holidays_in_south_africa():
    for year, friday in ((2024, date(2024, 3, 29)), (2026, date(2026, 4, 3)), (2027, date(2027, 3, 26))):
        monday = friday + timedelta(days=3)
        assert easter(year) == friday + timedelta(days=2)
        assert holiday(friday) is None
        assert holiday(monday) is None
        assert holiday(friday, {HOME, "ZAF"}).country == "ZAF"
        assert holiday(monday, {HOME, "ZAF"}).en.startswith("Family Day")


def test_an_election_day_is_left_out_of_the_wednesdays_that_a_forecast_stands_on():
    election = date(2024, 10, 9)
    totals = {election - timedelta(weeks=back): 100 for back in range(-2, 6)} | {election: 5}

    told = one_day(totals, date(2024, 10, 30), lambda day: holiday(day) is not None, RULES)

    assert (told.expected, told.least) == (100, 100)
