"""Does this traveller need a certificate against yellow fever, and is what is shown one? (IHR Annexes 6 and 7)

Three-valued throughout: a list that is missing or too old, a journey with gaps or a child of unknown age is unknown.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bmis.documents.dates import PartialDate
from poe_health.certificates.proof import Proof
from poe_health.certificates.proof_status import CertificateStatus, ProofReason, Reason, Status, proof_status
from poe_health.certificates.rule_data import Requirement, YellowFeverLists
from poe_health.rules.answer import Answer, both
from poe_health.screening.journey import AffectedArea, Stay, touched, whole_journey

_RISK, _ELSEWHERE = "risk", "elsewhere"
_AREA = (AffectedArea("YELLOW_FEVER", _RISK),)


class Measure(StrEnum):
    """What the health officer may do; the codes of the certificate check form. A proposal, never an order."""

    OFFER_VACCINE = "OFFER_VACCINE"  # with consent; it does not make the certificate valid that day
    REPORT_FEVER = "REPORT_FEVER"
    OBSERVE_6_DAYS = "OBSERVE_6_DAYS"
    QUARANTINE_MAX_6_DAYS = "QUARANTINE_MAX_6_DAYS"


@dataclass(frozen=True, slots=True)
class Leg:
    """A stay in a country (ISO 3166-1 alpha-3), first and last day. ``transit``: it was one; ``hours`` of it."""

    country: str
    since: date | None = None
    until: date | None = None
    transit: bool = False
    hours: float | None = None


@dataclass(frozen=True, slots=True)
class YellowFeverTraveller:
    """Age by birth date or completed years; ``legs`` None: nobody asked about the journey."""

    birth_date: PartialDate | None = None
    age_years: int | None = None
    legs: tuple[Leg, ...] | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """The result, and what it rests on. ``listed``: what the lists say even where they are too old to decide."""

    result: CertificateStatus
    required: Answer
    listed: Answer
    certificate: CertificateStatus
    reasons: tuple[Reason, ...]
    measures: tuple[Measure, ...]
    valid_on: date | None  # the first day on which the certificate counts, where it is known
    quarantine_until: date | None  # the last day on which quarantine may last
    additional: bool  # wider than WHO's list: an additional measure (IHR art. 43)
    minimum_age_months: int | None


def assess_yellow_fever(
    traveller: YellowFeverTraveller, proof: Proof | None, lists: YellowFeverLists, today: date
) -> Assessment:
    """Return the assessment on arrival. ``proof`` None: nobody has asked for it yet.

    Raises:
        FutureDateError: a leg after today. PeriodOrderError: a leg that ends before it begins.
    """
    status = proof_status(proof, traveller.birth_date, lists.rule, today)
    listed, additional, last_day, reasons = _listed(traveller, lists, today)
    asked, fresh = lists.requirement, _not_fresh(lists, today)
    required = listed if not fresh else Answer.UNKNOWN
    result = _result(required, status.status)
    until = None
    measures: tuple[Measure, ...] = ()
    if required is Answer.YES and asked is not None and not additional:
        until = _last_day_of_quarantine(status, last_day or today, lists.rule.quarantine_days, today)
        measures = _measures(result, asked.vector_present, until)
        if asked.vector_present is Answer.UNKNOWN:
            reasons = (*reasons, Reason(ProofReason.VECTOR_UNKNOWN))
    said = (*fresh, *reasons, *status.reasons, *_unreviewed_vaccines(lists, proof, today))
    return Assessment(
        result,
        required,
        listed,
        status.status,
        tuple(dict.fromkeys(said)),
        measures,
        status.valid_on,
        until if Measure.QUARANTINE_MAX_6_DAYS in measures else None,
        additional,
        asked.minimum_age_months if asked else None,
    )


def _result(required: Answer, shown: CertificateStatus) -> CertificateStatus:
    if required is Answer.NO:
        return CertificateStatus.NOT_REQUIRED
    if required is Answer.YES or shown is CertificateStatus.VALID:
        return shown  # a valid one is enough, whether it was needed or not
    return CertificateStatus.UNKNOWN


def _not_fresh(lists: YellowFeverLists, today: date) -> tuple[Reason, ...]:
    """Return what is wrong with the lists themselves: nothing when they may decide."""
    if lists.requirement is None:
        return (Reason(ProofReason.REQUIREMENT_LIST_MISSING),)
    if lists.risk is None:
        return (Reason(ProofReason.RISK_LIST_MISSING),)
    found = []
    for each in (lists.requirement, lists.risk):
        if today > each.review_by:
            found.append(Reason(ProofReason.LIST_STALE, each.version.file))
        if today < each.version.valid_from:
            found.append(Reason(ProofReason.LIST_NOT_IN_FORCE, each.version.file))
    return tuple(found)


def _unreviewed_vaccines(lists: YellowFeverLists, proof: Proof | None, today: date) -> tuple[Reason, ...]:
    """Return that the vaccine list is past its review: a product on it still counts, and off it none was ever "no"."""
    vaccines = lists.vaccines
    if proof is None or today <= vaccines.review_by:
        return ()
    return (Reason(ProofReason.LIST_STALE, vaccines.version.file),)


def _listed(
    traveller: YellowFeverTraveller, lists: YellowFeverLists, today: date
) -> tuple[Answer, bool, date | None, tuple[Reason, ...]]:
    """Return whether the lists ask it of this traveller, only beyond WHO's list, the last day at risk, and why."""
    asked, risk = lists.requirement, lists.risk
    if asked is None or risk is None:
        return Answer.UNKNOWN, False, None, ()
    old_enough = _old_enough(traveller, asked, today)
    if old_enough is Answer.NO:
        return Answer.NO, False, None, (Reason(ProofReason.BELOW_AGE),)
    reasons = [] if old_enough is Answer.YES else [Reason(ProofReason.AGE_UNSURE)]
    if traveller.legs is None:
        return Answer.UNKNOWN, False, None, (*reasons, Reason(ProofReason.JOURNEY_NOT_ASKED))
    stays = whole_journey([Stay(leg.country, None, leg.since, leg.until) for leg in traveller.legs], today)
    counts = [_counts(leg, asked, risk.countries) for leg in traveller.legs]
    sure = _touched(stays, [each is Answer.YES for each in counts], asked, today)
    possible = _touched(stays, [each is not Answer.NO for each in counts], asked, today)
    came = sure if sure is Answer.YES else possible if possible is Answer.NO else Answer.UNKNOWN
    hits = [
        (leg, stay)
        for leg, stay, each in zip(traveller.legs, stays, counts, strict=True)
        if each is Answer.YES and _touched([stay], [True], asked, today) is Answer.YES
    ]
    reasons += _journey_reasons(came, traveller.legs, counts, [leg for leg, _ in hits], asked)
    additional = bool(hits) and not any(leg.country in risk.countries for leg, _ in hits)
    if additional:
        reasons.append(Reason(ProofReason.ADDITIONAL_MEASURE))
    last = max((stay.until or stay.since or today for _, stay in hits), default=None)
    return both((old_enough, came)), additional, last, tuple(reasons)


