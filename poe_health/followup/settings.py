"""The dated rule, the choices and the escalations of monitoring."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from poe_health.codes import Coded
from poe_health.errors import HealthListError
from poe_health.lists import ListVersion, bundled
from poe_health.referrals.errors import ReferralCodeError
from poe_health.surveillance.settings import in_force

FILE = "health/monitoring.toml"
_Read = TypeVar("_Read")


@dataclass(frozen=True, slots=True)
class MonitoringRule:
    """Days, hours and lengths of monitoring, as in force on a day."""

    unseen_days_to_district: int
    unseen_days_to_supervisor: int
    acknowledge_hours: int
    reason_characters: int
    source: str


@dataclass(frozen=True, slots=True)
class EscalationRule:
    """Whom a finding is told, what is done, and within how many hours. ``notifies``: by the disease's own level too."""

    finding: str
    to: str
    action: str
    hours: int
    notifies: bool


def monitoring_rule(day: date) -> MonitoringRule:
    """Return the rule in force on ``day``. Raises HealthListError, as every function here."""

    def read(said: dict[str, Any]) -> MonitoringRule:
        row = in_force(said["rule"], day, FILE)
        return MonitoringRule(
            int(row["unseen_days_to_district"]),
            int(row["unseen_days_to_supervisor"]),
            int(row["acknowledge_hours"]),
            int(row["reason_characters"]),
            str(row["source"]),
        )

    return _whole(read)


@cache
def escalation_rules() -> Mapping[str, EscalationRule]:
    """Return what each finding asks for, the most urgent first."""

    def read(said: dict[str, Any]) -> Mapping[str, EscalationRule]:
        rows = said["escalation"]
        for row in rows:
            for name in ("finding", "to", "action"):
                if row[name] not in {one["code"] for one in said[name]}:
                    raise ValueError(name)
        return MappingProxyType(
            {
                row["finding"]: EscalationRule(
                    row["finding"], row["to"], row["action"], int(row["hours"]), row["also"] == "NOTIFY_LEVEL"
                )
                for row in rows
            }
        )

    return _whole(read)


@cache
def monitoring_choices(name: str) -> Mapping[str, Coded]:
    """Return one set of choices: method, finding, action, to, reckoned_from, receiver, ending."""
    return _whole(
        lambda said: MappingProxyType({row["code"]: Coded(row["code"], row["en"], row["pt"]) for row in said[name]})
    )


def known(where: str, untrusted_code: str) -> str:
    """Return the code, which is one of the choices named ``where``.

    Raises:
        ReferralCodeError: it is none of them.
    """
    if untrusted_code not in monitoring_choices(where):
        raise ReferralCodeError(where, untrusted_code)
    return untrusted_code


def fever_from_c(disease: str) -> float:
    """Return from which temperature a person monitored for the disease counts as ill, in degrees Celsius."""

    def read(said: dict[str, Any]) -> float:
        own = [float(row["from_c"]) for row in said["fever_of"] if disease in row["diseases"]]
        return min(own, default=float(said["fever"]["from_c"]))

    return _whole(read)


def needs_temperature(disease: str) -> bool:
    """Return whether nobody monitored for the disease counts as seen well without a measured temperature."""
    return _whole(lambda said: disease in said["fever"]["needed_for"])


def at_facility() -> frozenset[str]:
    """Return the diseases whose contacts or cases the health unit follows, not the post."""
    return _whole(lambda said: frozenset(str(row["disease"]) for row in said["at_facility"]))


def settings_version() -> ListVersion:
    """Return which text of the list this is."""
    return bundled("health", "monitoring").version


def _whole(read: Callable[[dict[str, Any]], _Read]) -> _Read:
    try:
        return read(bundled("health", "monitoring").said)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise HealthListError(FILE) from error
