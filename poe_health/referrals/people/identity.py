"""Who a person is, sealed: events carry only a salted digest, so that forgetting the person leaves the chain whole."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from uuid import UUID

from bmis.store.canonical import canonical
from poe_health.codes import known_choice
from poe_health.referrals.errors import ReferralFieldError

LONGEST = 200
OLDEST = 130


@dataclass(frozen=True, slots=True)
class PatientIdentity:
    """What a health unit or a visitor needs to find the person. None: not known; nothing is guessed.

    ``other_contact``: a second person's name and number. ``address``: a landmark will do.
    """

    surname: str | None = None
    given_names: str | None = None
    sex: str | None = None
    birth_date: date | None = None
    age_years: int | None = None
    nationality: str | None = None
    document: str | None = None
    language: str | None = None
    phone: str | None = None
    other_contact: str | None = None
    address: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no person has.

        Raises:
            ReferralFieldError: a field, named.
            HealthCodeError: a sex that is none of the list.
        """
        for field in fields(self):
            value = getattr(self, field.name)
            if isinstance(value, str) and not 0 < len(value.strip()) <= LONGEST:
                raise ReferralFieldError(field.name)
        if self.sex is not None:
            known_choice("sex", "sex", self.sex)
        if self.age_years is not None and not 0 <= self.age_years <= OLDEST:
            raise ReferralFieldError("age_years")
        if self.age_years is not None and self.birth_date is not None:
            raise ReferralFieldError("age_years")

    @property
    def full_name(self) -> str | None:
        """Surname first; None where no name is known."""
        return ", ".join(part for part in (self.surname, self.given_names) if part) or None

    def plain(self) -> dict[str, object]:
        """Return plain values; what is not known is left out."""
        said = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in said.items() if value is not None}

    @classmethod
    def of(cls, untrusted: Mapping[str, object]) -> "PatientIdentity":
        """Return the identity that plain values say.

        Raises:
            ReferralFieldError: a field that is not known or of the wrong kind.
        """
        said = dict(untrusted)
        names = {field.name for field in fields(cls)}
        for name, value in said.items():
            if name not in names:
                raise ReferralFieldError("identity")
            if name == "age_years":
                good = isinstance(value, int) and not isinstance(value, bool)
            else:
                good = isinstance(value, date) if name == "birth_date" else isinstance(value, str)
            if name == "birth_date" and isinstance(value, str):
                said[name], good = _day(value), True
            if not good:
                raise ReferralFieldError(name)
        return cls(**said)  # type: ignore[arg-type]  # each was judged above


@dataclass(frozen=True, slots=True)
class SealedIdentity:
    """An identity as it is kept, with the salt of its seal; ``identity`` None: it was forgotten."""

    id: UUID
    salt: str
    identity: PatientIdentity | None

    @classmethod
    def new(cls, identifier: UUID, identity: PatientIdentity) -> "SealedIdentity":
        """Return it under a new salt: equal people have different seals."""
        return cls(identifier, secrets.token_hex(16), identity)

    @property
    def seal(self) -> str:
        """The digest that the event carries; "" once forgotten."""
        return "" if self.identity is None else seal_of(self.salt, canonical(self.identity.plain()))


def seal_of(salt: str, content: str) -> str:
    """Return the SHA-256 over the salt and the canonical identity, in hexadecimal."""
    return hashlib.sha256(f"{salt}|{content}".encode()).hexdigest()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ReferralFieldError("birth_date") from error
