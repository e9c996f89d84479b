"""What the seal of a border pass says, and its writing in a VDS (ICAO Doc 9303-13; docs/decisions/015-pass-seal.md).

The seal holds what an officer needs where there is no network. It holds no document number and no picture.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from bmis.documents.compose import name_field
from bmis.documents.dates import PartialDate
from bmis.documents.errors import DateTextError
from bmis.documents.mrz_layout import FILLER
from bmis.documents.names.transliteration import mrz_form
from bmis.documents.seals.c40 import from_c40, to_c40
from bmis.documents.seals.errors import PassSealError, SealFormError
from bmis.documents.seals.vds import Vds, date_bytes, date_of

FEATURES, CATEGORY = 0xB1, 0x02  # of a State's own choice; an even category is not ICAO's
STATES = {"MOZ": "MZ", "UTO": "UT"}  # who issues such passes, and how its signers begin; UTO in training
NAME_CELLS = 30
MOST_POSTS = 6
PHOTO_BYTES = 8
MOST_SERIAL = 64_000_000  # the status list holds no more (8 MB of bits)
_MOST_DEPENDANTS = 30

_SCHEME, _SERIAL, _NAME, _BIRTH, _SEX, _ZONE, _POSTS, _VALID, _PURPOSE, _DEPENDANTS, _PHOTO = range(1, 12)
_NEEDED = frozenset({_SCHEME, _SERIAL, _NAME, _SEX, _VALID})
_SCHEME_CODE, _CODE = re.compile("[A-Z0-9]{1,9}", re.ASCII), re.compile("[A-Z0-9]{1,6}", re.ASCII)
_POST = re.compile(r"MZ\.([A-Z])\.([A-Z0-9]{3})", re.ASCII)  # resources/codes/points_of_entry.csv
_IDENTIFIER = re.compile("[A-Z]+(?: [A-Z]+)*", re.ASCII)
_SEXES = ("F", "M", "X")


@dataclass(frozen=True, slots=True)
class PassSeal:
    """What is sealed. Names are in their MRZ form, cut to the 30 cells that a card has; ``written_names`` gives them.

    Raises:
        PassSealError: a value that the seal cannot carry.
    """

    scheme: str  # code of the scheme: one to nine letters and digits
    serial: int  # unique among all passes of the authority
    surname: str
    given_names: str  # "" where there is none
    sex: str  # F, M, X (unknown or unspecified)
    valid_from: date
    valid_to: date  # the last day
    birth: PartialDate | None = None
    zone: str = ""  # code within the scheme; "": all of it
    posts: tuple[str, ...] = ()  # codes of points_of_entry.csv; none: those of the scheme
    purpose: str = ""  # code of the scheme's list
    dependants: int | None = None  # children who travel on it; None: not said
    photo: bytes | None = None  # the first eight bytes of the SHA-256 of the photo on file

    def __post_init__(self) -> None:
        if not _SCHEME_CODE.fullmatch(self.scheme):
            raise PassSealError("scheme")
        if self.zone and not _CODE.fullmatch(self.zone):
            raise PassSealError("zone")
        if self.purpose and not _CODE.fullmatch(self.purpose):
            raise PassSealError("purpose")
        if not 1 <= self.serial <= MOST_SERIAL:
            raise PassSealError("serial")
        if not _IDENTIFIER.fullmatch(self.surname) or len(self.name) > NAME_CELLS:
            raise PassSealError("surname")
        if self.given_names and not _IDENTIFIER.fullmatch(self.given_names):
            raise PassSealError("given_names")
        if self.sex not in _SEXES:
            raise PassSealError("sex")
        if self.valid_to < self.valid_from or self.valid_from.year < 2000 or self.valid_to.year > 2199:
            raise PassSealError("valid_to")
        if self.posts and not _are_posts(self.posts):
            raise PassSealError("posts")
        if self.dependants is not None and not 0 <= self.dependants <= _MOST_DEPENDANTS:
            raise PassSealError("dependants")
        if self.photo is not None and len(self.photo) != PHOTO_BYTES:
            raise PassSealError("photo")

    @property
    def name(self) -> str:
        """Return both names as the seal writes them: two spaces between."""
        return f"{self.surname}  {self.given_names}" if self.given_names else self.surname

    @property
    def fields(self) -> Mapping[str, Any]:
        """Return the fields as plain values."""
        return MappingProxyType(
            {
                "scheme": self.scheme,
                "serial": self.serial,
                "surname": self.surname,
                "given_names": self.given_names,
                "birth_date": str(self.birth) if self.birth else None,
                "sex": self.sex,
                "zone": self.zone or None,
                "posts": list(self.posts),
                "purpose": self.purpose or None,
                "dependants": self.dependants,
                "photo": self.photo.hex() if self.photo else None,
                "valid_from": self.valid_from.isoformat(),
                "valid_to": self.valid_to.isoformat(),
            }
        )

    def features(self) -> Iterator[tuple[int, bytes]]:
        """Yield the document zone: tags rising, nothing for what is not said."""
        yield _SCHEME, to_c40(self.scheme)
        yield _SERIAL, self.serial.to_bytes(4)
        yield _NAME, to_c40(self.name)
        if self.birth is not None:
            yield _BIRTH, _birth_bytes(self.birth)
        yield _SEX, self.sex.encode("ascii")
        if self.zone:
            yield _ZONE, to_c40(self.zone)
        if self.posts:
            yield _POSTS, to_c40("".join(f"{post[3]}{post[5:]}" for post in self.posts))
        yield _VALID, date_bytes(self.valid_from) + date_bytes(self.valid_to)
        if self.purpose:
            yield _PURPOSE, to_c40(self.purpose)
        if self.dependants is not None:
            yield _DEPENDANTS, bytes((self.dependants,))
        if self.photo is not None:
            yield _PHOTO, self.photo


def written_names(surname: str, given_names: str) -> tuple[str, str]:
    """Return both names as the seal carries them: MRZ letters, cut to fit as Doc 9303 cuts names.

    Raises:
        PassSealError: no surname, or a name that cannot be written in MRZ letters.
    """
    from bmis.documents.errors import NameNotWritableError

    try:
        first, second = mrz_form(surname), mrz_form(given_names)
    except NameNotWritableError as error:
        raise PassSealError("surname") from error
    if not first:
        raise PassSealError("surname")
    head, _, tail = name_field(first, second, NAME_CELLS).rstrip(FILLER).partition(FILLER * 2)
    return head.replace(FILLER, " "), tail.replace(FILLER, " ")


def is_pass(vds: Vds) -> bool:
    """Return whether the header says that the seal is of a border pass of ours."""
    header = vds.header
    return (
        (header.feature_reference, header.category) == (FEATURES, CATEGORY)
        and header.version == 4
        and STATES.get(header.issuing_state) == header.signer[:2]
    )


def read_pass(vds: Vds) -> PassSeal:
    """Return what the seal of a pass says.

    Raises:
        SealFormError: a tag that passes have not, out of order, missing, or a value written otherwise than we write it.
    """
    found = vds.features
    tags = list(found)
    if not is_pass(vds) or tags != sorted(tags) or tags[0] < _SCHEME or tags[-1] > _PHOTO or not _NEEDED.issubset(tags):
        raise SealFormError("tags")
    name = from_c40(found[_NAME])
    head, _, tail = name.partition("  ")
    valid = found[_VALID]
    if len(found[_SERIAL]) != 4 or len(valid) != 6:
        raise SealFormError("value")
    try:
        seal = PassSeal(
            scheme=_code(found[_SCHEME]),
            serial=int.from_bytes(found[_SERIAL]),
            surname=head,
            given_names=tail,
            sex=found[_SEX].decode("ascii"),
            valid_from=date_of(valid[:3]),
            valid_to=date_of(valid[3:]),
            birth=_birth(found[_BIRTH]) if _BIRTH in found else None,
            zone=_code(found[_ZONE]) if _ZONE in found else "",
            posts=_posts(found[_POSTS]) if _POSTS in found else (),
            purpose=_code(found[_PURPOSE]) if _PURPOSE in found else "",
            dependants=_one(found[_DEPENDANTS]) if _DEPENDANTS in found else None,
            photo=found.get(_PHOTO),
        )
    except (PassSealError, UnicodeDecodeError) as error:
        raise SealFormError("value") from error
    if (_ZONE in found and not seal.zone) or (_PURPOSE in found and not seal.purpose) or seal.name != name:
        raise SealFormError("value")  # said as nothing, or in a second form
    return seal


@lru_cache(maxsize=1024)
def _are_posts(posts: tuple[str, ...]) -> bool:
    """Return whether they are codes of posts, none twice, in order: one set of posts has one writing."""
    return len(posts) <= MOST_POSTS and all(map(_POST.fullmatch, posts)) and tuple(sorted(set(posts))) == posts


@lru_cache(maxsize=1024)
def _code(value: bytes) -> str:
    """Return the text of a short code: of scheme, zone and purpose a lane sees few."""
    return from_c40(value)


@lru_cache(maxsize=1024)
def _posts(value: bytes) -> tuple[str, ...]:
    text = from_c40(value)
    if not text or len(text) % 4:
        raise SealFormError("value")
    return tuple(f"MZ.{text[at]}.{text[at + 1 : at + 4]}" for at in range(0, len(text), 4))


def _one(value: bytes) -> int:
    if len(value) != 1:
        raise SealFormError("value")
    return value[0]


def _birth_bytes(birth: PartialDate) -> bytes:
    return ((birth.month or 0) * 1_000_000 + (birth.day or 0) * 10_000 + birth.year).to_bytes(3)


def _birth(value: bytes) -> PartialDate:
    if len(value) != 3:
        raise SealFormError("value")
    month, rest = divmod(int.from_bytes(value), 1_000_000)
    day, year = divmod(rest, 10_000)
    try:
        return PartialDate(year, month or None, day or None)
    except DateTextError as error:
        raise SealFormError("date") from error
