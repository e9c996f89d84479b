"""Identifiers of ours in the systems of others: stable, keyed, and nothing can be read out of them."""

import base64
import hashlib
import hmac
import re
import string
from dataclasses import dataclass
from uuid import UUID

from poe_health.document_number import compared_number
from poe_health.exchange.source import ExportCase

_LETTERS = string.ascii_uppercase + string.ascii_lowercase
_ALPHABET = string.digits + _LETTERS
_UID = re.compile(r"[A-Za-z][A-Za-z0-9]{10}", re.ASCII)
_UID_LENGTH = 11
_PSEUDONYM_BYTES = 10  # 80 bits: 16 characters of base32
_SHORTEST_KEY = 32


def is_uid(text: str) -> bool:
    """Return whether it is a UID of DHIS2: eleven letters and digits, the first a letter."""
    return _UID.fullmatch(text) is not None


@dataclass(frozen=True, slots=True, repr=False)
class ExchangeKeys:
    """Two secrets of 32 bytes or more. ``identifiers`` never changes: with another key every record would be new there.

    ``pseudonyms`` is the ministry's and is rotated; ``pseudonym_key`` names the one in use and is written beside each
    pseudonym, so that two years are joined only by who has both keys.

    Raises:
        ValueError: a key is too short.
    """

    identifiers: bytes
    pseudonyms: bytes
    pseudonym_key: str

    def __post_init__(self) -> None:
        if min(len(self.identifiers), len(self.pseudonyms)) < _SHORTEST_KEY:
            raise ValueError("a key of exchange has at least 32 bytes")

    def __repr__(self) -> str:
        return f"ExchangeKeys({self.pseudonym_key})"  # keys never reach a log

    def uid(self, kind: str, *parts: UUID | str) -> str:
        """Return the UID of a thing of ours in DHIS2: the same for ever, and an update when it is sent again."""
        number = int.from_bytes(self._digest(self.identifiers, f"dhis2.{kind}", *parts), "big")
        number, first = divmod(number, len(_LETTERS))
        text = _LETTERS[first]
        for _ in range(_UID_LENGTH - 1):
            number, place = divmod(number, len(_ALPHABET))
            text += _ALPHABET[place]
        return text

    def uuid(self, kind: str, *parts: UUID | str) -> UUID:
        """Return the UUID of a thing of ours elsewhere (FHIR, Go.Data); version 8 of RFC 9562: made by our own rule."""
        raw = bytearray(self._digest(self.identifiers, f"uuid.{kind}", *parts)[:16])
        raw[6] = raw[6] & 0x0F | 0x80
        raw[8] = raw[8] & 0x3F | 0x80
        return UUID(bytes=bytes(raw))

    def pseudonym(self, case: ExportCase) -> str:
        """Return the pseudonym of the person of a case, and of the case alone where no document is known.

        Keyed over kind, country and number of the document: a number alone belongs to several people.
        """
        person = case.person
        number = compared_number(person.document_number or "") if person is not None else ""
        if person is not None and number and person.document_country:
            parts: tuple[UUID | str, ...] = (person.document_type or "", person.document_country, number)
            raw = self._digest(self.pseudonyms, "document", *parts)
        else:
            raw = self._digest(self.pseudonyms, "case", case.id)
        return f"{self.pseudonym_key}-{base64.b32encode(raw[:_PSEUDONYM_BYTES]).decode()}"

    def seal(self, content: bytes) -> str:
        """Return a digest that only who has the key can make again: names inside cannot be guessed from it."""
        return hmac.new(self.identifiers, b"content" + content, hashlib.sha256).hexdigest()

    def _digest(self, key: bytes, kind: str, *parts: UUID | str) -> bytes:
        # lengths before the parts: ("ab", "c") and ("a", "bc") are two things
        text = "".join(f"{len(part)}:{part}" for part in (kind, *(str(each) for each in parts)))
        return hmac.new(key, text.encode(), hashlib.sha256).digest()
