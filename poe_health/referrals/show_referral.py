"""Looking at transfers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.store.unit import OpenUnit
from poe_health.referrals.events import ReferralEvent
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.referrals.people.records import SqlIdentities
from poe_health.referrals.records import SqlReferrals
from poe_health.referrals.referral import Alert, Referral
from poe_health.referrals.steps import Amended, Opened
from poe_health.store.records.access import log_named

LISTED = 200


WHO = "who"  # in the names of what changed: the person


@dataclass(frozen=True, slots=True)
class Amendment:
    """A change of the guia: when, by whom, why, and the names of what it said otherwise until then.

    ``reason`` "": it was not asked yet, or what was written is no longer kept.
    """

    at: datetime
    by: str
    reason: str
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownReferral:
    """A transfer with who it is about (None: forgotten), what happened, and what must be looked at."""

    referral: Referral
    who: PatientIdentity | None
    events: tuple[ReferralEvent, ...]
    alerts: tuple[Alert, ...]

    @property
    def amendments(self) -> tuple[Amendment, ...]:
        """Return what changed since the guia was opened, in order."""
        found, note = [], None
        for event in self.events:
            step = event.step
            if isinstance(step, Amended) and note is not None:
                changed = note.unlike(step.note) + (() if step.identity_id is None else (WHO,))
                found.append(Amendment(step.at, event.by, step.reason, changed))
            if isinstance(step, Opened | Amended):
                note = step.note
        return tuple(found)


@dataclass(frozen=True, slots=True)
class ListedReferral:
    """A transfer in the list: no name."""

    referral: Referral
    alerts: tuple[Alert, ...]


@dataclass(frozen=True, slots=True)
class ShowReferral:
    """Answers everything of one transfer. Whoever opens a name is on record."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, referral_id: UUID | str, by: Actor) -> ShownReferral:
        """Return the transfer of that identifier or number.

        Raises:
            NotAllowedError: the role does not transfer patients.
            ReferralUnknownError: there is none.
            ReferralHistoryError: what is kept does not prove.
        """
        require(by, Permission.REFER_PATIENT)
        with self.open_unit() as unit:
            referrals = SqlReferrals(unit)
            found_id = referrals.by_number(referral_id) if isinstance(referral_id, str) else referral_id
            referral = referrals.get(found_id)
            who = SqlIdentities(unit).find(referral.identity_id, referral.identity_seal)
            shown = ShownReferral(referral, who, referrals.events_of(found_id), referral.alerts(self.now()))
            if who is not None:
                log_named(unit, referral.id, by, self.now())
            unit.commit()
        return shown


@dataclass(frozen=True, slots=True)
class ListReferrals:
    """Answers the transfers without names, those that need somebody first."""

    open_read: OpenUnit
    now: Clock

    def __call__(self, by: Actor, *, only_open: bool = True, limit: int = LISTED) -> tuple[ListedReferral, ...]:
        """Return at most ``limit`` transfers: with alerts first, then the newest.

        Raises:
            NotAllowedError: the role does not transfer patients.
        """
        require(by, Permission.REFER_PATIENT)
        now = self.now()
        with self.open_read() as unit:
            found = [
                ListedReferral(one, one.alerts(now))
                for one in SqlReferrals(unit).listed(only_open=only_open, limit=limit)
            ]
        return tuple(sorted(found, key=lambda one: not one.alerts))
