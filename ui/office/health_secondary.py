"""The secondary health desk's use cases joined for one session of port health."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bmis.crossings.paperwork.drafts import Draft, DraftEntry, DraftState
from bmis.kernel.actor import Permission
from bmis.kernel.clock import local
from bmis.kernel.i18n import current_language
from bmis.paper.page import HEALTH_SERVICE, Imprint
from bmis.paper.token_slip import TokenSlip, token_slip
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.staff.approval import Approval
from bmis.staff.records import SqlStaff
from bmis.staff.session import SignedIn
from poe_health.drafts.draft import HealthDraft
from poe_health.followup.follow import Followed, FollowedPerson
from poe_health.followup.start_monitoring import MonitoringRequest
from poe_health.followup.steps import Step as MonitoringStep
from poe_health.referrals.consent import consent_texts
from poe_health.referrals.directory import Facility, Phone
from poe_health.referrals.note import ReferralNote
from poe_health.referrals.people.identity import PatientIdentity
from poe_health.referrals.referral import Referral
from poe_health.referrals.show_referral import ListedReferral, ShownReferral
from poe_health.referrals.steps import Step as ReferralStep
from poe_health.screening.form import ScreeningForm
from poe_health.screening.ordering import ORDER_MEASURE
from poe_health.screening.outcome import Outcome
from poe_health.screening.read_screenings import Shown
from poe_health.screening.record import ScreeningRequest, ScreeningView, Travel
from poe_health.screening.record_screening import Kept
from ui import compose_health
from ui.desktop.health_secondary.case_sheet import BoundExpress
from ui.desktop.health_secondary.errors import CaseMovedError
from ui.desktop.health_secondary.parts import ConsentOffer, ExpressPatient, ShownCase, Signing, WaitingPerson
from ui.health_desk import HealthDesk
from ui.referral_desk import ReferralDesk

DESK = "health_secondary"


@dataclass(frozen=True, slots=True)
class JoinedHealthSecondary:
    """Every call asks the use case, which asks what the role allows."""

    session: SignedIn
    desk: HealthDesk
    transfers: ReferralDesk

    @classmethod
    def of(cls, session: SignedIn) -> "JoinedHealthSecondary":
        """Return the parts of a session of port health."""
        return cls(session, compose_health.health_desk(session), compose_health.referral_desk(session))

    # --- cases

    def waiting(self) -> tuple[WaitingPerson, ...]:
        """Return who waits, red flags first, then the longest."""
        now, by, lists = self.session.now(), self.session.actor, self.desk.screenings
        found = [WaitingPerson(view, now - lists.waits_since(view, by)) for view in lists.waiting(by)]
        return tuple(sorted(found, key=lambda one: (not one.is_red, -one.waited)))

    def show(self, screening_id: UUID) -> ShownCase:
        """Return a record."""
        shown, by = self.desk.show(screening_id, self.session.actor), self.session.actor
        bound = shown.view.cholera_id
        if bound is None or not by.may(Permission.READ_HEALTH_RECORDS):
            return ShownCase(shown)
        said = self.desk.cholera.answers(bound, by)
        return ShownCase(shown, BoundExpress(bound, said.token if said else ""))

    def forms_due(self) -> tuple[ExpressPatient, ...]:
        """Return who was treated first and has no form yet."""
        now = self.session.now()
        found = self.desk.forms_due(self.session.actor)
        return tuple(ExpressPatient(one, now - one.record.recorded_at) for one in found)

    def numbered(self, number: str) -> BoundExpress:
        """Return the express record whose patient carries the number."""
        return BoundExpress(self.desk.cholera.numbered(number, self.session.actor).id, number)

    def evaluate(self, form: ScreeningForm, travel: Travel) -> Outcome:
        """Return what the rules propose."""
        return self.desk.evaluate(form, self.desk.outbreaks.context(form.today, travel))

    def keep(self, request: ScreeningRequest, case: UUID | None, reason: str, approval: Approval | None) -> Kept:
        """Return the case as kept."""
        by, waiting = self.session.actor, self.waiting()
        if case is None:
            begun = {one.view.record.request_id for one in waiting}
            waits = {one.id for one in waiting}
            if request.primary_id is not None and not {request.primary_id, request.request_id} & (waits | begun):
                raise CaseMovedError
            return self.desk.record(request, by, approval)
        if all(one.id != case for one in waiting):
            raise CaseMovedError
        return self.desk.amend(case, request, reason, by, approval)

    def sign(self, subject_id: UUID, signing: Signing) -> Approval:
        """Return a health supervisor's signature."""
        return self.desk.second.immediate(ORDER_MEASURE, subject_id, signing.name, signing.password, self.session.actor)

    def signed_by(self, subjects: tuple[UUID, ...]) -> tuple[str, ...]:
        """Return who signed for these."""
        with self.session.store.read() as unit:
            events = [event for subject in subjects for event in SqlStaff(unit).approvals_of(subject)]
        return tuple(dict.fromkeys(event.second for event in events if event.second))

    def may_order(self) -> bool:
        """Return whether the person at work is a health supervisor."""
        return self.session.actor.may(Permission.ORDER_HEALTH_MEASURE)

    def of_voyage(self, voyage_key: str) -> tuple[ScreeningView, ...]:
        """Return the records of the same voyage."""
        return self.desk.screenings.of_voyage(voyage_key, self.session.actor)

    def consent_offer(self) -> ConsentOffer:
        """Return the texts of the notice."""
        return ConsentOffer(self.transfers.papers.consent_texts(self.session.actor))

    def consent_card(self, languages: tuple[str, ...]) -> bytes:
        """Return the card."""
        return self.transfers.papers.consent_card(languages, self.session.actor)

    def refusal_form(self, language: str, reference: str) -> bytes:
        """Return the form of who refuses, in the language if there is a text, else in Portuguese."""
        approved = {text.language for text in self.consent_offer().approved}
        known = {text.language for text in consent_texts()}
        chosen = language if language in known else current_language()
        return self.transfers.papers.refusal_form(chosen, self.session.actor, reference, review=chosen not in approved)

    def slip_pdf(self, token: str, number: str) -> bytes:
        """Return the slip of a token."""
        home = self.session.home
        try:
            name = f"{point_of_entry(home.post_code).name} ({home.post_code})"
        except UnknownPostError:
            name = home.post_code
        at = self.local_time(self.session.now())
        imprint = Imprint(name, at, self.session.actor.name, home.training, HEALTH_SERVICE)
        return token_slip(TokenSlip(imprint, token, number))

    def phones(self) -> tuple[Phone, ...]:
        """Return whom to call."""
        return self.transfers.directory.phones(self.session.actor)

    def phone_card(self) -> bytes:
        """Return the card of telephones."""
        return self.transfers.papers.phone_card(self.session.actor)

    def kept_drafts(self) -> tuple[Draft, ...]:
        """Return what was left half typed here."""
        return tuple(_draft(one) for one in self.desk.drafts.of(DESK, self.session.actor))

    def save_draft(self, entry: DraftEntry) -> Draft:
        """Keep what is half typed."""
        return _draft(self.desk.drafts.save(DESK, entry.request_id, entry.content, self.session.actor))

    def forget_draft(self, request_id: UUID) -> None:
        """Forget it."""
        self.desk.drafts.forget(request_id, self.session.actor)

    # --- transfers

    def referrals(self) -> tuple[ListedReferral, ...]:
        """Return the open transfers."""
        return self.transfers.referrals(self.session.actor)

    def referral(self, referral_id: UUID) -> ShownReferral:
        """Return one."""
        return self.transfers.show(referral_id, self.session.actor)

    def open_referral(self, request_id: UUID, note: ReferralNote, who: PatientIdentity) -> Referral:
        """Return the new guia."""
        return self.transfers.open(request_id, note, who, self.session.actor)

    def referral_step(self, referral_id: UUID, step: ReferralStep) -> Referral:
        """Return the transfer after the step."""
        return self.transfers.step(referral_id, step, self.session.actor)

    def amend_referral(
        self, referral_id: UUID, note: ReferralNote, reason: str, who: PatientIdentity | None
    ) -> Referral:
        """Return the transfer with what its guia says now."""
        return self.transfers.amend(referral_id, note, reason, self.session.actor, who)

    def facilities(self) -> tuple[Facility, ...]:
        """Return the health units, those of the post's province first."""
        try:
            province = point_of_entry(self.session.home.post_code).province
        except UnknownPostError:
            province = ""
        return self.transfers.directory.facilities(self.session.actor, province)

    def guia(self, referral_id: UUID, copy: str) -> bytes:
        """Return a copy of the guia."""
        return self.transfers.papers.guia(referral_id, copy, self.session.actor)

    # --- people who are followed

    def followed(self) -> tuple[Followed, ...]:
        """Return who is followed."""
        return self.transfers.followed(self.session.actor)

    def followed_person(self, monitoring_id: UUID) -> FollowedPerson:
        """Return one."""
        return self.transfers.show_followed(monitoring_id, self.session.actor)

    def start_monitoring(self, request: MonitoringRequest, who: PatientIdentity) -> Followed:
        """Return the new monitoring."""
        self.transfers.monitor(request, who, self.session.actor)
        return self.followed_person(request.request_id).followed

    def monitoring_step(self, monitoring_id: UUID, step: MonitoringStep) -> Followed:
        """Return the monitoring after the step."""
        return self.transfers.visit(monitoring_id, step, self.session.actor)

    def handover_form(self, monitoring_id: UUID) -> bytes:
        """Return the handover to the destination."""
        return self.transfers.papers.handover(monitoring_id, self.session.actor)

    def monitoring_sheet(self, monitoring_id: UUID) -> bytes:
        """Return the sheet of the days."""
        return self.transfers.papers.sheet(monitoring_id, self.session.actor)

    def local_day(self) -> date:
        """Return the day at the post."""
        return self.local_time(self.session.now()).date()

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
        return local(at, self.desk.place.utc_offset_minutes)


@dataclass(frozen=True, slots=True)
class JoinedHealthRecords:
    """Records for who sees them only by breaking the glass."""

    session: SignedIn
    desk: HealthDesk

    @classmethod
    def of(cls, session: SignedIn) -> "JoinedHealthRecords":
        """Return the parts of a session of port health."""
        return cls(session, compose_health.health_desk(session))

    def of_day(self, day: date) -> tuple[ScreeningView, ...]:
        """Return the records of a day: nobody's name and nobody's answers."""
        return self.desk.screenings.of_day(day, self.session.actor)

    def break_glass(self, screening_id: UUID, reason: str) -> Shown:
        """Return everything of the record, once, on record with the reason."""
        return self.desk.show.break_glass(screening_id, reason, self.session.actor)

    def local_day(self) -> date:
        """Return the day at the post."""
        return self.local_time(self.session.now()).date()

    def local_time(self, at: datetime) -> datetime:
        """Return a moment as the post's clock shows it."""
        return local(at, self.desk.place.utc_offset_minutes)


def _draft(kept: HealthDraft) -> Draft:
    return Draft(kept.request_id, kept.by, kept.started_at, kept.updated_at, DraftState.EDITING, kept.content)
