"""Is what the traveller shows a certificate in force? Annex 6 for its form, Annex 7, 2(a) for its days."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bmis.documents.dates import PartialDate
from poe_health.certificates.proof import Proof, ProofDose, ProofKind
from poe_health.certificates.rule_data import YellowFeverRule
from poe_health.certificates.verify import SealAnswer
from poe_health.rules.answer import Answer


class CertificateStatus(StrEnum):
    """The results of a check; UNKNOWN: what is missing stands in the reasons."""

    VALID = "VALID"
    NOT_YET_VALID = "NOT_YET_VALID"
    INVALID = "INVALID"
    EXEMPT = "EXEMPT"
    ABSENT = "ABSENT"
    NOT_REQUIRED = "NOT_REQUIRED"
    UNKNOWN = "UNKNOWN"


class ProofReason(StrEnum):
    """Why a check came out as it did."""

    BELOW_AGE = "BELOW_AGE"
    AGE_UNSURE = "AGE_UNSURE"
    JOURNEY_NOT_ASKED = "JOURNEY_NOT_ASKED"
    JOURNEY_INCOMPLETE = "JOURNEY_INCOMPLETE"
    FROM_RISK_COUNTRY = "FROM_RISK_COUNTRY"
    NOT_FROM_RISK_COUNTRY = "NOT_FROM_RISK_COUNTRY"
    SOURCES_DISAGREE = "SOURCES_DISAGREE"
    TRANSIT_UNSURE = "TRANSIT_UNSURE"
    ADDITIONAL_MEASURE = "ADDITIONAL_MEASURE"
    REQUIREMENT_LIST_MISSING = "REQUIREMENT_LIST_MISSING"
    RISK_LIST_MISSING = "RISK_LIST_MISSING"
    LIST_STALE = "LIST_STALE"
    LIST_NOT_IN_FORCE = "LIST_NOT_IN_FORCE"
    VECTOR_UNKNOWN = "VECTOR_UNKNOWN"
    NOT_ASKED = "NOT_ASKED"
    NONE_SHOWN = "NONE_SHOWN"
    NO_YELLOW_FEVER_DOSE = "NO_YELLOW_FEVER_DOSE"
    DISEASE_NOT_SAID = "DISEASE_NOT_SAID"
    VACCINE_NOT_APPROVED = "VACCINE_NOT_APPROVED"
    VACCINE_NOT_ON_LIST = "VACCINE_NOT_ON_LIST"
    ITEM_MISSING = "ITEM_MISSING"
    ITEM_NOT_ANSWERED = "ITEM_NOT_ANSWERED"
    ALTERED = "ALTERED"
    SEAL = "SEAL"
    DOSE_IN_FUTURE = "DOSE_IN_FUTURE"
    DOSE_BEFORE_BIRTH = "DOSE_BEFORE_BIRTH"
    DOSE_DATE_INCOMPLETE = "DOSE_DATE_INCOMPLETE"
    BEFORE_DAY_10 = "BEFORE_DAY_10"
    VALID_FOR_LIFE = "VALID_FOR_LIFE"
    PRINTED_END_IGNORED = "PRINTED_END_IGNORED"
    LETTER_ACCEPTED = "LETTER_ACCEPTED"


@dataclass(frozen=True, slots=True)
class Reason:
    """A reason; ``item`` is the code it is about: an item of the form, a country, a seal's answer, a list's file."""

    code: ProofReason
    item: str | None = None


@dataclass(frozen=True, slots=True)
class Status:
    """What the proof is on its own. ``valid_on``: its first valid day, where it is known."""

    status: CertificateStatus
    reasons: tuple[Reason, ...]
    valid_on: date | None = None


_BEST_FIRST = (
    CertificateStatus.VALID,
    CertificateStatus.NOT_YET_VALID,
    CertificateStatus.UNKNOWN,
    CertificateStatus.INVALID,
)
# what a seal's answer leaves open, and what it settles; a technical end of the code is not the end of the vaccination
_SEAL_OPEN = {
    SealAnswer.SIGNER_UNKNOWN,
    SealAnswer.SIGNER_EXPIRED,
    SealAnswer.EXPIRED,
    SealAnswer.TRUST_STALE,
    SealAnswer.NOT_YET_VALID,
}


def proof_status(proof: Proof | None, born: PartialDate | None, rule: YellowFeverRule, today: date) -> Status:
    """Return what the proof is; ``proof`` None: nobody has asked for it yet."""
    if proof is None:
        return Status(CertificateStatus.UNKNOWN, (Reason(ProofReason.NOT_ASKED),))
    if proof.kind is ProofKind.NONE:
        return Status(CertificateStatus.ABSENT, (Reason(ProofReason.NONE_SHOWN),))
    form, reasons = _form(proof, rule)
    if proof.kind is ProofKind.EXEMPTION_LETTER:
        if form is Answer.YES:
            return Status(CertificateStatus.EXEMPT, (Reason(ProofReason.LETTER_ACCEPTED),))
        return Status(_of_form(form), reasons)
    about = [dose for dose in proof.doses if dose.yellow_fever is not Answer.NO]
    if not about:
        if proof.kind is ProofKind.DIGITAL_HC1:
            return Status(CertificateStatus.ABSENT, (Reason(ProofReason.NO_YELLOW_FEVER_DOSE),))
        about = [ProofDose(None, Answer.YES)]  # a card without a line for the disease
    best = min((_dose(dose, born, rule, today) for dose in about), key=lambda one: _BEST_FIRST.index(one.status))
    if form is Answer.YES or (form is Answer.UNKNOWN and best.status is CertificateStatus.INVALID):
        return Status(best.status, (*reasons, *best.reasons), best.valid_on)
    return Status(_of_form(form), (*reasons, *best.reasons), None)


def _of_form(form: Answer) -> CertificateStatus:
    return CertificateStatus.INVALID if form is Answer.NO else CertificateStatus.UNKNOWN


def _form(proof: Proof, rule: YellowFeverRule) -> tuple[Answer, tuple[Reason, ...]]:
    """Return whether it has what Annex 6 asks: no for an item that is missing, unknown for one not looked at."""
    answers = {item: proof.items.get(item, Answer.UNKNOWN) for item in rule.items[proof.kind.value]}
    missing = [Reason(ProofReason.ITEM_MISSING, item) for item, answer in answers.items() if answer is Answer.NO]
    open_items = [
        Reason(ProofReason.ITEM_NOT_ANSWERED, item) for item, answer in answers.items() if answer is Answer.UNKNOWN
    ]
    seal = proof.seal
    if seal is not None and seal is not SealAnswer.VALID:
        (open_items if seal in _SEAL_OPEN else missing).append(Reason(ProofReason.SEAL, seal.value))
    if proof.unaltered is not Answer.YES:  # an amendment may make it invalid (Annex 6, 5): a person decides
        open_items.append(Reason(ProofReason.ALTERED))
    if missing:
        return Answer.NO, (*missing, *open_items)
    return (Answer.UNKNOWN if open_items else Answer.YES), tuple(open_items)


def _dose(dose: ProofDose, born: PartialDate | None, rule: YellowFeverRule, today: date) -> Status:
    wrong, unsure = [], []
    if dose.yellow_fever is Answer.UNKNOWN:
        unsure.append(ProofReason.DISEASE_NOT_SAID)
    if dose.approved is Answer.NO:
        wrong.append(ProofReason.VACCINE_NOT_APPROVED)
    elif dose.approved is Answer.UNKNOWN:
        unsure.append(ProofReason.VACCINE_NOT_ON_LIST)
    given = dose.given_on
    if given is None:
        unsure.append(ProofReason.DOSE_DATE_INCOMPLETE)
    else:
        if given.earliest() > today:
            wrong.append(ProofReason.DOSE_IN_FUTURE)
        if born is not None and given.latest() < born.earliest():
            wrong.append(ProofReason.DOSE_BEFORE_BIRTH)
    if wrong:
        return Status(CertificateStatus.INVALID, _reasons([*wrong, *unsure]))
    if unsure or given is None:
        return Status(CertificateStatus.UNKNOWN, _reasons(unsure))
    wait = timedelta(days=rule.valid_from_day)
    valid_on = given.latest() + wait if given.as_date() else None
    if given.earliest() + wait > today:
        return Status(CertificateStatus.NOT_YET_VALID, _reasons([ProofReason.BEFORE_DAY_10]), valid_on)
    if given.latest() + wait > today:
        return Status(CertificateStatus.UNKNOWN, _reasons([ProofReason.DOSE_DATE_INCOMPLETE]))
    ended = [ProofReason.PRINTED_END_IGNORED] if dose.printed_end else []
    return Status(CertificateStatus.VALID, _reasons([ProofReason.VALID_FOR_LIFE, *ended]), valid_on)


def _reasons(codes: Iterable[ProofReason]) -> tuple[Reason, ...]:
    return tuple(Reason(code) for code in codes)
