"""The dated settings of screening: temperatures, the card of primary screening, what each finding leads to."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from bmis.kernel.clearance import ClearanceOutcome
from poe_health.codes import choices, symptoms
from poe_health.errors import HealthListError
from poe_health.lists import bundled


@dataclass(frozen=True, slots=True)
class TemperaturePolicy:
    """Temperatures in degrees Celsius: what can be, what must be confirmed, what sends a traveller on."""

    lowest_c: float
    highest_c: float
    confirm_below_c: float
    confirm_above_c: float
    threshold_c: float
    outbreak_threshold_c: float
    retake_from_c: float
    retake_after_minutes: int
    contact_methods: frozenset[str]


@dataclass(frozen=True, slots=True)
class PrimaryPolicy:
    """What the card asks everybody, and what the findings without a symptom lead to."""

    card: tuple[str, ...]
    affected_area_only: str
    certificate_secondary: frozenset[str]
    certificate_advise: frozenset[str]


@dataclass(frozen=True, slots=True)
class OutcomePolicy:
    """``strictness``: the words of the rules, the strictest first; what each proposes; what immigration may know."""

    strictness: tuple[str, ...]
    disposition: Mapping[str, str]
    clearance: Mapping[str, ClearanceOutcome]


@dataclass(frozen=True, slots=True)
class ScreeningPolicy:
    """All of them."""

    temperature: TemperaturePolicy
    primary: PrimaryPolicy
    outcome: OutcomePolicy


@cache
def screening_policy() -> ScreeningPolicy:
    """Return the settings of the files in resources/health.

    Raises:
        HealthListError: one is missing or damaged.
    """
    return ScreeningPolicy(_temperature(), _primary(), _outcome())


@cache
def lists_old_after_days() -> int:
    """Return after how many days an approved list no longer says "no".

    Raises:
        HealthListError: the setting is missing or damaged.
    """
    try:
        days = bundled("health", "lists").said["old_after_days"]
    except KeyError as error:
        raise HealthListError("health/lists.toml") from error
    if type(days) is not int or days < 1:
        raise HealthListError("health/lists.toml")
    return days


def _temperature() -> TemperaturePolicy:
    said = bundled("health", "temperature").said
    try:
        return TemperaturePolicy(
            lowest_c=float(said["lowest_c"]),
            highest_c=float(said["highest_c"]),
            confirm_below_c=float(said["confirm_below_c"]),
            confirm_above_c=float(said["confirm_above_c"]),
            threshold_c=float(said["threshold_c"]),
            outbreak_threshold_c=float(said["outbreak_threshold_c"]),
            retake_from_c=float(said["retake_from_c"]),
            retake_after_minutes=int(said["retake_after_minutes"]),
            contact_methods=frozenset(said["contact_methods"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError("health/temperature.toml") from error


def _primary() -> PrimaryPolicy:
    said = bundled("health", "primary").said
    try:
        policy = PrimaryPolicy(
            card=tuple(said["card"]),
            affected_area_only=str(said["affected_area_only"]),
            certificate_secondary=frozenset(said["certificate_secondary"]),
            certificate_advise=frozenset(said["certificate_advise"]),
        )
    except (KeyError, TypeError) as error:
        raise HealthListError("health/primary.toml") from error
    if set(policy.card) - set(symptoms()) or policy.affected_area_only not in {"ADVISE", "SECONDARY"}:
        raise HealthListError("health/primary.toml")
    return policy


def _outcome() -> OutcomePolicy:
    said = bundled("health", "outcomes").said
    try:
        policy = OutcomePolicy(
            strictness=tuple(said["strictness"]),
            disposition=MappingProxyType({str(rule): str(code) for rule, code in said["disposition"].items()}),
            clearance=MappingProxyType(
                {str(code): ClearanceOutcome(outcome) for code, outcome in said["clearance"].items()}
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise HealthListError("health/outcomes.toml") from error
    results = set(choices("primary_result")) | set(choices("disposition"))
    if set(policy.clearance) != results or set(policy.strictness) != set(policy.disposition):
        raise HealthListError("health/outcomes.toml")
    return policy
