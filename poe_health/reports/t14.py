"""T14: health screening, from the days that were submitted. Counts only; a day that was not submitted is no nought."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from bmis.kernel.i18n import translate as _
from bmis.paper.page import HEALTH_SERVICE
from bmis.reports.report import (
    Block,
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
)
from poe_health.exchange.csv_words import CountWords
from poe_health.reports.health_tally import dimension_word
from poe_health.rules.definitions import rule_set
from poe_health.surveillance.day import Submitted
from poe_health.surveillance.tally import DIMENSIONS, Counts, DailyTally

NAME = "t14"
_BY_DAY = ("screened", "temp_ge_threshold", "secondary", "alerts", "suspected", "referred")


def title() -> str:
    """Return the title."""
    return _("T14. Health screening")


def screening_report(
    sent: Sequence[Submitted], first: date, last: date, post: str, made_at: datetime, made_by: str, language: str, *,
    training: bool,
) -> Report:  # fmt: skip
    """Return the report, in the language in force; ``made_at`` is the wall clock of the post."""
    words = CountWords(rule_set(last), language)
    tallies = {one.tally.day: one.tally for one in sent}
    days = [first + timedelta(days=at) for at in range((last - first).days + 1)]
    blocks = (_days(days, tallies, words), *_chart(days, tallies), _groups(tallies, words), _diseases(tallies, words))
    late = sum(day not in tallies for day in days)
    caveats = (
        (_("{count} days were not submitted; they are not counted as nought.").format(count=late),) if late else ()
    )
    return Report(
        NAME, title(), first, last, post, made_at, made_by, training, language, (Section("", blocks),),
        caveats=caveats, service=HEALTH_SERVICE,
    )  # fmt: skip


def _days(days: Sequence[date], tallies: Mapping[date, DailyTally], words: CountWords) -> Table:
    rows: list[tuple[Value, ...]] = []
    for day in days:
        tally = tallies.get(day)
        if tally is None:
            rows.append((day, *(Missing.NOT_RECEIVED for _name in _BY_DAY)))
        elif not tally.has_data:
            rows.append((day, *(Missing.NOT_RECORDED for _name in _BY_DAY)))
        else:
            rows.append((day, *(_count(tally.counts, name) for name in _BY_DAY)))
    told = [one.counts for one in tallies.values() if one.has_data]
    total: tuple[Value, ...] | None = None
    if told:
        total = (_("Total"), *(sum(int(getattr(one, name)) for one in told) for name in _BY_DAY))
    return Table(
        "days",
        _("By day"),
        (Column("day", _("Day"), Kind.DAY), *(Column(name, words.measure(name), Kind.COUNT) for name in _BY_DAY)),
        tuple(rows),
        total,
        note=_("The total is of the days with counts."),
    )


def _chart(days: Sequence[date], tallies: Mapping[date, DailyTally]) -> tuple[Block, ...]:
    values = tuple(
        tallies[day].counts.screened if day in tallies and tallies[day].has_data else Missing.NOT_RECEIVED
        for day in days
    )
    if all(isinstance(one, Missing) for one in values):
        return ()
    labels = tuple(f"{day:%d/%m}" for day in days)
    heading = _("Screened by day; a day without counts is a gap")
    return (Chart("screened", heading, ChartKind.COLUMNS, labels, (Series(_("Screened"), values),), "days"),)


def _groups(tallies: Mapping[date, DailyTally], words: CountWords) -> Table:
    """Return those screened, in secondary and suspected by the groups of each dimension."""
    measures = ("screened", "secondary", "suspected")
    sums: Counter[tuple[str, str, str]] = Counter()
    for tally in tallies.values():
        for cell, counts in tally.cells.items():
            for measure in measures:
                for name in DIMENSIONS:
                    sums[name, getattr(cell, name) or "", measure] += int(getattr(counts, measure))
    groups = sorted({key[:2] for key, n in sums.items() if n}, key=lambda one: (DIMENSIONS.index(one[0]), one[1]))
    rows: list[tuple[Value, ...]] = [
        (
            f"{dimension_word(name)}: {words.label(name, code) or code}",
            *(sums[name, code, measure] for measure in measures),
        )
        for name, code in groups
    ]
    if not _counted(tallies):
        rows = [(_("All"), *(Missing.NOT_RECEIVED for _measure in measures))]
    return Table(
        "groups",
        _("By group"),
        (
            Column("group", _("Group")),
            *(Column(measure, words.measure(measure), Kind.COUNT) for measure in measures),
        ),
        tuple(rows),
    )


def _diseases(tallies: Mapping[date, DailyTally], words: CountWords) -> Table:
    sums: Counter[str] = Counter()
    for tally in tallies.values():
        sums.update(tally.suspected_by)
    rows: list[tuple[Value, ...]] = [(words.label("disease", code) or code, n) for code, n in sorted(sums.items()) if n]
    if not _counted(tallies):
        rows = [(_("All"), Missing.NOT_RECEIVED)]
    return Table(
        "diseases",
        _("Suspected cases by disease"),
        (Column("disease", _("Disease")), Column("n", _("Persons"), Kind.COUNT)),
        tuple(rows),
    )


def _counted(tallies: Mapping[date, DailyTally]) -> bool:
    """Return whether any day has counts: an empty table would say that there was nobody."""
    return any(one.has_data for one in tallies.values())


def _count(counts: Counts, name: str) -> int:
    return int(getattr(counts, name))


def lines_report(
    name: str, heading: str, head: Sequence[str], lines: Sequence[tuple[str, ...]], first: date, last: date, post: str,
    made_at: datetime, made_by: str, language: str, *, training: bool,
) -> Report:  # fmt: skip
    """Return the lines of a CSV as a report of one table, for a workbook: counts are numbers, "" is not counted."""
    at = head.index("count")

    def row(line: tuple[str, ...]) -> tuple[Value, ...]:
        return tuple(_number(cell) if place == at else cell for place, cell in enumerate(line))

    columns = tuple(Column(one, one, Kind.COUNT if place == at else Kind.TEXT) for place, one in enumerate(head))
    table = Table(name.replace("-", "_"), heading, columns, tuple(row(line) for line in lines))
    return Report(
        name, heading, first, last, post, made_at, made_by, training, language, (Section("", (table,)),),
        service=HEALTH_SERVICE,
    )  # fmt: skip


def _number(text: str) -> Value:
    try:
        return int(text)
    except ValueError:
        return text or Missing.NOT_RECORDED  # hours may be a fraction
