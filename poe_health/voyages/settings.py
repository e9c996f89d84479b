"""The dated data of voyages: seat plans, questions of declarations, measures, referrals to other services."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from poe_health.codes import Coded, choices
from poe_health.errors import HealthListError
from poe_health.lists import bundled
from poe_health.surveillance.settings import in_force
from poe_health.voyages.seats import SeatPlan

FILE = "health/voyages.toml"
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class Layout(Coded):
    """A usual seat plan of a kind of conveyance; ``source`` says how far to trust it."""

    conveyance: str
    plan: SeatPlan
    source: str


@dataclass(frozen=True, slots=True)
class ShipQuestion(Coded):
    """A question of Annex 8. ``schedule``: a yes asks for the list of ill persons."""

    schedule: bool


@dataclass(frozen=True, slots=True)
class SanitationRule:
    """Months of validity, months of an extension, and how many extensions there can be."""

    valid_months: int
    extension_months: int
    extensions: int
    source: str


@dataclass(frozen=True, slots=True)
class AircraftRule:
    """When a person on board is reported (Annex 9). Degrees Celsius."""

    fever_from_c: float
    signs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Referral(Coded):
    """What a post refers to another service: ``to`` it, ``also`` to others; ``signal``: a kind of signal to weigh."""

    to: str
    also: tuple[str, ...]
    signal: str | None
    valid_from: date
    source: str


@dataclass(frozen=True, slots=True)
class Basis(Coded):
    """What a measure rests on. ``words``: the order must say which law or advice."""

    words: bool


@dataclass(frozen=True, slots=True)
class LocatorRule:
    """The fields of the passenger locator form that must be filled, always and when visiting."""

    required: tuple[str, ...]
    when_visiting: tuple[str, ...]


@cache
def layouts() -> Mapping[str, Layout]:
    """Return the usual seat plans by code. Raises HealthListError, as every function here."""
    return _whole(
        lambda said: MappingProxyType(
            {
                row["code"]: Layout(
                    row["code"],
                    row["en"],
                    row["pt"],
                    _conveyance(row["conveyance"]),
                    SeatPlan.usual(row["seats"], row["first_row"], row["last_row"], row["skipped_rows"]),
                    row["source"],
                )
                for row in said["layout"]
            }
        )
    )


@cache
def unnumbered() -> frozenset[str]:
    """Return the kinds of conveyance whose places never have numbers."""
    return _whole(lambda said: frozenset(_conveyance(code) for code in said["unnumbered"]["conveyances"]))


@cache
def ship_questions() -> Mapping[str, ShipQuestion]:
    """Return the nine questions of the Ship Declaration of Health, in order."""
    return _whole(
        lambda said: MappingProxyType(
            {
                row["code"]: ShipQuestion(row["code"], row["en"], row["pt"], bool(row["schedule"]))
                for row in said["ship_question"]
            }
        )
    )


@cache
def sanitation_rule() -> SanitationRule:
    """Return how long a ship sanitation certificate is valid."""
    return _whole(
        lambda said: SanitationRule(
            int(said["sanitation"]["valid_months"]),
            int(said["sanitation"]["extension_months"]),
            int(said["sanitation"]["extensions"]),
            str(said["sanitation"]["source"]),
        )
    )


@cache
def aircraft_rule() -> AircraftRule:
    """Return whom the aircraft general declaration reports."""
    return _whole(lambda said: AircraftRule(float(said["aircraft"]["fever_from_c"]), tuple(said["aircraft"]["signs"])))


@cache
def measures() -> Mapping[str, Coded]:
    """Return the measures on conveyances by code."""
    return _whole(lambda said: _coded(said["measure"]))


@cache
def bases() -> Mapping[str, Basis]:
    """Return what a measure may rest on, by code."""
    return _whole(
        lambda said: MappingProxyType(
            {row["code"]: Basis(row["code"], row["en"], row["pt"], bool(row["words"])) for row in said["basis"]}
        )
    )


@cache
def second_person_when() -> frozenset[str]:
    """Return in which states free pratique is granted by two people."""
    return _whole(lambda said: frozenset(said["pratique"]["second_person_when"]))


@cache
def inspection_areas() -> tuple[str, ...]:
    """Return the areas of a ship that are inspected (Annex 3)."""
    return _whole(lambda said: tuple(code for row in said["area"] for code in row["codes"]))


@cache
def services() -> Mapping[str, Coded]:
    """Return the services to which a post refers."""
    return _whole(lambda said: _coded(said["service"]))


@cache
def locator_rule() -> LocatorRule:
    """Return what the passenger locator form asks for."""
    return _whole(lambda said: LocatorRule(tuple(said["locator"]["required"]), tuple(said["locator"]["when_visiting"])))


def referrals(day: date) -> Mapping[str, Referral]:
    """Return what is referred to other services, as in force on ``day``, by code."""
    return _whole(lambda said: MappingProxyType(_referrals(said["referral"], day)))


def _referrals(rows: list[dict[str, Any]], day: date) -> dict[str, Referral]:
    found = {}
    for code in dict.fromkeys(row["code"] for row in rows if row["valid_from"] <= day):
        row = in_force([one for one in rows if one["code"] == code], day, FILE)
        if not {row["to"], *row["also"]} <= set(services()):
            raise ValueError("a service that is not there")
        found[code] = Referral(
            code,
            row["en"],
            row["pt"],
            row["to"],
            tuple(row["also"]),
            row.get("signal"),
            row["valid_from"],
            row["source"],
        )
    return found


def _coded(rows: list[dict[str, Any]]) -> Mapping[str, Coded]:
    return MappingProxyType({row["code"]: Coded(row["code"], row["en"], row["pt"]) for row in rows})


def _conveyance(code: str) -> str:
    if code not in choices("conveyance"):
        raise ValueError("conveyance")
    return code


def _whole(read: Callable[[dict[str, Any]], _Read]) -> _Read:
    try:
        return read(bundled("health", "voyages").said)
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError(FILE) from error
