"""A check of a certificate as it is kept: codes and versions in the facts, whatever the certificate says apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from poe_health.certificates.certificate import HealthCertificate
from poe_health.certificates.check import CheckForm
from poe_health.certificates.proof_status import CertificateStatus
from poe_health.keeping.event import KeptEvent
from poe_health.rules.answer import Answer

_UNKNOWN = CertificateStatus.UNKNOWN.value


@dataclass(frozen=True, slots=True)
class ListUsed:
    """Which text of a list decided."""

    file: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckKept(KeptEvent):
    """What the check came to. Codes only: no name, no date of a dose, no journey, no item of the certificate.

    ``shown``: PAPER_ICVP, EXEMPTION_LETTER, ARMED_FORCES, NONE, the format of a digital one, or None: nothing yet.
    ``seal``: the answer on the signature; ``trust_as_of`` and ``trust_age_days`` of the list behind it; all None for
    paper. ``compared``: the holder was held against the traveller; ``same``: what came of it. ``again``: the first
    check of the same person on that day, so that nobody is counted twice.
    """

    request_id: UUID
    day: date
    shown: str | None
    result: str
    required: Answer
    certificate: str
    good: bool
    reasons: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    seal: str | None = None
    trust_as_of: datetime | None = None
    trust_age_days: int | None = None
    trust_stale: bool | None = None
    compared: bool = False
    same: Answer | None = None
    lists: tuple[ListUsed, ...] = ()
    screening_id: UUID | None = None
    again: UUID | None = None
    post_code: str = ""
    training: bool = False

    @property
    def counted_as(self) -> str | None:
        """Return the state of the yellow-fever certificate in the counts; None: no such certificate was looked at.

        UNKNOWN: it was looked at, and nobody could say. Unknown is not "not valid".
        """
        if self.shown is None or (
            self.result == _UNKNOWN and self.required is Answer.UNKNOWN and self.seal is not None
        ):
            return None  # a code of whatever vaccination, without a question about the journey
        return self.result


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckErased(KeptEvent):
    """Parts of a check were taken away; ``rule`` is that of retention."""

    rule: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckClinical:
    """What the certificate and the traveller said, and the whole answer: the part that clinicians read.

    ``answer``: as resources/schemas/certificate-verify.json, without the holder. A code is kept as what was read of it,
    never as the code itself: nobody can show it again.
    """

    form: CheckForm
    certificate: HealthCertificate | None
    answer: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CheckHolder:
    """Whom the certificate names, and the traveller that it was compared with."""

    holder: str | None = None
    holder_birth_date: str | None = None
    surname: str | None = None
    given_names: str | None = None
    birth_date: str | None = None


@dataclass(frozen=True, slots=True)
class CheckView:
    """A check as it stands; ``erased``: the parts that were taken away."""

    check: CheckKept
    erased: frozenset[str] = frozenset()
