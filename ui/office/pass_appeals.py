"""The use cases of appeals joined for the pass desk."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from bmis.kernel.clock import local
from bmis.kernel.i18n import translate as _
from bmis.passes.appeals import APPEAL, AppealCase, AppealForm
from bmis.passes.applicant import Who
from bmis.passes.lifecycle import PassKind
from bmis.passes.read_passes import Told
from bmis.receipts.errors import SecondSignatureError
from bmis.staff.session import SignedIn
from ui.desktop.passes.appeal_parts import AppealOutcome, AppealShown
from ui.office.pass_papers import UPHELD, PassPapers
from ui.pass_desk import PassDesk

_TOLD = {
    PassKind.REJECTED: "rejected",
    PassKind.SUSPENDED: "suspended",
    PassKind.REVOKED: "revoked",
    PassKind.APPEAL_DISMISSED: "appeal_dismissed",
}


@dataclass(frozen=True, slots=True)
class JoinedAppeals:
    """Answers ``ui.desktop.passes.appeal_parts.AppealParts``."""

    session: SignedIn
    desk: PassDesk
    papers: PassPapers

    def listed(self) -> tuple[AppealCase, ...]:
        """Return what waits."""
        return self.desk.appeals(self.session.actor)

    def shown(self, number: str) -> AppealShown:
        """Return one with its person."""
        by = self.session.actor
        case, words = self.desk.appeals.one(number, by)
        who, history, _until = self._file(case)
        return AppealShown(case, _name(who), _said(history, case.decision.id), words, case.decision.by == by.name)

    def lodge(self, number: str, words: str, form: AppealForm, received: date) -> AppealCase:
        """Record an appeal."""
        return self.desk.object_to(number, words, self.session.actor, form=form, received=received)

    def decide(self, number: str, upheld: bool, reason: str, second: tuple[str, str]) -> AppealOutcome:
        """Decide it, and make the notice."""
        by = self.session.actor
        case, _words = self.desk.appeals.one(number, by)
        approval = self.desk.signed(SecondSignatureError(APPEAL, case.subject), *second) if second[0] else None
        done = self.desk.appeal(case.number, upheld, reason, by, approval)
        who, _history, until = self._file(case)
        what = UPHELD if upheld else "appeal_dismissed"
        paper = self.papers.notice(done.notice, what, case.number, _name(who), reason, until, done.case)
        return AppealOutcome(done, paper)

    def notice(self, number: str) -> bytes:
        """Return the notice that was told last, again."""
        case, _words = self.desk.appeals.one(number, self.session.actor)
        who, history, until = self._file(case)
        told = next(one for one in reversed(history) if one.event.kind in _TOLD)
        return self.papers.notice(
            case.notice, _TOLD[told.event.kind], case.number, _name(who), told.said or _("forgotten"), until
        )

    def _file(self, case: AppealCase) -> tuple[Who | None, tuple[Told, ...], str]:
        by = self.session.actor
        if case.against is PassKind.REJECTED:
            found = self.desk.application(case.subject, by)
            return found.who, found.history, ""
        shown = self.desk.show(case.number, by)
        until = shown.border_pass.suspended_until
        return shown.who, shown.history, "" if until is None else local(until).strftime("%d/%m/%Y %H:%M")


def _name(who: Who | None) -> str:
    return _("forgotten") if who is None else f"{who.person.surname}, {who.person.given_names}"


def _said(history: tuple[Told, ...], event: UUID) -> str | None:
    return next((one.said for one in history if one.event.id == event), None)
