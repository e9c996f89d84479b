"""A slot of time at a flow-monitoring point, its opening hours, and days on which nobody looked."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from bmis.flows.mobility.errors import MobilityFieldError
from bmis.flows.mobility.event import MobilityKind, PointDay
from bmis.flows.observed.group import ESTIMATED, ObservedGroup

DIRECTIONS = ("entry", "exit", "transit", "internal")
LARGEST_COUNT = 100_000
_TIME = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]|24:00")
_HOURS_OF_A_DAY = 24 * 60


def minutes_of(text: str, where: str) -> int:
    """Return the minutes since midnight of HH:MM.

    Raises:
        MobilityFieldError: it is no time of day.
    """
    if not _TIME.fullmatch(text):
        raise MobilityFieldError(where=where)
    return int(text[:2]) * 60 + int(text[3:])


@dataclass(frozen=True, slots=True, kw_only=True)
class ObservedSlot(PointDay):
    """What was seen at a point from ``start`` to ``end`` (minutes since midnight, wall clock).

    ``directions`` were watched: only for those is "nobody" nought. A counter has ``counts`` and no groups, for hours
    with too many people to ask; of them sex and age are unknown. Where its keys told classes, ``classes`` says how many
    of each were seen ("entry.men"), and ``taken_back`` how many presses of a class were corrected before that.
    """

    KIND: ClassVar[MobilityKind] = MobilityKind.SLOT_OBSERVED

    start: int
    end: int
    directions: tuple[str, ...]
    is_counter: bool = False
    groups: tuple[ObservedGroup, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    sender: str | None = None  # who sent the form, where it came as one
    classes: Mapping[str, int] = field(default_factory=dict)
    taken_back: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Check what must hold together. Raises MobilityFieldError."""
        if self.end <= self.start or self.end > _HOURS_OF_A_DAY or self.start < 0:
            raise MobilityFieldError(where="slot_end")
        if not self.directions or not set(self.directions) <= set(DIRECTIONS):
            raise MobilityFieldError(where="directions")
        if self.is_counter and (self.groups or set(self.counts) != set(self.directions)):
            raise MobilityFieldError(where="counts")
        if not self.is_counter and self.counts:
            raise MobilityFieldError(where="groups")
        if any(not 0 <= n <= LARGEST_COUNT for n in self.counts.values()):
            raise MobilityFieldError(where="counts")
        self._check_classes()

    def _check_classes(self) -> None:
        """Classes are of a counter, of the directions it watched, and add up to its counts."""
        ways = {one.partition(".")[0] for one in (*self.classes, *self.taken_back)}
        if not ways <= set(self.counts) or any(n < 0 for n in (*self.classes.values(), *self.taken_back.values())):
            raise MobilityFieldError(where="classes")
        for way, n in self.counts.items() if self.classes else ():
            if sum(many for one, many in self.classes.items() if one.partition(".")[0] == way) != n:
                raise MobilityFieldError(where="classes")

    @property
    def totals(self) -> dict[str, int]:
        """Return how many people were counted by direction; a direction that nobody watched is not in it."""
        if self.is_counter:
            return dict(self.counts)
        watched = [way for way in self.directions if way not in self.estimated or self._counted(way)]
        return {way: sum(one.total for one in self._counted(way)) for way in watched}

    @property
    def estimated(self) -> dict[str, int]:
        """Return how many people were estimated by direction, where any were; never part of ``totals``."""
        found: dict[str, int] = {}
        for one in self.groups:
            if one.record_kind == ESTIMATED:
                found[one.direction] = found.get(one.direction, 0) + one.total
        return found

    @property
    def is_estimated(self) -> bool:
        """Whether nobody watched: all of it was estimated."""
        return not self.totals

    def _counted(self, way: str) -> list[ObservedGroup]:
        return [one for one in self.groups if one.direction == way and one.record_kind != ESTIMATED]

    def overlaps(self, other: "ObservedSlot") -> bool:
        """Return whether both saw the same people: same point, day and a direction, and some of the time."""
        same = self.fmp == other.fmp and self.day == other.day and bool({*self.directions} & {*other.directions})
        return same and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class FmpHours:
    """When a point is open, from a day on: minutes since midnight."""

    KIND: ClassVar[MobilityKind] = MobilityKind.FMP_HOURS_SET

    fmp: str
    valid_from: date
    opens: int
    closes: int

    def __post_init__(self) -> None:
        """Check the order. Raises MobilityFieldError."""
        if not 0 <= self.opens < self.closes <= _HOURS_OF_A_DAY:
            raise MobilityFieldError(where="closes")

    @property
    def subject(self) -> str:
        """The point."""
        return self.fmp

    @property
    def first(self) -> date:
        """From when."""
        return self.valid_from

    @property
    def last(self) -> date:
        """Until other hours are set."""
        return date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class FmpDay(PointDay):
    """A day on which the point was closed, or open and not observed; ``reason`` is a code."""

    KIND: ClassVar[MobilityKind] = MobilityKind.FMP_DAY_SAID

    status: str
    reason: str


def hours_in_force(hours: Iterable[FmpHours], fmp: str, day: date) -> FmpHours | None:
    """Return the opening hours of a point: of those that began the newest, of two of one day what was said last."""
    begun = [(one.valid_from, at, one) for at, one in enumerate(hours) if one.fmp == fmp and one.valid_from <= day]
    return max(begun, key=lambda each: each[:2])[2] if begun else None


def minutes_watched(slots: Iterable[ObservedSlot], hours: FmpHours | None = None) -> int:
    """Return the minutes that were watched in any direction, each once; inside the opening hours where those are given.

    Two slots may share time where they watched different directions.
    """
    spans = sorted((one.start, one.end) for one in slots)
    if hours is not None:
        spans = [(max(start, hours.opens), min(end, hours.closes)) for start, end in spans]
    found = reached = 0
    for start, end in spans:
        found += max(0, end - max(start, reached))
        reached = max(reached, end)
    return found
