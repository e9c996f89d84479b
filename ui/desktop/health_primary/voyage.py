"""The voyage as it is carried over from traveller to traveller: conveyance, origin, journey. No Qt, no store."""

from dataclasses import dataclass
from datetime import date

from poe_health.screening.journey import Stay
from poe_health.screening.record import Travel
from poe_health.voyages.voyage import Voyage

DIRECTIONS = ("ENTRY", "EXIT", "TRANSIT")


@dataclass(frozen=True, slots=True)
class CarriedVoyage:
    """What a whole bus has in common. ``carried``: it comes from the traveller before; it is shown as such."""

    direction: str | None = None
    conveyance: str | None = None
    conveyance_id: str | None = None
    origin_country: str | None = None
    from_place: str = ""
    stays: tuple[Stay, ...] = ()
    carried: bool = False

    @property
    def is_empty(self) -> bool:
        """Return whether nothing is known but the way the queue goes."""
        return not (self.conveyance or self.conveyance_id or self.origin_country or self.from_place or self.stays)

    def travel(self, age_band: str | None, today: date, post_code: str) -> Travel:
        """Return it as a screening keeps it; the key that joins the travellers of a voyage needs number and origin."""
        key = None
        origin = self.from_place.strip() or self.origin_country
        if self.conveyance and self.conveyance_id and origin:
            key = Voyage(self.conveyance, self.conveyance_id, today, origin, post_code).key
        return Travel(self.conveyance, self.conveyance_id, key, self.origin_country, age_band)
