"""Passes handed over and used, by sex, age, purpose, product, post. Small numbers are hidden in public."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.small_cells import safe_tables
from bmis.passes.records.counting import handed_over, states_on
from bmis.passes.records.uses import SqlPassUses
from bmis.store.unit import OpenUnit

NOT_STATED = "not_stated"


@dataclass(frozen=True, slots=True)
class Table:
    """One split. None is hidden. ``total`` is of people or uses; parts of products add up to more (one load, many)."""

    name: str
    parts: Mapping[str, int | None]
    total: int | None


@dataclass(frozen=True, slots=True)
class PassStatistics:
    """Handed over and used from ``first`` to ``last``, both included; ``states`` are of the day of asking."""

    first: date
    last: date
    public: bool
    issued: tuple[Table, ...]
    used: tuple[Table, ...]
    states: Table

    @property
    def hidden(self) -> int:
        """Return how many numbers are hidden."""
        tables = (*self.issued, *self.used, self.states)
        return sum(value is None for one in tables for value in (*one.parts.values(), one.total))


@dataclass(frozen=True, slots=True)
class CountPasses:
    """Counts passes and their use."""

    open_read: OpenUnit
    now: Clock

    def __call__(self, first: date, last: date, by: Actor, *, public: bool) -> PassStatistics:
        """Return the tables of those days at this desk. ``public``: small numbers are hidden.

        Raises:
            NotAllowedError: the role reads no passes.
        """
        require(by, Permission.READ_PASSES)
        start, end = _midnight(first), _midnight(last + timedelta(days=1))
        with self.open_read() as unit:
            given = handed_over(unit, start, end)
            uses = SqlPassUses(unit).between(start, end)
            at = self.now()
            states = states_on(unit, at, local(at).date())
        issued = [
            _table("scheme", (row.scheme for row in given)),
            _table("sex", (row.sex for row in given)),
            _table("age", (row.age_band for row in given)),
            _table("purpose", (row.purpose for row in given)),
            _table("post", (row.post_code for row in given)),
        ]
        used = [
            _table("scheme", (one.scheme for one in uses)),
            _table("direction", (one.direction for one in uses)),
            _table("sex", (one.sex for one in uses)),
            _table("age", (one.age_band for one in uses)),
            _table("purpose", (one.purpose for one in uses)),
            _table("post", (one.post_code for one in uses)),
            _table("day", (local(one.at).date().isoformat() for one in uses)),
            _table("regime", (one.regime or "none" for one in uses)),
        ]
        products = _table("product", (product for one in uses for product in one.products))
        if not public:
            return PassStatistics(first, last, public, tuple(issued), (*used, products), _of("state", states))
        return PassStatistics(
            first,
            last,
            public,
            _safe(issued),
            (*_safe(used), *_safe([products])),
            *_safe([_of("state", states)]),
        )


def _safe(tables: Sequence[Table]) -> tuple[Table, ...]:
    """Return splits of the same people as they may be published together."""
    safe = safe_tables({one.name: {code: count or 0 for code, count in one.parts.items()} for one in tables})
    return tuple(Table(name, one.parts, one.total) for name, one in safe.items())


def _table(name: str, values: Iterable[str | None]) -> Table:
    counts: dict[str, int] = {}
    for value in values:
        counts[value or NOT_STATED] = counts.get(value or NOT_STATED, 0) + 1
    return _of(name, counts)


def _of(name: str, counts: Mapping[str, int]) -> Table:
    return Table(name, dict(sorted(counts.items())), sum(counts.values()))


def _midnight(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(minutes=MAPUTO_OFFSET_MINUTES)))
