"""What the health supervisor's desk needs: the use cases of port health, joined for the person at work."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from bmis.kernel.actor import Actor
from bmis.kernel.clock import Clock

if TYPE_CHECKING:
    from poe_health.capacity.assessment import Assessment
    from poe_health.capacity.comparison import Comparison
    from poe_health.capacity.scoring import CapacityScore
    from poe_health.certificates.trust_list import TrustList
    from poe_health.clearance.records import Issued
    from poe_health.exchange.export_health import ExportHealth
    from poe_health.exchange.read_exports import ReadCorrections, ReadExports
    from poe_health.plans.plan import PlanFile
    from ui.health_day import HealthDay
    from ui.health_desk import HealthDesk
    from ui.health_stores import HealthStores
    from ui.health_voyages import VoyageDesk


class TrustShelf(Protocol):
    """The trust list of health certificates that this post keeps, and pictures of codes."""

    def load(self) -> "TrustList | None":
        """Return the list, None where none was ever brought. Raises TrustListError: it is damaged."""

    def bring(self, path: Path) -> "TrustList":
        """Return the list of the file, which is kept from now on. Raises TrustListError, InputUnreadableError."""

    def code_in(self, path: Path) -> str:
        """Return the text of the one certificate in the picture. Raises NoCertificateInPictureError and the like."""


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
    export_log: "ReadExports"
    corrections: "ReadCorrections"
    voyages: "VoyageDesk | None"
    trust: "TrustShelf"
    read_plan: Callable[[Path], "PlanFile"]
    read_assessment: Callable[[Path], Mapping[str, Any]]
    cards_paper: Callable[["Sequence[Issued]", str], bytes]
    capacity_report: Callable[["Assessment", "CapacityScore", "Comparison | None", str], bytes]
    training: bool

    def today(self) -> date:
        """Return the day at the post."""
        return self.local_time(self.now()).date()
