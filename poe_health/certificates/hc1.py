"""The text of a certificate's code to the signed message in it (Electronic Health Certificate Specification 1.1).

``HC1:`` + base45 (RFC 9285) of zlib of COSE_Sign1 (RFC 9052) of a CBOR web token (RFC 8392).
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import base45  # type: ignore[import-untyped]  # the package has no types
import cbor2

from poe_health.certificates.cbor import read_cbor
from poe_health.certificates.errors import (
    CertificateDamagedError,
    CertificateStructureError,
    CertificateTooLargeError,
    NotACertificateError,
)

PREFIX = "HC1:"
LONGEST_TEXT = 8192  # characters; the largest QR code holds 4296 of base45
LARGEST_MESSAGE = 32 * 1024  # bytes, unpacked
MOST_RATIO = 16  # unpacked to packed; real ones stay under 3
_ZLIB = 0x78
_SIGN1, _CWT = 18, 61  # tags
_ALGORITHM, _CRITICAL, _KEY_ID = 1, 2, 4  # header labels
_LONGEST_KEY_ID = 128


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """A COSE_Sign1 message. Nothing in it is proved yet."""

    protected: bytes  # the header as it was signed
    payload: bytes
    signature: bytes
    algorithm: int | None  # of the protected header (IANA COSE: -7 ES256, -37 PS256)
    key_id: bytes | None

    def signed_bytes(self) -> bytes:
        """Return what the signature was made over (RFC 9052, 4.4)."""
        return cbor2.dumps(["Signature1", self.protected, b"", self.payload])


def looks_like_certificate(untrusted_text: str) -> bool:
    """Return whether the text begins as a health certificate does."""
    return untrusted_text.lstrip("\ufeff \t\r\n").startswith(PREFIX)


def read_hc1(untrusted_text: str) -> SignedMessage:
    """Return the signed message. Whitespace before the text and line ends after it are not part of it.

    Raises:
        NotACertificateError: it begins otherwise. CertificateTooLargeError: longer than any, or a bomb.
        CertificateDamagedError: it cannot be unpacked. CertificateStructureError: no signed message.
    """
    text = untrusted_text.lstrip("\ufeff \t\r\n").rstrip("\r\n\t\0")  # a space is a character of base45
    if not text.startswith(PREFIX):
        raise NotACertificateError
    if len(text) > LONGEST_TEXT:
        raise CertificateTooLargeError(LONGEST_TEXT)
    return read_message(_unpacked(_bytes(text.removeprefix(PREFIX))))


def read_message(untrusted: bytes) -> SignedMessage:
    """Return the COSE_Sign1 message of these bytes, tagged or not. Raises CertificateStructureError."""
    value = read_cbor(untrusted)
    for tag in (_CWT, _SIGN1):
        if isinstance(value, cbor2.CBORTag) and value.tag == tag:
            value = value.value
    if not isinstance(value, list | tuple) or len(value) != 4:
        raise CertificateStructureError("cose")
    protected, unprotected, payload, signature = value
    if not isinstance(unprotected, Mapping) or not all(
        isinstance(part, bytes) for part in (protected, payload, signature)
    ):
        raise CertificateStructureError("cose")
    header = _header(protected)
    algorithm = header.get(_ALGORITHM)
    if _CRITICAL in header or not payload or not signature or isinstance(algorithm, bool):
        raise CertificateStructureError("cose")  # an extension that must be understood, and is not
    key_id = header[_KEY_ID] if _KEY_ID in header else unprotected.get(_KEY_ID)
    if key_id is not None and (not isinstance(key_id, bytes) or not 0 < len(key_id) <= _LONGEST_KEY_ID):
        raise CertificateStructureError("cose")
    return SignedMessage(protected, payload, signature, algorithm if isinstance(algorithm, int) else None, key_id)


def _header(protected: bytes) -> Mapping[Any, Any]:
    header = read_cbor(protected) if protected else {}
    if not isinstance(header, Mapping):
        raise CertificateStructureError("cose")
    return header


def _bytes(text: str) -> bytes:
    try:
        return bytes(base45.b45decode(text))
    except ValueError as error:
        raise CertificateDamagedError("base45") from error


def _unpacked(packed: bytes) -> bytes:
    if not packed or packed[0] != _ZLIB:
        return packed  # the standard lets a reader take an unpacked one
    most = min(LARGEST_MESSAGE, len(packed) * MOST_RATIO)
    unpack = zlib.decompressobj()
    try:
        content = unpack.decompress(packed, most + 1)
    except zlib.error as error:
        raise CertificateDamagedError("zlib") from error
    if len(content) > most:
        raise CertificateTooLargeError(most)
    if not unpack.eof or unpack.unused_data:
        raise CertificateDamagedError("zlib")
    return content
