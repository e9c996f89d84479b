"""The dated rules of the health token."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from functools import cache
from types import MappingProxyType

from bmis.kernel.clearance import ClearanceOutcome
from poe_health.clearance.errors import ClearanceRuleError
from poe_health.lists import bundled

_LONGEST = timedelta(minutes=65_535)  # two bytes of minutes


@dataclass(frozen=True, slots=True)
class ClearancePolicy:
    """How long a key signs, a card counts, a token counts."""

    key_for: timedelta
    card_for: timedelta
    valid_for: Mapping[ClearanceOutcome, timedelta]


@cache
def clearance_policy() -> ClearancePolicy:
    """Return the rules of resources/health/clearance.toml.

    Raises:
        ClearanceRuleError: they cannot be used. HealthListError: the file is missing or damaged.
    """
    said = bundled("health", "clearance").said
    try:
        policy = ClearancePolicy(
            timedelta(days=int(said["key_days"])),
            timedelta(hours=int(said["card_hours"])),
            MappingProxyType(
                {ClearanceOutcome(code): timedelta(minutes=int(many)) for code, many in said["minutes"].items()}
            ),
        )
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ClearanceRuleError from error
    periods = (policy.key_for, policy.card_for, *policy.valid_for.values())
    if set(policy.valid_for) != set(ClearanceOutcome) or min(periods) <= timedelta() or policy.card_for > _LONGEST:
        raise ClearanceRuleError
    return policy
