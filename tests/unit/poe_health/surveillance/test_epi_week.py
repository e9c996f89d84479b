"""Weeks, and sums over the days that have counts."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from poe_health.surveillance.tally import Counts, DailyTally, TallySource
from poe_health.surveillance.week import epi_week, summary_of

WEEK = epi_week(date(2026, 11, 21))


def tally(day, screened=10, reason=None, suspected=None, **more):
    return DailyTally(
        "MZ.L.MEL",
        day,
        TallySource.HAND,
        Counts(screened=screened, **more.pop("counts", {})),
        suspected_by=suspected or {},
        none_screened_reason=reason,
        hours_open=Decimal(8),
        **more,
    )


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)))
def test_weeks_from_monday_are_those_of_iso_8601(day):
    year, number, _ = day.isocalendar()

    found = epi_week(day, starts_on=1)

    assert (found.year, found.number) == (year, number)
    assert day in found.days
    assert found.first_day.isoweekday() == 1


def test_weeks_from_sunday_belong_to_the_year_of_their_wednesday():
    # the epidemiological weeks of CDC: 2026 begins on Sunday 4 January, 2025 has 53 weeks
    assert epi_week(date(2026, 1, 3), starts_on=7).code == "2025W53"
    assert epi_week(date(2026, 1, 4), starts_on=7).code == "2026W1"
    assert epi_week(date(2024, 12, 29), starts_on=7).code == "2025W1"


def test_the_week_is_written_as_dhis2_does():
    assert WEEK.code == "2026W47"
    assert (WEEK.first_day, WEEK.days[-1]) == (date(2026, 11, 16), date(2026, 11, 22))


def test_a_zero_report_is_explicit_and_missing_days_are_named():
    days = WEEK.days
    found = summary_of(
        "MZ.L.MEL",
        WEEK,
        [
            tally(days[0], suspected={"CHOLERA": 2}),
            tally(days[1], 0, "CLOSED"),
            tally(days[2], 0, "NO_TRAVELLERS"),
            tally(days[3] - timedelta(days=7), suspected={"CHOLERA": 50}),
        ],
        ["CHOLERA", "MEASLES"],
    )

    assert found.suspected_by == {"CHOLERA": 2, "MEASLES": 0}
    assert found.counts.screened == 10
    assert found.days_counted == (days[0], days[2])
    assert found.days_without == {days[1]: "CLOSED"}
    assert found.days_missing == days[3:]
    assert not found.is_complete


def test_a_week_without_any_count_is_not_a_week_of_zeros():
    found = summary_of("MZ.L.MEL", WEEK, [tally(day, 0, "NO_STAFF") for day in WEEK.days], ["CHOLERA"])

    assert found.counts is None
    assert found.suspected_by == {"CHOLERA": None}
    assert found.is_complete


def test_what_nobody_counted_on_one_day_is_not_summed():
    found = summary_of(
        "MZ.L.MEL",
        WEEK,
        [
            tally(WEEK.days[0], counts={"samples": None}, crossed={"ENTRY": 12}),
            tally(WEEK.days[1], counts={"samples": 3}),
        ],
    )

    assert found.counts.samples is None
    assert found.counts.yf_vaccinated == 0
    assert found.crossed is None
