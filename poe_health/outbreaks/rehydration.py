"""What is done at once for each dehydration, from resources/health/rehydration.toml."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from poe_health.errors import HealthListError
from poe_health.lists import bundled
from poe_health.outbreaks.cholera import PLAN_OF, Dehydration


@dataclass(frozen=True, slots=True)
class RehydrationPlan:
    """Signs and steps in two languages."""

    plan: str
    signs: Mapping[str, str]
    steps: Mapping[str, tuple[str, ...]]


@cache
def rehydration_plans() -> Mapping[Dehydration, RehydrationPlan]:
    """Return the plan of each dehydration.

    Raises:
        HealthListError: the file is missing or damaged.
    """
    said = bundled("health", "rehydration").said
    try:
        found = {
            Dehydration(row["dehydration"]): RehydrationPlan(
                str(row["plan"]),
                MappingProxyType({language: str(row[f"signs_{language}"]) for language in ("en", "pt")}),
                MappingProxyType({language: tuple(map(str, row[f"steps_{language}"])) for language in ("en", "pt")}),
            )
            for row in said["level"]
        }
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError("health/rehydration.toml") from error
    if {level: plan.plan for level, plan in found.items()} != dict(PLAN_OF):
        raise HealthListError("health/rehydration.toml")
    return MappingProxyType(found)
