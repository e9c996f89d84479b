"""What the health supervisor's desk needs: the use cases of port health, joined for the person at work."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from bmis.kernel.actor import Actor
from bmis.kernel.clock import Clock

if TYPE_CHECKING:
    from poe_health.exchange.export_health import ExportHealth
    from ui.health_day import HealthDay
    from ui.health_desk import HealthDesk
    from ui.health_stores import HealthStores
    from ui.health_voyages import VoyageDesk


@dataclass(frozen=True, slots=True)
class HealthPost:
    """Every use case takes ``by`` and asks what the role allows. ``voyages`` None: the role does not screen."""

    by: Actor
    now: Clock
    local_time: Callable[[datetime], datetime]
    desk: "HealthDesk"
    day: "HealthDay"
    stores: "HealthStores"
    exports: "ExportHealth"
    voyages: "VoyageDesk | None"

    def today(self) -> date:
        """Return the day at the post."""
        return self.local_time(self.now()).date()
