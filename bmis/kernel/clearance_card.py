"""Cards of port health by number: what a lane knows of a card whose QR code cannot be scanned.

Beside its number a card bears six letters made from its token. The lane's copy of the token is sealed under number and
letters: the file of a home hands no release to who only reads it, and a number without its card opens nothing.
"""

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from bmis.kernel.clearance import Clearance
from bmis.kernel.errors import OfficerError

LETTERS = 6
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base32: no I, L, O, U
_MEANT = str.maketrans({"I": "1", "L": "1", "O": "0"})
_TYPED = re.compile(rf"\s*([0-9]{{1,9}})[\s.\-/·]*([0-9A-Za-z]{{{LETTERS}}})\s*", re.ASCII)
# A card counts for a day: all 30 bits of its letters cost weeks of one processor, and open one anonymous card
_SALT, _NONCE, _KEY, _COST = 12, 12, 32, 2**11


class CardUnknownError(OfficerError):
    """No card with this number counts at this lane today."""

    code: ClassVar[str] = "BMIS-587"


class CardLettersError(OfficerError):
    """What was typed is not a number and the six letters beside it, or the letters are not that card's."""

    code: ClassVar[str] = "BMIS-588"


@dataclass(frozen=True, slots=True)
class SealedCard:
    """A signed card as the lane's home keeps it: nobody sees its code without the card in hand."""

    number: int
    post_code: str
    valid_until: datetime
    salt: bytes
    sealed: bytes


def card_letters(token: str) -> str:
    """Return the six letters that are printed beside the number of a card."""
    value = int.from_bytes(hashlib.sha256(b"bmis card letters|" + token.encode("ascii")).digest()[:8], "big")
    letters = []
    for _ in range(LETTERS):
        value, at = divmod(value, len(_ALPHABET))
        letters.append(_ALPHABET[at])
    return "".join(letters)


def card_mark(clearance: Clearance) -> str:
    """Return the hash under which a card is written off: of eighty random bits, so it tells neither card nor code."""
    return hashlib.sha256(b"bmis card written off|" + bytes.fromhex(clearance.ref)).hexdigest()


def seal_card(clearance: Clearance, token: str) -> SealedCard:
    """Return the card for the lane.

    Raises:
        ValueError: the clearance is no card's.
    """
    if clearance.card is None:
        raise ValueError("a token without a number is no card")
    salt = secrets.token_bytes(_SALT)
    key = _key(clearance.card, card_letters(token), salt)
    nonce = secrets.token_bytes(_NONCE)
    sealed = nonce + AESGCM(key).encrypt(nonce, token.encode("ascii"), _about(clearance.card, clearance.post_code))
    return SealedCard(clearance.card, clearance.post_code, clearance.valid_until, salt, sealed)


def typed_card(untrusted_text: str) -> tuple[int, str]:
    """Return number and letters of a card as they were typed: ``17 K4PM7Q``, ``17-k4pm7q``, ``17K4PM7Q``.

    Raises:
        CardLettersError: it is not both.
    """
    found = _TYPED.fullmatch(untrusted_text[:60])
    if found is None:
        raise CardLettersError
    letters = found[2].upper().translate(_MEANT)
    if any(letter not in _ALPHABET for letter in letters):
        raise CardLettersError
    return int(found[1]), letters


def open_card(cards: "tuple[SealedCard, ...]", number: int, letters: str, post_code: str, now: datetime) -> str:
    """Return the token of the card, still to be proved like any other.

    Raises:
        CardUnknownError: there is none of that number today. CardLettersError: the letters are another card's.
    """
    found = [card for card in cards if (card.number, card.post_code) == (number, post_code) and now < card.valid_until]
    if not found:
        raise CardUnknownError
    for card in found:
        try:
            cipher = AESGCM(_key(card.number, letters, card.salt))
            nonce, sealed = card.sealed[:_NONCE], card.sealed[_NONCE:]
            return cipher.decrypt(nonce, sealed, _about(card.number, card.post_code)).decode("ascii")
        except (InvalidTag, ValueError):  # too short, or not what was sealed
            continue
    raise CardLettersError


def _key(number: int, letters: str, salt: bytes) -> bytes:
    return Scrypt(salt=salt, length=_KEY, n=_COST, r=8, p=1).derive(f"{number}|{letters}".encode("ascii"))


def _about(number: int, post_code: str) -> bytes:
    return f"bmis card|{number}|{post_code}".encode("ascii")
