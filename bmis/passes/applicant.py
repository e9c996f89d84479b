"""Who applies, who goes along, who attests. Everything here can be erased; counted are only codes."""

import hashlib
import re
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bmis.documents.dates import PartialDate
from bmis.documents.errors import NameNotWritableError
from bmis.documents.names.sound_class import sound_key
from bmis.documents.states import state
from bmis.kernel.plain import plain, value_of
from bmis.passes.errors import ApplicationFieldError, PassPhotoError

LONGEST_NAME = 80
LONGEST_LIFE = 122  # years: the longest that is proved of anybody
LARGEST_PHOTO = 80_000  # bytes; a portrait of 480 pixels is 60 kB at most
MOST_ATTESTATIONS = 6
_ROLE = re.compile(r"[a-z][a-z_]{1,39}")
AGE_BANDS = ((0, 17), (18, 29), (30, 44), (45, 59), (60, 150))
UNKNOWN_AGE = "unknown"


@dataclass(frozen=True, slots=True)
class Applicant:
    """A person as the application says it. ``id_state``: whose identity document; ``district`` is a P-code.

    Raises:
        ApplicationFieldError: a field that cannot be; it is named.
    """

    surname: str
    given_names: str
    birth_date: PartialDate
    sex: str
    village: str
    id_number: str | None = None
    id_state: str | None = None
    nationality: str | None = None
    district: str | None = None
    resident_since: PartialDate | None = None

    def __post_init__(self) -> None:
        _require_name("person.surname", self.surname)
        _require_name("person.given_names", self.given_names)
        if self.sex not in {"F", "M", "X"}:
            raise ApplicationFieldError(field="person.sex")
        if not 1 <= len(self.village.strip()) <= LONGEST_NAME or not _has_sound(self.village):
            raise ApplicationFieldError(field="person.village")
        if self.id_number is not None and not 3 <= len(id_of(self.id_number)) <= 30:
            raise ApplicationFieldError(field="person.id_number")
        for field in ("id_state", "nationality"):
            code = getattr(self, field)
            if code is not None and state(code) is None:
                raise ApplicationFieldError(field=f"person.{field}")

    def __repr__(self) -> str:
        return "Applicant()"  # a name never reaches a log

    @property
    def id_key(self) -> str | None:
        """The identity document's State and number as they are compared; None without one."""
        return None if self.id_number is None else f"{self.id_state or '?'}:{id_of(self.id_number)}"

    @property
    def name_key(self) -> str:
        """The sound classes of all parts of the name."""
        return sound_key(f"{self.surname} {self.given_names}")

    @property
    def village_key(self) -> str:
        """The sound classes of the village."""
        return sound_key(_letters(self.village))

    def age_band(self, day: date) -> str:
        """Return the band of the age, ``unknown`` where the date of birth allows two."""
        least, greatest = self.birth_date.age_on(day)
        return band_of(least, greatest)


@dataclass(frozen=True, slots=True)
class Dependant:
    """A child on the pass. ``photo`` of the child is kept as a part of its own.

    Raises:
        ApplicationFieldError: a field that cannot be.
    """

    surname: str
    given_names: str
    birth_date: PartialDate
    sex: str

    def __post_init__(self) -> None:
        _require_name("dependants.surname", self.surname)
        _require_name("dependants.given_names", self.given_names)
        if self.sex not in {"F", "M", "X"}:
            raise ApplicationFieldError(field="dependants.sex")

    def __repr__(self) -> str:
        return "Dependant()"


@dataclass(frozen=True, slots=True)
class Attestation:
    """What somebody of the community declares of the applicant: lives in the village, in the zone, long enough.

    ``citizen``: also that the applicant is a citizen (where there is no identity document).

    Raises:
        ApplicationFieldError: a field that cannot be.
    """

    attester: str
    role: str
    on: date
    citizen: bool = False

    def __post_init__(self) -> None:
        if not 2 <= len(self.attester.strip()) <= LONGEST_NAME:
            raise ApplicationFieldError(field="attestation.attester")
        if not _ROLE.fullmatch(self.role):
            raise ApplicationFieldError(field="attestation.role")

    def __repr__(self) -> str:
        return "Attestation()"


@dataclass(frozen=True, slots=True)
class PassPhoto:
    """A portrait as JPEG.

    Raises:
        PassPhotoError: it is none, or too large.
    """

    jpeg: bytes

    def __post_init__(self) -> None:
        if not self.jpeg.startswith(b"\xff\xd8\xff") or len(self.jpeg) > LARGEST_PHOTO:
            raise PassPhotoError(bytes=len(self.jpeg))

    def __repr__(self) -> str:
        return "PassPhoto()"  # a face never reaches a log

    @property
    def sha256(self) -> str:
        """Return the hash of the bytes, in hexadecimal."""
        return hashlib.sha256(self.jpeg).hexdigest()


@dataclass(frozen=True, slots=True)
class Who:
    """The part of an application that can be erased, the photo apart."""

    person: Applicant
    dependants: tuple[Dependant, ...] = ()
    attestations: tuple[Attestation, ...] = ()

    def __repr__(self) -> str:
        return "Who()"

    def payload(self) -> dict[str, Any]:
        """Return plain values."""
        return plain(self)

    @classmethod
    def of(cls, payload: dict[str, Any]) -> "Who":
        """Return what ``payload`` came from."""
        return value_of(cls, payload)


@dataclass(frozen=True, slots=True)
class PassRequest:
    """What the desk asks for. ``not_same_as``: people like this one who are somebody else; ``same_person``: who it is.

    The same ``request_id`` is the same application, always.
    """

    request_id: UUID
    scheme: str
    who: Who
    purpose: str
    photo: PassPhoto | None = None
    dependant_photos: tuple[PassPhoto | None, ...] = ()
    not_same_as: frozenset[UUID] = frozenset()
    same_person: UUID | None = None

    def __repr__(self) -> str:
        return f"PassRequest({self.request_id})"


def require_born(who: Who, day: date) -> None:
    """Return only if everybody can have been born when it is said.

    Raises:
        ApplicationFieldError: in the future, or longer ago than anybody lives; it names the field.
    """
    births = [("person.birth_date", who.person.birth_date)]
    births += [("dependants.birth_date", one.birth_date) for one in who.dependants]
    for field, born in births:
        least, greatest = born.age_on(day)
        if greatest < 0 or least > LONGEST_LIFE:
            raise ApplicationFieldError(field=field)


def id_of(number: str) -> str:
    """Return the letters and digits of an identity document's number, in capitals."""
    return "".join(char for char in number.upper() if char.isalnum() and char.isascii())


def band_of(least: int, greatest: int) -> str:
    """Return the age band that holds both ages, ``unknown`` where none does."""
    for first, last in AGE_BANDS:
        if first <= least and greatest <= last:
            return f"{first}-{last}" if last < AGE_BANDS[-1][1] else f"{first}+"
    return UNKNOWN_AGE


def _require_name(field: str, name: str) -> None:
    if not 1 <= len(name.strip()) <= LONGEST_NAME:
        raise ApplicationFieldError(field=field)
    try:
        sound_key(name)
    except NameNotWritableError as error:
        raise ApplicationFieldError(field=field) from error


def _has_sound(text: str) -> bool:
    try:
        return bool(sound_key(_letters(text)))
    except NameNotWritableError:
        return False


def _letters(village: str) -> str:
    """A village may be called Bairro 25 de Junho: digits have no sound."""
    return "".join(char for char in village if not char.isdigit())
