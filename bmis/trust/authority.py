"""What the people of an issuing authority do: make it, certify signers, revoke them, take other States' certificates.

Each of these needs a second person, who signs the subject that ``act_subject`` names.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork
from bmis.trust.bundle import check_part
from bmis.trust.certificates import fingerprint, load_root, load_signer, make_request, read_request
from bmis.trust.errors import (
    AuthorityExistsError,
    AuthorityMissingError,
    CertificateRefusedError,
    SignerUnknownError,
    TrustReasonError,
)
from bmis.trust.event import TrustEvent, TrustEventKind
from bmis.trust.keys import ROOT, SIGNER, Authority, Keys
from bmis.trust.records import SqlTrust

MAKE, CERTIFY, REVOKE, ACCEPT = "trust.authority", "trust.certify", "trust.revoke", "trust.accept"
"""The actions that a second person signs."""

LONGEST_REASON = 200


def act_subject(what: bytes | str) -> UUID:
    """Return what the second person signs: a file, a reference, or the home's desk for a new authority."""
    content = what.encode() if isinstance(what, str) else what
    return UUID(bytes=hashlib.sha256(content).digest()[:16])


def certify_subject(request: bytes, place: str | None) -> bytes:
    """Return what the second person signs of a key: the request, and the place that it is to speak for."""
    return request if place is None else request + b"\n" + place.encode()


@dataclass(frozen=True, slots=True)
class MakeAuthority:
    """Makes the issuing authority of this home, once."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, approval: Approval, by: Actor) -> str:
        """Return the fingerprint of its root, to be given to other posts on paper.

        Raises:
            NotAllowedError, ApprovalMismatchError. AuthorityExistsError: there is one, or another is trusted here.
        """
        require(by, Permission.MANAGE_TRUST)
        at = self.now()
        with self.open_unit() as unit:
            keys = Keys(unit, self.home)
            if keys.authority() is not None or keys.pins():
                raise AuthorityExistsError
            record_approval(unit, approval.covering(MAKE, act_subject(self.home.desk_id), by.name), at)
            made = keys.make_authority(by.name, at)
            keys.prepare_signer(made, by.name, at)
            unit.commit()
        return made.root


@dataclass(frozen=True, slots=True)
class RequestSigner:
    """Makes a signer's key in this home and asks the authority, elsewhere, to certify it."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, by: Actor) -> bytes:
        """Return the request (PEM). The key stays here and signs once a bundle brings its certificate."""
        require(by, Permission.MANAGE_TRUST)
        with self.open_unit() as unit:
            key = Keys(unit, self.home).make_key(by.name, self.now())
            unit.commit()
        return make_request(key)


@dataclass(frozen=True, slots=True)
class CertifySigner:
    """Certifies the key of another desk; the next bundle carries the certificate there."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, untrusted_request: bytes, approval: Approval, by: Actor, place: str | None = None) -> str:
        """Return the reference of the new signer. The same request again is answered with the one that it has.

        ``place``: the post or desk that the key is for. Its word on withdrawn passes counts for that place's serials.
        A request that comes again with another place gives its key that place; what the key said before stays as it
        was taken.

        Raises:
            NotAllowedError, ApprovalMismatchError. CertificateRefusedError: no request, or of a key that was revoked.
            AuthorityMissingError.
        """
        require(by, Permission.MANAGE_TRUST)
        public, at = read_request(untrusted_request), self.now()
        with self.open_unit() as unit:
            keys = Keys(unit, self.home)
            authority = _authority(keys)
            before = _certified(SqlTrust(unit), public, authority.root)
            if before is not None and place in (None, keys.place_of(before)):
                return before
            subject = act_subject(certify_subject(untrusted_request, place))
            record_approval(unit, approval.covering(CERTIFY, subject, by.name), at)
            if before is None:
                before = f"{keys.certify(authority, public, by.name, at, place=place):X}"
            elif place is not None:
                keys.give_place(before, place, by.name, at)
            unit.commit()
        return before


@dataclass(frozen=True, slots=True)
class RevokeSigner:
    """Revokes a signer whose key may be in other hands: nothing that it ever sealed counts any more."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, reference: str, reason: str, approval: Approval, by: Actor) -> None:
        """Return once it is kept.

        Raises:
            NotAllowedError, ApprovalMismatchError. SignerUnknownError: certified by nobody here, or revoked before.
            AuthorityMissingError. TrustReasonError: no reason.
        """
        require(by, Permission.MANAGE_TRUST)
        at, said = self.now(), said_why(reason)
        with self.open_unit() as unit:
            _authority(Keys(unit, self.home))
            records = SqlTrust(unit)
            signer = next(
                (
                    event.subject
                    for event in records.events(TrustEventKind.CERTIFIED)
                    if event.facts["role"] == SIGNER and event.facts.get("reference") == reference
                ),
                None,
            )
            if signer is None or signer in {one.subject for one in records.events(TrustEventKind.SIGNER_REVOKED)}:
                raise SignerUnknownError
            record_approval(unit, approval.covering(REVOKE, act_subject(reference), by.name), at)
            facts: dict[str, object] = {"reference": reference, "reason": said}
            records.add(TrustEvent(new_id(at), TrustEventKind.SIGNER_REVOKED, signer, by.name, facts))
            unit.commit()


