"""CBOR from outside (RFC 8949): one value, shallow, small, of plain types, no key twice, no tag that does things."""

from collections.abc import Mapping
from io import BytesIO
from typing import Any, Never

import cbor2

from poe_health.certificates.errors import CertificateStructureError

DEEPEST = 12  # a certificate nests to seven
MOST_VALUES = 2000  # keys, items and values of one message
_PLAIN = (str, bytes, int, float, bool, type(None))

# Tags for which a decoder builds something: dates, big numbers, patterns, shared and cyclic references, sets. What a
# certificate needs of them is a date (0, 1, 100, 1004), and those are read as the text or number inside.
_TAGS = (2, 3, 4, 5, 25, 28, 29, 30, 35, 36, 37, 52, 54, 256, 258, 260, 261, 1040, 43000)
_DATES = (0, 1, 100, 1004)


def _refuse(*_: object) -> Never:
    raise ValueError("tag")


def _inside(value: object, _immutable: bool) -> object:
    return value


_SEMANTICS: Mapping[int, Any] = dict.fromkeys(_TAGS, _refuse) | dict.fromkeys(_DATES, _inside)


def read_cbor(untrusted: bytes) -> Any:
    """Return the value: mappings, sequences, text, bytes, numbers, booleans, None, and CBORTag of 18 and 61.

    Raises:
        CertificateStructureError: not one whole CBOR value, or one that no certificate has.
    """
    try:
        decoder = cbor2.CBORDecoder(
            BytesIO(untrusted),
            semantic_decoders=_SEMANTICS,
            read_size=1,  # reads no further than the value: what follows it is seen
            max_depth=DEEPEST,
            allow_duplicate_keys=False,
        )
        value = decoder.decode()
        whole = decoder.fp.tell() == len(untrusted)
    except (cbor2.CBORError, ValueError, TypeError, OverflowError, RecursionError, MemoryError) as error:
        raise CertificateStructureError("cbor") from error
    if not whole:
        raise CertificateStructureError("cbor")
    _plain(value, [MOST_VALUES], DEEPEST)
    return value


def _plain(value: Any, left: list[int], depth: int) -> None:
    left[0] -= 1
    if left[0] < 0 or depth < 0:
        raise CertificateStructureError("cbor")
    if isinstance(value, Mapping):
        for key, each in value.items():
            if not isinstance(key, str | int):
                raise CertificateStructureError("cbor")
            _plain(key, left, depth - 1)
            _plain(each, left, depth - 1)
    elif isinstance(value, list | tuple):
        for each in value:
            _plain(each, left, depth - 1)
    elif isinstance(value, cbor2.CBORTag):
        if value.tag not in {18, 61}:
            raise CertificateStructureError("cbor")
        _plain(value.value, left, depth - 1)
    elif not isinstance(value, _PLAIN):
        raise CertificateStructureError("cbor")
