"""Counting at the gate, one key a person: what was pressed, in order. A press is corrected by a mark of its own."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cache
from types import MappingProxyType
from uuid import UUID

from bmis.flows.mobility.lists import codes, entry
from bmis.flows.observed.slot import ObservedSlot

TAKEN_BACK = "-"
MIDNIGHT = 24 * 60


@dataclass(frozen=True, slots=True)
class CounterKey:
    """A key and the class it counts: who is seen, in which direction."""

    code: str
    direction: str
    person: str

    @property
    def name(self) -> str:
        """Return the class as a slot names it."""
        return f"{self.direction}.{self.person}"


@cache
def counter_keys() -> tuple[CounterKey, ...]:
    """Return the keys, in order (resources/flows/mobility.toml). Raises MobilityListError."""
    found = []
    for code in codes("counter_key"):
        said = entry("counter_key", code)
        found.append(CounterKey(code, str(said["direction"]), str(said["person"])))
    return tuple(found)


def counter_directions() -> tuple[str, ...]:
    """Return the directions that have keys, in order."""
    return tuple(dict.fromkeys(one.direction for one in counter_keys()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """An interval of counting. ``start``, ``seen``, ``end``: minutes since midnight of ``day``, wall clock.

    ``marks``: the keys in the order in which they were pressed; "-" takes back the last that stands, so that nothing
    is rubbed out. ``seen``: the last minute in which somebody was at the counter; after it nobody knows who passed.
    ``end`` None: the interval still runs.
    """

    request_id: UUID
    fmp: str
    day: date
    start: int
    seen: int
    directions: tuple[str, ...]
    marks: str = ""
    end: int | None = None

    @classmethod
    def begun(cls, request_id: UUID, fmp: str, at: datetime, directions: Sequence[str]) -> "Tally":
        """Return an interval that begins at ``at``, a moment of the post's wall clock."""
        minute = minute_of(at)
        return cls(
            request_id=request_id,
            fmp=fmp,
            day=at.date(),
            start=minute,
            seen=minute,
            directions=tuple(directions),
        )

    @property
    def runs(self) -> bool:
        """Return whether the interval is open."""
        return self.end is None

    def watches(self, key: CounterKey) -> bool:
        """Return whether the key's direction is watched."""
        return key.direction in self.directions

    def press(self, mark: str) -> "Tally":
        """Return with one person more."""
        return replace(self, marks=self.marks + mark)

    def take_back(self) -> "Tally":
        """Return with the last press that stands taken back; where none stands nothing changes."""
        return self.press(TAKEN_BACK) if self._replayed()[0] else self

    def alive(self, at: datetime) -> "Tally":
        """Return as it is at ``at``: watched until now, or closed where nobody was there for more than a minute."""
        if not self.runs:
            return self
        minute = self._minute(at)
        if minute > self.seen + 1 or minute >= MIDNIGHT:
            end = MIDNIGHT if minute >= MIDNIGHT and self.seen >= MIDNIGHT - 1 else self.seen
            return replace(self, end=end)
        return replace(self, seen=max(self.seen, minute))

    def closed(self, at: datetime) -> "Tally":
        """Return with the interval ended: now, or where it was broken off."""
        found = self.alive(at)
        return replace(found, end=found.seen) if found.runs else found

    @property
    def last(self) -> str:
        """Return the key of the last press that stands, "" for none."""
        standing, _gone = self._replayed()
        return standing[-1] if standing else ""

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many stand by class, of every class that is watched."""
        standing, _gone = self._replayed()
        return self._by_class(Counter(standing), nought=True)

    @property
    def taken_back(self) -> Mapping[str, int]:
        """Return how many presses were taken back by class, where any were."""
        _standing, gone = self._replayed()
        return self._by_class(Counter(gone), nought=False)

    @property
    def totals(self) -> Mapping[str, int]:
        """Return how many stand by direction."""
        counts = self.counts
        return {way: sum(n for name, n in counts.items() if name.startswith(f"{way}.")) for way in self.directions}

    def slot(self) -> ObservedSlot:
        """Return what was counted, of an interval that has ended. Raises MobilityFieldError: it is no interval."""
        return ObservedSlot(
            fmp=self.fmp,
            day=self.day,
            start=self.start,
            end=self.seen if self.end is None else self.end,
            directions=self.directions,
            is_counter=True,
            counts=dict(self.totals),
            classes=dict(self.counts),
            taken_back=dict(self.taken_back),
        )

    def _minute(self, at: datetime) -> int:
        """Return minutes since midnight of its day: beyond 24 hours where the day is over."""
        return minute_of(at) + (at.date() - self.day).days * MIDNIGHT

    def _replayed(self) -> tuple[list[str], list[str]]:
        standing: list[str] = []
        gone: list[str] = []
        for mark in self.marks:
            if mark != TAKEN_BACK:
                standing.append(mark)
            elif standing:
                gone.append(standing.pop())
        return standing, gone

    def _by_class(self, pressed: Counter[str], *, nought: bool) -> Mapping[str, int]:
        keys = [key for key in counter_keys() if self.watches(key)]
        return MappingProxyType({key.name: pressed[key.code] for key in keys if nought or pressed[key.code]})


def minute_of(at: datetime) -> int:
    """Return minutes since midnight."""
    return at.hour * 60 + at.minute
