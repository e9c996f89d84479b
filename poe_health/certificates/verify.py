"""Is it signed by somebody who may, unchanged, in force, not revoked? Offline, against the cached trust list."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric import ec, padding
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from poe_health.certificates.certificate import HealthCertificate
from poe_health.certificates.hc1 import SignedMessage
from poe_health.certificates.rule_data import TrustPolicy
from poe_health.certificates.trust_list import TrustedKey, TrustList

ES256, PS256 = -7, -37  # IANA COSE algorithms; the specification knows no other
_HALF = 32  # bytes of r and of s on P-256
_MOST_KEYS = 16  # that share one key id


class SealAnswer(StrEnum):
    """The answers in the order in which they are looked for: the first that holds is given."""

    SIGNER_UNKNOWN = "signer_unknown"
    SIGNATURE_INVALID = "signature_invalid"
    SIGNER_REVOKED = "signer_revoked"
    SIGNER_EXPIRED = "signer_expired"
    SEAL_REVOKED = "seal_revoked"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    TRUST_STALE = "trust_stale"
    VALID = "valid"


class SealReason(StrEnum):
    """Why, and what was not looked at."""

    TRUST_LIST_MISSING = "TRUST_LIST_MISSING"
    TRUST_LIST_STALE = "TRUST_LIST_STALE"
    TRUST_LIST_UNDATED = "TRUST_LIST_UNDATED"
    KEY_UNKNOWN = "KEY_UNKNOWN"
    KEY_OF_ANOTHER_DOMAIN = "KEY_OF_ANOTHER_DOMAIN"
    ALGORITHM_NOT_ALLOWED = "ALGORITHM_NOT_ALLOWED"
    SIGNATURE_WRONG = "SIGNATURE_WRONG"
    KEY_REVOKED = "KEY_REVOKED"
    SIGNED_OUTSIDE_KEY_PERIOD = "SIGNED_OUTSIDE_KEY_PERIOD"
    CERTIFICATE_REVOKED = "CERTIFICATE_REVOKED"
    ISSUED_IN_FUTURE = "ISSUED_IN_FUTURE"
    PAST_EXPIRY = "PAST_EXPIRY"
    NO_EXPIRY = "NO_EXPIRY"
    REVOCATION_NOT_CHECKED = "REVOCATION_NOT_CHECKED"


@dataclass(frozen=True, slots=True)
class TrustState:
    """Which list judged. ``stale``: too old to say valid, or of an age nobody knows."""

    as_of: datetime | None
    age_days: int | None
    stale: bool
    stale_after_days: int
    keys: int
    source: str | None


@dataclass(frozen=True, slots=True)
class Verification:
    """The answer with its reasons; ``signer`` is the key that fits, ``trust`` None: there was no list at all."""

    answer: SealAnswer
    reasons: tuple[SealReason, ...]
    signer: TrustedKey | None
    trust: TrustState | None

    @property
    def form_code(self) -> str:
        """Return the code of ``qr_signature`` in the certificate check form."""
        if self.trust is None:
            return "NOT_CHECKED"
        match self.answer:
            case SealAnswer.SIGNER_UNKNOWN:
                return "KEY_NOT_IN_TRUSTLIST"
            case SealAnswer.TRUST_STALE:
                return "TRUSTLIST_TOO_OLD"
            case SealAnswer.VALID:
                return "VALID"
        return "INVALID"


def verify(
    message: SignedMessage,
    certificate: HealthCertificate,
    trust: TrustList | None,
    now: datetime,
    policy: TrustPolicy,
) -> Verification:
    """Return the first answer that holds, the list's age beside it."""
    if trust is None:
        return Verification(SealAnswer.SIGNER_UNKNOWN, (SealReason.TRUST_LIST_MISSING,), None, None)
    age = trust.age_days(now)
    stale = age is None or age > policy.stale_after_days
    state = TrustState(trust.as_of, age, stale, policy.stale_after_days, trust.count, trust.source)
    notes = [SealReason.TRUST_LIST_UNDATED] if age is None else [SealReason.TRUST_LIST_STALE] if stale else []

    candidates = trust.keys.get(message.key_id, ())[:_MOST_KEYS] if message.key_id is not None else ()
    allowed = [key for key in candidates if _may_sign(key, certificate, policy)]
    if not allowed:
        why = SealReason.KEY_OF_ANOTHER_DOMAIN if candidates else SealReason.KEY_UNKNOWN
        return Verification(SealAnswer.SIGNER_UNKNOWN, (why, *notes), None, state)
    if message.algorithm not in {ES256, PS256}:
        wrong = (SealReason.ALGORITHM_NOT_ALLOWED, *notes)
        return Verification(SealAnswer.SIGNATURE_INVALID, wrong, None, state)
    signer = next((key for key in allowed if _signed_by(message, key)), None)
    if signer is None:
        return Verification(SealAnswer.SIGNATURE_INVALID, (SealReason.SIGNATURE_WRONG, *notes), None, state)
    answer, reason = _in_force(message, certificate, trust, signer, now, policy)
    if trust.revocations is None:
        notes.append(SealReason.REVOCATION_NOT_CHECKED)
    if certificate.expires_at is None:
        notes.append(SealReason.NO_EXPIRY)
    if answer is None:
        return Verification(SealAnswer.TRUST_STALE if stale else SealAnswer.VALID, tuple(notes), signer, state)
    return Verification(answer, ((reason, *notes) if reason else tuple(notes)), signer, state)


