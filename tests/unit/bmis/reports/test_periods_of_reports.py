"""The days of a report from one day in them: week, month, quarter, year and the festive operation over the new year."""

from datetime import date

import pytest

from bmis.reports.dated import festive_of
from ui.office.numbers import JoinedNumbers


@pytest.mark.parametrize(
    ("kind", "day", "first", "last"),
    [
        ("day", date(2026, 11, 22), date(2026, 11, 22), date(2026, 11, 22)),
        ("week", date(2026, 12, 31), date(2026, 12, 26), date(2027, 1, 1)),  # Saturday to Friday, over the new year
        ("week", date(2027, 1, 2), date(2027, 1, 2), date(2027, 1, 8)),
        ("month", date(2028, 2, 29), date(2028, 2, 1), date(2028, 2, 29)),
        ("month", date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 12, 31), date(2026, 10, 1), date(2026, 12, 31)),
        ("quarter", date(2026, 2, 3), date(2026, 1, 1), date(2026, 3, 31)),
        ("year", date(2026, 7, 1), date(2026, 1, 1), date(2026, 12, 31)),
        ("festive", date(2026, 12, 25), date(2026, 12, 10), date(2027, 1, 10)),
        ("festive", date(2027, 1, 5), date(2026, 12, 10), date(2027, 1, 10)),
        ("festive", date(2027, 6, 5), date(2026, 12, 10), date(2027, 1, 10)),
    ],
)
def test_a_day_gives_the_period_it_lies_in(kind, day, first, last):
    assert JoinedNumbers.period(None, kind, day) == (first, last)


def test_before_the_season_begins_the_last_one_is_meant():
    assert festive_of(date(2026, 12, 9)) == (date(2025, 12, 10), date(2026, 1, 10))
