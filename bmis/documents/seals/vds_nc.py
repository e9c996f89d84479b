"""A VDS-NC: the seal of other States as JSON that brings its signer's certificate along (ICAO VDS-NC 1.4)."""

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Never

from bmis.documents.seals.errors import SealFormError

LONGEST_TEXT = 16 * 1024  # characters; the largest QR code holds 2953 bytes
_DEEPEST = 10
_LARGEST_WHOLE = 2**53  # beyond it two readers of JSON may see two numbers (RFC 8785, appendix D)
_LONGEST_NAME = 200
_ALGORITHMS = frozenset({"ES256", "ES384", "ES512"})


@dataclass(frozen=True, slots=True)
class VdsNc:
    """Such a seal. Nothing in it is proved yet."""

    issuing_state: str
    kind: str  # icao.vacc, icao.test
    name: str | None
    birth_date: str | None
    signed: bytes  # what the signature is over (RFC 8785)
    algorithm: str
    certificate: bytes  # DER, from outside
    signature: bytes  # r and s


def read_vds_nc(untrusted_text: str) -> VdsNc:
    """Return the seal.

    Raises:
        SealFormError: not JSON, a key twice, too large or deep, a number that is not whole, not a VDS-NC.
    """
    if len(untrusted_text) > LONGEST_TEXT:
        raise SealFormError("size")
    try:
        document = json.loads(
            untrusted_text, object_pairs_hook=_once, parse_float=_refuse, parse_constant=_refuse, parse_int=_whole
        )
        content, seal = document["data"], document["sig"]
        header, message = content["hdr"], content["msg"]
        person = message.get("pid", {})
        return VdsNc(
            issuing_state=_text(header["is"]),
            kind=_text(header["t"]),
            name=_shown(person.get("n")),
            birth_date=_shown(person.get("dob")),
            signed=json.dumps(_canonical(content, _DEEPEST), ensure_ascii=False, separators=(",", ":")).encode(),
            algorithm=_algorithm(seal["alg"]),
            certificate=_base64url(seal["cer"]),
            signature=_base64url(seal["sigvl"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError, UnicodeError) as error:
        raise SealFormError("json") from error


def _canonical(value: Any, depth: int) -> Any:
    """Return the value with its keys in the order of RFC 8785: by their UTF-16 units."""
    if depth == 0:
        raise ValueError("deep")
    if isinstance(value, dict):
        pairs = sorted(value.items(), key=lambda pair: pair[0].encode("utf-16-be"))
        return {key: _canonical(each, depth - 1) for key, each in pairs}
    if isinstance(value, list):
        return [_canonical(each, depth - 1) for each in value]
    return value


def _once(pairs: list[tuple[str, Any]]) -> Mapping[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key twice")
    return found


def _refuse(_: str) -> Never:
    raise ValueError("number")


def _whole(text: str) -> int:
    if len(text) > 17 or abs(int(text)) > _LARGEST_WHOLE or text == "-0":
        raise ValueError("number")
    return int(text)


def _text(value: object) -> str:
    if not isinstance(value, str) or not 0 < len(value) <= _LONGEST_NAME:
        raise ValueError("text")
    return value


def _shown(value: object) -> str | None:
    return value[:_LONGEST_NAME] if isinstance(value, str) and value else None


def _algorithm(value: object) -> str:
    if value not in _ALGORITHMS:
        raise ValueError("algorithm")
    return str(value)


def _base64url(value: object) -> bytes:
    text = _text_of_any_length(value).rstrip("=")
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except binascii.Error as error:
        raise ValueError("base64") from error


def _text_of_any_length(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("text")
    return value
