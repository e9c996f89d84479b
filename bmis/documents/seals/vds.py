"""A visible digital seal (ICAO Doc 9303-13, 2 and 3; BSI TR-03137-1): header, document zone, signature.

Read are versions 3 and 4; what this project writes is version 4.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType

from bmis.documents.seals.c40 import from_c40, to_c40
from bmis.documents.seals.errors import SealFormError

MAGIC = 0xDC
LARGEST = 2953  # bytes; what the largest QR code holds
_VERSIONS = {2: 3, 3: 4}  # as written: one less than it is called
_SIGNATURE_TAG = 0xFF
_SIGNATURES = frozenset({56, 64, 80, 96, 128, 132})  # r and s of the curves of Doc 9303-12
_SHORT, _LONG, _LONGER = 0x80, 0x81, 0x82  # DER lengths


@dataclass(frozen=True, slots=True)
class VdsHeader:
    """Who issued, who signed, when, and which document it seals."""

    issuing_state: str  # ICAO code as printed, without fillers: "MOZ", "D"
    signer: str  # two letters of the State and two of the signer
    certificate: str  # the signer's certificate: its serial number in hexadecimal
    issued_on: date  # the document
    signed_on: date  # the seal
    feature_reference: int  # what the tags mean
    category: int  # which document; odd numbers are ICAO's
    version: int = 4


@dataclass(frozen=True, slots=True)
class Vds:
    """A seal. Nothing in it is proved yet."""

    header: VdsHeader
    features: Mapping[int, bytes]  # tag -> value, in the order written
    signed: bytes  # what the signature is over: header and document zone
    signature: bytes  # r and s, one after the other


def read_vds(untrusted: bytes) -> Vds:
    """Return the seal of these bytes, all of them.

    Raises:
        SealFormError: no seal, cut short, something after its end, a tag twice, a length or text written otherwise than
            in the one way there is.
    """
    if len(untrusted) > LARGEST or len(untrusted) < 2 or untrusted[0] != MAGIC or untrusted[1] not in _VERSIONS:
        raise SealFormError("magic")
    version = _VERSIONS[untrusted[1]]
    at = 4
    signer, certificate, at = _signer(untrusted, at) if version == 4 else _signer_3(untrusted, at)
    if len(untrusted) < at + 8:
        raise SealFormError("short")
    header = VdsHeader(
        issuing_state=_state(untrusted[2:4]),
        signer=signer,
        certificate=certificate,
        issued_on=date_of(untrusted[at : at + 3]),
        signed_on=date_of(untrusted[at + 3 : at + 6]),
        feature_reference=untrusted[at + 6],
        category=untrusted[at + 7],
        version=version,
    )
    features, end, signature = _zones(untrusted, at + 8)
    return Vds(header, MappingProxyType(features), untrusted[:end], signature)


def unsigned_vds(header: VdsHeader, features: Iterable[tuple[int, bytes]]) -> bytes:
    """Return header and document zone in version 4: what is to be signed.

    Raises:
        ValueError: a value that the header or a feature cannot carry.
    """
    reference = header.certificate
    if not _is_signer(header.signer) or not _is_reference(reference) or not 1 <= len(header.issuing_state) <= 3:
        raise ValueError("signer")
    found = bytearray((MAGIC, 3))
    found += to_c40(header.issuing_state.ljust(3))
    found += to_c40(f"{header.signer}{len(reference):02X}{reference}")
    found += date_bytes(header.issued_on) + date_bytes(header.signed_on)
    found += bytes((header.feature_reference, header.category))
    for tag, value in features:
        if not 0 <= tag < _SIGNATURE_TAG:
            raise ValueError("tag")
        found += bytes((tag,)) + _length_bytes(len(value)) + value
    return bytes(found)


def sealed(unsigned: bytes, signature: bytes) -> bytes:
    """Return the whole seal."""
    return unsigned + bytes((_SIGNATURE_TAG,)) + _length_bytes(len(signature)) + signature


def date_bytes(day: date) -> bytes:
    """Return a day in three bytes: the number MMDDYYYY (Doc 9303-13)."""
    return (day.month * 1_000_000 + day.day * 10_000 + day.year).to_bytes(3)


@lru_cache(maxsize=4096)
def date_of(untrusted: bytes) -> date:
    """Return the day. Raises SealFormError: there is none such."""
    month, rest = divmod(int.from_bytes(untrusted), 1_000_000)
    day, year = divmod(rest, 10_000)
    try:
        return date(year, month, day)
    except ValueError as error:
        raise SealFormError("date") from error


@lru_cache(maxsize=256)
def _state(untrusted: bytes) -> str:
    state = from_c40(untrusted).rstrip(" ")
    if not state.isalpha():
        raise SealFormError("state")
    return state


def _signer(untrusted: bytes, at: int) -> tuple[str, str, int]:
    """Four characters of the signer, two of hexadecimal length, the reference: one C40 text, parted at six."""
    signer, length = _signer_and_length(untrusted[at : at + 4])
    end = at + 4 + (length + 2) // 3 * 2
    return signer, _reference(untrusted[at + 4 : end], length), end


@lru_cache(maxsize=256)  # a lane sees the same few signers all day
def _signer_and_length(untrusted: bytes) -> tuple[str, int]:
    first = from_c40(untrusted)
    if len(first) != 6 or not _is_signer(first[:4]):
        raise SealFormError("signer")
    try:
        length = int(first[4:], 16)
    except ValueError as error:
        raise SealFormError("signer") from error
    if first[4:] != f"{length:02X}":
        raise SealFormError("signer")
    return first[:4], length


@lru_cache(maxsize=256)
def _reference(untrusted: bytes, length: int) -> str:
    reference = from_c40(untrusted)
    if len(reference) != length or not _is_reference(reference):
        raise SealFormError("signer")
    return reference


def _signer_3(untrusted: bytes, at: int) -> tuple[str, str, int]:
    text = from_c40(untrusted[at : at + 6])
    if len(text) != 9 or not _is_signer(text[:4]) or not _is_reference(text[4:]):
        raise SealFormError("signer")
    return text[:4], text[4:], at + 6


def _is_signer(text: str) -> bool:
    return len(text) == 4 and text[:2].isalpha() and text.isalnum()


def _is_reference(text: str) -> bool:
    return 0 < len(text) <= 255 and text.isalnum()


def _zones(untrusted: bytes, at: int) -> tuple[dict[int, bytes], int, bytes]:
    """Return the features, where the signed part ends, and the signature, which ends the seal."""
    features: dict[int, bytes] = {}
    while at < len(untrusted):
        tag = untrusted[at]
        length = untrusted[at + 1] if at + 1 < len(untrusted) else _SHORT
        after = at + 2 + length
        if length < _SHORT and after <= len(untrusted):  # nearly every feature
            value = untrusted[at + 2 : after]
        else:
            value, after = _value(untrusted, at + 1)
        if tag == _SIGNATURE_TAG:
            if after != len(untrusted):
                raise SealFormError("trailing")
            if not features or len(value) not in _SIGNATURES:
                raise SealFormError("signature")
            return features, at, value
        if tag in features:
            raise SealFormError("twice")
        features[tag] = value
        at = after
    raise SealFormError("short")


def _value(untrusted: bytes, at: int) -> tuple[bytes, int]:
    """Return the value whose length stands at ``at``, and where it ends (DER: the shortest form of a length only)."""
    head = untrusted[at : at + 3]
    if not head:
        raise SealFormError("short")
    if head[0] < _SHORT:
        length, begin = head[0], at + 1
    elif head[0] == _LONG and len(head) > 1 and head[1] >= _SHORT:
        length, begin = head[1], at + 2
    elif head[0] == _LONGER and len(head) > 2 and head[1]:
        length, begin = head[1] << 8 | head[2], at + 3
    else:
        raise SealFormError("length")
    if begin + length > len(untrusted):
        raise SealFormError("short")
    return untrusted[begin : begin + length], begin + length


def _length_bytes(length: int) -> bytes:
    if length < _SHORT:
        return bytes((length,))
    return bytes((_LONG, length)) if length < 0x100 else bytes((_LONGER,)) + length.to_bytes(2)
