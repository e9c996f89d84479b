"""Appeals: against a refusal, a suspension or a revocation. Recorded first, then decided by somebody else."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.kernel.paper_number import typed_number
from bmis.passes.border_pass import Application, BorderPass, Notice, Origin
from bmis.passes.decide_application import judge_now
from bmis.passes.errors import (
    AppealDayError,
    AppealMissingError,
    AppealOpenError,
    ApplicationUnknownError,
    DecidedBySameError,
    NoticeUnknownError,
    OnePassOnlyError,
)
from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import ASIDE, HELD, ApplicationState, PassKind, PassState, application_after
from bmis.passes.moving import Step, moved, settled
from bmis.passes.notices import PREFIX as NOTICE_PREFIX
from bmis.passes.notices import next_notice
from bmis.passes.records.appeals import DECISIONS, decisions_that_stand, subject_of_notice
from bmis.passes.records.applications import SqlApplications
from bmis.passes.records.keeping import events_of, keep_event
from bmis.passes.records.parts import NOTE, SqlPassParts, digests
from bmis.passes.records.passes import SqlBorderPasses
from bmis.passes.schemes import scheme
from bmis.passes.serials import parse_serial
from bmis.passes.taking import PREFIX as APPLICATION_PREFIX
from bmis.passes.taking import judged, note_parts, reason_of
from bmis.receipts.errors import SecondSignatureError
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork

APPEAL = "pass.appeal"
"""The action that a second person signs where a revocation is appealed; the subject is the pass."""

_STANDING = frozenset({PassState.SUSPENDED, PassState.REVOKED})


class AppealForm(StrEnum):
    """How somebody appealed: a letter, or words that the officer wrote down."""

    WRITTEN = "written"
    SPOKEN = "spoken"


@dataclass(frozen=True, slots=True)
class AppealCase:
    """A decision that stands against somebody. ``number`` is of the pass or the application; no name is here.

    ``decision`` is what was decided, ``notice`` what was told last, ``lodged`` the appeal that waits (None: none).
    """

    subject: UUID
    number: str
    scheme: str
    decision: PassEvent
    notice: Notice
    lodged: PassEvent | None

    @property
    def against(self) -> PassKind:
        """Return what is appealed: rejected, suspended or revoked."""
        return self.decision.kind

    @property
    def is_late(self) -> bool:
        """Return whether the appeal came after its last day; it is decided all the same."""
        return self.lodged is not None and bool(self.lodged.facts.get("late"))


@dataclass(frozen=True, slots=True)
class AppealDecided:
    """The outcome: the pass, or the application, after it, and what is told."""

    case: AppealCase
    upheld: bool
    notice: Notice
    border_pass: BorderPass | None = None
    application: Application | None = None


@dataclass(frozen=True, slots=True)
class LodgeAppeal:
    """Records that somebody appeals, with their words. It moves nothing: the measure stays until it is decided."""

    open_unit: OpenUnit
    now: Clock

    def __call__(
        self,
        untrusted_number: str,
        words: str,
        by: Actor,
        *,
        form: AppealForm = AppealForm.SPOKEN,
        received: date | None = None,
    ) -> AppealCase:
        """Return the case with the appeal. ``received`` None: today; a late one is recorded too, and marked.

        Raises:
            NotAllowedError, PassReasonError: what they say.
            PassUnknownError, ApplicationUnknownError, NoticeUnknownError: the number is none of this desk's.
            AppealMissingError: no decision stands that could be appealed. AppealOpenError: one waits already.
            AppealDayError: before the decision, or after today.
        """
        require(by, Permission.CAPTURE_PASSES)
        said = reason_of(words)
        with self.open_unit() as unit:
            at = self.now()
            case = case_of(unit, _subject(unit, untrusted_number), at)
            if case.lodged is not None:
                raise AppealOpenError(day=str(case.lodged.facts["received"]))
            today = local(at).date()
            day = received or today
            if not local(case.decision.recorded_at).date() <= day <= today:
                raise AppealDayError
            person, facts = _about(unit, case.subject)
            owner, parts = new_id(at), note_parts(said)
            SqlPassParts(unit).add(owner, case.subject, person, parts)
            event = PassEvent(
                owner,
                PassKind.APPEALED,
                by.name,
                case.subject,
                {
                    **facts,
                    "against": case.against.value,
                    "appealed": case.notice.number,
                    "received": day.isoformat(),
                    "form": form.value,
                    "late": day > case.notice.appeal_until,
                    "parts": digests(parts),
                },
            )
            keep_event(unit, event)
            unit.commit()
        return replace(case, lodged=event)


@dataclass(frozen=True, slots=True)
class DecideAppeal:
    """Decides a recorded appeal: never who took the decision; against a revocation a second person signs too."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(
        self, untrusted_number: str, upheld: bool, reason: str, by: Actor, approval: Approval | None = None
    ) -> AppealDecided:
        """Return the outcome with its notice.

        Upheld, a pass is active again if its days are not over, and an application waits for approval again.

        Raises:
            NotAllowedError, PassReasonError: what they say. PassUnknownError, ApplicationUnknownError,
            NoticeUnknownError: the number is none of this desk's.
            AppealMissingError: no appeal waits. DecidedBySameError: who decides took the decision.
            OnePassOnlyError: the person has another pass, or application, by now.
            HolderForgottenError: the applicant was forgotten.
            SecondSignatureError: nobody signed. ApprovalMismatchError: it was signed for something else.
        """
        require(by, Permission.REVOKE_PASSES)
        said = reason_of(reason)
        with self.open_unit() as unit:
            at = self.now()
            case = case_of(unit, _subject(unit, untrusted_number), at)
            if case.lodged is None:
                raise AppealMissingError
            if case.decision.by == by.name:
                raise DecidedBySameError
            second = _signed(unit, case, by, approval, at)
            rules = scheme(case.scheme, local(at).date())
            notice = next_notice(unit, self.home, at, case.notice.reason_code, rules)
            facts: dict[str, object] = {"second": second, "notice": notice.facts(), "appeal": str(case.lodged.id)}
            if case.against is PassKind.REJECTED:
                application = _decide_application(unit, case, upheld, said, by, at, facts)
                done = AppealDecided(case, upheld, notice, application=application)
            else:
                one = _decide_pass(unit, case, upheld, said, by, at, facts)
                done = AppealDecided(case, upheld, notice, border_pass=one)
            unit.commit()
        return done


