"""X.509 certificates of the issuing authority and its signers (ICAO Doc 9303-12), and those of other States.

What comes from outside is read closed: a certificate that does not parse, a curve given by its parameters, another kind
of key, or one that contradicts itself is refused, never guessed.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone

from cryptography import x509
from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from cryptography.x509.oid import NameOID

from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, local
from bmis.trust.errors import CertificateRefusedError
from bmis.trust.policy import TrustRule

SIGNER_NAME = "BP"  # the two letters that name our signers of border passes
_ORGANISATION = "Serviço Nacional de Migração"
_AUTHORITY_NAME = "Border Pass Authority"
_CURVES = frozenset({"secp256r1", "secp384r1", "secp521r1", "brainpoolP256r1", "brainpoolP384r1", "brainpoolP512r1"})
_LARGEST = 16 * 1024  # bytes of a certificate
_TROUBLE = (ValueError, TypeError, UnsupportedAlgorithm, InvalidSignature, x509.DuplicateExtension)


@dataclass(frozen=True, slots=True)
class SignerCertificate:
    """A signer of seals, from a certificate whose chain was proved.

    A seal is good that was signed from ``signs_from`` to ``signs_until`` (whole days at the post); the certificate
    itself is good for as long as its last pass.
    """

    signer: str  # two letters of the State and two of the signer
    number: int  # the certificate's serial number
    public: ec.EllipticCurvePublicKey
    root: str  # fingerprint of the certificate that issued it
    signs_from: date
    signs_until: date
    good_until: datetime
    is_ours: bool  # under our own authority: it may seal border passes
    is_revoked: bool = False

    @property
    def reference(self) -> str:
        """Return how seals name it."""
        return f"{self.number:X}"


def fingerprint(der: bytes) -> str:
    """Return the SHA-256 of a certificate, as ``openssl x509 -fingerprint -sha256`` shows it but for the colons."""
    return hashlib.sha256(der).hexdigest()


def make_authority(key: ec.EllipticCurvePrivateKey, country: str, at: datetime, rule: TrustRule) -> bytes:
    """Return the self-signed certificate of a new authority (DER)."""
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, country),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, _ORGANISATION),
            x509.NameAttribute(NameOID.COMMON_NAME, _AUTHORITY_NAME),
        ]
    )
    identifier = x509.SubjectKeyIdentifier.from_public_key(key.public_key())
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(day_begins(local(at).date()))
        .not_valid_after(day_begins(local(at + rule.authority_for).date()))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(signs_certificates=True), critical=True)
        .add_extension(identifier, critical=False)
    )
    return built.sign(key, SHA256()).public_bytes(Encoding.DER)


def make_signer(
    public: ec.EllipticCurvePublicKey,
    number: int,
    authority: bytes,
    key: ec.EllipticCurvePrivateKey,
    first: date,
    rule: TrustRule,
) -> bytes:
    """Return the certificate of a new signer under the authority (DER), for a key that signs from the ``first`` day."""
    root = x509.load_der_x509_certificate(authority)
    begins, ends = day_begins(first), day_begins(first + timedelta(days=rule.signer_days))
    built = (
        x509.CertificateBuilder()
        .subject_name(
            x509.Name(
                [
                    x509.NameAttribute(NameOID.COUNTRY_NAME, _only(root.subject, NameOID.COUNTRY_NAME)),
                    x509.NameAttribute(NameOID.COMMON_NAME, SIGNER_NAME),
                ]
            )
        )
        .issuer_name(root.subject)
        .public_key(public)
        .serial_number(number)
        .not_valid_before(begins)
        .not_valid_after(min(ends + rule.longest_pass, root.not_valid_after_utc))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(signs_certificates=False), critical=True)
        .add_extension(x509.PrivateKeyUsagePeriod(_naive(begins), _naive(ends - timedelta(seconds=1))), critical=False)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    )
    return built.sign(key, SHA256()).public_bytes(Encoding.DER)


def make_request(key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return a request for a signer's certificate (PKCS #10, PEM)."""
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, SIGNER_NAME)])
    return x509.CertificateSigningRequestBuilder().subject_name(name).sign(key, SHA256()).public_bytes(Encoding.PEM)


def read_request(untrusted: bytes) -> ec.EllipticCurvePublicKey:
    """Return the key that asks to be certified; it has signed its own request.

    Raises:
        CertificateRefusedError: no request, another curve than P-256, or not signed by its key.
    """
    try:
        request = x509.load_pem_x509_csr(untrusted[:_LARGEST])
        signed, public = request.is_signature_valid, request.public_key()
    except _TROUBLE as error:
        raise CertificateRefusedError("request") from error
    if not signed or not isinstance(public, ec.EllipticCurvePublicKey) or public.curve.name != "secp256r1":
        raise CertificateRefusedError("request")
    return public


def make_revocations(
    numbers: Sequence[tuple[int, datetime]],
    authority: bytes,
    key: ec.EllipticCurvePrivateKey,
    at: datetime,
    until: datetime,
) -> bytes:
    """Return the list of revoked signers (CRL, DER), good until the bundle is stale."""
    root = x509.load_der_x509_certificate(authority)
    built = x509.CertificateRevocationListBuilder().issuer_name(root.subject).last_update(at).next_update(until)
    built = built.add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(key.public_key()), critical=False)
    for number, since in numbers:
        one = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(since).build()
        built = built.add_revoked_certificate(one)
    return built.sign(key, SHA256()).public_bytes(Encoding.DER)