def _in_force(
    message: SignedMessage,
    certificate: HealthCertificate,
    trust: TrustList,
    signer: TrustedKey,
    now: datetime,
    policy: TrustPolicy,
) -> tuple[SealAnswer | None, SealReason | None]:
    if signer.key_id in trust.revoked_keys:
        return SealAnswer.SIGNER_REVOKED, SealReason.KEY_REVOKED
    # A key that was good on the day of signing stays good: a vaccination for life outlives every key.
    signed_at = certificate.issued_at or now
    if (signer.valid_from and signed_at < signer.valid_from) or (signer.valid_until and signed_at > signer.valid_until):
        return SealAnswer.SIGNER_EXPIRED, SealReason.SIGNED_OUTSIDE_KEY_PERIOD
    if trust.revocations and trust.revocations.hashes.intersection(revocation_hashes(message, certificate)):
        return SealAnswer.SEAL_REVOKED, SealReason.CERTIFICATE_REVOKED
    begins = [moment for moment in (certificate.issued_at, certificate.not_before) if moment]
    if begins and max(begins) > now + timedelta(minutes=policy.clock_skew_minutes):
        return SealAnswer.NOT_YET_VALID, SealReason.ISSUED_IN_FUTURE
    if certificate.expires_at and certificate.expires_at < now:
        return SealAnswer.EXPIRED, SealReason.PAST_EXPIRY
    return None, None


def revocation_hashes(message: SignedMessage, certificate: HealthCertificate) -> Iterable[tuple[str, bytes]]:
    """Return what revocation lists may hold of a certificate (EU DCC Revocation 1.1): kind and 16 bytes of SHA-256.

    Of an ECDSA signature only the first half counts: the other can be changed without breaking it.
    """
    signature = message.signature[:_HALF] if message.algorithm == ES256 else message.signature
    found = [("SIGNATURE", signature)]
    for identifier in certificate.identifiers:
        uci = identifier.removeprefix("URN:UVCI:").encode()
        found.append(("UCI", uci))
        if certificate.issuer:
            found.append(("COUNTRYCODEUCI", certificate.issuer.encode() + uci))
    return [(kind, hashlib.sha256(content).digest()[:16]) for kind, content in found]


def _may_sign(key: TrustedKey, certificate: HealthCertificate, policy: TrustPolicy) -> bool:
    return key.domain is None or key.domain in policy.domains.get(certificate.format.value, ())


def _signed_by(message: SignedMessage, key: TrustedKey) -> bool:
    try:
        if isinstance(key.public, ec.EllipticCurvePublicKey):
            if message.algorithm != ES256 or len(message.signature) != 2 * _HALF:
                return False
            r, s = (int.from_bytes(message.signature[at : at + _HALF]) for at in (0, _HALF))
            key.public.verify(encode_dss_signature(r, s), message.signed_bytes(), ec.ECDSA(SHA256()))
        else:
            if message.algorithm != PS256:
                return False
            pss = padding.PSS(padding.MGF1(SHA256()), SHA256.digest_size)
            key.public.verify(message.signature, message.signed_bytes(), pss, SHA256())
    except (InvalidSignature, ValueError):
        return False
    return True
