"""The cached list of keys whose signatures count, and how old it is.

Read are DID documents of the WHO trust network (GDHCN, version 2, embedded keys), JWK sets, and our cache file, which
holds documents with the day they were fetched and lists of what was revoked.
"""

import base64
import binascii
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Any

from cryptography import x509
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from poe_health.certificates.errors import TrustListError

LARGEST_FILE = 32 * 1024 * 1024  # bytes; the world's list of 2024 has under 3 MB
CACHE_SCHEMA = "bmis-health-trust/1"
_CLOCKS_DIFFER = timedelta(days=1)  # what the clock of a desk may be wrong by
_LEAST_RSA_BITS, _MOST_RSA_BITS = 2048, 8192
_DOMAIN_PATH = re.compile(r":trustlist:([^:#]+):([^:#]+)(?::([^:#]+))?", re.ASCII)
_SIGNS = {None, "-", "DSC", "sig"}  # document signers; a CSCA or SCA key signs keys, never a certificate

PublicKey = ec.EllipticCurvePublicKey | rsa.RSAPublicKey


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A key that may sign. ``domain``: what for (DCC, DDCC, ICVP); ``participant``: whose, as the list writes it."""

    key_id: bytes
    public: PublicKey
    domain: str | None = None
    participant: str | None = None
    valid_from: datetime | None = None  # of its certificate, where the list gives one
    valid_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Revocations:
    """Revoked certificates by kind (SIGNATURE, UCI, COUNTRYCODEUCI) and the first 16 bytes of a SHA-256."""

    as_of: datetime | None
    hashes: frozenset[tuple[str, bytes]]


@dataclass(frozen=True, slots=True)
class TrustList:
    """The keys by key id. ``as_of``: when it was fetched, else when it was signed; None: nobody knows."""

    as_of: datetime | None
    source: str | None
    keys: Mapping[bytes, tuple[TrustedKey, ...]]
    revoked_keys: frozenset[bytes] = frozenset()
    revocations: Revocations | None = None
    skipped: int = 0  # entries that are no key for us: other uses, other curves, damaged

    @property
    def count(self) -> int:
        """Return how many keys it holds."""
        return sum(map(len, self.keys.values()))

    def age_days(self, now: datetime) -> int | None:
        """Return its age in whole days; None where nobody knows, as of one from the future: it would never be old."""
        if self.as_of is None or self.as_of - now > _CLOCKS_DIFFER:
            return None
        return max((now - self.as_of).days, 0)


def read_trust_list(untrusted: bytes) -> TrustList:
    """Return the list of a file.

    Raises:
        TrustListError: too large, no JSON, a key twice, not a list of keys. Entries that are damaged are counted only.
    """
    if len(untrusted) > LARGEST_FILE:
        raise TrustListError("size")
    document = _json(untrusted)
    try:
        if document.get("schema") == CACHE_SCHEMA:
            return _cache(document)
        keys, skipped = _keys([document])
        return TrustList(_proof_moment(document), _text(document.get("id")), keys, skipped=skipped)
    except (AttributeError, TypeError, ValueError, binascii.Error) as error:
        raise TrustListError("content") from error


def _json(untrusted: bytes) -> dict[str, Any]:
    try:
        document = json.loads(untrusted.decode("utf-8-sig"), object_pairs_hook=_once)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise TrustListError("json") from error
    if not isinstance(document, dict):
        raise TrustListError("content")
    return document


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _cache(document: dict[str, Any]) -> TrustList:
    keys, skipped = _keys(document.get("documents", []))
    said = document.get("revocations")
    revocations = None
    if said is not None:
        hashes = {(str(each["kind"]), _base64(each["hash"])[:16]) for each in said["hashes"]}
        revocations = Revocations(_moment(said.get("as_of")), frozenset(hashes))
    return TrustList(
        _moment(document.get("fetched_at")),
        _text(document.get("source")),
        keys,
        frozenset(_base64(each) for each in document.get("revoked_keys", [])),
        revocations,
        skipped,
    )


def _keys(documents: Iterable[Any]) -> tuple[Mapping[bytes, tuple[TrustedKey, ...]], int]:
    found: defaultdict[bytes, list[TrustedKey]] = defaultdict(list)
    skipped, lists = 0, 0
    for document in documents:
        entries = document.get("verificationMethod", document.get("keys"))
        if not isinstance(entries, list):
            continue
        lists += 1
        for entry in entries:
            try:
                key = _key(entry)
            except (AttributeError, KeyError, TypeError, ValueError, binascii.Error, UnsupportedAlgorithm):
                key = None  # one bad entry must not cost the others
            if key is None:
                skipped += 1
            elif key not in found[key.key_id]:
                found[key.key_id].append(key)
    if not lists:
        raise ValueError("no list of keys")
    return MappingProxyType({key_id: tuple(keys) for key_id, keys in found.items() if keys}), skipped


def _key(entry: Mapping[str, Any]) -> TrustedKey | None:
    """Return the key of a DID verification method or of a bare JWK, None where it is not there to sign certificates."""
    jwk = entry.get("publicKeyJwk", entry)
    path = _DOMAIN_PATH.search(str(entry.get("id", "")))
    domain, participant, usage = path.groups() if path else (None, None, jwk.get("use"))
    if usage not in _SIGNS:
        return None
    chain = jwk.get("x5c") or []
    certificate = x509.load_der_x509_certificate(base64.b64decode(chain[0], validate=True)) if chain else None
    public = _public(jwk)
    if certificate is not None and certificate.public_key() != public:
        return None  # the entry contradicts itself
    if certificate is not None and _is_authority(certificate):
        return None  # it signs keys, whatever the list's path says of it
    return TrustedKey(
        _base64(jwk["kid"]),
        public,
        None if domain == "-" else domain,
        None if participant == "-" else participant,
        certificate.not_valid_before_utc if certificate else None,
        certificate.not_valid_after_utc if certificate else None,
    )


def _is_authority(certificate: x509.Certificate) -> bool:
    try:
        return certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    except x509.ExtensionNotFound:
        return False


def _public(jwk: Mapping[str, Any]) -> PublicKey:
    if jwk["kty"] == "EC" and jwk["crv"] == "P-256":
        return ec.EllipticCurvePublicNumbers(_number(jwk["x"]), _number(jwk["y"]), ec.SECP256R1()).public_key()
    if jwk["kty"] == "RSA":
        modulus = _number(jwk["n"])
        if _LEAST_RSA_BITS <= modulus.bit_length() <= _MOST_RSA_BITS:
            return rsa.RSAPublicNumbers(_number(jwk["e"]), modulus).public_key()
    raise ValueError("not a key for ES256 or PS256")


def _number(text: str) -> int:
    """The network's list writes a sign byte before some coordinates; as a number it is nothing."""
    return int.from_bytes(_base64(text))


def _base64(text: Any) -> bytes:
    """Return the bytes of base64 in either alphabet, padded or not."""
    if not isinstance(text, str) or not text:
        raise ValueError("not base64")
    plain = text.replace("-", "+").replace("_", "/").rstrip("=")
    return base64.b64decode(plain + "=" * (-len(plain) % 4), validate=True)


def _proof_moment(document: Mapping[str, Any]) -> datetime | None:
    proof = document.get("proof")
    return _moment(proof.get("created")) if isinstance(proof, Mapping) else None


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    moment = datetime.fromisoformat(value)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _text(value: Any) -> str | None:
    return value[:200] if isinstance(value, str) else None
