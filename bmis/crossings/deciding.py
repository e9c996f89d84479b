"""Which decisions are offered and proposed, and what a decision needs. Pure: nothing here looks at the store."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bmis.crossings.case import is_national, is_or_may_be_under
from bmis.crossings.crossing import CrossingRequest, PhotoAnswer, Refusal, Verdict
from bmis.crossings.decision import FITTING, LETS_THROUGH, STOPS, Decision, Direction
from bmis.crossings.errors import (
    DecisionNotOfferedError,
    FindingsChangedError,
    NotAcknowledgedError,
    ProtectionAnswerMissingError,
    ProtectionClaimedError,
    ReasonsMissingError,
    ReasonTextMissingError,
    ReasonUnknownError,
    StayNotAllowedError,
)
from bmis.crossings.finding import Finding, Status
from bmis.crossings.reasons import reasons_for
from bmis.crossings.rules import field_rules

EVERYTHING = "*"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the desk may put first. ``decision`` is None where nothing may be a default.

    ``why``: clear, attention (amber), red, grey (something mandatory could not be told), minor, age_unknown, photo
    (the face is another person's), photo_unsure, unchecked (something that need not be checked was not).
    ``checks`` are those that say so.
    """

    decision: Decision | None
    why: str
    offered: tuple[Decision, ...]
    checks: tuple[str, ...] = ()


def offered_decisions(request: CrossingRequest) -> tuple[Decision, ...]:
    """Return the decisions that fit the direction; a national of Mozambique is never refused entry."""
    fitting = FITTING[request.direction]
    if is_national(request):
        fitting = fitting - {Decision.REFUSED_ENTRY}
    return tuple(decision for decision in Decision if decision in fitting)


def propose(request: CrossingRequest, findings: Sequence[Finding], on: date) -> Proposal:
    """Return what to put first. ``on`` is the day at the post.

    A foreigner who is or may be under age goes to secondary, in both directions (Law 23/2022: authorisation at entry
    and exit), and so does whoever shows another person's document. Otherwise nothing is a default while something
    mandatory is grey, or the officer is not sure of the face.
    """
    offered = offered_decisions(request)
    face = request.evidence.photo_answer
    if face is PhotoAnswer.NOT_SAME:
        return Proposal(Decision.PENDING_SECONDARY, "photo", offered)
    foreign = not is_national(request)
    minor = is_or_may_be_under(request, field_rules(on).adult_from_years, on)
    if foreign and minor:
        return Proposal(Decision.PENDING_SECONDARY, "minor", offered)
    if grey := tuple(one.check for one in findings if one.status is Status.GREY and one.mandatory):
        return Proposal(None, "grey", offered, grey)
    if foreign and minor is None:
        return Proposal(None, "age_unknown", offered)
    if red := _checks(findings, Status.RED):
        return Proposal(Decision.PENDING_SECONDARY, "red", offered, red)
    if face is PhotoAnswer.UNSURE:
        return Proposal(None, "photo_unsure", offered)
    passing = Decision.ADMITTED if request.direction is Direction.ENTRY else Decision.EXITED
    if passing is Decision.ADMITTED and request.person.traveller_class == "transit":
        passing = Decision.TRANSIT_ONLY
    if amber := _checks(findings, Status.AMBER):
        return Proposal(passing, "attention", offered, amber)
    if grey := _checks(findings, Status.GREY):
        return Proposal(passing, "unchecked", offered, grey)
    return Proposal(passing, "clear", offered)


def require_offered(request: CrossingRequest, decision: Decision) -> None:
    """Return only if the decision fits the direction and the person.

    Raises:
        DecisionNotOfferedError: it does not.
    """
    if decision not in FITTING[request.direction]:
        raise DecisionNotOfferedError(why="direction", decision=decision.value)
    if decision not in offered_decisions(request):
        raise DecisionNotOfferedError(why="national", decision=decision.value)


