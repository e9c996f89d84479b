"""The clearance as a text for one QR code of 80 mm paper: packed, signed by port health (Ed25519), base45 (RFC 9285).

``BH1:`` and then version, outcome, ten random bytes of reference, moment of issue, minutes of validity, number of the
card, post, four bytes that name the key, signature. Nothing in it names a person, a reason or a disease.
"""

import hashlib
import struct
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import ClassVar

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from bmis.kernel.clearance import Clearance, ClearanceOutcome
from bmis.kernel.errors import OfficerError

MARK = "BH1:"
LONGEST_TEXT = 400
_HEAD = struct.Struct(">BB10sIHI")  # version, outcome, reference, seconds since 1970, minutes, number of the card
_VERSION = 1
_KEY_ID, _SIGNATURE, _LONGEST_POST = 4, 64, 40
_OUTCOMES = tuple(ClearanceOutcome)
_DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"
_VALUES = {digit: value for value, digit in enumerate(_DIGITS)}
_AHEAD = timedelta(minutes=2)  # two desks' clocks differ by so much


class TokenFault(StrEnum):
    """Why a text is no clearance that counts here and now."""

    NOT_A_TOKEN = "not_a_token"  # noqa: S105 - a reason, not a password
    KEY_UNKNOWN = "key_unknown"
    SIGNATURE = "signature"
    OTHER_POST = "other_post"
    NOT_YET = "not_yet"
    EXPIRED = "expired"
    USED = "used"
    WRITTEN_OFF = "written_off"  # a card that port health lost or destroyed


class ClearanceRefusedError(OfficerError):
    """The text is no clearance that counts here and now; ``why`` is one of ``TokenFault``."""

    code: ClassVar[str] = "BMIS-480"

    def __init__(self, why: TokenFault) -> None:
        super().__init__(why=why.value)
        self.why = why


@dataclass(frozen=True, slots=True)
class ClearanceKey:
    """The public half of the key with which port health of a post signs."""

    post_code: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Return the four bytes that name it in a token; a signature decides, not the name."""
        return hashlib.sha256(self.public).digest()[:_KEY_ID]


def token_text(clearance: Clearance, signer: Ed25519PrivateKey) -> str:
    """Return the signed text. Times are kept to the second, validity to the minute."""
    post = clearance.post_code.encode("ascii")
    minutes = (clearance.valid_until - clearance.issued_at) // timedelta(minutes=1)
    issued = int(clearance.issued_at.timestamp())
    reference = bytes.fromhex(clearance.ref)
    outcome = _OUTCOMES.index(clearance.outcome)
    head = _HEAD.pack(_VERSION, outcome, reference, issued, minutes, clearance.card or 0)
    key = ClearanceKey(clearance.post_code, signer.public_key().public_bytes_raw())
    body = head + bytes([len(post)]) + post + key.id
    return MARK + _base45(body + signer.sign(_about(body)))


def read_token(untrusted_text: str, keys: Iterable[ClearanceKey], post_code: str, now: datetime) -> Clearance:
    """Return the clearance of the text, if port health of this post signed it and it is valid now.

    Raises:
        ClearanceRefusedError: it is not; ``why`` says what is wrong.
    """
    body, signature = _parts(untrusted_text)
    clearance, key_id = _fields(body)
    by_id: Mapping[bytes, ClearanceKey] = {key.id: key for key in keys if key.post_code == clearance.post_code}
    key = by_id.get(key_id)
    if key is None:
        raise ClearanceRefusedError(TokenFault.KEY_UNKNOWN)
    try:
        Ed25519PublicKey.from_public_bytes(key.public).verify(signature, _about(body))
    except (InvalidSignature, ValueError) as error:
        raise ClearanceRefusedError(TokenFault.SIGNATURE) from error
    if clearance.post_code != post_code:
        raise ClearanceRefusedError(TokenFault.OTHER_POST)
    if now < clearance.issued_at - _AHEAD:
        raise ClearanceRefusedError(TokenFault.NOT_YET)
    if now >= clearance.valid_until:
        raise ClearanceRefusedError(TokenFault.EXPIRED)
    return clearance


def looks_like_token(untrusted_text: str) -> bool:
    """Return whether the text is meant as a health token. Whether it is one, and counts, is for ``read_token``."""
    return untrusted_text.lstrip("\r\n\t").startswith(MARK)


def _about(body: bytes) -> bytes:
    return b"bmis clearance|" + body  # a signature of anything else is none of this


def _parts(untrusted_text: str) -> tuple[bytes, bytes]:
    text = untrusted_text.strip("\r\n\t")  # what a reader adds; a space is a digit of base45
    if len(text) > LONGEST_TEXT or not text.startswith(MARK):
        raise ClearanceRefusedError(TokenFault.NOT_A_TOKEN)
    raw = _unbase45(text.removeprefix(MARK))
    if len(raw) < _HEAD.size + 1 + _KEY_ID + _SIGNATURE:
        raise ClearanceRefusedError(TokenFault.NOT_A_TOKEN)
    return raw[:-_SIGNATURE], raw[-_SIGNATURE:]


def _fields(body: bytes) -> tuple[Clearance, bytes]:
    version, outcome, reference, issued, minutes, card = _HEAD.unpack_from(body)
    length = body[_HEAD.size]
    post = body[_HEAD.size + 1 : -_KEY_ID]
    if version != _VERSION or outcome >= len(_OUTCOMES) or length != len(post) or not 0 < length <= _LONGEST_POST:
        raise ClearanceRefusedError(TokenFault.NOT_A_TOKEN)
    if not post.isascii():
        raise ClearanceRefusedError(TokenFault.NOT_A_TOKEN)
    issued_at = datetime.fromtimestamp(issued, UTC)
    clearance = Clearance(
        schema=_VERSION,
        ref=reference.hex(),
        outcome=_OUTCOMES[outcome],
        issued_at=issued_at,
        valid_until=issued_at + timedelta(minutes=minutes),
        post_code=post.decode("ascii"),
        card=card or None,
    )
    return clearance, body[-_KEY_ID:]


def _base45(raw: bytes) -> str:
    digits = []
    for at in range(0, len(raw), 2):
        pair = raw[at : at + 2]
        value = int.from_bytes(pair, "big")
        for _ in range(len(pair) + 1):
            value, digit = divmod(value, 45)
            digits.append(_DIGITS[digit])
    return "".join(digits)


def _unbase45(text: str) -> bytes:
    """Return the bytes of a text, which must be written as they would be: one clearance has one text."""
    found = bytearray()
    for at in range(0, len(text), 3):
        group = text[at : at + 3]
        if len(group) == 1 or any(digit not in _VALUES for digit in group):
            raise ClearanceRefusedError(TokenFault.NOT_A_TOKEN)
        value = sum(_VALUES[digit] * 45**place for place, digit in enumerate(group))
        if value >= 1 << 8 * (len(group) - 1):
            raise ClearanceRefusedError(TokenFault.NOT_A_TOKEN)
        found += value.to_bytes(len(group) - 1, "big")
    return bytes(found)
