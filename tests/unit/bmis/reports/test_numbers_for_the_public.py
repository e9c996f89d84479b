"""What the public is shown of a week: what is hidden says so, and is nought in no table and no chart."""

from datetime import date
from types import SimpleNamespace

from bmis.reports.bulletin.shown import ShownNumbers, days_shown
from bmis.reports.report import Missing
from bmis.reports.returns.keep_returns import ReturnsOfDays

WEEK = date(2026, 11, 14), date(2026, 11, 20)
LIMIT = 10


def shown(days, states=()):
    """Numbers of a package with totals by day and direction, None where hidden, and parts by nationality."""
    tables = {
        "fmr": (("date", "direction", "fmp_adm1_pcode", "total"), [(day, way, "MZ05", n) for day, way, n in days]),
        "fmr_nationality": (
            ("date", "direction", "nationality", "total", "shown"),
            [(day, way, state, n, "part") for day, way, state, n in states],
        ),
    }
    package = SimpleNamespace(
        limit=LIMIT, resource=lambda name: SimpleNamespace(fields=tables[name][0], rows=tables[name][1])
    )
    returns = ReturnsOfDays({}, frozenset())
    return ShownNumbers(None, *WEEK, returns, {}, reached=True, package=package)


def test_a_week_of_which_no_nationality_may_be_shown_has_no_noughts_for_nationals_and_foreigners():
    numbers = shown([("2026-11-14", "entry", 60), ("2026-11-14", "exit", 0)])
    assert numbers.number("entries") == 60
    assert numbers.number("entries_nationals") is numbers.number("entries_foreigners") is Missing.SUPPRESSED
    assert numbers.number("exits_nationals") == 0, "nobody went out, and nobody is hidden"


def test_a_group_of_which_days_are_shown_is_their_sum():
    numbers = shown([("2026-11-14", "entry", 60)], [("2026-11-14", "entry", "MOZ", 40)])
    assert numbers.number("entries_nationals") == 40
    assert numbers.number("entries_foreigners") is Missing.SUPPRESSED


def test_a_day_whose_every_total_is_hidden_is_not_a_day_without_anybody():
    told = days_shown(shown([("2026-11-14", "entry", None), ("2026-11-15", "entry", 12), ("2026-11-16", "entry", 0)]))
    assert told == {(date(2026, 11, 15), "entry"): 12, (date(2026, 11, 16), "entry"): 0}
