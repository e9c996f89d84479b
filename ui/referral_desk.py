"""The use cases of transfers and monitoring, joined with one open store of health; each takes the actor last."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.i18n import current_language
from bmis.paper.page import HEALTH_SERVICE, Imprint
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.staff.session import SignedIn
from bmis.store.home import Home
from poe_health.followup.follow import CorrectPerson, ForgetFollowed, ListMonitoring, ShowMonitoring, TakeMonitoringStep
from poe_health.followup.start_monitoring import StartMonitoring
from poe_health.referrals.consent import ConsentText, approved_text, consent_texts, draft_text, offered
from poe_health.referrals.keep_directory import EnterDirectory, ReadDirectory
from poe_health.referrals.open_referral import OpenReferral
from poe_health.referrals.show_referral import ListReferrals, ShowReferral
from poe_health.referrals.steps import Printed
from poe_health.referrals.take_step import AmendReferral, ForgetPatient, TakeReferralStep

PRIVACY = "PRIVACY"


@dataclass(frozen=True, slots=True)
class HealthPapers:
    """Makes the papers. Each is bytes for the printer or a folder: no copy of it lies anywhere."""

    home: Home
    now: Clock
    show_referral: ShowReferral
    take_step: TakeReferralStep
    show_monitoring: ShowMonitoring
    directory: ReadDirectory

    def guia(self, referral_id: UUID | str, copy: str, by: Actor) -> bytes:
        """Return a copy of the guia, and keep that it was made. Raises as ``ShowReferral`` and ``TakeReferralStep``."""
        from poe_health.reports.transfer import transfer_pdf

        shown = self.show_referral(referral_id, by)
        pdf = transfer_pdf(shown.referral, shown.who, self._imprint(by), copy, current_language())
        self.take_step(shown.referral.id, Printed(self.now(), copy), by)
        return pdf

    def handover(self, monitoring_id: UUID | str, by: Actor) -> bytes:
        """Return the handover form (IHR art. 30). Raises as ``ShowMonitoring``."""
        from poe_health.reports.monitoring import handover_pdf

        found = self.show_monitoring.handover(monitoring_id, by)
        shown = self.show_monitoring(monitoring_id, by)
        return handover_pdf(found, shown.followed.monitoring, self._imprint(by), current_language())

    def sheet(self, monitoring_id: UUID | str, by: Actor) -> bytes:
        """Return the sheet of the days. Raises as ``ShowMonitoring``."""
        from poe_health.reports.monitoring import sheet_pdf

        shown = self.show_monitoring(monitoring_id, by)
        return sheet_pdf(shown.followed.monitoring, shown.who, self._imprint(by), current_language())

    def phone_card(self, by: Actor) -> bytes:
        """Return the card of telephones. Raises as ``ReadDirectory``."""
        from poe_health.reports.phone_card import phone_card_pdf

        return phone_card_pdf(self.directory.phones(by), self._imprint(by), current_language())

    def consent_texts(self, by: Actor) -> tuple[tuple[ConsentText, bool], ...]:
        """Return every text and whether it is offered today; a draft is none that is."""
        require(by, Permission.SCREEN_HEALTH)
        today = self._today()
        may = {one.language for one in offered(today)}
        return tuple((one, one.language in may) for one in consent_texts())

    def consent_card(self, languages: tuple[str, ...], by: Actor, *, review: bool = False) -> bytes:
        """Return the card in the languages; ``review``: a copy for who approves texts.

        Raises:
            ConsentNotApprovedError: a language without an approved text.
        """
        from poe_health.reports.consent import consent_card_pdf

        texts = [self._text(one, by, review=review) for one in languages]
        return consent_card_pdf(texts, self._imprint(by), self._today(), self._privacy_phone(by), review=review)

    def refusal_form(self, language: str, by: Actor, reference: str = "", *, review: bool = False) -> bytes:
        """Return the form of who refuses. Raises as ``consent_card``."""
        from poe_health.reports.consent import refusal_form_pdf

        text = self._text(language, by, review=review)
        return refusal_form_pdf(text, self._imprint(by), self._today(), reference, review=review)

    def _text(self, language: str, by: Actor, *, review: bool) -> ConsentText:
        require(by, Permission.SCREEN_HEALTH)
        return draft_text(language) if review else approved_text(language, self._today())

    def _privacy_phone(self, by: Actor) -> str | None:
        return next((one.number for one in self.directory.phones(by) if one.code == PRIVACY), None)

    def _today(self) -> date:
        return local(self.now()).date()

    def _imprint(self, by: Actor) -> Imprint:
        return health_imprint(self.home, self.now(), by)


@dataclass(frozen=True, slots=True)
class ReferralDesk:
    """Every use case of transfers, monitoring and the directory for one person of health."""

    open: OpenReferral
    step: TakeReferralStep
    amend: AmendReferral
    show: ShowReferral
    referrals: ListReferrals
    forget_patient: ForgetPatient
    monitor: StartMonitoring
    visit: TakeMonitoringStep
    correct: CorrectPerson
    show_followed: ShowMonitoring
    followed: ListMonitoring
    forget_followed: ForgetFollowed
    directory: ReadDirectory
    enter: EnterDirectory
    papers: HealthPapers


def desk_of(session: SignedIn) -> ReferralDesk:
    """Return the use cases joined with the session's store."""
    write, read, home, now = session.store.write, session.store.read, session.home, session.now
    show, step, followed = ShowReferral(write, now), TakeReferralStep(write, now), ShowMonitoring(write, now)
    directory = ReadDirectory(read, now)
    return ReferralDesk(
        open=OpenReferral(write, home, now),
        step=step,
        amend=AmendReferral(write, now),
        show=show,
        referrals=ListReferrals(read, now),
        forget_patient=ForgetPatient(write, now),
        monitor=StartMonitoring(write, home, now),
        visit=TakeMonitoringStep(write, now),
        correct=CorrectPerson(write, now),
        show_followed=followed,
        followed=ListMonitoring(read, now),
        forget_followed=ForgetFollowed(write, now),
        directory=directory,
        enter=EnterDirectory(write, now),
        papers=HealthPapers(home, now, show, step, followed, directory),
    )


def health_imprint(home: Home, at: datetime, by: Actor) -> Imprint:
    """Return what a paper of health says of its printing: the post, the moment, who printed it."""
    try:
        post = point_of_entry(home.post_code).name
    except UnknownPostError:
        post = home.post_code
    return Imprint(post, local(at), by.name, home.training, HEALTH_SERVICE)


def save(folder: Path, name: str, pdf: bytes) -> Path:
    """Return the path of a paper put into the folder. Raises as ``save_paper``."""
    from poe_health.reports.saving import save_paper

    return save_paper(folder, name, pdf)