@dataclass(frozen=True, slots=True)
class AcceptForeign:
    """Takes the certificate of another State's authority or signer into the bundles to come."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, untrusted_certificate: bytes, reason: str, approval: Approval, by: Actor) -> tuple[str, str]:
        """Return the role (root, signer) and the fingerprint. A signer needs its root, which was taken before.

        Raises:
            NotAllowedError, ApprovalMismatchError. CertificateRefusedError: not a certificate that seals are proved by.
            AuthorityMissingError. TrustReasonError: no reason.
        """
        require(by, Permission.MANAGE_TRUST)
        at, said, der = self.now(), said_why(reason), _der(untrusted_certificate)
        with self.open_unit() as unit:
            _authority(Keys(unit, self.home))
            records = SqlTrust(unit)
            known = records.events(TrustEventKind.FOREIGN_ACCEPTED)
            role = _role(der, known)
            if fingerprint(der) in {event.subject for event in known}:
                raise CertificateRefusedError("known")
            record_approval(unit, approval.covering(ACCEPT, act_subject(untrusted_certificate), by.name), at)
            facts: dict[str, object] = {"role": role, "reason": said}
            event = TrustEvent(new_id(at), TrustEventKind.FOREIGN_ACCEPTED, fingerprint(der), by.name, facts, der)
            records.add(event)
            unit.commit()
        return role, fingerprint(der)


def publish_part(unit: UnitOfWork, home: Home, name: str, content: bytes, by: str, at: datetime) -> None:
    """Put reference data into the bundles to come, in place of what has that name. Nothing is committed here.

    Raises:
        PartRefusedError: a name or size that no bundle carries. AuthorityMissingError: only an authority signs.
    """
    check_part(name, content)
    _authority(Keys(unit, home))
    SqlTrust(unit).add(
        TrustEvent(new_id(at), TrustEventKind.PART_PUBLISHED, name, by, {"bytes": len(content)}, content)
    )


def _authority(keys: Keys) -> Authority:
    authority = keys.authority()
    if authority is None:
        raise AuthorityMissingError
    return authority


def said_why(reason: str) -> str:
    """Return the reason as it is kept.

    Raises:
        TrustReasonError: nothing but spaces.
    """
    said = reason.strip()[:LONGEST_REASON]
    if not said:
        raise TrustReasonError
    return said


def _certified(records: SqlTrust, public: ec.EllipticCurvePublicKey, root: str) -> str | None:
    """The reference of the signer that this root has certified for the key, None where it has none."""
    asked = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
    revoked = {event.subject for event in records.events(TrustEventKind.SIGNER_REVOKED)}
    for event in records.events(TrustEventKind.CERTIFIED):
        if event.facts["role"] != SIGNER or event.blob is None:
            continue
        key = x509.load_der_x509_certificate(event.blob).public_key()
        if key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo) != asked:
            continue
        if event.subject in revoked:
            raise CertificateRefusedError("revoked")
        if event.facts.get("root") == root:
            return str(event.facts["reference"])
    return None


def _der(untrusted: bytes) -> bytes:
    try:
        if untrusted.lstrip().startswith(b"-----BEGIN"):
            return x509.load_pem_x509_certificate(untrusted).public_bytes(Encoding.DER)
    except ValueError as error:
        raise CertificateRefusedError("pem") from error
    return untrusted


def _role(der: bytes, known: tuple[TrustEvent, ...]) -> str:
    try:
        load_root(der)
    except CertificateRefusedError:
        roots = [load_root(event.blob) for event in known if event.blob is not None and event.facts["role"] == ROOT]
        load_signer(der, [(root, False) for root in roots])
        return SIGNER
    return ROOT
