"""What a step of a monitoring must say before it is kept."""

from datetime import timedelta

from bmis.documents.states import state
from bmis.kernel.clock import local
from bmis.posts.admin_area import admin_area
from bmis.posts.errors import UnknownAreaError, UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from poe_health.followup.settings import known, monitoring_rule
from poe_health.followup.steps import (
    Ended,
    HandoverAcknowledged,
    HandoverDeclined,
    HandoverSent,
    Replanned,
    Step,
    Told,
    Visited,
)
from poe_health.followup.visit import check_visit
from poe_health.referrals.errors import ReferralCodeError, ReferralFieldError, ReferralReasonError
from poe_health.referrals.settings import known as known_of_referrals

OLDEST_EXPOSURE = timedelta(days=90)


def check_step(step: Step) -> None:
    """Return only if the step says all it must.

    Raises:
        ReferralFieldError, ReferralCodeError, ReferralReasonError, VisitAnswerError: what is wrong with it.
    """
    if isinstance(step, Visited):
        check_visit(step)
        _check_country(step.moved_to)
    elif isinstance(step, Told):
        known("finding", step.finding)
        _means(step.means)
        _said(person=step.person, decided=step.decided)
    elif isinstance(step, HandoverSent):
        _check_handover(step)
    elif isinstance(step, HandoverAcknowledged | HandoverDeclined):
        _means(step.means)
        _said(person=step.person)
        if isinstance(step, HandoverDeclined):
            _said(reason=step.reason)
    elif isinstance(step, Replanned):
        known("reckoned_from", step.reckoned_from)
        check_day0(step)
        _reason(step.reason, step)
    elif isinstance(step, Ended):
        known("ending", step.ending)
        if step.ending != "DONE":
            _reason(step.reason, step)


def check_day0(step: Replanned) -> None:
    """Refuse a day 0 after today, or one that nobody monitors any more.

    Raises:
        ReferralFieldError: likewise.
    """
    today = local(step.at).date()
    if not today - OLDEST_EXPOSURE <= step.day0 <= today:
        raise ReferralFieldError("day0")


def _check_handover(step: HandoverSent) -> None:
    known("receiver", step.receiver)
    _means(step.means)
    _said(authority=step.authority, contact=step.contact, place=step.place, reason=step.reason)
    try:
        if step.receiver == "COUNTRY":
            _check_country(step.place)
        elif step.receiver == "POST":
            point_of_entry(step.place)
        else:
            admin_area(step.place)
    except (UnknownPostError, UnknownAreaError) as error:
        raise ReferralCodeError("place", step.place) from error


def _check_country(code: str) -> None:
    if code and (len(code) != 3 or state(code) is None):
        raise ReferralCodeError("place", code)


def _means(code: str) -> None:
    known_of_referrals("means", code)


def _said(**texts: str) -> None:
    for name, text in texts.items():
        if not text.strip():
            raise ReferralFieldError(name)


def _reason(text: str, step: Step) -> None:
    least = monitoring_rule(local(step.at).date()).reason_characters
    if len(text.strip()) < least:
        raise ReferralReasonError(least)
