"""What a visit says: only what was asked and measured makes a person well; what is missing is unclear."""

from enum import StrEnum

from poe_health.codes import symptoms
from poe_health.followup.errors import VisitAnswerError
from poe_health.followup.settings import fever_from_c, known, needs_temperature
from poe_health.followup.steps import CONTACT, MOVED, SEEN, Visited
from poe_health.referrals.errors import ReferralCodeError, ReferralFieldError
from poe_health.referrals.settings import vital_limits
from poe_health.rules.answer import Answer


class DayStatus(StrEnum):
    """A day of monitoring. The first six come from visits, the strongest first; the others from the calendar."""

    ILL = "ILL"
    WELL = "WELL"
    UNCLEAR = "UNCLEAR"  # seen, but not everything was answered or measured
    REFUSED = "REFUSED"
    MOVED = "MOVED"
    NOT_REACHED = "NOT_REACHED"
    MISSED = "MISSED"  # nobody tried
    DUE = "DUE"
    PLANNED = "PLANNED"
    BEFORE = "BEFORE"  # before it began here
    AFTER = "AFTER"  # after it ended or was handed over


FROM_VISITS = (
    DayStatus.ILL,
    DayStatus.WELL,
    DayStatus.UNCLEAR,
    DayStatus.REFUSED,
    DayStatus.MOVED,
    DayStatus.NOT_REACHED,
)


def status_of(visit: Visited, disease: str) -> DayStatus:
    """Return what the visit says of the person monitored for the disease: as it was judged when it was recorded."""
    if visit.found:
        return DayStatus(visit.found)
    if visit.contact != SEEN:
        return DayStatus(visit.contact)
    temps = [one for one in (visit.temp_am, visit.temp_pm) if one is not None]
    if Answer.YES in visit.symptoms.values() or any(one >= fever_from_c(disease) for one in temps):
        return DayStatus.ILL
    if not visit.asked_none or Answer.UNKNOWN in visit.symptoms.values():
        return DayStatus.UNCLEAR
    return DayStatus.WELL if temps or not needs_temperature(disease) else DayStatus.UNCLEAR


def check_visit(visit: Visited) -> None:
    """Return only if the visit can be.

    Raises:
        ReferralCodeError, ReferralFieldError: a code or a temperature that cannot be.
        VisitAnswerError: answers of somebody who was not seen, or "none" beside a symptom.
    """
    known("method", visit.method)
    if visit.contact not in CONTACT:
        raise ReferralCodeError("contact", visit.contact)
    for code in visit.symptoms:
        if code not in symptoms():
            raise ReferralCodeError("symptoms", code)
    low, high = vital_limits()["temp_c"]
    for name in ("temp_am", "temp_pm"):
        value = getattr(visit, name)
        if value is not None and not low <= value <= high:
            raise ReferralFieldError(name)
    answered = bool(visit.symptoms) or visit.asked_none or visit.temp_am is not None or visit.temp_pm is not None
    if answered and visit.contact != SEEN:
        raise VisitAnswerError
    if visit.asked_none and Answer.YES in visit.symptoms.values():
        raise VisitAnswerError
    if visit.moved_to and visit.contact != MOVED:
        raise VisitAnswerError
