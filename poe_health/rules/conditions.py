"""The conditions of a case definition, as data. They hold codes; what is known of a traveller comes as ``Facts``."""

from dataclasses import dataclass
from typing import Protocol, TypeAlias

from poe_health.rules.answer import Answer


@dataclass(frozen=True, slots=True)
class All:
    """Every part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class NoneOf:
    """No part holds."""

    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """That many parts hold."""

    count: int
    parts: "tuple[Condition, ...]"


@dataclass(frozen=True, slots=True)
class HasSymptom:
    """A symptom or sign."""

    code: str


@dataclass(frozen=True, slots=True)
class SaidSo:
    """A derived term (fever) that the form itself names, beside the parts it follows from."""

    code: str


@dataclass(frozen=True, slots=True)
class HadExposure:
    """An exposure within the last days."""

    code: str
    within_days: int


@dataclass(frozen=True, slots=True)
class AgeYears:
    """An age in years: ``at_least`` it, or ``below`` it; the other is None."""

    at_least: float | None = None
    below: float | None = None


@dataclass(frozen=True, slots=True)
class TemperatureC:
    """A measured temperature in degrees Celsius: ``at_least`` it, or ``below`` it; the other is None."""

    at_least: float | None = None
    below: float | None = None


@dataclass(frozen=True, slots=True)
class Flag:
    """A flag of the ministry's or of the post's: ``outbreak.EVD``, ``signal.CLUSTER_SAME_CONVEYANCE``."""

    name: str


@dataclass(frozen=True, slots=True)
class WasInAffectedArea:
    """A journey that touched an area on the list of a disease within the disease's look-back."""

    disease: str
    lookback_days: int


Leaf: TypeAlias = HasSymptom | SaidSo | HadExposure | AgeYears | TemperatureC | Flag | WasInAffectedArea
Group: TypeAlias = All | AnyOf | NoneOf | AtLeast
Condition: TypeAlias = Leaf | Group


class Facts(Protocol):
    """What is known of one traveller and of the day. Asked as often as the rules need: answers must not change."""

    def symptom(self, code: str) -> Answer:
        """Return whether the traveller has it."""
        ...

    def said_so(self, code: str) -> Answer:
        """Return what the form says of a derived term; no where it does not name it: then only its parts count."""
        ...

    def exposure(self, code: str, within_days: int) -> Answer:
        """Return whether it happened within the days (0: whenever)."""
        ...

    def age_range(self) -> tuple[float, float] | None:
        """Return the age in years: the least, and what it is below; None is not known."""
        ...

    def temperature_c(self) -> float | None:
        """Return the measured temperature; None was not measured."""
        ...

    def flag(self, name: str) -> Answer:
        """Return whether the flag is up; unknown where its list is not at hand."""
        ...

    def in_affected_area(self, disease: str, lookback_days: int) -> Answer:
        """Return whether the journey touched an area on the disease's list in the last days."""
        ...

    def can_ask_itinerary(self) -> bool:
        """Return whether asking the journey could help: not where there is no list to hold it against."""
        ...