@dataclass(frozen=True, slots=True)
class ReadAppeals:
    """Looks at the decisions that stand against somebody, and the appeals that wait. No names."""

    open_read: OpenUnit
    now: Clock

    def __call__(self, by: Actor) -> tuple[AppealCase, ...]:
        """Return those that wait, the oldest first, then those that can still be appealed in time.

        Raises:
            NotAllowedError: the role reads no passes.
        """
        require(by, Permission.READ_PASSES)
        at = self.now()
        today = local(at).date()
        with self.open_read() as unit:
            found = [_case(unit, subject, told, at) for subject, told in decisions_that_stand(unit).items()]
        cases = [one for one in found if one is not None]
        waiting = sorted((one for one in cases if one.lodged), key=lambda one: _moment(one.lodged))
        open_yet = [one for one in cases if one.lodged is None and one.notice.appeal_until >= today]
        return (*waiting, *sorted(open_yet, key=lambda one: (one.notice.appeal_until, one.number)))

    def one(self, untrusted_number: str, by: Actor) -> tuple[AppealCase, str | None]:
        """Return the case of a pass, an application or a notice, with the words of the appeal that waits.

        Raises:
            NotAllowedError: the role reads no passes. PassUnknownError, ApplicationUnknownError,
            NoticeUnknownError: the number is none of this desk's. AppealMissingError: no decision stands.
        """
        require(by, Permission.READ_PASSES)
        with self.open_read() as unit:
            case = case_of(unit, _subject(unit, untrusted_number), self.now())
            words = None if case.lodged is None else SqlPassParts(unit).of_owner(case.lodged.id, NOTE)
        return case, None if words is None else words.decode()


def case_of(unit: UnitOfWork, subject: UUID, at: datetime) -> AppealCase:
    """Return what stands against a pass or an application.

    Raises:
        AppealMissingError: nothing that could be appealed.
    """
    found = _case(unit, subject, events_of(unit, subject), at)
    if found is None:
        raise AppealMissingError
    return found


def waits(events: Sequence[PassEvent]) -> PassEvent | None:
    """Return the appeal that was recorded and not decided since; what it was against may also have ended by itself."""
    lodged: PassEvent | None = None
    for event in events:
        if event.kind is PassKind.APPEALED:
            lodged = event
        elif event.kind not in ASIDE:
            lodged = None
    return lodged


