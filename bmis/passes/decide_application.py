"""What happens to an application until a pass is made: attested, photographed, approved, rejected, withdrawn."""

from collections.abc import Iterable, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.passes.applicant import MOST_ATTESTATIONS, Attestation, PassPhoto
from bmis.passes.apply_pass import Applied
from bmis.passes.border_pass import Application, Notice
from bmis.passes.earlier import earlier_decisions
from bmis.passes.eligibility import BY_NAME, Answered, Asked, against, judge, unknown
from bmis.passes.errors import ApplicationFieldError, NotEligibleError, NotKnownError, SameOfficerError
from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import PassKind, application_after
from bmis.passes.notices import next_notice
from bmis.passes.records.applications import SqlApplications
from bmis.passes.records.keeping import events_of, keep_event
from bmis.passes.records.parts import NewPart, SqlPassParts, digests
from bmis.passes.schemes import Scheme, scheme
from bmis.passes.taking import (
    child_part,
    is_complete,
    judged,
    note_parts,
    photo_of,
    photo_parts,
    reason_of,
    who_of,
    who_part,
)
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork

EVERYTHING = "*"
_TAKING = frozenset({PassKind.APPLIED, PassKind.ATTESTED, PassKind.PHOTO_TAKEN})


@dataclass(frozen=True, slots=True)
class AttestApplication:
    """Adds what somebody of the community declares, or the photo that was missing."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, which: UUID | str, attestation: Attestation, by: Actor) -> Applied:
        """Return the application after it.

        Raises:
            NotAllowedError, ApplicationUnknownError, ApplicationStateError, HolderForgottenError: what they say.
            ApplicationFieldError: more attestations than anybody needs.
        """
        require(by, Permission.CAPTURE_PASSES)
        with self.open_unit() as unit:
            found = SqlApplications(unit).get(which)
            who = who_of(unit, found.id)
            if len(who.attestations) >= MOST_ATTESTATIONS:
                raise ApplicationFieldError(field="attestation")
            who = replace(who, attestations=(*who.attestations, attestation))
            after = self._keep(unit, found, PassKind.ATTESTED, [who_part(who)], by)
            unit.commit()
        return after

    def photo(self, which: UUID | str, photo: PassPhoto, by: Actor, *, child: int | None = None) -> Applied:
        """Return the application after its photo was taken. ``child``: of the child at that place, from 0.

        Raises:
            ApplicationFieldError: there is no such child. And as the call.
        """
        require(by, Permission.CAPTURE_PASSES)
        with self.open_unit() as unit:
            found = SqlApplications(unit).get(which)
            who = who_of(unit, found.id)
            if child is not None and not 0 <= child < len(who.dependants):
                raise ApplicationFieldError(field="dependants.photo")
            parts = photo_parts(photo) if child is None else [child_part(child, photo)]
            after = self._keep(unit, found, PassKind.PHOTO_TAKEN, parts, by)
            unit.commit()
        return after

    def _keep(self, unit: UnitOfWork, found: Application, kind: PassKind, parts: list[NewPart], by: Actor) -> Applied:
        application_after(found.state, kind)
        at = self.now()
        owner = new_id(at)
        SqlPassParts(unit).add(owner, found.id, found.person_id, parts)
        rules, answers, complete = judge_now(unit, found, local(at).date())
        state = found.state if kind is PassKind.PHOTO_TAKEN else application_after(found.state, kind, complete=complete)
        after = judged(replace(found, state=state, scheme_version=rules.version), answers)
        SqlApplications(unit).change(after)
        facts = {
            "person": str(found.person_id),
            "complete": complete,
            "answers": list(after.answers),
            "parts": digests(parts),
        }
        keep_event(unit, PassEvent(owner, kind, by.name, found.id, facts))
        return Applied(after, answers)


@dataclass(frozen=True, slots=True)
class ApproveApplication:
    """Says that a pass may be made. Who took the application does not approve it."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, which: UUID | str, by: Actor, *, accepted: Set[str] = frozenset(), reason: str = "") -> Applied:
        """Return the approved application.

        Args:
            which: the application's identifier or number.
            by: who approves.
            accepted: the checks whose unknown answer the approver takes on; then ``reason`` says why. "*" is all but
                those that are taken on by name alone, ``BY_NAME``.
            reason: in words; they can be erased.

        Raises:
            NotAllowedError, ApplicationUnknownError, ApplicationStateError, HolderForgottenError: what they say.
            SameOfficerError: the approver took the application, an attestation or a photograph.
            NotEligibleError: the rules say no. NotKnownError: something is unknown and not taken on.
            PassReasonError: unknown answers are taken on without a reason.
        """
        require(by, Permission.APPROVE_PASSES)
        with self.open_unit() as unit:
            found = SqlApplications(unit).get(which)
            _require_other(unit, found, by)
            state = application_after(found.state, PassKind.APPROVED)
            at = unit.judged_at(self.now())
            _rules, answers, _complete = judge_now(unit, found, local(at).date())
            if refused := against(answers):
                raise NotEligibleError(refused)
            doubtful = unknown(answers)
            left = [one for one in doubtful if not _is_taken_on(one, accepted)]
            if left:
                raise NotKnownError(left)
            parts = note_parts(reason_of(reason) if doubtful else (reason.strip() or None))
            after = judged(replace(found, state=state, approved_by=by.name), answers)
            SqlApplications(unit).change(after)
            owner = new_id(at)
            SqlPassParts(unit).add(owner, found.id, found.person_id, parts)
            facts = {
                "person": str(found.person_id),
                "captured_by": found.captured_by,
                "answers": list(after.answers),
                "accepted": list(dict.fromkeys(one.check for one in doubtful)),
                "parts": digests(parts),
            }
            keep_event(unit, PassEvent(owner, PassKind.APPROVED, by.name, found.id, facts))
            unit.commit()
        return Applied(after, answers)


