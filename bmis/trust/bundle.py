"""The trust bundle: one signed file with certificates, revocations, the status list and signed reference data.

Three lines (mark, certificate of the root that signs, signature), then the content, JSON. The signature is over mark
and content, and is proved before anything of the content is read.
"""

import base64
import hashlib
import json
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec

from bmis.trust.certificates import fingerprint, load_root
from bmis.trust.ecdsa import is_signed, sign
from bmis.trust.errors import (
    BundleFormError,
    BundleRootError,
    BundleSignatureError,
    CertificateRefusedError,
    PartRefusedError,
)
from bmis.trust.signed_file import NotAFileError, joined, moment, once, parted
from bmis.trust.status_list import StatusList

MARK = b"BMIS-TRUST-1\n"
LARGEST_FILE = 64 * 1024 * 1024  # bytes
LARGEST_PART = 4 * 1024 * 1024
MOST_PARTS = 64
_MOST_CERTIFICATES = 20_000
_PART_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,59}", re.ASCII)


@dataclass(frozen=True, slots=True)
class BundleContent:
    """What a bundle says. Certificates and lists are DER and not proved yet."""

    state: str  # issuing state of the passes: MOZ, in training UTO
    sequence: int  # rises with each bundle of an authority
    issued_at: datetime
    fresh_until: datetime
    roots: tuple[bytes, ...]  # our authority's certificates; from now on they are what a home trusts
    signers: tuple[bytes, ...] = ()
    foreign_roots: tuple[bytes, ...] = ()
    foreign_signers: tuple[bytes, ...] = ()
    revocations: tuple[bytes, ...] = ()
    status: StatusList = field(default_factory=StatusList)
    parts: Mapping[str, bytes] = field(default_factory=dict)  # signed reference data by name, opaque here


def sign_bundle(content: BundleContent, root: bytes, key: ec.EllipticCurvePrivateKey) -> bytes:
    """Return the file, signed by the root. Raises PartRefusedError: a part that it cannot carry."""
    body = _to_json(content)
    return joined(MARK, root, sign(MARK + body, key), body)


def open_bundle(untrusted: bytes, pins: Collection[str] | None) -> tuple[BundleContent, str]:
    """Return what the bundle says and the fingerprint of the root that signed it.

    Args:
        pins: fingerprints of the roots that are trusted; None where whoever gives the file vouches for it.

    Raises:
        BundleFormError: no bundle. BundleRootError: signed by a root that is not trusted.
        BundleSignatureError: changed after it was signed.
    """
    root, signature, body = _parted(untrusted)
    name = fingerprint(root)
    if pins is not None and name not in pins:
        raise BundleRootError(root=name[:16])
    try:
        public = load_root(root).public_key()
    except CertificateRefusedError as error:
        raise BundleFormError("root") from error
    if not isinstance(public, ec.EllipticCurvePublicKey) or not is_signed(MARK + body, signature, public):
        raise BundleSignatureError
    content = _of_json(body)
    if root not in content.roots:
        raise BundleFormError("root")
    return content, name


def check_part(name: str, content: bytes) -> None:
    """Return only if a bundle can carry the part. Raises PartRefusedError."""
    if not _PART_NAME.fullmatch(name):
        raise PartRefusedError(reason="name")
    if len(content) > LARGEST_PART:
        raise PartRefusedError(reason="size")


def _parted(untrusted: bytes) -> tuple[bytes, bytes, bytes]:
    try:
        return parted(untrusted, MARK, LARGEST_FILE)
    except NotAFileError as error:
        raise BundleFormError(error.reason) from error


def _to_json(content: BundleContent) -> bytes:
    if len(content.parts) > MOST_PARTS:
        raise PartRefusedError(reason="count")
    for name, part in content.parts.items():
        check_part(name, part)
    said = {
        "format": "bmis-trust/1",
        "state": content.state,
        "sequence": content.sequence,
        "issued_at": content.issued_at.isoformat(),
        "fresh_until": content.fresh_until.isoformat(),
        "roots": _texts(content.roots),
        "signers": _texts(content.signers),
        "foreign_roots": _texts(content.foreign_roots),
        "foreign_signers": _texts(content.foreign_signers),
        "revocations": _texts(content.revocations),
        "status": {"bytes": len(content.status.bits), "bits": _text(content.status.packed())},
        "parts": {name: _text(part) for name, part in content.parts.items()},
    }
    return json.dumps(said, sort_keys=True, separators=(",", ":")).encode("ascii")


def _of_json(body: bytes) -> BundleContent:
    """The content is signed; it is checked all the same, for a key may be stolen and a maker may err."""
    try:
        said = json.loads(body, object_pairs_hook=once)
        if said["format"] != "bmis-trust/1" or said["state"] not in {"MOZ", "UTO"}:
            raise BundleFormError("format")
        status, parts, sequence = said["status"], said["parts"], said["sequence"]
        if type(sequence) is not int or not 1 <= sequence < 2**53 or len(parts) > MOST_PARTS:
            raise BundleFormError("sequence")
        content = BundleContent(
            state=said["state"],
            sequence=sequence,
            issued_at=moment(said["issued_at"]),
            fresh_until=moment(said["fresh_until"]),
            roots=_bytes_of(said["roots"]),
            signers=_bytes_of(said["signers"]),
            foreign_roots=_bytes_of(said["foreign_roots"]),
            foreign_signers=_bytes_of(said["foreign_signers"]),
            revocations=_bytes_of(said["revocations"]),
            status=StatusList.unpacked(_bytes(status["bits"]), status["bytes"]),
            parts=MappingProxyType({str(name): _bytes(part) for name, part in parts.items()}),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BundleFormError("content") from error
    if content.fresh_until <= content.issued_at or not content.roots:
        raise BundleFormError("content")
    try:
        for name, part in content.parts.items():
            check_part(name, part)
    except PartRefusedError as error:
        raise BundleFormError("content") from error
    return content


def digest_of(bundle: bytes) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(bundle).hexdigest()


def _text(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _texts(contents: Collection[bytes]) -> list[str]:
    return [_text(each) for each in contents]


def _bytes(text: Any) -> bytes:
    if not isinstance(text, str):
        raise TypeError("not base64")
    return base64.b64decode(text, validate=True)


def _bytes_of(texts: Any) -> tuple[bytes, ...]:
    if not isinstance(texts, list) or len(texts) > _MOST_CERTIFICATES:
        raise TypeError("not a list")
    return tuple(_bytes(each) for each in texts)
