"""The dated rule and the choices of a transfer."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from poe_health.codes import Coded
from poe_health.errors import HealthListError
from poe_health.lists import ListVersion, bundled
from poe_health.referrals.errors import ReferralCodeError
from poe_health.rules.definitions import rule_set
from poe_health.surveillance.settings import in_force

FILE = "health/facilities_referral.toml"
CHOICES = (
    "urgency",
    "protection",
    "transport",
    "means",
    "answer",
    "refusal",
    "classification",
    "outcome",
    "level",
)
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class ReferralRule:
    """Hours, days and lengths of a transfer, as in force on a day."""

    arrival: timedelta
    acceptance_hours: int
    slip: timedelta
    reason_characters: int
    valid_from: date
    source: str


def referral_rule(day: date) -> ReferralRule:
    """Return the rule in force on ``day``. Raises HealthListError, as every function here."""

    def read(said: dict[str, Any]) -> ReferralRule:
        row = in_force(said["rule"], day, FILE)
        return ReferralRule(
            timedelta(hours=int(row["arrival_hours"])),
            int(row["acceptance_hours"]),
            timedelta(days=int(row["slip_days"])),
            int(row["reason_characters"]),
            row["valid_from"],
            str(row["source"]),
        )

    return _whole(read)


@cache
def referral_choices(name: str) -> Mapping[str, Coded]:
    """Return one set of choices, in order (those of ``protection``: the least first)."""
    return _whole(
        lambda said: MappingProxyType({row["code"]: Coded(row["code"], row["en"], row["pt"]) for row in said[name]})
    )


@cache
def vital_limits() -> Mapping[str, tuple[float, float]]:
    """Return the least and the greatest value that each vital sign can have."""
    return _whole(
        lambda said: MappingProxyType({name: (float(low), float(high)) for name, (low, high) in said["vitals"].items()})
    )


def settings_version() -> ListVersion:
    """Return which text of the list this is."""
    return bundled("health", "facilities_referral").version


def known(where: str, untrusted_code: str) -> str:
    """Return the code, which is one of the choices named ``where``.

    Raises:
        ReferralCodeError: it is none of them.
    """
    if untrusted_code not in referral_choices(where):
        raise ReferralCodeError(where, untrusted_code)
    return untrusted_code


def protection_needed(diseases: tuple[str, ...], day: date) -> str:
    """Return the strictest protection that the case rules ask for these diseases (STANDARD: none asks for more)."""
    order = list(referral_choices("protection"))
    level = _whole(lambda said: dict(said["protection_of_action"]))
    found = rule_set(day).diseases
    asked = {level[action] for code in diseases for action in found[code].actions if action in level}
    return max(asked | {order[0]}, key=order.index)


def _whole(read: Callable[[dict[str, Any]], _Read]) -> _Read:
    try:
        return read(bundled("health", "facilities_referral").said)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise HealthListError(FILE) from error
