"""A past week counts as recorded by what shows that its post recorded it, and never by one late paper."""

from datetime import date, datetime, timedelta, timezone

from bmis.flows.counts import CountsView
from bmis.flows.cubes import cube
from bmis.reports.asked import Asked
from bmis.reports.bulletin.periods import compared
from bmis.reports.report import Missing
from bmis.reports.returns.keep_returns import ReturnsOfDays
from bmis.reports.returns.post_return import PostReturn

POST, OTHER = "MZ.L.RSG", "MZ.B.MCP"
WEEK = date(2026, 11, 14), date(2026, 11, 20)
LAST_YEAR = date(2025, 11, 15)
AT = datetime(2026, 11, 22, 8, tzinfo=timezone(timedelta(hours=2)))


def crossed(cells, day, n, *, post=POST, mode="NORMAL"):
    """Keep n entries of nationals of a day, as the roll-up would."""
    kinds = {
        "decisions": ("ADMITTED",),
        "nationality": ("MOZ",),
        "record_quality": (mode, "camera", "plain"),
    }
    for name, keys in kinds.items():
        padded = (*keys, *[""] * (len(cube(name).dimensions) - len(keys)))
        cells.add({(cube(name).code, day, post, "ENTRY", padded): n})


def weeks(cells, **more):
    asked = Asked(*WEEK, "pt", "Ressano Garcia", AT, "chefe", False, CountsView(cells), more)
    return compared(asked)


def total(cells, **more):
    found = weeks(cells, **more)
    return found.now.number("total"), found.before.number("total"), found.last_year.number("total")


def test_one_late_paper_does_not_make_a_week_recorded(cells):
    crossed(cells, WEEK[0], 50)
    crossed(cells, LAST_YEAR, 1, mode="PAPER_BACKFILL")
    assert total(cells) == (50, Missing.NOT_RECORDED, Missing.NOT_RECORDED)


def test_a_week_in_which_the_desk_was_recording_is_recorded_with_its_late_papers_and_its_noughts(cells):
    crossed(cells, LAST_YEAR, 4)
    crossed(cells, LAST_YEAR + timedelta(days=2), 1, mode="PAPER_BACKFILL")
    crossed(cells, WEEK[0], 50)
    assert total(cells) == (50, 0, 5)


def test_a_desk_that_began_within_the_week_did_not_record_the_week(cells):
    crossed(cells, LAST_YEAR + timedelta(days=1), 4)
    crossed(cells, WEEK[0], 50)
    assert total(cells) == (50, 0, Missing.NOT_RECORDED)


def test_papers_of_a_post_count_where_somebody_vouches_that_none_is_missing(cells):
    crossed(cells, WEEK[0], 50)
    crossed(cells, LAST_YEAR, 7, mode="PAPER_BACKFILL")
    assert total(cells, complete_since={POST: LAST_YEAR}) == (50, 0, 7)
    assert total(cells, complete_since={POST: LAST_YEAR + timedelta(days=1)})[2] is Missing.NOT_RECORDED


def test_a_week_of_which_every_day_was_reported_is_recorded_and_one_of_some_days_is_not(cells):
    crossed(cells, WEEK[0], 50)

    def book(days):
        def read(first, _last):
            told = [first + timedelta(days=at) for at in range(days)]
            found = {
                (POST, "crossings", day): PostReturn(POST, day, "crossings", {"entries_nationals": 3}, "J", AT)
                for day in told
            }
            return ReturnsOfDays(found if first != WEEK[0] else {}, frozenset())

        return read

    assert total(cells, returns=book(7)) == (50, 21, 21)
    assert total(cells, returns=book(6)) == (50, Missing.NOT_RECORDED, Missing.NOT_RECORDED)


def test_beside_a_post_that_recorded_the_late_paper_of_another_tells_nothing_of_that_other(cells):
    for day in (LAST_YEAR, WEEK[0]):
        crossed(cells, day, 20)
    crossed(cells, WEEK[0], 30, post=OTHER)
    crossed(cells, LAST_YEAR + timedelta(days=1), 1, post=OTHER, mode="PAPER_BACKFILL")
    found = weeks(cells).last_year
    assert (found.number("post", POST), found.number("post", OTHER)) == (20, Missing.NOT_RECORDED)
    assert found.unreached == {OTHER}
