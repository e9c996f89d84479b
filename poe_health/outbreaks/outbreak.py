"""Outbreak mode and the lists as events: each is dated, most are signed by two, and nothing is overwritten."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, local
from poe_health.rules.vocabulary import SIGNALS
from poe_health.screening.context import AFFECTED, OUTBREAKS, HealthContext
from poe_health.screening.journey import AffectedArea
from poe_health.screening.policy import lists_old_after_days


class OutbreakEventKind(StrEnum):
    """What happened."""

    STARTED = "outbreak.mode_started"
    ENDED = "outbreak.mode_ended"
    SYMPTOMS_ONLY = "outbreak.symptoms_only"  # the room is full, or no longer
    OUTBREAKS = "outbreak.list_outbreaks"  # the whole list anew
    AREAS = "outbreak.list_areas"
    EMERGENCIES = "outbreak.list_emergencies"


@dataclass(frozen=True, slots=True)
class ListedOutbreak:
    """A disease with an outbreak, as the ministry says it."""

    disease: str
    source: str
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class ListedArea:
    """An affected area with the source that says so."""

    area: AffectedArea
    source: str


class EmergencyLevel(StrEnum):
    """What the Director-General of WHO determined (IHR art. 12); it is written down here, never computed."""

    PHEIC = "PHEIC"
    PANDEMIC = "PANDEMIC_EMERGENCY"  # since the amendments of 2024


@dataclass(frozen=True, slots=True)
class ListedEmergency:
    """A public health emergency of international concern, with where that was said. ``ended_on`` None: it goes on."""

    disease: str
    level: EmergencyLevel
    determined_on: date
    source: str
    ended_on: date | None = None

    def holds_on(self, day: date) -> bool:
        """Return whether it stood on the day; the day on which it ended is not one of it."""
        return self.determined_on <= day and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True)
class ExpectedLoad:
    """What outbreak mode would bring to the room, from the counts of the days before. None: not enough is known.

    ``secondary_a_day`` is the mean over the days that have records; ``wait_minutes`` of the busiest hour, None where
    the room cannot keep up (``grows_by_an_hour`` says by how many) or nothing is known.
    """

    first: date
    last: date
    days_with_records: int
    screened: int
    secondary_before: int
    more_by_threshold: int
    more_by_area: int
    rooms: int
    secondary_a_day: float | None
    busiest_hour: float | None
    room_an_hour: float
    wait_minutes: float | None
    grows_by_an_hour: float | None


@dataclass(frozen=True, slots=True)
class OutbreakEvent:
    """One append-only event. ``second`` signed it; a list names its version. Days are the post's, both included."""

    id: UUID
    kind: OutbreakEventKind
    by: str
    recorded_at: datetime
    reason: str
    second: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    version: int | None = None
    diseases: tuple[str, ...] = ()  # of the mode
    areas_to_secondary: bool = False
    expected: ExpectedLoad | None = None
    symptoms_only: bool | None = None
    outbreaks: tuple[ListedOutbreak, ...] | None = None
    areas: tuple[ListedArea, ...] | None = None
    emergencies: tuple[ListedEmergency, ...] | None = None

    def age_on(self, day: date) -> int:
        """Return the days since two people said so, or since it holds where that is later."""
        said = local(self.recorded_at, MAPUTO_OFFSET_MINUTES).date()
        return (day - max(said, self.valid_from or said)).days


@dataclass(frozen=True, slots=True)
class OutbreakState:
    """What holds on a day. A list None: nobody has ever approved one, which is unknown and not "none".

    ``ahead`` is a mode that begins on a later day.
    """

    mode: OutbreakEvent | None
    symptoms_only: bool
    outbreaks: OutbreakEvent | None
    areas: OutbreakEvent | None
    ahead: OutbreakEvent | None = None
    emergencies: OutbreakEvent | None = None

    def emergencies_on(self, day: date) -> tuple[ListedEmergency, ...] | None:
        """Return the emergencies of the list that stand on the day; None: no list was ever approved: not known."""
        if self.emergencies is None:
            return None
        return tuple(one for one in self.emergencies.emergencies or () if one.holds_on(day))

    @property
    def list_version(self) -> str | None:
        """Return the versions of the lists as an outcome stores them."""
        named = [(name, event) for name, event in (("outbreaks", self.outbreaks), ("areas", self.areas)) if event]
        return ", ".join(f"{name} {event.version} {event.id}" for name, event in named) or None

    def context(self, day: date, signals: Iterable[str] = (), unsure: Iterable[str] = SIGNALS) -> HealthContext:
        """Return what a screening of that day is held against; signals that nobody looked up are not known."""
        listed = None if self.outbreaks is None else (self.outbreaks.outbreaks or ())
        areas = None if self.areas is None else (self.areas.areas or ())
        active = None
        if listed is not None:
            active = frozenset(
                one.disease for one in listed if (one.since or date.min) <= day <= (one.until or date.max)
            )
        return HealthContext(
            outbreaks=active,
            affected=None if areas is None else tuple(one.area for one in areas),
            signals=frozenset(signals),
            signals_unsure=frozenset(unsure),
            outbreak_mode=self.mode is not None,
            areas_to_secondary=self.mode is not None and self.mode.areas_to_secondary,
            symptoms_only=self.symptoms_only,
            list_version=self.list_version,
            declared=frozenset(self.mode.diseases if self.mode is not None else ()),
            old=self.old_lists(day),
        )

    def old_lists(self, day: date) -> tuple[tuple[str, int], ...]:
        """Return the lists that are past their days, with their age in days."""
        after = lists_old_after_days()
        ages = ((OUTBREAKS, self.outbreaks), (AFFECTED, self.areas))
        found = ((name, event.age_on(day)) for name, event in ages if event is not None)
        return tuple((name, age) for name, age in found if age > after)


def state_on(day: date, events: Iterable[OutbreakEvent]) -> OutbreakState:
    """Return what holds on the day: of each kind the last that was recorded and whose days include it."""
    mode: OutbreakEvent | None = None
    ahead: OutbreakEvent | None = None
    symptoms_only = False
    lists: dict[OutbreakEventKind, OutbreakEvent] = {}
    for event in events:
        if event.valid_from is not None and event.valid_from > day:
            ahead = event if event.kind is OutbreakEventKind.STARTED else ahead
            continue
        if event.kind in {OutbreakEventKind.STARTED, OutbreakEventKind.ENDED}:
            mode = event if event.kind is OutbreakEventKind.STARTED else None
            ahead = ahead if event.kind is OutbreakEventKind.STARTED else None  # one end ends all that was signed
            symptoms_only = False  # what eased the room belongs to one mode: the next begins without it
        elif event.kind is OutbreakEventKind.SYMPTOMS_ONLY:
            symptoms_only = bool(event.symptoms_only)
        else:
            lists[event.kind] = event
    if mode is not None and mode.valid_to is not None and mode.valid_to < day:
        mode = None
    return OutbreakState(
        mode,
        symptoms_only and mode is not None,  # it belongs to the mode and ends with it
        lists.get(OutbreakEventKind.OUTBREAKS),
        lists.get(OutbreakEventKind.AREAS),
        ahead,
        lists.get(OutbreakEventKind.EMERGENCIES),
    )
