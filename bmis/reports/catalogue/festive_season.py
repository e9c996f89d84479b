"""The operation of the festive season: what has come through since it began, against the same days of last year."""

from datetime import date, timedelta
from itertools import accumulate

from bmis.flows.cell import UNKNOWN
from bmis.flows.origin import HOME
from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked, CatalogueEntry
from bmis.reports.bulletin.periods import PeriodNumbers, period_numbers
from bmis.reports.bulletin.tables import received_note
from bmis.reports.dated import bulletin_block
from bmis.reports.places import country_name, post_name, reason_name
from bmis.reports.report import (
    Chart,
    ChartKind,
    Column,
    Kind,
    Missing,
    Report,
    Section,
    Series,
    Table,
    Value,
    change,
    share,
)
from bmis.reports.tallying import tops

_STATES, _POSTS = 3, 5


def title() -> str:
    """Return the title."""
    return _("Festive season operation")


def make(asked: Asked) -> Report:
    """Return the report. Last year's days are the same days of the calendar: Christmas falls on Christmas."""
    year = period_numbers(asked, _year_before(asked.first), _year_before(asked.last))
    now = period_numbers(asked, asked.first, asked.last)
    sections = (
        Section(_("Since the operation began"), (_totals(now, year), *_running(asked, year), _days(asked))),
        Section(_("Where and who"), (_posts(asked, now, year), _states(asked, now, year))),
        Section(_("Refusals and repatriations"), (_reasons(asked, now, year), _repatriated(now, year))),
    )
    facts = ((_("Last year, same days"), f"{year.first:%d/%m/%Y} – {year.last:%d/%m/%Y}"),)
    block = bulletin_block("festive", asked.last)
    usual = _("The operation usually runs from {first} to {last} (day/month).")
    dates = {name: f"{text[3:]}/{text[:2]}" for name, text in (("first", block["first"]), ("last", block["last"]))}
    return asked.report("festive-season", title(), sections, facts=facts, caveats=(usual.format(**dates),))


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:  # 29 February
        return day.replace(year=day.year - 1, day=28)


def _columns(head: str) -> tuple[Column, ...]:
    return (
        Column("key", head),
        Column("now", _("This year"), Kind.COUNT),
        Column("last_year", _("Last year"), Kind.COUNT),
        Column("change", _("Change"), Kind.CHANGE),
    )


def _row(words: str, now: int | Missing, before: int | Missing) -> tuple[Value, ...]:
    return words, now, before, change(now, before)


def _totals(now: PeriodNumbers, year: PeriodNumbers) -> Table:
    measures = (
        ("total", _("Total movement")),
        ("entries", _("Entries")),
        ("exits", _("Exits")),
        ("entries_foreigners", _("Entries of foreigners")),
        ("refused", _("People refused entry")),
    )
    rows = tuple(_row(words, now.number(measure), year.number(measure)) for measure, words in measures)
    sources = sorted(year.sources)
    note = _("Published before: {sources}").format(sources="; ".join(sources)) if sources else ""
    return Table("totals", _("Movement since the operation began"), _columns(_("Movement")), rows, note=note)


def _by_day(asked: Asked, first: date, last: date) -> list[int]:
    sums = asked.counts.sums("travel_mode", first, last, ("day",))
    return [
        sums.get(((first + timedelta(days=at)).isoformat(),), 0) for at in range((last - first).days + 1)
    ]  # fmt: skip


def _running(asked: Asked, year: PeriodNumbers) -> tuple[Chart, Table]:
    length = (asked.last - asked.first).days + 1
    days = [asked.first + timedelta(days=at) for at in range(length)]
    running = tuple(accumulate(_by_day(asked, asked.first, asked.last)))
    series = [Series(_("This year"), running)]
    if year.reached and (year.last - year.first).days + 1 == length:
        series.append(Series(_("Last year"), tuple(accumulate(_by_day(asked, year.first, year.last)))))
    labels = tuple(f"{day:%d/%m}" for day in days)
    title = _("Recorded movements, added up by day")
    columns = [Column("day", _("Day"), Kind.DAY), Column("now", _("This year"), Kind.COUNT)]
    if len(series) > 1:
        columns.append(Column("last_year", _("Last year"), Kind.COUNT))
    rows = tuple(zip(days, *(one.values for one in series), strict=True))
    table = Table("running", title, tuple(columns), rows)
    return Chart("added_up", title, ChartKind.LINES, labels, tuple(series), table.code), table


def _days(asked: Asked) -> Table:
    """Return the days with the most movement; the first is the peak."""
    counts = dict(enumerate(_by_day(asked, asked.first, asked.last)))
    whole = sum(counts.values())
    ranked = sorted((n, -at) for at, n in counts.items() if n)[::-1][:_POSTS]
    return Table(
        "peak",
        _("Days with the most movement"),
        (
            Column("day", _("Day"), Kind.DAY),
            Column("n", _("Movements"), Kind.COUNT),
            Column("s", _("Share"), Kind.SHARE),
        ),
        tuple((asked.first - timedelta(days=at), n, share(n, whole)) for n, at in ranked),
    )


def _keyed(now: PeriodNumbers, measure: str, most: int, leave_out: tuple[str, ...] = ()) -> list[str]:
    counts = {
        key: n for key in now.keys(measure) if key not in leave_out and isinstance(n := now.number(measure, key), int)
    }
    return [key for key, _n in tops(counts, most)[0]]


def _posts(asked: Asked, now: PeriodNumbers, year: PeriodNumbers) -> Table:
    rows = tuple(
        _row(post_name(key), now.number("post", key), year.number("post", key)) for key in _keyed(now, "post", _POSTS)
    )
    return Table("posts", _("Posts with the most movement"), _columns(_("Post")), rows)


def _states(asked: Asked, now: PeriodNumbers, year: PeriodNumbers) -> Table:
    rows = tuple(
        _row(country_name(key, asked.language), now.number("nationality", key), year.number("nationality", key))
        for key in _keyed(now, "nationality", _STATES, (HOME, UNKNOWN))
    )
    unknown = now.number("nationality", UNKNOWN)
    if unknown:
        rows += (_row(_("Nationality not known"), unknown, year.number("nationality", UNKNOWN)),)
    return Table("nationalities", _("Most frequent nationalities of foreigners"), _columns(_("Nationality")), rows)


def _reasons(asked: Asked, now: PeriodNumbers, year: PeriodNumbers) -> Table:
    keys = _keyed(now, "refused_reason", len(now.keys("refused_reason")))
    rows = tuple(
        _row(reason_name(key, asked.language), now.number("refused_reason", key), year.number("refused_reason", key))
        for key in keys
    )
    note = _("A person counts under each reason given, so reasons add up to more than people.")
    return Table("reasons", _("Refusals by reason"), _columns(_("Reason")), rows, note=note)


def _repatriated(now: PeriodNumbers, year: PeriodNumbers) -> Table:
    figures = (
        ("repatriated", _("Foreigners repatriated")),
        ("clandestine", _("of these, clandestine immigration")),
        ("illegal_stay", _("of these, illegal stay")),
    )
    rows = tuple(
        _row(words, now.reported("repatriations", name), year.reported("repatriations", name))
        for name, words in figures
    )
    note = received_note(now, "repatriations")
    return Table("repatriated", _("Repatriations"), _columns(_("Figure")), rows, note=note)


REPORT = CatalogueEntry("festive-season", title, make, days=31)
