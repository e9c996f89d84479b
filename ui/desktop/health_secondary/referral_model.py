"""Transfers: the open ones, one in front, and its next step."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from poe_health.referrals.directory import Facility
from poe_health.referrals.note import ReferralNote
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.referrals.referral import Referral
from poe_health.referrals.show_referral import ListedReferral, ShownReferral
from poe_health.referrals.steps import Step
from ui.desktop.health_secondary.parts import ReferralParts
from ui.desktop.workers.asking import Failed, StoreModel
from ui.desktop.workers.runner import Runner


class ReferralModel(StoreModel):
    """Signals: ``listed`` ListedReferrals, ``shown`` a ShownReferral or None, ``opened`` and ``moved`` a Referral,
    ``printed`` (bytes, name of the file)."""

    listed = Signal(object)
    shown = Signal(object)
    opened = Signal(object)
    moved = Signal(object)
    printed = Signal(object, str)

    def __init__(self, parts: ReferralParts, runner: Runner, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self.parts, self.clock = parts, clock
        self.every: tuple[ListedReferral, ...] = ()
        self.in_front: ShownReferral | None = None
        self.facilities: tuple[Facility, ...] = ()

    @property
    def alerts(self) -> int:
        """Return how many transfers somebody must look at."""
        return sum(1 for one in self.every if one.alerts)

    def refresh(self) -> None:
        """Ask for the open transfers and the health units."""
        self.ask(self.parts.facilities, self._on_facilities)
        self.ask(self.parts.referrals, self._on_listed)

    def choose(self, referral_id: object) -> None:
        """Put a transfer in front with whom it is about, which is on record."""
        if isinstance(referral_id, UUID):
            self.ask(lambda: self.parts.referral(referral_id), self._on_shown)
        else:
            self.put_away()

    def put_away(self) -> None:
        """Show nobody."""
        self.in_front = None
        self.shown.emit(None)

    def open(self, note: ReferralNote, who: PatientIdentity, failed: Failed) -> None:
        """Begin a guia."""
        request_id = new_id(self.clock())
        self.ask(lambda: self.parts.open_referral(request_id, note, who), self._on_opened, failed)

    def take(self, step: Step, failed: Failed) -> None:
        """Keep the next step of the one in front."""
        shown = self.in_front
        if shown is not None:
            self.ask(lambda: self.parts.referral_step(shown.referral.id, step), self._on_moved, failed)

    def amend(self, note: ReferralNote, reason: str, who: PatientIdentity | None, failed: Failed) -> None:
        """Change what the guia of the one in front says; ``who`` None: the person stays."""
        shown = self.in_front
        if shown is not None:
            self.ask(lambda: self.parts.amend_referral(shown.referral.id, note, reason, who), self._on_moved, failed)

    def print_guia(self, copy: str) -> None:
        """Make a copy of the guia of the one in front."""
        shown = self.in_front
        if shown is None:
            return

        def done(pdf: bytes) -> None:
            self.printed.emit(pdf, f"{shown.referral.number}-{copy}")
            self.choose(shown.referral.id)

        self.ask(lambda: self.parts.guia(shown.referral.id, copy), done)

    def at(self, typed: str) -> datetime:
        """Return the moment typed as hhmm, the last time the post's clock showed it; "" is now.

        Raises:
            ValueError: it is no time of day.
        """
        return moment(typed, self.clock(), self.parts.local_time(self.clock()))

    def _on_facilities(self, found: tuple[Facility, ...]) -> None:
        self.facilities = found

    def _on_listed(self, found: tuple[ListedReferral, ...]) -> None:
        self.every = found
        self.listed.emit(found)

    def _on_shown(self, shown: ShownReferral) -> None:
        self.in_front = shown
        self.shown.emit(shown)

    def _on_opened(self, referral: Referral) -> None:
        self.opened.emit(referral)
        self.refresh()
        self.choose(referral.id)

    def _on_moved(self, referral: Referral) -> None:
        self.moved.emit(referral)
        self.refresh()
        self.choose(referral.id)


def moment(typed: str, now: datetime, local_now: datetime) -> datetime:
    """Return the last moment at which the post's clock showed hhmm; "" is now.

    Raises:
        ValueError: it is no time of day.
    """
    text = typed.strip().replace(":", "").replace("h", "")
    if not text:
        return now
    if not (text.isascii() and text.isdigit() and len(text) in (3, 4)):
        raise ValueError(typed)
    wall = time(int(text[:-2]), int(text[-2:]))
    day: date = local_now.date()
    if wall > local_now.time().replace(second=59, microsecond=999_999):
        day -= timedelta(days=1)
    return min(datetime.combine(day, wall, local_now.tzinfo).astimezone(now.tzinfo), now)
