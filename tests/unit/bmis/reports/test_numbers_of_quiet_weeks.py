"""Weeks in which few or none came: what nobody did is nought in every table, and no table is missing."""

from datetime import date

import pytest

from bmis.reports.bulletin.periods import PeriodNumbers
from bmis.reports.returns.keep_returns import ReturnsOfDays

PLAIN = (
    "total",
    "entries",
    "entries_nationals",
    "entries_foreigners",
    "entries_unknown",
    "exits",
    "exits_nationals",
    "exits_foreigners",
    "exits_unknown",
    "refused",
)


class Cells:
    """Counted crossings of one week: (post, direction, nationality) and how many."""

    def __init__(self, movements):
        self._movements = movements

    def sums(self, cube, _first, _last, _by=(), _where=None):
        return dict(self._movements) if cube == "nationality" else {}


def week(movements):
    days = date(2026, 11, 14), date(2026, 11, 20)
    return PeriodNumbers(Cells(movements), *days, ReturnsOfDays({}, frozenset()), {}, reached=True)


@pytest.mark.parametrize("measure", PLAIN)
def test_a_week_in_which_nobody_crossed_is_nought_in_every_number(measure):
    assert week({}).number(measure) == 0


def test_a_week_in_which_people_only_came_in_has_noughts_for_those_who_left():
    numbers = week({("MZ.L.RSG", "ENTRY", "ZAF"): 3})
    assert {measure: numbers.number(measure) for measure in PLAIN} == dict.fromkeys(PLAIN, 0) | {
        "total": 3,
        "entries": 3,
        "entries_foreigners": 3,
    }
