"""Kinds of equipment, how each is checked, and the tolerances, dated."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any

from poe_health.codes import Coded
from poe_health.errors import HealthListError
from poe_health.keeping.errors import StoreItemError
from poe_health.lists import bundled

FILE = "health/equipment.toml"
FAILED_CHECK = "FAILED_CHECK"


class Method(StrEnum):
    """How it is checked."""

    COMPARE = "compare"  # with a reference instrument
    RANGE = "range"  # a reading within limits
    WORKS = "works"  # seen to work, or not


@dataclass(frozen=True, slots=True)
class EquipmentKind(Coded):
    """A kind. ``every_days``: how long a check holds; ``lowest`` and ``highest`` °C are readings that can be."""

    method: Method
    every_days: int
    least_readings: int
    lowest: float
    highest: float


@dataclass(frozen=True, slots=True)
class Limit:
    """What a reading is held against. For compare ``most_c`` is the difference; for range ``from_c`` to ``to_c``."""

    kinds: frozenset[str]
    valid_from: date
    source: str
    most_c: float | None = None
    from_c: float | None = None
    to_c: float | None = None


@cache
def equipment_kinds() -> Mapping[str, EquipmentKind]:
    """Return the kinds by code, in order. Raises HealthListError, as all here."""
    try:
        found = [_kind(row) for row in _said()["kind"]]
        return MappingProxyType({one.code: one for one in found})
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError(FILE) from error


@cache
def reasons_out() -> Mapping[str, Coded]:
    """Return why something may be out of service, by code."""
    try:
        return MappingProxyType({row["code"]: Coded(row["code"], row["en"], row["pt"]) for row in _said()["out"]})
    except (KeyError, TypeError) as error:
        raise HealthListError(FILE) from error


@cache
def _limits() -> tuple[Limit, ...]:
    try:
        differences = [
            Limit(frozenset(row["kinds"]), _day(row["valid_from"]), row["source"], most_c=float(row["most_c"]))
            for row in _said()["tolerance"]
        ]
        ranges = [
            Limit(
                frozenset(row["kinds"]),
                _day(row["valid_from"]),
                row["source"],
                from_c=float(row["from_c"]),
                to_c=float(row["to_c"]),
            )
            for row in _said()["range"]
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError(FILE) from error
    return (*differences, *ranges)


def limit_of(kind: str, on: date) -> Limit:
    """Return the limit in force on that day: the newest not after it.

    Raises:
        HealthListError: the list has none.
    """
    fitting = [one for one in _limits() if kind in one.kinds and one.valid_from <= on]
    if not fitting:
        raise HealthListError(FILE)
    return max(fitting, key=lambda one: one.valid_from)


def known_kind(untrusted_code: str) -> EquipmentKind:
    """Return the kind. Raises StoreItemError: there is none of that code."""
    found = equipment_kinds().get(untrusted_code)
    if found is None:
        raise StoreItemError("kind", untrusted_code)
    return found


def _kind(row: Mapping[str, Any]) -> EquipmentKind:
    method = Method(row["method"])
    reads = method is not Method.WORKS
    return EquipmentKind(
        row["code"],
        row["en"],
        row["pt"],
        method,
        int(row["every_days"]),
        int(row["least_readings"]) if reads else 0,
        float(row["lowest"]) if reads else 0.0,
        float(row["highest"]) if reads else 0.0,
    )


def _said() -> dict[str, Any]:
    return bundled("health", "equipment").said


def _day(value: object) -> date:
    if not isinstance(value, date):
        raise TypeError("not a date")
    return value
