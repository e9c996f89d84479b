"""Whether a public file and those given before it show, subtracted from each other, a number that each hides."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date

from bmis.kernel.small_cells import is_small
from poe_health.exchange.csv_counts import TOTAL, WEEK, count_table
from poe_health.exchange.csv_words import CountWords
from poe_health.exchange.package import Level, Period
from poe_health.exchange.source import ExportTally
from poe_health.surveillance.week import epi_week

Days = frozenset[date]
_Cell = tuple[str, str, str]  # measure, by, code
_MOST = 400  # sets of days looked at for one number


def gives_away(
    tallies: Sequence[ExportTally], new: Period, earlier: Collection[Period], words: CountWords
) -> Period | None:
    """Return one of the earlier public periods with which the new one shows a small number; None: none does.

    ``earlier`` share days with the new one and are not the same. A stretch of days inside another one can be subtracted
    from it, again and again. ``tallies``: of all those days; numbers that changed since an earlier file are taken as
    they are now.
    """
    those = sorted(earlier, key=lambda one: one.first)
    for one in (*((alone,) for alone in those), tuple(those)):
        if any(_derived(known, days) for known, days in _numbers(tallies, (new, *one), words)):
            return one[0]
    return None


def _numbers(
    tallies: Sequence[ExportTally], periods: Sequence[Period], words: CountWords
) -> Iterator[tuple[Mapping[Days, int], Mapping[date, int]]]:
    """Yield, number by number, what the files show of which days, and what each day truly counts."""
    shown: dict[_Cell, dict[Days, int]] = {}
    for period in periods:
        whole = frozenset(period.days)
        own = [one for one in tallies if one.tally.day in whole]
        for _post, _first, _last, measure, _label, by, code, _said, count, _note in count_table(
            own, period, Level.PUBLIC, words
        ).rows:
            if not count or measure == "days":
                continue
            days = frozenset(day for day in whole if epi_week(day).code == code) if by == WEEK else whole
            cell = (measure, TOTAL, "") if by == WEEK else (measure, by, code)
            shown.setdefault(cell, {})[days] = int(count)
    truth = _by_day(tallies, periods[0].post_code, words)
    for cell, known in shown.items():
        yield known, truth.get(cell, {})


def _by_day(tallies: Sequence[ExportTally], post_code: str, words: CountWords) -> dict[_Cell, dict[date, int]]:
    found: dict[_Cell, dict[date, int]] = {}
    for one in tallies:
        alone = Period(post_code, one.tally.day, one.tally.day)
        for row in count_table([one], alone, Level.AGGREGATE, words).rows:
            if row[8]:
                found.setdefault((row[3], row[5], row[6]), {})[one.tally.day] = int(row[8])
    return found


def _derived(shown: Mapping[Days, int], by_day: Mapping[date, int]) -> bool:
    """Return whether subtracting shown numbers from each other ends in a small one."""
    known = set(shown)
    waiting = list(known)
    while waiting:
        days = waiting.pop()
        for other in list(known):
            small, large = (days, other) if days < other else (other, days)
            rest = large - small
            if not small < large or rest in known:
                continue
            if is_small(sum(by_day.get(day, 0) for day in rest)) or len(known) >= _MOST:
                return True
            known.add(rest)
            waiting.append(rest)
    return False
