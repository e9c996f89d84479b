"""What ships and aircraft declare (IHR Annexes 8 and 9), in three values: a question left open is not a no."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from poe_health.rules.answer import Answer, answer_of, both, either
from poe_health.voyages.errors import VoyageCodeError, VoyageFieldError
from poe_health.voyages.settings import aircraft_rule, ship_questions

PORTS_DAYS = 30


@dataclass(frozen=True, slots=True)
class PortCall:
    """A port and the day the ship left it; ``affected``: whether WHO names it as an affected area."""

    port: str
    left_on: date
    affected: Answer = Answer.UNKNOWN


@dataclass(frozen=True, slots=True)
class IllOnBoard:
    """One line of the schedule. ``disposal``: still on board, evacuated, died; ``ref`` stands for the person."""

    ref: str
    illness: str
    onset: date | None = None
    reported_to_port: Answer = Answer.UNKNOWN
    disposal: str | None = None


def _unanswered() -> Mapping[str, Answer]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class ShipDeclaration:
    """The Ship Declaration of Health (until 2025 Maritime Declaration of Health).

    ``answers`` by question code; a question that is not there is unknown. ``surgeon_on_board`` and
    ``surgeon_signed``: the countersignature is asked only of a ship that carries a surgeon.
    """

    port: str
    day: date
    ship_name: str
    registration: str
    flag: str
    arriving_from: str
    sailing_to: str
    crew_count: int
    passenger_count: int
    answers: Mapping[str, Answer] = field(default_factory=_unanswered)
    voyage_began_on: date | None = None
    ports: tuple[PortCall, ...] = ()
    schedule: tuple[IllOnBoard, ...] = ()
    sanitation_certificate: Answer = Answer.UNKNOWN
    reinspection_required: Answer = Answer.UNKNOWN
    affected_area_visited: Answer = Answer.UNKNOWN
    master_signed: bool = False
    surgeon_on_board: Answer = Answer.UNKNOWN
    surgeon_signed: bool = False

    def __post_init__(self) -> None:
        """Refuse questions that are none, and counts below zero.

        Raises:
            VoyageCodeError, VoyageFieldError.
        """
        for code in self.answers:
            if code not in ship_questions():
                raise VoyageCodeError("questions", code.upper())
        for name in ("crew_count", "passenger_count"):
            if getattr(self, name) < 0:
                raise VoyageFieldError(name)

    def answer(self, code: str) -> Answer:
        """Return the answer to a question."""
        return self.answers.get(code, Answer.UNKNOWN)


class Reading(StrEnum):
    """What papers say of a ship or an aircraft."""

    NOTHING_REPORTED = "nothing_reported"  # whole, and every answer no: never "healthy"
    REPORTED = "reported"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Read:
    """``reported`` questions with yes, ``open_questions`` not answered, ``lacking`` fields that the form asks for."""

    reading: Reading
    reported: tuple[str, ...]
    open_questions: tuple[str, ...]
    lacking: tuple[str, ...]


def read_ship(declaration: ShipDeclaration) -> Read:
    """Return what the declaration says: one yes is a report at once, none only when every answer is no."""
    said = {code: declaration.answer(code) for code in ship_questions()}
    said["affected_area_visited"] = declaration.affected_area_visited
    reported = tuple(code for code, one in said.items() if one is Answer.YES)
    unanswered = tuple(code for code, one in said.items() if one is Answer.UNKNOWN)
    lacking = _lacking(declaration)
    if reported:
        return Read(Reading.REPORTED, reported, unanswered, lacking)
    return Read(Reading.INCOMPLETE if unanswered or lacking else Reading.NOTHING_REPORTED, (), unanswered, lacking)


def schedule_asked(declaration: ShipDeclaration) -> Answer:
    """Return whether the list of ill persons is asked for."""
    return either(declaration.answer(code) for code, one in ship_questions().items() if one.schedule)


def _lacking(declaration: ShipDeclaration) -> tuple[str, ...]:
    texts = ("port", "ship_name", "registration", "flag", "arriving_from", "sailing_to")
    lacking = [name for name in texts if not getattr(declaration, name).strip()]
    if declaration.sanitation_certificate is Answer.UNKNOWN:
        lacking.append("sanitation_certificate")
    if schedule_asked(declaration) is Answer.YES and not declaration.schedule:
        lacking.append("schedule")
    if not declaration.ports or _ports_missing(declaration):
        lacking.append("ports")
    if not declaration.master_signed:
        lacking.append("master_signed")
    if declaration.surgeon_on_board is not Answer.NO and not declaration.surgeon_signed:
        lacking.append("surgeon_signed")
    return tuple(lacking)


def _ports_missing(declaration: ShipDeclaration) -> bool:
    """Whether the calls do not reach back to the start of the voyage or 30 days, whichever is shorter."""
    thirty = declaration.day - timedelta(days=PORTS_DAYS)
    since = max(thirty, declaration.voyage_began_on or thirty)
    return min(call.left_on for call in declaration.ports) > since


@dataclass(frozen=True, slots=True)
class IllInFlight:
    """Somebody ill on an aircraft. ``temperature_c`` None: not measured. ``signs`` by code; not there is unknown."""

    ref: str
    temperature_c: float | None = None
    signs: Mapping[str, Answer] = field(default_factory=_unanswered)

    def __post_init__(self) -> None:
        """Refuse signs of no list.

        Raises:
            VoyageCodeError: there is no such sign.
        """
        for code in self.signs:
            if code not in aircraft_rule().signs:
                raise VoyageCodeError("signs", code)


def is_reported(ill: IllInFlight) -> Answer:
    """Return whether Annex 9 asks to report the person: 38 °C or more, and one of the signs."""
    rule = aircraft_rule()
    fever = answer_of(None if ill.temperature_c is None else ill.temperature_c >= rule.fever_from_c)
    return both([fever, either(ill.signs.get(code, Answer.UNKNOWN) for code in rule.signs)])


@dataclass(frozen=True, slots=True)
class Disinsection:
    """A disinsection or sanitary treatment in flight."""

    place: str
    day: date
    method: str


@dataclass(frozen=True, slots=True)
class AircraftDeclaration:
    """The health part of the aircraft general declaration.

    ``anybody_ill`` and ``anybody_left_ill`` are the crew's own answers. ``waived``: the national authority asks for
    none.
    """

    flight: str
    anybody_ill: Answer = Answer.UNKNOWN
    ill: tuple[IllInFlight, ...] = ()
    anybody_left_ill: Answer = Answer.UNKNOWN
    disinsections: tuple[Disinsection, ...] = ()
    disinsection_done: Answer = Answer.UNKNOWN
    signed: bool = False
    waived: bool = False


def read_aircraft(declaration: AircraftDeclaration) -> Read:
    """Return what the declaration says. A waived one says nothing: it is incomplete, never "nothing reported"."""
    ill = either([declaration.anybody_ill, *(is_reported(one) for one in declaration.ill)])
    said = {"anybody_ill": ill, "anybody_left_ill": declaration.anybody_left_ill}
    reported = tuple(code for code, one in said.items() if one is Answer.YES)
    unanswered = tuple(code for code, one in said.items() if one is Answer.UNKNOWN)
    lacking = [] if declaration.flight.strip() else ["flight"]
    if not declaration.signed:
        lacking.append("signed")
    if declaration.disinsection_done is Answer.UNKNOWN or (
        declaration.disinsection_done is Answer.YES and not declaration.disinsections
    ):
        lacking.append("disinsections")
    if reported:
        return Read(Reading.REPORTED, reported, unanswered, tuple(lacking))
    whole = not (unanswered or lacking or declaration.waived)
    return Read(Reading.NOTHING_REPORTED if whole else Reading.INCOMPLETE, (), unanswered, tuple(lacking))
