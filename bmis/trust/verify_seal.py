"""Is a seal genuine, and does it count today? Without a network, against what the desk trusts."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bmis.documents.seals.errors import SealFormError
from bmis.documents.seals.pass_seal import STATES as OUR_STATES
from bmis.documents.seals.reading import HealthText, ReadSeal, SealedPass, SealFormat, format_of, read_seal
from bmis.documents.seals.vds import Vds
from bmis.documents.seals.vds_nc import VdsNc
from bmis.documents.states import states
from bmis.kernel.clock import local
from bmis.trust.certificates import SignerCertificate, load_signer
from bmis.trust.ecdsa import has_low_s, is_signed
from bmis.trust.errors import CertificateRefusedError
from bmis.trust.trust_set import TrustSet

_CURVE_OF = {"ES256": "secp256r1", "ES384": "secp384r1", "ES512": "secp521r1"}  # RFC 7518, 3.4


class SealAnswer(StrEnum):
    """The answers in the order in which they are looked for: the first that holds is given."""

    NOT_A_SEAL = "not_a_seal"
    SIGNER_UNKNOWN = "signer_unknown"
    SIGNATURE_INVALID = "signature_invalid"
    SIGNER_REVOKED = "signer_revoked"
    SIGNER_EXPIRED = "signer_expired"
    SEAL_REVOKED = "seal_revoked"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    TRUST_STALE = "trust_stale"
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class SealVerification:
    """The answer. ``read`` is what stands in the seal: proved only where the answer comes after signature_invalid."""

    answer: SealAnswer
    read: ReadSeal | None = None
    signer: SignerCertificate | None = None
    reason: str | None = None  # of not_a_seal: where reading stopped

    @property
    def format(self) -> SealFormat | None:
        """Return what it is written in."""
        return format_of(self.read) if self.read is not None else None


def verify_seal(untrusted: str | bytes, trust: TrustSet, at: datetime) -> SealVerification:
    """Return the first answer that holds for the text or the bytes.

    A health certificate is told apart and answered signer_unknown: only port health's list has its signers.
    """
    try:
        read = read_seal(untrusted)
    except SealFormError as error:
        return SealVerification(SealAnswer.NOT_A_SEAL, reason=error.reason)
    return verify_read(read, trust, at)


def verify_read(read: ReadSeal, trust: TrustSet, at: datetime) -> SealVerification:
    """Return the first answer that holds for a seal that was read. Days are those of the posts."""
    today = local(at).date()
    match read:
        case SealedPass():
            signer, answer = _signer_of(read.vds, trust, at, is_pass=True)
            answer = answer or _of_pass(read, trust, today)
        case Vds():
            signer, answer = _signer_of(read, trust, at, is_pass=False)
            if answer is None and today < read.header.signed_on:
                answer = SealAnswer.NOT_YET_VALID
        case VdsNc():
            signer, answer = _signer_inside(read, trust, at)
        case HealthText():
            signer, answer = None, SealAnswer.SIGNER_UNKNOWN
    if answer is None:
        answer = SealAnswer.TRUST_STALE if trust.is_stale(at) else SealAnswer.VALID
    return SealVerification(answer, read, signer)


def _of_pass(read: SealedPass, trust: TrustSet, today: date) -> SealAnswer | None:
    seal = read.seal
    if trust.is_listed(seal.serial):
        return SealAnswer.SEAL_REVOKED
    if today < max(seal.valid_from, read.vds.header.signed_on):
        return SealAnswer.NOT_YET_VALID
    return SealAnswer.EXPIRED if today > seal.valid_to else None


def _signer_of(
    vds: Vds, trust: TrustSet, at: datetime, *, is_pass: bool
) -> tuple[SignerCertificate | None, SealAnswer | None]:
    candidates = trust.signers_of(vds.header.signer, vds.header.certificate)
    if is_pass:  # another State's authority certifies no passes of ours
        candidates = tuple(one for one in candidates if one.is_ours)
    if not candidates or not _speaks_for(vds.header.signer, vds.header.issuing_state):
        return None, SealAnswer.SIGNER_UNKNOWN
    signer = next((one for one in candidates if is_signed(vds.signed, vds.signature, one.public)), None)
    if signer is None or (is_pass and not has_low_s(vds.signature)):
        return None, SealAnswer.SIGNATURE_INVALID
    return signer, _of_signer(signer, vds.header.signed_on, at)


def _of_signer(signer: SignerCertificate, signed_on: date, at: datetime) -> SealAnswer | None:
    if signer.is_revoked:
        return SealAnswer.SIGNER_REVOKED
    # A seal of a key's own days stays good when the key no longer signs: the pass outlives it.
    if not signer.signs_from <= signed_on <= signer.signs_until or at > signer.good_until:
        return SealAnswer.SIGNER_EXPIRED
    return None


def _signer_inside(read: VdsNc, trust: TrustSet, at: datetime) -> tuple[SignerCertificate | None, SealAnswer | None]:
    """A VDS-NC brings its signer along; it counts only under a root that we were given, and for its own State."""
    try:
        signer = load_signer(read.certificate, trust.roots)
    except CertificateRefusedError:
        return None, SealAnswer.SIGNER_UNKNOWN
    if not _speaks_for(signer.signer, read.issuing_state):
        return None, SealAnswer.SIGNER_UNKNOWN
    if signer.public.curve.name != _CURVE_OF[read.algorithm] or not is_signed(
        read.signed, read.signature, signer.public
    ):
        return None, SealAnswer.SIGNATURE_INVALID
    if (signer.root, signer.number) in trust.revoked:
        return signer, SealAnswer.SIGNER_REVOKED
    return signer, SealAnswer.SIGNER_EXPIRED if at > signer.good_until else None


def _speaks_for(signer: str, issuing_state: str) -> bool:
    """Return whether the signer is of the State that the seal names: a State seals its own documents only."""
    state = states().get(issuing_state)
    country = OUR_STATES.get(issuing_state) or (state.iso2 if state else None)
    return country is not None and signer[:2] == country