def require_protection_answer(verdict: Verdict) -> None:
    """Return only if nobody is turned away who fears to return or asks for protection.

    1951 Convention, article 33; OAU Convention 1969, article II; Convention against Torture, article 3.

    Raises:
        ProtectionClaimedError: the person does: refer, whatever else was decided.
        ProtectionAnswerMissingError: refusing without an answer.
    """
    if verdict.refusal.protection_claim and verdict.decision is not Decision.REFERRED:
        raise ProtectionClaimedError(propose=Decision.REFERRED.value)
    if verdict.decision is Decision.REFUSED_ENTRY and verdict.refusal.protection_claim is None:
        raise ProtectionAnswerMissingError


def without_claim(verdict: Verdict) -> Verdict:
    """Return the verdict as it may be kept: of a referral nothing but that it happened.

    Details belong in the restricted file of the protection officer, never on the crossing.
    """
    if verdict.decision is not Decision.REFERRED:
        return verdict
    return replace(verdict, refusal=Refusal(), reasons=(), reason_text=None)


def require_reasons(verdict: Verdict, on: date) -> None:
    """Return only if a decision that stops has its reasons, and each is in force.

    Raises:
        ReasonsMissingError: none.
        ReasonUnknownError: not in force for this decision on that day.
        ReasonTextMissingError: the reason needs words.
    """
    if verdict.decision not in STOPS:
        return
    if not verdict.reasons:
        raise ReasonsMissingError
    known = {reason.code: reason for reason in reasons_for(verdict.decision, on)}
    for code in verdict.reasons:
        if code not in known:
            raise ReasonUnknownError(reason=code[:10])
        if known[code].text_required and not (verdict.reason_text or "").strip():
            raise ReasonTextMissingError(reason=code)


def require_stay_allowed(request: CrossingRequest, decision: Decision, on: date) -> None:
    """Return only if no stay is given, or one with its authority to an admitted foreigner.

    Raises:
        StayNotAllowedError: ``why`` is not_admitted, national, authority or past.
    """
    stay_until = request.stay.stay_until
    if stay_until is None:
        return
    if decision is not Decision.ADMITTED:
        raise StayNotAllowedError(why="not_admitted")
    if is_national(request):
        raise StayNotAllowedError(why="national")
    if not (request.stay.typed_authority or "").strip():
        raise StayNotAllowedError(why="authority")
    if stay_until < on:
        raise StayNotAllowedError(why="past")


def require_as_shown(verdict: Verdict, findings: tuple[Finding, ...]) -> None:
    """Return only if what the checks say is what the officer saw. Seconds and counts may differ.

    Raises:
        FindingsChangedError: with the findings of now.
    """
    if verdict.shown is None:
        return
    shown, found = ({one.same_as for one in some} for some in (verdict.shown, findings))
    if changed := tuple(sorted({check for check, _, _ in shown ^ found})):
        raise FindingsChangedError(findings, changed)


def acknowledged(verdict: Verdict, findings: tuple[Finding, ...]) -> frozenset[str]:
    """Return the checks whose findings the officer accepted, by name.

    Who lets a traveller go on accepts whatever is not green; who stops one accepts what could not be told. Sending
    to secondary, referring and withdrawing go against no finding.

    Raises:
        NotAcknowledgedError: something was not accepted.
    """
    accepted = {one.check for one in findings if one.status is not Status.GREEN and _accepts(verdict, one.check)}
    against = [one.check for one in findings if _goes_against(verdict.decision, one) and one.check not in accepted]
    if against:
        raise NotAcknowledgedError(findings, tuple(dict.fromkeys(against)))
    return frozenset(accepted)


def needs_second_person(
    decision: Decision, findings: Sequence[Finding], face: PhotoAnswer = PhotoAnswer.NOT_COMPARED
) -> bool:
    """Return whether somebody is let go on against a red finding, or with another person's face on the document."""
    against = face is PhotoAnswer.NOT_SAME or bool(_checks(findings, Status.RED))
    return decision in LETS_THROUGH and against


def _goes_against(decision: Decision, finding: Finding) -> bool:
    if decision in LETS_THROUGH:
        return finding.status is not Status.GREEN
    return decision in STOPS and finding.status is Status.GREY and finding.mandatory


def _accepts(verdict: Verdict, check: str) -> bool:
    return check in verdict.acknowledged or EVERYTHING in verdict.acknowledged


def _checks(findings: Sequence[Finding], status: Status) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.check for one in findings if one.status is status))