def _case(unit: UnitOfWork, subject: UUID, events: Sequence[PassEvent], at: datetime) -> AppealCase | None:
    decided = [event for event in events if event.kind in DECISIONS]
    notices = [event.facts["notice"] for event in events if isinstance(event.facts.get("notice"), Mapping)]
    if not decided or not notices:
        return None
    told: Any = notices[-1]
    notice, lodged = Notice.of(told), waits(events)
    if decided[-1].kind is PassKind.REJECTED:
        application = SqlApplications(unit).get(subject)
        if application.state is not ApplicationState.REJECTED:
            return None
        return AppealCase(subject, application.number, application.scheme, decided[-1], notice, lodged)
    one = SqlBorderPasses(unit).get(subject)
    if one.state_at(at, local(at).date()) not in _STANDING:
        return None
    return AppealCase(subject, one.number, one.scheme, decided[-1], notice, lodged)


def _subject(unit: UnitOfWork, untrusted_number: str) -> UUID:
    """Return whose number was typed: of a notice, an application or a pass."""
    text = untrusted_number.strip().upper()
    number = typed_number(text)
    if text.startswith(NOTICE_PREFIX):
        found = None if number is None else subject_of_notice(unit, number)
        if found is None:
            raise NoticeUnknownError
        return found
    if text.startswith(APPLICATION_PREFIX):
        if number is None:
            raise ApplicationUnknownError
        return SqlApplications(unit).get(number).id
    return SqlBorderPasses(unit).by_serial(parse_serial(text)).id


def _about(unit: UnitOfWork, subject: UUID) -> tuple[UUID, dict[str, object]]:
    """Return the person, and what the event says of the pass or the application."""
    events = events_of(unit, subject)
    person = UUID(str(next(event.facts["person"] for event in events if "person" in event.facts)))
    serial = next((event.facts["serial"] for event in events if "serial" in event.facts), None)
    facts: dict[str, object] = {"person": str(person)}
    return person, facts if serial is None else {**facts, "serial": serial}


def _signed(unit: UnitOfWork, case: AppealCase, by: Actor, approval: Approval | None, at: datetime) -> str | None:
    if approval is not None and approval.second is not None:
        record_approval(unit, approval.covering(APPEAL, case.subject, by.name), at)
        return approval.second
    if case.against is PassKind.REVOKED:
        raise SecondSignatureError(APPEAL, case.subject)
    return None


def _decide_pass(
    unit: UnitOfWork, case: AppealCase, upheld: bool, said: str, by: Actor, at: datetime, facts: dict[str, object]
) -> BorderPass:
    passes = SqlBorderPasses(unit)
    one = passes.get(case.subject)
    if not upheld:
        return moved(unit, one, Step(PassKind.APPEAL_DISMISSED, facts, said, one.suspended_until), by.name, at)
    held = passes.held_by(one.person_id, one.scheme)
    if held is not None and held.id != one.id:
        raise OnePassOnlyError(held="pass", number=held.number)
    return settled(unit, moved(unit, one, Step(PassKind.APPEAL_UPHELD, facts, said), by.name, at), by.name, at)


def _decide_application(
    unit: UnitOfWork, case: AppealCase, upheld: bool, said: str, by: Actor, at: datetime, facts: dict[str, object]
) -> Application:
    applications = SqlApplications(unit)
    found = applications.get(case.subject)
    kind, complete = PassKind.APPEAL_DISMISSED, True
    after = found
    if upheld:
        _require_free(unit, found, at)
        kind = PassKind.APPEAL_UPHELD
        _rules, answers, complete = judge_now(unit, found, local(at).date())
        after = judged(found, answers)
    after = replace(after, state=application_after(found.state, kind, complete=complete))
    owner, parts = new_id(at), note_parts(said)
    SqlPassParts(unit).add(owner, found.id, found.person_id, parts)
    applications.change(after)
    told = {"person": str(found.person_id), "complete": complete, "parts": digests(parts), **facts}
    keep_event(unit, PassEvent(owner, kind, by.name, found.id, told))
    return after


def _require_free(unit: UnitOfWork, found: Application, at: datetime) -> None:
    """Return only if nothing took the place of the application; the pass that it renews or replaces is not in the way.

    Raises:
        OnePassOnlyError: it names what there is.
    """
    waiting = SqlApplications(unit).under_way(found.person_id, found.scheme)
    if waiting is not None:
        raise OnePassOnlyError(held="application", number=waiting.number)
    held = SqlBorderPasses(unit).held_by(found.person_id, found.scheme)
    if held is None or (found.origin is not Origin.NEW and held.id == found.earlier_pass_id):
        return
    if held.state_at(at, local(at).date()) in HELD:
        raise OnePassOnlyError(held="pass", number=held.number)


def _moment(event: PassEvent | None) -> tuple[datetime, str]:
    assert event is not None
    return event.recorded_at, str(event.id)
