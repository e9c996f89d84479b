"""What the post writes down of one voyage: conveyance, places and hours, seats, how many are on board. No person."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from poe_health.codes import known_choice
from poe_health.rules.answer import Answer
from poe_health.voyages.conveyance_measures import Passage
from poe_health.voyages.errors import VoyageCodeError, VoyageFieldError
from poe_health.voyages.seats import SeatPlan
from poe_health.voyages.settings import layouts, unnumbered
from poe_health.voyages.voyage import NoNumberedSeats, Seating, Voyage

LONGEST = 80
MOST_STOPS = 30
WITH_PRATIQUE = frozenset({"SHIP", "CANOE", "AIR"})
_ON_WATER = frozenset({"SHIP", "CANOE"})
_HOUR = 3600  # seconds
_IMO = re.compile(r"(?:IMO\s?)?([0-9]{7})", re.ASCII | re.IGNORECASE)


class Waters(StrEnum):
    """Where a ship or boat sails."""

    SEA = "SEA"
    LAKE = "LAKE"
    RIVER = "RIVER"


@dataclass(frozen=True, slots=True)
class Stop:
    """A place on the way, with its hours where they are known."""

    place: str
    arrived_at: datetime | None = None
    left_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class VoyageSheet:
    """``number`` is the flight, plate or vessel; ``day`` that of the arrival (or departure) at this post.

    Seats: ``layout`` is the code of a usual plan, ``plan`` that of this vehicle; ``numbered_seats`` NO says that there
    are none, and everybody on board is listed. ``imo``: number of the hull of a ship.
    """

    conveyance: str
    number: str
    day: date
    origin: str
    destination: str
    carrier: str | None = None
    imo: str | None = None
    waters: Waters | None = None
    direction: str | None = None
    passage: Passage = Passage.CALLS
    arrived_at: datetime | None = None
    stops: tuple[Stop, ...] = ()
    numbered_seats: Answer = Answer.UNKNOWN
    layout: str | None = None
    plan: SeatPlan | None = None
    crew_count: int | None = None
    passenger_count: int | None = None

    def __post_init__(self) -> None:
        """Refuse what no voyage has.

        Raises:
            HealthCodeError, VoyageCodeError, VoyageFieldError.
        """
        known_choice("conveyance", "conveyance", self.conveyance)
        if self.direction is not None:
            known_choice("direction", "direction", self.direction)
        for name in ("number", "origin", "destination", "carrier"):
            if len(getattr(self, name) or "") > LONGEST:
                raise VoyageFieldError(name)
        if self.waters is not None and self.conveyance not in _ON_WATER:
            raise VoyageFieldError("waters")
        if self.imo is not None and (self.conveyance != "SHIP" or not imo_holds(self.imo)):
            raise VoyageFieldError("imo")
        if len(self.stops) > MOST_STOPS or any(not _is_stop(stop) for stop in self.stops):
            raise VoyageFieldError("stops")
        self._check_seats()
        self.voyage.key  # noqa: B018 - builds the voyage, which refuses what cannot be found again

    def _check_seats(self) -> None:
        if self.layout is not None:
            found = layouts().get(self.layout)
            if found is None:
                raise VoyageCodeError("layout", self.layout)
            if self.plan is not None or found.conveyance != self.conveyance:
                raise VoyageFieldError("layout")
        planned = self.layout is not None or self.plan is not None
        if planned and self.numbered_seats is Answer.NO:
            raise VoyageFieldError("numbered_seats")
        if self.conveyance in unnumbered() and self.numbered_seats is Answer.YES:
            raise VoyageFieldError("numbered_seats")

    @property
    def seating(self) -> Seating | None:
        """Return how people sit; None: nobody has said."""
        if self.numbered_seats is Answer.NO:
            return NoNumberedSeats()
        return self.plan if self.layout is None else layouts()[self.layout].plan

    @property
    def voyage(self) -> Voyage:
        """Return the voyage for the rules of contacts, and its key."""
        least, most = self._hours()
        return Voyage(
            self.conveyance,
            self.number,
            self.day,
            self.origin,
            self.destination,
            self.carrier,
            self.seating,
            self.crew_count,
            self.passenger_count,
            least,
            most,
        )

    def _hours(self) -> tuple[float | None, float | None]:
        """Return the hours on the way: at least those from the first known moment, all of them from the origin."""
        known = [at for stop in self.stops for at in (stop.arrived_at, stop.left_at) if at is not None]
        if self.arrived_at is None or not known or self.arrived_at < min(known):
            return None, None
        least = (self.arrived_at - min(known)).total_seconds() / _HOUR
        first = self.stops[0]
        begun = first.place.strip().casefold() == self.origin.strip().casefold() and first.left_at is not None
        return least, least if begun and first.arrived_at is None else None

    @property
    def key(self) -> str:
        """Return the key under which screenings name it."""
        return self.voyage.key


def imo_holds(untrusted_text: str) -> bool:
    """Return whether it is an IMO number: seven digits, the last one their weighted sum (IMO Res. A.1117(30))."""
    match = _IMO.fullmatch(untrusted_text.strip())
    if match is None:
        return False
    digits = [int(char) for char in match[1]]
    return sum(digit * weight for digit, weight in zip(digits, range(7, 1, -1), strict=False)) % 10 == digits[6]


def _is_stop(stop: Stop) -> bool:
    in_order = stop.arrived_at is None or stop.left_at is None or stop.arrived_at <= stop.left_at
    return 0 < len(stop.place.strip()) <= LONGEST and in_order
