"""What the weekly bulletin and the one for the public have alike."""

from collections.abc import Callable
from datetime import date, timedelta

from bmis.flows.cell import UNKNOWN
from bmis.flows.origin import HOME
from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked
from bmis.reports.bulletin.periods import Compared
from bmis.reports.bulletin.tables import keyed_table, returns_table
from bmis.reports.dated import advice
from bmis.reports.places import country_name, unknown_word
from bmis.reports.report import Chart, ChartKind, Column, Kind, Missing, Section, Series, Table, Text
from bmis.reports.returns.kinds import provinces, return_kinds

_TOP_STATES = 10
_REPORTED = ("inspection", "lost_passports", "services", "deportees", "repatriations")
_LONGEST_COLUMNS = 14  # days; more are told better by lines


def week_facts(numbers: Compared) -> tuple[tuple[str, str], ...]:
    """Return which days the week is set against."""
    before, year = numbers.before, numbers.last_year
    return (
        (_("Week before"), f"{before.first:%d/%m/%Y} – {before.last:%d/%m/%Y}"),
        (_("Last year, same days of the week"), f"{year.first:%d/%m/%Y} – {year.last:%d/%m/%Y}"),
    )


def movement_rows(unknown_entries: str, unknown_exits: str) -> list[tuple[str, str]]:
    """Return the measures of the movement with their words, in the order in which they are printed."""
    return [
        ("total", _("Total movement")),
        ("entries", _("Entries")),
        ("entries_nationals", _("Entries of nationals")),
        ("entries_foreigners", _("Entries of foreigners")),
        ("entries_unknown", unknown_entries),
        ("exits", _("Exits")),
        ("exits_nationals", _("Exits of nationals")),
        ("exits_foreigners", _("Exits of foreigners")),
        ("exits_unknown", unknown_exits),
    ]


def days_drawn(asked: Asked, title: str, number: Callable[[date, str], int | Missing]) -> tuple[Chart, Table]:
    """Return the movement of each day as a chart, and the table of the numbers that it draws.

    ``number`` answers for a day and ENTRY or EXIT. Of days to come nothing is recorded, which is not nought.
    """
    days = [asked.first + timedelta(days=at) for at in range((asked.last - asked.first).days + 1)]
    today = asked.made_at.date()
    told = {
        way: tuple(number(day, way) if day <= today else Missing.NOT_RECORDED for day in days)
        for way in ("ENTRY", "EXIT")
    }
    words = {"ENTRY": _("Entries"), "EXIT": _("Exits")}
    table = Table(
        "days",
        title,
        (
            Column("day", _("Day"), Kind.DAY),
            *(Column(name, words[way], Kind.COUNT) for name, way in (("entries", "ENTRY"), ("exits", "EXIT"))),
        ),
        tuple(zip(days, told["ENTRY"], told["EXIT"], strict=True)),
    )
    chart = Chart(
        "by_day",
        title,
        ChartKind.COLUMNS if len(days) <= _LONGEST_COLUMNS else ChartKind.LINES,
        tuple(f"{day:%d/%m}" for day in days),
        tuple(Series(words[way], values) for way, values in told.items()),
        table.code,
    )
    return chart, table


def province_table(numbers: Compared, note: str = "") -> Table:
    """Return the movement by province."""
    named = provinces()
    return keyed_table(
        "province",
        _("By province"),
        _("Province"),
        numbers,
        "province",
        lambda key: named.get(key, unknown_word()),
        numbers.now.number("total"),
        most=len(named) + 1,
        note=note,
    )


def nationality_table(asked: Asked, numbers: Compared, note: str) -> Table:
    """Return the most frequent nationalities of foreigners; those of whom it is not known stand apart, last."""
    total = numbers.now.number("total")
    return keyed_table(
        "nationality",
        _("Most frequent nationalities of foreigners"),
        _("Nationality"),
        numbers,
        "nationality",
        lambda key: country_name(key, asked.language),
        total,
        most=_TOP_STATES,
        leave_out=frozenset({HOME}),
        apart={UNKNOWN: _("Nationality not known")},
        note=note,
    )


def reported_tables(asked: Asked, numbers: Compared) -> tuple[Table, ...]:
    """Return the figures that posts report, a table a kind."""
    kinds = {one.code: one for one in return_kinds(asked.last)}
    return tuple(returns_table(kinds[code], numbers, asked.language) for code in _REPORTED if code in kinds)


def advice_section(asked: Asked) -> Section:
    """Return the closing words."""
    return Section(_("Advice"), (Text(advice(asked.last, asked.language), framed=True),))
