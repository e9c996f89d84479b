"""What a traveller shows against yellow fever, in the terms of the rule: paper, code, letter, or nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bmis.documents.dates import PartialDate
from poe_health.certificates.certificate import Dose, HealthCertificate
from poe_health.certificates.holder import HolderMatch
from poe_health.certificates.rule_data import Vaccines, YellowFeverRule
from poe_health.certificates.verify import SealAnswer, Verification
from poe_health.rules.answer import Answer


class ProofKind(StrEnum):
    """The formats of the certificate check form."""

    PAPER_ICVP = "PAPER_ICVP"
    DIGITAL_HC1 = "DIGITAL_HC1"
    EXEMPTION_LETTER = "EXEMPTION_LETTER"
    ARMED_FORCES = "ARMED_FORCES"
    NONE = "NONE"  # asked, and there is none


@dataclass(frozen=True, slots=True)
class ProofDose:
    """One dose on the proof. ``approved``: unknown for a vaccine that is not on the list."""

    given_on: PartialDate | None
    yellow_fever: Answer = Answer.UNKNOWN
    approved: Answer = Answer.UNKNOWN
    printed_end: bool = False  # it names a last day, which is not looked at


@dataclass(frozen=True, slots=True)
class Proof:
    """What is shown. ``items``: what an officer saw on it, by code; an item that is not named was not answered."""

    kind: ProofKind
    doses: tuple[ProofDose, ...] = ()
    items: Mapping[str, Answer] = field(default_factory=dict)
    unaltered: Answer = Answer.YES  # no: erasures or amendments were seen
    seal: SealAnswer | None = None  # of a digital one


def digital_proof(
    certificate: HealthCertificate,
    verification: Verification,
    match: HolderMatch,
    rule: YellowFeverRule,
    vaccines: Vaccines,
) -> Proof:
    """Return the proof that a health certificate is; its items are those of the signed text."""
    doses = tuple(_dose(dose, rule, vaccines) for dose in certificate.doses)
    about = [dose for dose, proof in zip(certificate.doses, doses, strict=True) if proof.yellow_fever is not Answer.NO]
    items = {
        "name": match.same,
        "dose_date": _all_there([dose.given_on for dose in about]),
        "vaccine": _all_there([dose.product or dose.vaccine_type for dose in about]),
    }
    return Proof(ProofKind.DIGITAL_HC1, doses, items, seal=verification.answer)


def paper_dose(given_on: PartialDate | None, untrusted_vaccine: str | None, vaccines: Vaccines) -> ProofDose:
    """Return the dose of a paper certificate on the page for yellow fever; the vaccine by its name or code."""
    return ProofDose(given_on, Answer.YES, _approved(untrusted_vaccine, vaccines))


def _dose(dose: Dose, rule: YellowFeverRule, vaccines: Vaccines) -> ProofDose:
    approved = _approved(dose.product, vaccines)
    if dose.disease is not None:
        about = Answer.YES if dose.disease in rule.disease_codes else Answer.NO
    elif approved is Answer.YES or (dose.product or "").startswith(vaccines.code_prefix):
        about = Answer.YES  # the newer certificates leave the disease to the product
    else:
        about = Answer.UNKNOWN
    return ProofDose(dose.given_on, about, approved, printed_end=dose.valid_until is not None)


def _approved(untrusted_product: str | None, vaccines: Vaccines) -> Answer:
    if untrusted_product is None:
        return Answer.UNKNOWN
    return Answer.YES if vaccines.knows(untrusted_product) else Answer.UNKNOWN


def _all_there(values: list[object | None]) -> Answer:
    if not values:
        return Answer.UNKNOWN
    return Answer.YES if all(value is not None for value in values) else Answer.NO
