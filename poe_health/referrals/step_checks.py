"""What a step must say before it is kept. History that is read again is not judged by the lists of today."""

from datetime import datetime

from bmis.kernel.clock import local
from poe_health.referrals.errors import ReferralCodeError, ReferralFieldError, ReferralReasonError
from poe_health.referrals.settings import ReferralRule, known
from poe_health.referrals.steps import (
    Amended,
    Answered,
    Arrived,
    Cancelled,
    Closed,
    DiedOnWay,
    Left,
    LeftInEmergency,
    NotArrived,
    Opened,
    Printed,
    ReturnSlip,
    Step,
)
from poe_health.rules.definitions import rule_set

EMERGENCY, REFUSED, NO_ANSWER = "EMERGENCY", "REFUSED", "NO_ANSWER"


def check_step(step: Step, urgency: str, rule: ReferralRule, now: datetime) -> None:
    """Return only if the step says all it must. ``urgency`` is what the guia says.

    Raises:
        ReferralFieldError, ReferralCodeError, ReferralReasonError, ReferralTimeError: what is wrong with it.
    """
    if isinstance(step, Opened | Amended):
        step.note.checked(now, local(step.at).date())
        if isinstance(step, Amended):
            _reason(step.reason, rule)
    elif isinstance(step, Answered):
        _check_answer(step)
    elif isinstance(step, Left | LeftInEmergency):
        _check_departure(step, urgency, rule)
    elif isinstance(step, Cancelled | Closed):
        _reason(step.reason, rule)
    elif isinstance(step, Printed):
        if step.copy not in {"A", "B"}:
            raise ReferralFieldError("copy")
    elif isinstance(step, ReturnSlip):
        _check_slip(step)
    elif isinstance(step, Arrived | DiedOnWay | NotArrived):
        _said(person=step.person)
        known("means", step.means)
        if isinstance(step, NotArrived):
            _said(done_about_it=step.done_about_it)


def _check_answer(step: Answered) -> None:
    known("answer", step.answer)
    known("means", step.means)
    _said(facility=step.facility, facility_name=step.facility_name)
    if step.answer != NO_ANSWER:
        _said(person=step.person)
    if step.answer == REFUSED:
        known("refusal", step.why)


def _check_departure(step: Left | LeftInEmergency, urgency: str, rule: ReferralRule) -> None:
    known("transport", step.transport)
    _said(escort=step.escort)
    if isinstance(step, LeftInEmergency):
        if urgency != EMERGENCY:
            raise ReferralFieldError("urgency")
        _said(facility=step.facility, facility_name=step.facility_name)
        _reason(step.reason, rule)


def _check_slip(step: ReturnSlip) -> None:
    _said(person=step.person)
    known("classification", step.classification)
    known("outcome", step.outcome)
    if step.disease and step.disease not in rule_set(local(step.at).date()).diseases:
        raise ReferralCodeError("disease", step.disease)


def _said(**texts: str) -> None:
    for name, text in texts.items():
        if not text.strip():
            raise ReferralFieldError(name)


def _reason(text: str, rule: ReferralRule) -> None:
    if len(text.strip()) < rule.reason_characters:
        raise ReferralReasonError(rule.reason_characters)
