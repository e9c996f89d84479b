"""One check of a certificate: read, verify, compare with the traveller, hold against the yellow-fever rule."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from poe_health.certificates.certificate import HealthCertificate
from poe_health.certificates.claims import read_certificate
from poe_health.certificates.hc1 import read_hc1
from poe_health.certificates.holder import HolderMatch, TravellerName, compare_holder
from poe_health.certificates.proof import Proof, digital_proof
from poe_health.certificates.proof_status import CertificateStatus
from poe_health.certificates.rule_data import YellowFeverLists, trust_policy, yellow_fever_lists
from poe_health.certificates.trust_list import TrustList
from poe_health.certificates.verify import SealAnswer, Verification, verify
from poe_health.certificates.yellow_fever import Assessment, YellowFeverTraveller, assess_yellow_fever
from poe_health.rules.answer import Answer

HOME = "MOZ"
_NOBODY = TravellerName(None, None, None)


@dataclass(frozen=True, slots=True)
class CheckForm:
    """What is to be checked: the text of a code, or a proof on paper; ``arriving_in`` by ISO 3166-1 alpha-3."""

    untrusted_text: str | None = None
    paper: Proof | None = None
    name: TravellerName | None = None  # None: the travel document is not at hand
    traveller: YellowFeverTraveller = field(default_factory=YellowFeverTraveller)
    arriving_in: str = HOME


@dataclass(frozen=True, slots=True)
class CertificateCheck:
    """The whole answer. The first three are None for a proof on paper."""

    certificate: HealthCertificate | None
    verification: Verification | None
    match: HolderMatch | None
    assessment: Assessment
    lists: YellowFeverLists
    journey_asked: bool

    @property
    def good(self) -> bool:
        """Return whether nothing speaks against it: the seal, the holder and, with a journey, the yellow-fever rule."""
        if self.verification is not None and self.verification.answer is not SealAnswer.VALID:
            return False
        if self.match is not None and self.match.same is Answer.NO:
            return False
        enough = {CertificateStatus.VALID, CertificateStatus.EXEMPT, CertificateStatus.NOT_REQUIRED}
        asked = self.journey_asked or self.certificate is None
        return self.assessment.result in enough if asked else True


def check_certificate(form: CheckForm, trust: TrustList | None, now: datetime, today: date) -> CertificateCheck:
    """Return the check.

    Raises:
        OfficerError of ``read_hc1`` and ``read_certificate`` for a text that is no certificate; FutureDateError and
        PeriodOrderError for a journey that cannot be; HealthListError for a list of ours that is damaged.
    """
    lists = yellow_fever_lists(form.arriving_in)
    certificate, verification, match, proof = None, None, None, form.paper
    if form.untrusted_text is not None:
        message = read_hc1(form.untrusted_text)
        certificate = read_certificate(message.payload)
        verification = verify(message, certificate, trust, now, trust_policy())
        compared = compare_holder(certificate.holder, form.name or _NOBODY)
        match = compared if form.name is not None else None
        proof = digital_proof(certificate, verification, compared, lists.rule, lists.vaccines)
    assessment = assess_yellow_fever(form.traveller, proof, lists, today)
    return CertificateCheck(certificate, verification, match, assessment, lists, form.traveller.legs is not None)


def check_json(check: CertificateCheck) -> dict[str, Any]:
    """Return what anybody may see: of the certificate its format, the holder's name and birth date, and the answers.

    Vaccines, batches, dates of doses, tests and recoveries stay with the health staff who signed in.
    """
    certificate, verification, match = check.certificate, check.verification, check.match
    fields: dict[str, str | None] = {"name": None, "birth_date": None}
    if certificate is not None:
        born = certificate.holder.birth_date
        fields = {"name": certificate.holder.name, "birth_date": str(born) if born else None}
    return {
        "answer": verification.answer.value if verification else None,
        "reasons": [reason.value for reason in verification.reasons] if verification else [],
        "format": certificate.format.value if certificate else None,
        "fields": fields,
        "trust": _trust_json(verification),
        "holder": {part: getattr(match, part).value for part in ("name", "birth_date", "same")} if match else None,
        "yellow_fever": _assessment_json(check.assessment, check.lists),
    }


def _trust_json(verification: Verification | None) -> dict[str, Any] | None:
    state = verification.trust if verification else None
    if state is None:
        return None
    return {
        "as_of": state.as_of.isoformat() if state.as_of else None,
        "age_days": state.age_days,
        "stale": state.stale,
        "stale_after_days": state.stale_after_days,
        "keys": state.keys,
        "source": state.source,
    }


def _assessment_json(found: Assessment, lists: YellowFeverLists) -> dict[str, Any]:
    return {
        "result": found.result.value,
        "required": found.required.value,
        "listed": found.listed.value,
        "certificate": found.certificate.value,
        "reasons": [{"code": reason.code.value, "item": reason.item} for reason in found.reasons],
        "measures": [measure.value for measure in found.measures],
        "quarantine_until": found.quarantine_until.isoformat() if found.quarantine_until else None,
        "additional_measure": found.additional,
        "minimum_age_months": found.minimum_age_months,
        "lists": [
            {
                "file": each.file,
                "version": each.version,
                "valid_from": each.valid_from.isoformat(),
                "sha256": each.sha256,
            }
            for each in lists.versions()
        ],
    }
