"""One voyage of one conveyance: many travellers, one key."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from poe_health.codes import known_choice
from poe_health.rules.answer import Answer
from poe_health.voyages.errors import VoyageFieldError
from poe_health.voyages.seats import SeatPlan
from poe_health.voyages.settings import unnumbered

_SEPARATORS = re.compile(r"[\s\-./|]+")


@dataclass(frozen=True, slots=True)
class NoNumberedSeats:
    """The places have no numbers (chapa, canoe, lorry): everybody on board is listed before they leave."""


Seating = SeatPlan | NoNumberedSeats
"""None, where a Seating may be missing: nobody has said how people sit."""


@dataclass(frozen=True, slots=True)
class Voyage:
    """``number`` is the flight, plate or vessel; ``conveyance`` as in the choices. ``crew_count`` None: not told.

    ``least_hours``, ``most_hours``: how long the journey took, as far as its hours are known.
    """

    conveyance: str
    number: str
    day: date
    origin: str
    destination: str
    carrier: str | None = None
    seating: Seating | None = None
    crew_count: int | None = None
    passenger_count: int | None = None
    least_hours: float | None = None
    most_hours: float | None = None

    def __post_init__(self) -> None:
        """Refuse a voyage that cannot be found again.

        Raises:
            HealthCodeError: no such kind of conveyance. VoyageFieldError: the number or a place is missing.
        """
        known_choice("conveyance", "conveyance", self.conveyance)
        for name in ("number", "origin", "destination"):
            if not _plain(getattr(self, name)):
                raise VoyageFieldError(name)
        for name in ("crew_count", "passenger_count"):
            count = getattr(self, name)
            if count is not None and count < 0:
                raise VoyageFieldError(name)
        if isinstance(self.seating, SeatPlan) and self.conveyance in unnumbered():
            raise VoyageFieldError("seat_map")

    def lasted(self, hours: float) -> Answer:
        """Return whether the journey took so many hours; unknown where the hours that are told do not say."""
        if self.least_hours is not None and self.least_hours >= hours:
            return Answer.YES
        return Answer.NO if self.most_hours is not None and self.most_hours < hours else Answer.UNKNOWN

    @property
    def key(self) -> str:
        """Return the voyage key: the same voyage typed at two desks, ``TM 301`` or ``tm-301``, has the same."""
        parts = (self.conveyance, _plain(self.carrier or ""), _plain(self.number))
        return "|".join([*parts, self.day.isoformat(), _plain(self.origin), _plain(self.destination)])

    @property
    def sits(self) -> Seating | None:
        """Return how people sit; for a conveyance that never has numbers this needs no telling."""
        if self.seating is None and self.conveyance in unnumbered():
            return NoNumberedSeats()
        return self.seating


def _plain(text: str) -> str:
    base = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return _SEPARATORS.sub("", base).upper()