def _touched(stays: "list[Stay] | tuple[Stay, ...]", risky: list[bool], asked: Requirement, today: date) -> Answer:
    places = [
        Stay(_RISK if each else _ELSEWHERE, None, stay.since, stay.until)
        for stay, each in zip(stays, risky, strict=True)
    ]
    return touched(places, _AREA, today, asked.lookback_days)


def _counts(leg: Leg, asked: Requirement, risk: frozenset[str]) -> Answer:
    """Return whether the leg counts: a listed country, and long enough there if it was a transit."""
    if leg.country in asked.disputed and leg.country not in risk:
        on_list = Answer.UNKNOWN
    else:
        on_list = Answer.YES if leg.country in risk | asked.also else Answer.NO
    if not leg.transit or (leg.hours is not None and leg.hours > asked.transit_hours):
        return on_list
    if leg.hours is None and asked.shorter_transit is not Answer.YES:
        return both((on_list, Answer.UNKNOWN))
    return both((on_list, asked.shorter_transit))


def _journey_reasons(
    came: Answer, legs: tuple[Leg, ...], counts: list[Answer], hits: list[Leg], asked: Requirement
) -> list[Reason]:
    if came is Answer.YES:
        return [Reason(ProofReason.FROM_RISK_COUNTRY, leg.country) for leg in hits]
    if came is Answer.NO:
        return [Reason(ProofReason.NOT_FROM_RISK_COUNTRY)]
    found = []
    for leg, each in zip(legs, counts, strict=True):
        if each is Answer.UNKNOWN:
            disputed = leg.country in asked.disputed
            why = ProofReason.SOURCES_DISAGREE if disputed else ProofReason.TRANSIT_UNSURE
            found.append(Reason(why, leg.country))
    return found or [Reason(ProofReason.JOURNEY_INCOMPLETE)]


def _old_enough(traveller: YellowFeverTraveller, asked: Requirement, today: date) -> Answer:
    youngest, oldest = _age_months(traveller, today)
    if youngest is None or oldest is None:
        return Answer.UNKNOWN
    if youngest >= asked.minimum_age_months:
        return Answer.YES
    return Answer.NO if oldest < min(asked.age_unsure_from_months, asked.minimum_age_months) else Answer.UNKNOWN


def _age_months(traveller: YellowFeverTraveller, today: date) -> tuple[int | None, int | None]:
    """Return the fewest and the most completed months that the traveller can have lived."""
    born = traveller.birth_date
    if born is not None:
        return _months(min(born.latest(), today), today), _months(min(born.earliest(), today), today)
    if traveller.age_years is not None:
        return traveller.age_years * 12, traveller.age_years * 12 + 11
    return None, None


def _months(since: date, until: date) -> int:
    return (until.year - since.year) * 12 + until.month - since.month - (until.day < since.day)


def _last_day_of_quarantine(status: Status, exposed_on: date, days: int, today: date) -> date | None:
    """Return the last day: that before the certificate is valid, or six days after the last possible exposure."""
    ends = exposed_on + timedelta(days=days)
    if status.status is CertificateStatus.NOT_YET_VALID and status.valid_on is not None:
        ends = min(ends, status.valid_on - timedelta(days=1))  # on day 10 itself it is valid
    return ends if ends >= today else None


def _measures(result: CertificateStatus, vector: Answer, until: date | None) -> tuple[Measure, ...]:
    kept = (Measure.OBSERVE_6_DAYS, Measure.QUARANTINE_MAX_6_DAYS) if vector is Answer.YES and until else ()
    if result in {CertificateStatus.ABSENT, CertificateStatus.INVALID}:
        return (Measure.OFFER_VACCINE, *kept)
    if result is CertificateStatus.EXEMPT:
        return (Measure.REPORT_FEVER, *kept)
    return kept if result is CertificateStatus.NOT_YET_VALID else ()
