"""CSV of counts: a line for each number, split in one way at a time, so that small numbers can be hidden safely."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from bmis.kernel.small_cells import SafeTable, safe_tables
from poe_health.exchange.csv_words import CountWords
from poe_health.exchange.package import Level, Notes, Period
from poe_health.exchange.source import ExportTally
from poe_health.surveillance.tally import DIMENSIONS, Counts, DailyTally
from poe_health.surveillance.week import epi_week

SUPPRESSED, NOT_COUNTED = "SUPPRESSED", "NOT_COUNTED"
TOTAL, WEEK, DAY, DISEASE = "total", "week", "day", "disease"
HEAD = ("post_code", "from", "to", "measure", "measure_label", "by", "code", "label", "count", "note")
_NOT_SPLIT = ""  # not asked, not known, or typed by hand: a group of its own, never shared out


@dataclass(frozen=True, slots=True)
class CountTable:
    """The lines of a file of counts; ``hidden`` numbers are not shown in them."""

    rows: tuple[tuple[str, ...], ...]
    hidden: int
    notes: Notes


def count_table(tallies: Sequence[ExportTally], period: Period, level: Level, words: CountWords) -> CountTable:
    """Return the counts of a period. PUBLIC hides small numbers; AGGREGATE shows all, and each day too."""
    days = {one.tally.day: one.tally for one in tallies}
    counted = [one for one in days.values() if one.has_data]
    writer = _Writer(period, words, public=level is Level.PUBLIC)
    for measure in (one.name for one in fields(Counts)):
        numbers = [getattr(one.counts, measure) for one in counted]
        if not counted or None in numbers:
            writer.not_counted(measure)
        else:
            writer.split(measure, _splits(counted, measure))
    diseases = Counter[str]()
    for one in counted:
        diseases.update(one.suspected_by)
    if diseases:
        writer.split("suspected_by_disease", {DISEASE: diseases}, with_total=False)
    crossed = [one.crossed for one in counted]
    if counted and None not in crossed:
        by_direction = sum((Counter(one) for one in crossed if one), Counter[str]())
        writer.split("crossed", {"direction": by_direction})
    else:
        writer.not_counted("crossed")
    writer.days(days, {one.tally.day for one in tallies if one.submitted_at is None})
    return CountTable(tuple(writer.rows), writer.hidden, writer.notes)


def _splits(counted: Sequence[DailyTally], measure: str) -> dict[str, Mapping[str, int]]:
    """Return the number split by each dimension, by week and by day; every split adds up to the same."""
    found: dict[str, Counter[str]] = {name: Counter() for name in (*DIMENSIONS, WEEK, DAY)}
    for tally in counted:
        whole = getattr(tally.counts, measure)
        for name in DIMENSIONS:
            for cell, counts in tally.cells.items():
                found[name][getattr(cell, name) or _NOT_SPLIT] += getattr(counts, measure) or 0
            rest = whole - sum(getattr(counts, measure) or 0 for counts in tally.cells.values())
            if rest:
                found[name][_NOT_SPLIT] += rest
        found[WEEK][epi_week(tally.day).code] += whole
        found[DAY][tally.day.isoformat()] += whole
    return dict(found)


class _Writer:
    def __init__(self, period: Period, words: CountWords, *, public: bool) -> None:
        self._start = (period.post_code, period.first.isoformat(), period.last.isoformat())
        self._period, self._words, self._public = period, words, public
        self.rows: list[tuple[str, ...]] = []
        self.hidden = 0
        self.notes = Notes()

    def not_counted(self, measure: str) -> None:
        """Write that there is no number, which is not zero."""
        self._row(measure, TOTAL, "", None, NOT_COUNTED)

    def split(self, measure: str, tables: Mapping[str, Mapping[str, int]], *, with_total: bool = True) -> None:
        """Write one number in all its splits."""
        if self._public:
            tables = {name: parts for name, parts in tables.items() if name != DAY}  # a day of a small post is a person
            safe = safe_tables(tables)
        else:
            safe = {name: SafeTable(parts, sum(parts.values())) for name, parts in tables.items()}
        if with_total:
            self._number(measure, TOTAL, "", next(iter(safe.values())).total)
        for name, table in safe.items():
            for code, count in sorted(table.parts.items()):
                self._number(measure, name, code, count)

    def days(self, days: Mapping[date, DailyTally], unsubmitted: Collection[date]) -> None:
        """Write of how many days the numbers are: days are no people and are never hidden."""
        states = Counter({"counted": 0, "closed": 0, "missing": 0, "not_submitted": 0})
        for day in self._period.days:
            tally = days.get(day)
            state = "missing" if tally is None else "not_submitted" if day in unsubmitted else "counted"
            if tally is not None and not tally.has_data:
                state = "closed"
            states[state] += 1
            if state != "counted":
                self.notes.add(f"day_{state}", day.isoformat())
        for state, count in sorted(states.items()):
            self._row("days", "state", state, count, "")

    def _number(self, measure: str, by: str, code: str, count: int | None) -> None:
        self.hidden += count is None
        self._row(measure, by, code, count, SUPPRESSED if count is None else "")

    def _row(self, measure: str, by: str, code: str, count: int | None, note: str) -> None:
        label = self._words.label(by, code)
        shown = "" if count is None else str(count)
        self.rows.append((*self._start, measure, self._words.measure(measure), by, code, label, shown, note))
