"""Invented travellers for training homes. The names are put together at random, the document numbers say TR."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from random import Random
from uuid import UUID

from bmis.crossings.crossing import PersonDetails
from bmis.crossings.paperwork.errors import PaperworkRuleError
from bmis.documents.compose import compose
from bmis.documents.dates import PartialDate
from bmis.documents.mrz import MrzFields, parse
from bmis.documents.names.transliteration import mrz_form
from bmis.documents.travel_document import CaptureMethod, TravelDocument, from_fields, from_mrz
from bmis.kernel.resources import resource

HOME_STATE = "MOZ"
BORN_ON_NEW_YEAR = 0.12  # many people know only the year, and registers write 1 January
YEAR_ONLY = 0.25  # of these on a document written by hand
MINORS = 0.05
FAULTY = 0.02  # of foreigners' passports
_FILE = "names.toml"


@dataclass(frozen=True, slots=True)
class People:
    """Names and towns of one State. ``female`` and ``male`` are given names."""

    state: str
    neighbour: bool
    towns: tuple[str, ...]
    surnames: tuple[str, ...]
    female: tuple[str, ...]
    male: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Person:
    """An invented traveller with one document. ``lives_here``: goes out and comes back, instead of the other way."""

    traveller_id: UUID
    document: TravelDocument
    details: PersonDetails
    lives_here: bool
    is_foreigner: bool
    is_minor: bool
    town: str
    country: str
    plate: str | None
    expires_on: date


@dataclass(frozen=True, slots=True)
class _Kind:
    code: str
    weight: int
    mrz: tuple[str, str] | None = None  # layout and document code; None: typed by hand
    years: int = 10
    prefix: str = "TR"
    traveller_class: str | None = None


_NATIONAL = (
    _Kind("passport", 58, ("TD3", "P"), 5),
    _Kind("identity_card_moz", 25, None, 10, "TREINO"),
    _Kind("miner_travel_document", 8, None, 5, "TRM"),
    _Kind("border_facility_card", 5, None, 1, "TRF"),
    _Kind("emergency_certificate", 4, None, 1, "TRE"),
)
_NEIGHBOUR = (
    _Kind("passport", 78, ("TD3", "P")),
    _Kind("passport", 12, ("TD3", "P"), 10, "TR", "lorry_driver"),
    _Kind("foreign_emergency_document", 6, None, 1, "TRX"),
    _Kind("dire", 4, None, 3, "TRD"),
)
_OTHER = (
    _Kind("passport", 84, ("TD3", "P")),
    _Kind("dire", 10, None, 3, "TRD"),
    _Kind("diplomatic_passport", 6, ("TD3", "PD")),
)
_CUMULATIVE = {kinds: tuple(accumulate(kind.weight for kind in kinds)) for kinds in (_NATIONAL, _NEIGHBOUR, _OTHER)}
_MANUAL = "Treino: documento dactilografado"


@cache
def peoples() -> tuple[tuple[People, ...], tuple[int, ...]]:
    """Return the States of resources/training/names.toml, and how often each appears.

    Raises:
        PaperworkRuleError: the list is missing, damaged, or does not say that it is synthetic.
    """
    try:
        said = tomllib.loads(resource("training", _FILE).read_text("utf-8"))
        if said["synthetic"] is not True:
            raise ValueError("not synthetic")
        found = [
            People(
                state["code"],
                state["neighbour"],
                tuple(state["towns"]),
                tuple(state["surnames"]),
                tuple(state["female"]),
                tuple(state["male"]),
            )
            for state in said["state"]
        ]
        return tuple(found), tuple(int(state["weight"]) for state in said["state"])
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise PaperworkRuleError(file=_FILE) from error


class DemoPeople:
    """Invents people. The same random source, day and number give the same person."""

    def __init__(self, chance: Random, today: date) -> None:
        self._chance = chance
        self._today = today
        self._made = 0
        self._peoples, weights = peoples()
        self._weights = tuple(accumulate(weights))

    def __call__(self, traveller_id: UUID) -> Person:
        """Return a new person."""
        chance = self._chance
        self._made += 1
        people = chance.choices(self._peoples, cum_weights=self._weights)[0]
        kinds = _NATIONAL if people.state == HOME_STATE else _NEIGHBOUR if people.neighbour else _OTHER
        kind = chance.choices(kinds, cum_weights=_CUMULATIVE[kinds])[0]
        sex = "F" if chance.random() < 0.47 else "M"
        given = self._given(people.female if sex == "F" else people.male)
        surname = chance.choice(people.surnames)
        is_minor = kind.traveller_class is None and kind.code == "passport" and chance.random() < MINORS
        birth = self._birth(is_minor, by_hand=kind.mrz is None)
        expiry = self._expiry(kind, people)
        document = self._document(kind, people, surname, given, birth, sex, expiry)
        resident = kind.code == "dire"
        home = people.state == HOME_STATE or resident
        details = PersonDetails(
            traveller_class=kind.traveller_class,
            birth_country=people.state,
            residence_country=HOME_STATE if home else people.state,
        )
        return Person(
            traveller_id=traveller_id,
            document=document,
            details=details,
            lives_here=home,
            is_foreigner=people.state != HOME_STATE,
            is_minor=is_minor,
            town=chance.choice(people.towns),
            country=people.state,
            plate=f"TRN{self._made % 1000:03}MC" if kind.traveller_class == "lorry_driver" else None,
            expires_on=expiry,
        )

    def _given(self, names: Sequence[str]) -> str:
        first = self._chance.choice(names)
        second = self._chance.choice(names) if self._chance.random() < 0.4 else first
        return first if second == first else f"{first} {second}"

    def _birth(self, is_minor: bool, *, by_hand: bool) -> PartialDate:
        chance = self._chance
        youngest, oldest = (1, 17) if is_minor else (18, 75)
        year = self._today.year - chance.randint(youngest + 1, oldest)
        if chance.random() < BORN_ON_NEW_YEAR:
            return PartialDate(year) if by_hand and chance.random() < YEAR_ONLY else PartialDate(year, 1, 1)
        return PartialDate(year, chance.randint(1, 12), chance.randint(1, 28))

    def _expiry(self, kind: _Kind, people: People) -> date:
        """Most documents have months or years to go; a few foreigners' passports are short of that, or out."""
        chance = self._chance
        roll = chance.random()
        if people.state != HOME_STATE and kind.code == "passport" and roll < FAULTY:
            if roll < FAULTY / 4:
                return self._today - timedelta(days=chance.randint(400, 800))
            return self._today + timedelta(days=chance.randint(5, 90))
        longest = kind.years * 365
        return self._today + timedelta(days=chance.randint(min(200, longest // 3), longest - 30))

    def _document(
        self, kind: _Kind, people: People, surname: str, given: str, birth: PartialDate, sex: str, expiry: date
    ) -> TravelDocument:
        issuer = HOME_STATE if kind.code == "dire" else people.state
        if kind.mrz is None:
            return from_fields(
                kind.code,
                issuing_state=issuer,
                number=f"{kind.prefix}{self._made:06}",
                surname=surname,
                given_names=given,
                nationality=people.state,
                birth_date=birth,
                sex=sex,
                expiry_date=PartialDate.of(expiry),
                missing={} if birth.day else {"birth_month": "NOT_ON_DOCUMENT", "birth_day": "NOT_ON_DOCUMENT"},
                manual_reason=_MANUAL,
            )
        layout, code = kind.mrz
        lines = compose(
            layout,
            MrzFields(
                document_code=code,
                issuing_state=issuer,
                number=f"{kind.prefix}{self._made:07}",
                surname=mrz_form(surname),
                given_names=mrz_form(given),
                nationality=people.state,
                birth_date=birth,
                sex=sex,
                expiry_date=PartialDate.of(expiry),
            ),
        )
        parsed = parse(lines, today=self._today)
        return from_mrz(
            parsed,
            capture_method=CaptureMethod.CAMERA,
            kind=kind.code,
            viz_surname=surname,
            viz_given_names=given,
        )
