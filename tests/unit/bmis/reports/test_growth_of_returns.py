"""Growth of what posts report is told between weeks of which every return came, and never between parts of them."""

from datetime import UTC, date, datetime, timedelta

from bmis.reports.bulletin.periods import Compared, PeriodNumbers
from bmis.reports.bulletin.tables import returns_table
from bmis.reports.report import Missing
from bmis.reports.returns.keep_returns import ReturnsOfDays
from bmis.reports.returns.kinds import return_kind
from bmis.reports.returns.post_return import PostReturn

POST, KIND, DAYS = "MZ.L.RSG", "lost_passports", 3
SENT = datetime(2026, 11, 22, 6, tzinfo=UTC)


def week(first, *lost):
    """A week of three days in which the first days were reported, and all are owed."""
    days = [first + timedelta(days=at) for at in range(DAYS)]
    came = {(POST, KIND, day): PostReturn(POST, day, KIND, {"lost": n}, "J", SENT) for day, n in zip(days, lost)}  # noqa: B905 - the days that nobody reported are left out
    owed = frozenset((POST, KIND, day) for day in days)
    return PeriodNumbers(None, days[0], days[-1], ReturnsOfDays(came, owed), {}, reached=True)


def row(now, before, last_year):
    weeks = (week(date(2026, 11, 14), *now), week(date(2026, 11, 7), *before), week(date(2025, 11, 15), *last_year))
    table = returns_table(return_kind(KIND, date(2026, 11, 14)), Compared(*weeks), "pt")
    names = [one.name for one in table.columns]
    return dict(zip(names, table.rows[0], strict=True))


def test_between_weeks_of_which_every_return_came_growth_is_told():
    found = row((4, 4, 4), (2, 2, 2), (3, 3, 6))
    assert (found["now"], found["change_before"], found["change_last_year"]) == (12, 1.0, 0.0)


def test_a_week_of_which_a_return_is_missing_grows_by_no_number():
    found = row((4,), (2, 2, 2), (4,))
    assert (found["now"], found["before"], found["last_year"]) == (4, 6, 4)
    assert found["change_before"] is found["change_last_year"] is Missing.NO_BASE


def test_against_a_week_of_which_a_return_is_missing_there_is_no_growth_either():
    found = row((4, 4, 4), (2,), (6, 3, 3))
    assert found["change_before"] is Missing.NO_BASE
    assert found["change_last_year"] == 0.0