@dataclass(frozen=True, slots=True)
class RejectApplication:
    """Says no, with the reason and until when it can be appealed; or notes that the applicant takes it back."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(self, which: UUID | str, reason_code: str, reason: str, by: Actor) -> tuple[Application, Notice]:
        """Return the rejected application and what the applicant is told.

        Raises:
            NotAllowedError, ApplicationUnknownError, ApplicationStateError, PassReasonError: what they say.
            SameOfficerError: who decides took the application, an attestation or a photograph.
        """
        require(by, Permission.APPROVE_PASSES)
        said = reason_of(reason)
        with self.open_unit() as unit:
            found = SqlApplications(unit).get(which)
            _require_other(unit, found, by)
            at = unit.judged_at(self.now())
            rules = scheme(found.scheme, local(at).date())
            notice = next_notice(unit, self.home, at, reason_code, rules)
            after = _end(unit, found, PassKind.REJECTED, said, by, self.now, {"notice": notice.facts()})
            unit.commit()
        return after, notice

    def withdraw(self, which: UUID | str, by: Actor, reason: str = "") -> Application:
        """Return the application that its applicant takes back.

        Raises:
            NotAllowedError, ApplicationUnknownError, ApplicationStateError: what they say.
        """
        require(by, Permission.CAPTURE_PASSES)
        with self.open_unit() as unit:
            found = SqlApplications(unit).get(which)
            after = _end(unit, found, PassKind.WITHDRAWN, reason.strip() or None, by, self.now, {})
            unit.commit()
        return after


def judge_now(unit: UnitOfWork, found: Application, day: date) -> tuple[Scheme, tuple[Answered, ...], bool]:
    """Return the scheme of the day, what it says of the application, and whether enough have attested.

    Raises:
        HolderForgottenError: the person was forgotten.
    """
    rules = scheme(found.scheme, day)
    has_photo = photo_of(unit, found.id) is not None
    earlier = earlier_decisions(unit, found.person_id)
    asked = Asked(who_of(unit, found.id), found.counted.purpose, has_photo, day, earlier)
    return rules, judge(rules, asked), is_complete(rules, asked)


def appeal_until(rules: Scheme, day: date) -> date:
    """Return the last day of an appeal."""
    return day + timedelta(days=rules.appeal_days)


def _end(
    unit: UnitOfWork,
    found: Application,
    kind: PassKind,
    said: str | None,
    by: Actor,
    now: Clock,
    more: dict[str, object],
) -> Application:
    after = replace(found, state=application_after(found.state, kind))
    parts = note_parts(said)
    owner = new_id(now())
    SqlPassParts(unit).add(owner, found.id, found.person_id, parts)
    SqlApplications(unit).change(after)
    facts = {"person": str(found.person_id), "parts": digests(parts), **more}
    keep_event(unit, PassEvent(owner, kind, by.name, found.id, facts))
    return after


def had_a_hand(events: Iterable[PassEvent], name: str) -> bool:
    """Return whether somebody of that name took the application, an attestation or a photograph of it."""
    return any(event.kind in _TAKING and event.by == name for event in events)


def _is_taken_on(one: Answered, accepted: Set[str]) -> bool:
    return one.check in accepted or (EVERYTHING in accepted and one.check not in BY_NAME)


def _require_other(unit: UnitOfWork, found: Application, by: Actor) -> None:
    if found.captured_by == by.name or had_a_hand(events_of(unit, found.id), by.name):
        raise SameOfficerError
