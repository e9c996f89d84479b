"""What the secondary health desk needs of the rooms."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Protocol
from uuid import UUID

from bmis.crossings.paperwork.drafts import Draft, DraftEntry
from bmis.staff.approval import Approval
from poe_health.followup.follow import Followed, FollowedPerson
from poe_health.followup.start_monitoring import MonitoringRequest
from poe_health.followup.steps import Step as MonitoringStep
from poe_health.referrals.consent import ConsentText
from poe_health.referrals.directory import Facility, Phone
from poe_health.referrals.note import ReferralNote
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.referrals.referral import Referral
from poe_health.referrals.show_referral import ListedReferral, ShownReferral
from poe_health.referrals.steps import Step as ReferralStep
from poe_health.screening.form import ScreeningForm
from poe_health.screening.forms_due import TreatedFirst
from poe_health.screening.outcome import Outcome
from poe_health.screening.read_screenings import Shown
from poe_health.screening.record import Kind, ScreeningRequest, ScreeningView, Travel
from poe_health.screening.record_screening import Kept
from ui.desktop.health_secondary.case_sheet import BoundExpress


@dataclass(frozen=True, slots=True)
class WaitingPerson:
    """Somebody who waits for the clinician, or whose case is open: codes and times, nobody's name."""

    view: ScreeningView
    waited: timedelta

    @property
    def id(self) -> UUID:
        """The record: a primary screening, or an open case."""
        return self.view.id

    @property
    def is_case(self) -> bool:
        """Return whether a case is open already."""
        return self.view.record.kind is Kind.SECONDARY

    @property
    def is_red(self) -> bool:
        """Return whether a red flag holds, or primary said to isolate at once."""
        facts = self.view.facts
        return bool(facts.red_flags) or facts.result == "ISOLATE_NOW"


@dataclass(frozen=True, slots=True)
class ExpressPatient:
    """Somebody treated first, whose form is due: nobody's name."""

    treated: TreatedFirst
    waited: timedelta

    @property
    def id(self) -> UUID:
        """The express record."""
        return self.treated.record.id


@dataclass(frozen=True, slots=True)
class ShownCase:
    """A record as the role may see it, and the express record whose form it is."""

    shown: Shown
    express: BoundExpress | None = None


