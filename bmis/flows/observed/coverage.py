"""How much of a point's day was looked at. What nobody looked at is empty, never nought."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bmis.flows.mobility.errors import FmpUnknownError
from bmis.flows.mobility.keeping import Standing, read_standing
from bmis.flows.mobility.place import MappedPlace
from bmis.flows.mobility.post_register import PostRegister, PostStatus
from bmis.flows.observed.observe import mapped_places
from bmis.flows.observed.point import MonitoringPoint, point_of
from bmis.flows.observed.slot import FmpDay, FmpHours, ObservedSlot, hours_in_force, minutes_watched
from bmis.kernel.actor import Actor, Permission, require
from bmis.store.unit import OpenUnit, UnitOfWork

OBSERVED, CLOSED, NOT_OBSERVED, NOT_RECORDED = "observed", "closed", "not_observed", "not_recorded"
NOTHING_SAID = PostRegister((), ())


@dataclass(frozen=True, slots=True)
class DayCoverage:
    """A point's day. ``minutes_open`` None: nobody said when it is open; ``totals`` by direction, where watched."""

    day: date
    fmp: str
    status: str
    reason: str | None
    minutes_open: int | None
    minutes_watched: int | None
    minutes_watched_open: int | None
    totals: Mapping[str, int]

    @property
    def share(self) -> float | None:
        """Return the part of the opening time that was watched, 0 to 1; None where that is not known."""
        if not self.minutes_open or self.minutes_watched_open is None:
            return None
        return self.minutes_watched_open / self.minutes_open


@dataclass(frozen=True, slots=True)
class Opening:
    """``minutes`` None: not known, and ``why``; else why is recorded."""

    minutes: int | None
    why: str


@dataclass(frozen=True, slots=True)
class ObservedPeriod:
    """Everything that was observed, or said of observing, in some days."""

    first: date
    last: date
    slots: tuple[Standing[ObservedSlot], ...]
    hours: tuple[FmpHours, ...]
    days: tuple[FmpDay, ...]
    places: tuple[MappedPlace, ...]
    register: PostRegister = NOTHING_SAID

    def point(self, code: str) -> MonitoringPoint:
        """Return the point; of a place that was taken back since only its code is known."""
        try:
            return point_of(code, self.places)
        except FmpUnknownError:
            return MonitoringPoint(code, code, "", "", "")

    def hours_on(self, fmp: str, day: date) -> FmpHours | None:
        """Return the opening hours in force: of those that began, the newest; of two of one day what was said last."""
        return hours_in_force(self.hours, fmp, day)

    def opening(self, fmp: str, day: date) -> Opening:
        """Return how long a point was open on a day, as far as that is on record, and how that is known."""
        if any((one.fmp, one.day, one.status) == (fmp, day, CLOSED) for one in self.days):
            return Opening(None, "said_closed")
        said = next((one.noun for one in self.register.status_on(day) if one.noun.post == fmp), None)
        hours = self.hours_on(fmp, day)
        if said is not None and said.status == CLOSED:
            return Opening(None, "said_closed")
        if hours is None:
            return Opening(None, "not_recorded")
        if said is not None and "reduced_hours" in said.restrictions and hours.valid_from < said.since:
            return Opening(None, "reduced_hours")  # the hours on record are those of ordinary days
        return Opening(hours.closes - hours.opens, "recorded")

    def coverage(self) -> tuple[DayCoverage, ...]:
        """Return each day of each point that something is known of."""
        slots: dict[tuple[date, str], list[ObservedSlot]] = defaultdict(list)
        for one in self.slots:
            if not one.noun.is_estimated:
                slots[one.noun.day, one.noun.fmp].append(one.noun)
        said = {(one.day, one.fmp): one for one in self.days}
        points = sorted({fmp for _day, fmp in (*slots, *said)} | {one.fmp for one in self.hours})
        found = []
        for number in range((self.last - self.first).days + 1):
            day = self.first + timedelta(days=number)
            for fmp in points:
                hours, told = self.hours_on(fmp, day), said.get((day, fmp))
                here = slots.get((day, fmp), [])
                if hours is not None or told is not None or here:
                    found.append(_day(day, fmp, hours, told, here))
        return tuple(found)


def _day(
    day: date, fmp: str, hours: FmpHours | None, told: FmpDay | None, slots: Sequence[ObservedSlot]
) -> DayCoverage:
    is_open = None if hours is None else hours.closes - hours.opens
    if slots:
        totals: dict[str, int] = defaultdict(int)
        for slot in slots:
            for way, n in slot.totals.items():
                totals[way] += n
        inside = None if hours is None else minutes_watched(slots, hours)
        return DayCoverage(day, fmp, OBSERVED, None, is_open, minutes_watched(slots), inside, dict(totals))
    if told is not None:
        closed = told.status == CLOSED
        nought = None if closed else 0
        return DayCoverage(day, fmp, told.status, told.reason, 0 if closed else is_open, nought, nought, {})
    return DayCoverage(day, fmp, NOT_RECORDED, None, is_open, None, None, {})


def read_period(unit: UnitOfWork, first: date, last: date) -> ObservedPeriod:
    """Return what stands of these local days, both included."""
    return ObservedPeriod(
        first,
        last,
        tuple(read_standing(unit, ObservedSlot, first, last)),
        tuple(one.noun for one in read_standing(unit, FmpHours, date.min, last)),
        tuple(one.noun for one in read_standing(unit, FmpDay, first, last)),
        mapped_places(unit),
        PostRegister(tuple(read_standing(unit, PostStatus, first, last)), ()),
    )


@dataclass(frozen=True, slots=True)
class ReadObserved:
    """Looks at what was observed."""

    open_read: OpenUnit

    def __call__(self, first: date, last: date, by: Actor) -> ObservedPeriod:
        """Return what stands of these days.

        Raises:
            NotAllowedError: the role neither observes nor reads reports.
        """
        if not by.may(Permission.READ_REPORTS):
            require(by, Permission.OBSERVE_FLOWS)
        with self.open_read() as unit:
            return read_period(unit, first, last)


def observed_reader(open_read: OpenUnit) -> Callable[[date, date], ObservedPeriod]:
    """Return what gives the package its observed days; who asks for a package was asked for the right before."""

    def read(first: date, last: date) -> ObservedPeriod:
        with open_read() as unit:
            return read_period(unit, first, last)

    return read
