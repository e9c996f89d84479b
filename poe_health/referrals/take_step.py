"""Going on with a transfer: an answer of a unit, the departure, the arrival, the return slip …"""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.referrals.directory import facility
from poe_health.referrals.errors import NothingAmendedError, ReferralFieldError
from poe_health.referrals.events import ReferralEvent
from poe_health.referrals.note import ReferralNote
from poe_health.referrals.people.identity import PatientIdentity, SealedIdentity
from poe_health.referrals.people.records import SqlIdentities
from poe_health.referrals.records import SqlDirectory, SqlReferrals
from poe_health.referrals.referral import Referral
from poe_health.referrals.steps import Amended, Answered, IdentityForgotten, LeftInEmergency, Opened, Step
from poe_health.store.records.parts import CLINICAL, PERSON, SqlParts
from poe_health.written import require_visible, require_written

_OWN_WAY = Opened | Amended | IdentityForgotten


@dataclass(frozen=True, slots=True)
class TakeReferralStep:
    """Keeps the next step of a transfer. The name of a unit is filled in from the directory of that day."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, referral_id: UUID, step: Step, by: Actor) -> Referral:
        """Return the transfer after the step.

        Raises:
            NotAllowedError: the role does not transfer patients.
            ReferralUnknownError: there is no such transfer.
            ReferralStepError, NotAcceptedError: the step does not follow.
            ReferralReasonError, ReferralFieldError, ReferralCodeError, ReferralTimeError: what is wrong with it.
        """
        require(by, Permission.REFER_PATIENT)
        if isinstance(step, _OWN_WAY):
            raise ReferralFieldError("step")
        with self.open_unit() as unit:
            after = keep_step(unit, referral_id, _named(step, unit), by, self.now())
            unit.commit()
        return after


@dataclass(frozen=True, slots=True)
class AmendReferral:
    """Changes what the guia says, and who it is about, before departure; the earlier words stay on record.

    A unit that accepted is asked again where its yes was to another urgency, protection or suspicion.
    """

    open_unit: OpenUnit
    now: Clock

    def __call__(
        self, referral_id: UUID, note: ReferralNote, reason: str, by: Actor, who: PatientIdentity | None = None
    ) -> Referral:
        """Return the transfer as amended; ``who`` None: the person stays.

        Raises:
            NothingAmendedError: the guia says all of it already.
            As ``TakeReferralStep``.
        """
        require(by, Permission.REFER_PATIENT)
        require_written(who)
        require_visible(note)
        require_visible({"reason": reason})
        now = self.now()
        with self.open_unit() as unit:
            before = SqlReferrals(unit).get(referral_id)
            if who is not None and who == SqlIdentities(unit).find(before.identity_id, before.identity_seal):
                who = None
            if who is None and not before.note.unlike(note):
                raise NothingAmendedError
            step = Amended(now, note, reason=reason.strip())
            if who is not None:
                sealed = SealedIdentity.new(new_id(now), who)
                SqlIdentities(unit).add(sealed, now)
                step = replace(step, identity_id=sealed.id, identity_seal=sealed.seal)
            after = keep_step(unit, referral_id, step, by, self.now())
            unit.commit()
        return after


@dataclass(frozen=True, slots=True)
class ForgetPatient:
    """Empties who a finished transfer was about and what its papers said: codes and moments stay."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, referral_id: UUID, by: Actor) -> Referral:
        """Return the transfer without its person.

        Raises:
            NotAllowedError: the role does not apply the rules of retention.
            ReferralStepError: it is not over, or was forgotten before.
        """
        require(by, Permission.APPLY_RETENTION)
        with self.open_unit() as unit:
            after = forget_patient(unit, referral_id, by, self.now())
            unit.commit()
        return after


def forget_patient(unit: UnitOfWork, referral_id: UUID, by: Actor, now: datetime, rule: str = "") -> Referral:
    """Return the finished transfer without its people, measures and words, which the unit takes away.

    Raises:
        ReferralStepError: it is not over, or was forgotten before.
    """
    for one in identities_of(SqlReferrals(unit), referral_id):
        SqlIdentities(unit).forget(one, now)
    after = keep_step(unit, referral_id, IdentityForgotten(now, rule, (CLINICAL, PERSON)), by, now)
    SqlParts(unit).erase(referral_id, (CLINICAL,))
    return after


def keep_step(unit: UnitOfWork, referral_id: UUID, step: Step, by: Actor, at: datetime) -> Referral:
    """Return the transfer after the step, which is added to the unit."""
    referrals = SqlReferrals(unit)
    after = referrals.get(referral_id).after(step, at)
    referrals.step(ReferralEvent(new_id(at), referral_id, step, by.name), after)
    return after


def identities_of(referrals: SqlReferrals, referral_id: UUID) -> tuple[UUID, ...]:
    """Return every identity that the transfer ever had."""
    steps = [event.step for event in referrals.events_of(referral_id)]
    found = [one.identity_id for one in steps if isinstance(one, Opened | Amended)]
    return tuple(one for one in dict.fromkeys(found) if one is not None)


def _named(step: Step, unit: UnitOfWork) -> Step:
    if not isinstance(step, Answered | LeftInEmergency):
        return step
    found = facility(step.facility, local(step.at).date(), SqlDirectory(unit).entries())
    return replace(step, facility_name=found.name, facility_source=found.source)