@dataclass(frozen=True, slots=True)
class ConsentOffer:
    """The texts of the health notice, each with whether it may be given to a traveller today."""

    texts: tuple[tuple[ConsentText, bool], ...]

    @property
    def approved(self) -> tuple[ConsentText, ...]:
        """Return those that are offered."""
        return tuple(text for text, offered in self.texts if offered)


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs as the second. The password is not shown by ``repr``."""

    name: str
    password: str = field(repr=False)


class CaseParts(Protocol):
    """Cases. Every call but the local times runs on the store thread and may raise BmisError."""

    def waiting(self) -> tuple[WaitingPerson, ...]:
        """Return who waits: red flags first, then the longest."""

    def show(self, screening_id: UUID) -> ShownCase:
        """Return a record as the role may see it; a name that is shown is on record."""

    def forms_due(self) -> tuple[ExpressPatient, ...]:
        """Return who was treated by the express record and has no form yet, the oldest first."""

    def numbered(self, number: str) -> BoundExpress:
        """Return the express record whose patient carries the number. Raises CholeraUnknownError."""

    def evaluate(self, form: ScreeningForm, travel: Travel) -> Outcome:
        """Return what the rules propose under the lists on record."""

    def keep(self, request: ScreeningRequest, case: UUID | None, reason: str, approval: Approval | None) -> Kept:
        """Return the case as kept; ``case`` None: it begins now.

        Raises:
            BmisError: as ``RecordScreening`` and ``AmendScreening``; nothing was stored.
        """

    def sign(self, subject_id: UUID, signing: Signing) -> Approval:
        """Return a health supervisor's signature under a measure or an end of the case."""

    def signed_by(self, subjects: tuple[UUID, ...]) -> tuple[str, ...]:
        """Return who signed for these, the oldest first."""

    def may_order(self) -> bool:
        """Return whether the person at work is a health supervisor."""

    def of_voyage(self, voyage_key: str) -> tuple[ScreeningView, ...]:
        """Return the records of the same voyage: nobody's name."""

    def consent_offer(self) -> ConsentOffer:
        """Return the texts of the notice."""

    def consent_card(self, languages: tuple[str, ...]) -> bytes:
        """Return the card in approved languages. Raises ConsentNotApprovedError."""

    def refusal_form(self, language: str, reference: str) -> bytes:
        """Return the form of who refuses; while no text is approved, the draft marked as one that is not."""

    def slip_pdf(self, token: str, number: str) -> bytes:
        """Return the 80 mm slip of a token."""

    def phones(self) -> tuple[Phone, ...]:
        """Return whom to call."""

    def phone_card(self) -> bytes:
        """Return the card of telephones."""

    def kept_drafts(self) -> tuple[Draft, ...]:
        """Return what this person left half typed here."""

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half typed, encrypted in the store of health."""

    def forget_draft(self, request_id: UUID) -> None:
        """Forget it, if it was kept."""

    def local_day(self) -> date:
        """Return the day at the post."""

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""


class ReferralParts(Protocol):
    """Transfers. Every call but the local time runs on the store thread and may raise BmisError."""

    def referrals(self) -> tuple[ListedReferral, ...]:
        """Return the open transfers, those with an alert first."""

    def referral(self, referral_id: UUID) -> ShownReferral:
        """Return one with whom it is about; that is on record."""

    def open_referral(self, request_id: UUID, note: ReferralNote, who: PatientIdentity) -> Referral:
        """Return the new guia."""

    def referral_step(self, referral_id: UUID, step: ReferralStep) -> Referral:
        """Return the transfer after the step."""

    def amend_referral(
        self, referral_id: UUID, note: ReferralNote, reason: str, who: PatientIdentity | None
    ) -> Referral:
        """Return the transfer with what its guia says now; ``who`` None: the person stays."""

    def facilities(self) -> tuple[Facility, ...]:
        """Return the health units in use, those of the post's province first."""

    def guia(self, referral_id: UUID, copy: str) -> bytes:
        """Return a copy of the guia; that it was made is on record."""

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""


class MonitoringParts(Protocol):
    """People who are followed. Every call but the local times runs on the store thread and may raise BmisError."""

    def followed(self) -> tuple[Followed, ...]:
        """Return who is followed, those who need somebody first."""

    def followed_person(self, monitoring_id: UUID) -> FollowedPerson:
        """Return one with who it is; that is on record."""

    def start_monitoring(self, request: MonitoringRequest, who: PatientIdentity) -> Followed:
        """Return the new monitoring."""

    def monitoring_step(self, monitoring_id: UUID, step: MonitoringStep) -> Followed:
        """Return the monitoring after the step."""

    def handover_form(self, monitoring_id: UUID) -> bytes:
        """Return the handover to the destination (IHR art. 30)."""

    def monitoring_sheet(self, monitoring_id: UUID) -> bytes:
        """Return the sheet of the days."""

    def local_day(self) -> date:
        """Return the day at the post."""

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""


class HealthSecondaryParts(CaseParts, ReferralParts, MonitoringParts, Protocol):
    """All of it."""


class RecordsParts(Protocol):
    """Records for who sees them only by breaking the glass. Calls but the local times run on the store thread."""

    def of_day(self, day: date) -> tuple[ScreeningView, ...]:
        """Return the records of a day: nobody's name and nobody's answers."""

    def break_glass(self, screening_id: UUID, reason: str) -> Shown:
        """Return everything of the record, this once; that, with the reason, is on record.

        Raises:
            GlassReasonError: no reason, or one too short.
        """

    def local_day(self) -> date:
        """Return the day at the post."""

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
