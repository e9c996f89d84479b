"""People who are followed: the lists by disease, one in front, and its next step."""

from datetime import datetime
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.kernel.clock import Clock
from poe_health.followup.follow import Followed, FollowedPerson
from poe_health.followup.start_monitoring import MonitoringRequest
from poe_health.followup.steps import Step
from poe_health.followup.visit import DayStatus
from poe_health.referrals.people.identity import PatientIdentity
from ui.desktop.health_secondary.parts import MonitoringParts
from ui.desktop.health_secondary.referral_model import moment
from ui.desktop.workers.asking import Failed, StoreModel
from ui.desktop.workers.runner import Runner


class MonitoringModel(StoreModel):
    """Signals: ``listed`` Followed, ``shown`` a FollowedPerson or None, ``moved`` a Followed, ``printed`` (bytes,
    name of the file)."""

    listed = Signal(object)
    shown = Signal(object)
    moved = Signal(object)
    printed = Signal(object, str)

    def __init__(self, parts: MonitoringParts, runner: Runner, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts, self.clock = parts, clock
        self.every: tuple[Followed, ...] = ()
        self.in_front: FollowedPerson | None = None

    @property
    def to_do(self) -> int:
        """Return how many people somebody must see or tell of today."""
        return sum(1 for one in self.every if one.escalations or due_today(one))

    @property
    def diseases(self) -> tuple[str, ...]:
        """Return the diseases that people are followed for, in the order of the list."""
        return tuple(dict.fromkeys(one.monitoring.disease for one in self.every))

    def refresh(self) -> None:
        """Ask who is followed."""
        self.ask(self.parts.followed, self._on_listed)

    def choose(self, monitoring_id: object) -> None:
        """Put a person in front; that the name is shown is on record."""
        if isinstance(monitoring_id, UUID):
            self.ask(lambda: self.parts.followed_person(monitoring_id), self._on_shown)
        else:
            self.put_away()

    def put_away(self) -> None:
        """Show nobody."""
        self.in_front = None
        self.shown.emit(None)

    def start(self, request: MonitoringRequest, who: PatientIdentity, failed: Failed) -> None:
        """Begin to follow somebody."""
        self.ask(lambda: self.parts.start_monitoring(request, who), self._on_moved, failed)

    def take(self, step: Step, failed: Failed) -> None:
        """Keep the next step of the one in front."""
        shown = self.in_front
        if shown is not None:
            found = shown.followed.monitoring.id
            self.ask(lambda: self.parts.monitoring_step(found, step), self._on_moved, failed)

    def print_handover(self) -> None:
        """Make the handover to the destination."""
        shown = self.in_front
        if shown is not None:
            one = shown.followed.monitoring
            self.ask(
                lambda: self.parts.handover_form(one.id), lambda pdf: self.printed.emit(pdf, f"{one.number}-RSI30")
            )

    def print_sheet(self) -> None:
        """Make the sheet of the days."""
        shown = self.in_front
        if shown is not None:
            one = shown.followed.monitoring
            self.ask(lambda: self.parts.monitoring_sheet(one.id), lambda pdf: self.printed.emit(pdf, one.number))

    def at(self, typed: str) -> datetime:
        """Return the moment typed as hhmm, the last time the post's clock showed it; "" is now.

        Raises:
            ValueError: it is no time of day.
        """
        return moment(typed, self.clock(), self.parts.local_time(self.clock()))

    def _on_listed(self, found: tuple[Followed, ...]) -> None:
        self.every = found
        self.listed.emit(found)

    def _on_shown(self, shown: FollowedPerson) -> None:
        self.in_front = shown
        self.shown.emit(shown)

    def _on_moved(self, followed: Followed) -> None:
        self.moved.emit(followed)
        self.refresh()
        self.choose(followed.monitoring.id)


def due_today(one: Followed) -> bool:
    """Return whether nobody saw the person today yet."""
    return any(day.status is DayStatus.DUE for day in one.days)
