"""What a mapping exercise finds: places where people gather or pass, and the routes between them."""

import re
from dataclasses import dataclass, field
from datetime import date
from typing import ClassVar

from bmis.documents.states import iso3
from bmis.flows.fmr import fmr_fields
from bmis.flows.mobility.errors import MobilityFieldError
from bmis.flows.mobility.event import MobilityKind
from bmis.flows.mobility.lists import checked
from bmis.posts.admin_area import DISTRICT, admin_area
from bmis.posts.errors import UnknownAreaError, UnknownPostError
from bmis.posts.point_of_entry import point_of_entry

CODE = re.compile(r"[A-Z0-9][A-Z0-9-]{2,29}")  # never like a post's code: those have dots
LONGEST_NAME = 120
LONGEST_NOTE = 500
_SOUTH, _NORTH, _WEST, _EAST = -27.5, -9.5, 29.5, 41.5  # Mozambique with some room around


def check_code(code: str) -> str:
    """Return the code of a place, route or exercise.

    Raises:
        MobilityFieldError: it is not 3 to 30 capital letters, figures and hyphens.
    """
    if not CODE.fullmatch(code):
        raise MobilityFieldError(where="code")
    return code


def check_text(text: str, where: str, longest: int, *, needed: bool = True) -> None:
    """Return only if the text can be. Raises MobilityFieldError."""
    if (needed and not text.strip()) or len(text) > longest:
        raise MobilityFieldError(where=where)


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedPlace:
    """A place as it stands from a day on. Degrees WGS 84. ``vulnerability`` None: nobody judged it."""

    KIND: ClassVar[MobilityKind] = MobilityKind.PLACE_MAPPED

    code: str
    name: str
    type: str
    adm2_pcode: str
    seen_on: date
    volume_class: str | None = None
    season: tuple[str, ...] = ()
    latitude: float | None = None
    longitude: float | None = None
    position_confidence: str | None = None
    vulnerability: str | None = None
    post_code: str | None = None
    exercise: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Check the fields. Raises MobilityFieldError."""
        check_code(self.code)
        check_text(self.name, "name", LONGEST_NAME)
        check_text(self.note, "note", LONGEST_NOTE, needed=False)
        checked("place_type", self.type, "type")
        for one in self.season:
            checked("season", one, "season")
        for of, code in (("volume_class", self.volume_class), ("vulnerability", self.vulnerability)):
            if code is not None:
                checked(of, code, of)
        self._check_position()
        try:
            area = admin_area(self.adm2_pcode)
        except UnknownAreaError as error:
            raise MobilityFieldError(where="adm2_pcode") from error
        if area.level != DISTRICT or area.pcode != self.adm2_pcode or not area.selectable:
            raise MobilityFieldError(where="adm2_pcode")
        if self.post_code is not None:
            try:
                point_of_entry(self.post_code)
            except UnknownPostError as error:
                raise MobilityFieldError(where="post_code") from error

    def _check_position(self) -> None:
        given = (self.latitude, self.longitude, self.position_confidence)
        if all(one is None for one in given):
            return
        if self.latitude is None or not _SOUTH <= self.latitude <= _NORTH:
            raise MobilityFieldError(where="latitude")
        if self.longitude is None or not _WEST <= self.longitude <= _EAST:
            raise MobilityFieldError(where="longitude")
        if self.position_confidence is None:
            raise MobilityFieldError(where="position_confidence")
        checked("position_confidence", self.position_confidence, "position_confidence")

    @property
    def subject(self) -> str:
        """Its code."""
        return self.code

    @property
    def first(self) -> date:
        """The day it was seen."""
        return self.seen_on

    @property
    def last(self) -> date:
        """Until it is corrected or taken back."""
        return date.max

    @property
    def adm1_pcode(self) -> str:
        """The province."""
        return self.adm2_pcode[:4]

    @property
    def is_unofficial(self) -> bool:
        """Whether people cross there without a post."""
        return self.type == "unofficial_crossing"


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedRoute:
    """A way that people take. An end is the code of a place, a P-code, or a State (ISO 3166-1 alpha-3)."""

    KIND: ClassVar[MobilityKind] = MobilityKind.ROUTE_MAPPED

    code: str
    origin: str
    destination: str
    mode: str
    source: str
    seen_on: date
    season: tuple[str, ...] = ()
    volume_class: str | None = None
    exercise: str | None = None
    note: str = ""

    def __post_init__(self) -> None:
        """Check the fields. Raises MobilityFieldError."""
        check_code(self.code)
        check_text(self.note, "note", LONGEST_NOTE, needed=False)
        if self.mode not in fmr_fields()["transport_mode"].codes:
            raise MobilityFieldError(where="mode")
        checked("route_source", self.source, "source")
        for one in self.season:
            checked("season", one, "season")
        if self.volume_class is not None:
            checked("volume_class", self.volume_class, "volume_class")
        if self.origin == self.destination:
            raise MobilityFieldError(where="destination")

    @property
    def subject(self) -> str:
        """Its code."""
        return self.code

    @property
    def first(self) -> date:
        """The day it was told or seen."""
        return self.seen_on

    @property
    def last(self) -> date:
        """Until it is corrected or taken back."""
        return date.max


@dataclass(frozen=True, slots=True, kw_only=True)
class MappingExercise:
    """A workshop or visit that mapped mobility. ``participants``: how many of each kind, no names."""

    KIND: ClassVar[MobilityKind] = MobilityKind.EXERCISE_HELD

    code: str
    held_from: date
    held_to: date
    methods: tuple[str, ...]
    facilitator: str
    area: str
    participants: tuple[tuple[str, int], ...] = field(default=())
    note: str = ""

    def __post_init__(self) -> None:
        """Check the fields. Raises MobilityFieldError."""
        check_code(self.code)
        check_text(self.facilitator, "facilitator", LONGEST_NAME)
        check_text(self.note, "note", LONGEST_NOTE, needed=False)
        if not self.methods:
            raise MobilityFieldError(where="methods")
        for one in self.methods:
            checked("method", one, "methods")
        kinds = [checked("participant", kind, "participants") for kind, _n in self.participants]
        if len({*kinds}) != len(kinds) or any(not 0 <= n <= 1000 for _kind, n in self.participants):
            raise MobilityFieldError(where="participants")
        if not is_area(self.area):
            raise MobilityFieldError(where="area")

    @property
    def subject(self) -> str:
        """Its code."""
        return self.code

    @property
    def first(self) -> date:
        """The first day."""
        return self.held_from

    @property
    def last(self) -> date:
        """The last day."""
        return self.held_to


def is_area(code: str) -> bool:
    """Return whether the code is, as written, a P-code of Mozambique or a State."""
    try:
        return admin_area(code).pcode == code
    except UnknownAreaError:
        return iso3(code) == code
