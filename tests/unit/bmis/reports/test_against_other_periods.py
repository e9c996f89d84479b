"""Tables stand beside the period before and the same one last year; what is not known there is not nought."""

from datetime import date, datetime, timedelta, timezone

import pytest

from bmis.flows.counts import CountsView
from bmis.flows.cubes import cube
from bmis.reports.against import period_before, period_last_year
from bmis.reports.asked import Asked
from bmis.reports.catalogue import entry
from bmis.reports.report import Chart, Missing

POST, OTHER = "MZ.L.RSG", "MZ.B.MCP"
OCTOBER = date(2026, 10, 1), date(2026, 10, 31)
SEPTEMBER, LAST_OCTOBER = date(2026, 9, 1), date(2025, 10, 1)
AT = datetime(2026, 11, 22, 8, tzinfo=timezone(timedelta(hours=2)))
KEYS = {
    "decisions": ("ADMITTED",),
    "nationality": ("ZAF",),
    "record_quality": ("NORMAL", "camera", "plain"),
    "travel_mode": ("road", "10"),
    "purpose": ("tourism", "ZAF"),
    "stay_kind": ("V1", "ZAF"),
    "sex_age": ("F", "30"),
}


def crossed(cells, day, n, *, post=POST, way="ENTRY", mode="NORMAL", state="ZAF"):
    """Keep n people of a day in the cubes that tables are made from."""
    for name, keys in KEYS.items():
        told = tuple({"NORMAL": mode, "ZAF": state}.get(key, key) for key in keys)
        cells.add({(cube(name).code, day, post, way, told): n})


def refused(cells, day, n, reasons=("no_visa",)):
    where = {"refusals": ("REFUSED_ENTRY", "ZAF")}
    cells.add({(cube(name).code, day, POST, "ENTRY", keys): n for name, keys in where.items()})
    cells.add({(cube("refusal_reasons").code, day, POST, "ENTRY", ("REFUSED_ENTRY", one)): n for one in reasons})


def made(cells, name, days=OCTOBER, at=AT):
    return entry(name).make(Asked(*days, "pt", "Ressano Garcia", at, "chefe", False, CountsView(cells)))


def rows(report, code):
    table = report.table(code)
    return {row[0]: row[1:] for row in (*table.rows, *([table.total] if table.total else []))}


@pytest.mark.parametrize(
    ("days", "before", "last_year"),
    [
        (OCTOBER, (SEPTEMBER, date(2026, 9, 30)), (LAST_OCTOBER, date(2025, 10, 31))),
        (
            (date(2026, 1, 1), date(2026, 3, 31)),
            (date(2025, 10, 1), date(2025, 12, 31)),
            (date(2025, 1, 1), date(2025, 3, 31)),
        ),
        (
            (date(2025, 2, 1), date(2025, 2, 28)),
            (date(2025, 1, 1), date(2025, 1, 31)),
            (date(2024, 2, 1), date(2024, 2, 29)),
        ),
        (
            (date(2026, 11, 14), date(2026, 11, 20)),
            (date(2026, 11, 7), date(2026, 11, 13)),
            (date(2025, 11, 15), date(2025, 11, 21)),
        ),
    ],
)
def test_a_month_stands_beside_months_and_a_week_beside_weeks(days, before, last_year):
    assert (period_before(*days), period_last_year(*days)) == (before, last_year)


def test_growth_is_told_between_recorded_months_and_from_nought_there_is_none(cells):
    for day, n in ((LAST_OCTOBER, 4), (SEPTEMBER, 5), (OCTOBER[0], 10)):
        crossed(cells, day, n)
    crossed(cells, OCTOBER[0], 3, way="EXIT")
    report = made(cells, "t1")
    assert rows(report, "ways_against") == {
        "Entradas": (10, 5, 1.0, 4, 1.5),
        "Saídas": (3, 0, Missing.NO_BASE, 0, Missing.NO_BASE),
        "Total": (13, 5, 1.6, 4, 2.25),
    }


def test_a_year_that_was_not_recorded_is_no_nought_in_any_table(cells):
    crossed(cells, SEPTEMBER, 5)
    crossed(cells, OCTOBER[0], 10)
    crossed(cells, LAST_OCTOBER, 1, mode="PAPER_BACKFILL")
    refused(cells, OCTOBER[0], 2)
    for name in ("t1", "t2", "t3", "t4", "t5", "t6", "t9", "t11"):
        report = made(cells, name)
        against = [one for one in report.tables() if one.code.endswith("_against")]
        assert against, name
        for table in against:
            assert {row[4] for row in (*table.rows, table.total)} == {Missing.NOT_RECORDED}, table.code
            assert {row[5] for row in (*table.rows, table.total)} == {Missing.NO_BASE}, table.code
            assert all(isinstance(row[2], int) for row in table.rows), table.code
        assert any("01/10/2025" in caveat for caveat in report.caveats)


def test_a_month_that_goes_on_has_not_grown_yet(cells):
    crossed(cells, SEPTEMBER, 5)
    crossed(cells, OCTOBER[0], 10)
    found = rows(made(cells, "t3", at=datetime(2026, 10, 20, 8, tzinfo=AT.tzinfo)), "travel_mode_against")
    assert found["Total"][:3] == (10, 5, Missing.NO_BASE)


def test_reasons_add_up_to_more_than_the_people_whom_the_total_counts(cells):
    for day, n in ((SEPTEMBER, 1), (OCTOBER[0], 2)):
        crossed(cells, day, 5)
        refused(cells, day, n, ("no_visa", "no_means"))
    found = rows(made(cells, "t9"), "refused_reasons_against")
    assert sum(row[0] for words, row in found.items() if words != "Total") == 4
    assert found["Total"][:3] == (2, 1, 1.0)


def test_a_post_that_did_not_record_last_month_has_no_number_of_it_beside_one_that_did(cells):
    crossed(cells, SEPTEMBER, 5)
    crossed(cells, OCTOBER[0], 10)
    crossed(cells, OCTOBER[0], 6, post=OTHER)
    report = made(cells, "t1")
    found = rows(report, "posts_against")
    assert found["Machipanda"][1] is Missing.NOT_RECORDED
    assert found["Ressano Garcia"][1] == 5
    assert any("1 destes postos" in caveat for caveat in report.caveats)


def test_whose_nationality_nobody_knows_is_not_among_the_foreigners(cells):
    crossed(cells, OCTOBER[0], 3)
    crossed(cells, OCTOBER[0], 50, state="")
    report = made(cells, "t2")
    assert rows(report, "foreigners")["Total"][2] == 3
    assert rows(report, "unknown")["não se sabe"][2] == 50
    chart = next(one for section in report.sections for one in section.blocks if isinstance(one, Chart))
    assert len(chart.labels) == 1
    assert rows(report, "groups_against")["não se sabe"][0] == 50