def load_root(untrusted: bytes) -> x509.Certificate:
    """Return the certificate of an authority that has signed itself.

    Raises:
        CertificateRefusedError: it is none.
    """
    try:
        certificate = _load(untrusted)
        extensions = certificate.extensions
        is_ca = extensions.get_extension_for_class(x509.BasicConstraints).value.ca
        signs = extensions.get_extension_for_class(x509.KeyUsage).value.key_cert_sign
        certificate.verify_directly_issued_by(certificate)
        _only(certificate.subject, NameOID.COUNTRY_NAME)
    except (*_TROUBLE, x509.ExtensionNotFound) as error:
        raise CertificateRefusedError("root") from error
    if not is_ca or not signs:
        raise CertificateRefusedError("root")
    return certificate


def load_signer(untrusted: bytes, roots: Sequence[tuple[x509.Certificate, bool]]) -> SignerCertificate:
    """Return the signer, if one of the roots issued the certificate. ``roots``: each with whether it is ours.

    Raises:
        CertificateRefusedError: ``reason`` chain: none of them did; else it is no certificate of a signer.
    """
    try:
        certificate = _load(untrusted)
        public = certificate.public_key()
        country = _only(certificate.subject, NameOID.COUNTRY_NAME).upper()
        name = _only(certificate.subject, NameOID.COMMON_NAME)
        begins, ends = _signs(certificate)
        if _is_authority(certificate) or not isinstance(public, ec.EllipticCurvePublicKey):
            raise CertificateRefusedError("signer")
        root, is_ours = _issuer(certificate, country, roots)
    except _TROUBLE as error:
        raise CertificateRefusedError("signer") from error
    return SignerCertificate(
        signer=country + name.upper(),
        number=certificate.serial_number,
        public=public,
        root=root,
        signs_from=begins,
        signs_until=ends,
        good_until=certificate.not_valid_after_utc,
        is_ours=is_ours,
    )


def revoked_by(untrusted: bytes, roots: Sequence[x509.Certificate]) -> frozenset[tuple[str, int]]:
    """Return root and number of each certificate on the list.

    Raises:
        CertificateRefusedError: no list, or signed by none of the roots.
    """
    try:
        revocations = x509.load_der_x509_crl(untrusted)
        for root in roots:
            public = root.public_key()
            if revocations.issuer != root.subject or not isinstance(public, ec.EllipticCurvePublicKey):
                continue
            if revocations.is_signature_valid(public):
                name = fingerprint(root.public_bytes(Encoding.DER))
                return frozenset((name, one.serial_number) for one in revocations)
    except _TROUBLE as error:
        raise CertificateRefusedError("revocations") from error
    raise CertificateRefusedError("revocations")


def public_bytes(public: ec.EllipticCurvePublicKey) -> bytes:
    """Return the key as its certificate has it (DER), to know it again by."""
    return public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)


def day_begins(day: date) -> datetime:
    """Return the moment at which the day begins at the posts."""
    return datetime(day.year, day.month, day.day, tzinfo=timezone(timedelta(minutes=MAPUTO_OFFSET_MINUTES)))


def _load(untrusted: bytes) -> x509.Certificate:
    if len(untrusted) > _LARGEST:
        raise CertificateRefusedError("size")
    certificate = x509.load_der_x509_certificate(untrusted)
    public = certificate.public_key()
    if isinstance(public, ec.EllipticCurvePublicKey) and public.curve.name not in _CURVES:
        raise CertificateRefusedError("curve")
    return certificate


def _issuer(
    certificate: x509.Certificate, country: str, roots: Sequence[tuple[x509.Certificate, bool]]
) -> tuple[str, bool]:
    """Several authorities of a State may share a name: each is tried. A State certifies its own signers only."""
    for root, is_ours in roots:
        if certificate.issuer != root.subject or _only(root.subject, NameOID.COUNTRY_NAME).upper() != country:
            continue
        try:
            certificate.verify_directly_issued_by(root)
        except _TROUBLE:
            continue
        return fingerprint(root.public_bytes(Encoding.DER)), is_ours
    raise CertificateRefusedError("chain")


def _signs(certificate: x509.Certificate) -> tuple[date, date]:
    """Return the first and last day on which the key may sign: its private-use period, else the certificate's."""
    begins, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
    try:
        period = certificate.extensions.get_extension_for_class(x509.PrivateKeyUsagePeriod).value
    except x509.ExtensionNotFound:
        return local(begins).date(), local(ends).date()
    zone = begins.tzinfo
    if period.not_before is not None:
        begins = max(begins, period.not_before.replace(tzinfo=zone))
    if period.not_after is not None:
        ends = min(ends, period.not_after.replace(tzinfo=zone))
    return local(begins).date(), local(ends).date()


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _usage(*, signs_certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not signs_certificates,
        key_cert_sign=signs_certificates,
        crl_sign=signs_certificates,
        content_commitment=False,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        encipher_only=False,
        decipher_only=False,
    )


def _only(name: x509.Name, oid: x509.ObjectIdentifier) -> str:
    found = name.get_attributes_for_oid(oid)
    if len(found) != 1 or not isinstance(found[0].value, str):
        raise ValueError("name")
    return found[0].value


def _naive(moment: datetime) -> datetime:
    """The extension's times are UTC without saying so."""
    return moment.astimezone(UTC).replace(tzinfo=None)
