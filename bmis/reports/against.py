"""Counts of this period beside those of the one before and of the same one last year."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bmis.flows.counts import days_before, same_days_last_year
from bmis.kernel.i18n import translate as _
from bmis.reports.asked import Asked
from bmis.reports.recorded import posts_at_work, recorded_posts
from bmis.reports.report import Column, Kind, Missing, Section, Table, Value, change
from bmis.reports.tallying import tops

Days = tuple[date, date]
Tally = Callable[[date, date], Mapping[str, int]]
"""Counts of a period, by key."""


def period_before(first: date, last: date) -> Days:
    """Return the period before: as many whole months where the period is of whole months, else as many days."""
    months = _whole_months(first, last)
    if not months:
        return days_before(first, last)
    return _months_on(first, -months), first - timedelta(days=1)


def period_last_year(first: date, last: date) -> Days:
    """Return the same months of last year where the period is of whole months, else the same days of the week."""
    months = _whole_months(first, last)
    if not months:
        return same_days_last_year(first, last)
    return _months_on(first, -12), _months_on(first, months - 12) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Against:
    """What a report's counts stand against. ``recorded``: the posts that recorded each of the two periods whole."""

    asked: Asked
    before: Days
    last_year: Days
    posts: frozenset[str]
    recorded: tuple[frozenset[str], frozenset[str]]

    @classmethod
    def of(cls, asked: Asked) -> "Against":
        """Return the periods that stand beside the one asked for."""
        before, year = period_before(asked.first, asked.last), period_last_year(asked.first, asked.last)
        recorded = recorded_posts(asked, *before), recorded_posts(asked, *year)
        return cls(asked, before, year, posts_at_work(asked), recorded)

    def section(self, *tables: Table) -> Section:
        """Return the tables under their heading."""
        return Section(_("Against other periods"), tables)

    def facts(self) -> tuple[tuple[str, str], ...]:
        """Return which days the other periods are."""
        return (_("Period before"), _span(self.before)), (_("Last year"), _span(self.last_year))

    def caveats(self) -> tuple[str, ...]:
        """Return what to know of the other periods: nothing shows that they were recorded, or only of some posts."""
        found = [] if self.asked.is_over else [_("The period is not over: the numbers will still grow.")]
        for days, recorded in self._others:
            if not recorded:
                found.append(_("Of {days} nothing shows that it was recorded whole.").format(days=_span(days)))
            elif left := self.posts - recorded:
                told = _("Of {days}, {count} of these posts have no records: sums of those days are of fewer posts.")
                found.append(told.format(days=_span(days), count=len(left)))
        return tuple(found)

    def table(
        self,
        code: str,
        title: str,
        head: str,
        tally: Tally,
        name: Callable[[str], str],
        *,
        keys: Sequence[str] | None = None,
        total: Callable[[date, date], int] | None = None,
        of_posts: bool = False,
        note: str = "",
    ) -> Table:
        """Return counts by key; ``keys`` gives them in order, else the largest come first and the rest together.

        ``total``: what the last row counts where that is not the sum; ``of_posts``: the keys are posts, and one that
        did not record a period has no number of it.
        """
        periods: list[Mapping[str, int] | None] = [tally(self.asked.first, self.asked.last)]
        periods += [tally(*days) if recorded else None for days, recorded in self._others]
        every = {key: (periods[0] or {}).get(key, 0) for one in periods if one for key in one}
        shown = list(keys) if keys is not None else [key for key, _n in tops(every)[0]]
        rest = sorted(set(every) - set(shown))

        def number(at: int, wanted: Sequence[str]) -> int | Missing:
            counts = periods[at]
            if counts is None or (of_posts and at and set(wanted) <= self.posts - self.recorded[at - 1]):
                return Missing.NOT_RECORDED
            return sum(counts.get(key, 0) for key in wanted)

        def row(words: str, wanted: Sequence[str]) -> tuple[Value, ...]:
            return self._row(words, [number(at, wanted) for at in range(3)])

        rows = [row(name(key), [key]) for key in shown]
        if rest:
            rows.append(row(_("Others"), rest))
        last = [number(at, [*shown, *rest]) for at in range(3)]
        if total is not None:
            days_of = (self.asked.first, self.asked.last), self.before, self.last_year
            last = [n if isinstance(n, Missing) else total(*days) for n, days in zip(last, days_of, strict=True)]
        columns = (
            Column("key", head),
            Column("now", _("This period"), Kind.COUNT),
            Column("before", _("Period before"), Kind.COUNT),
            Column("change_before", _("Change"), Kind.CHANGE),
            Column("last_year", _("Last year"), Kind.COUNT),
            Column("change_last_year", _("Change"), Kind.CHANGE),
        )
        return Table(code, title, columns, tuple(rows), self._row(_("Total"), last) if rows else None, note)

    @property
    def _others(self) -> tuple[tuple[Days, frozenset[str]], ...]:
        return (self.before, self.recorded[0]), (self.last_year, self.recorded[1])

    def _row(self, words: str, numbers: Sequence[int | Missing]) -> tuple[Value, ...]:
        now, before, year = numbers
        grown = [change(now, n) if self.asked.is_over else Missing.NO_BASE for n in (before, year)]
        return words, now, before, grown[0], year, grown[1]


def _span(days: Days) -> str:
    return f"{days[0]:%d/%m/%Y} – {days[1]:%d/%m/%Y}"


def _whole_months(first: date, last: date) -> int:
    """Return how many whole months the period is, 0 where it is not of whole months."""
    if first.day != 1 or (last + timedelta(days=1)).day != 1:
        return 0
    return (last.year - first.year) * 12 + last.month - first.month + 1


def _months_on(first: date, months: int) -> date:
    at = first.year * 12 + first.month - 1 + months
    return date(at // 12, at % 12 + 1, 1)
