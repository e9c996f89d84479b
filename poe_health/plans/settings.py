"""The dated kinds of plans, and after how many days each is reviewed."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from poe_health.codes import Coded
from poe_health.errors import HealthListError
from poe_health.keeping.errors import StoreItemError
from poe_health.lists import bundled

FILE = "health/plans.toml"


@cache
def plan_kinds() -> Mapping[str, Coded]:
    """Return the kinds by code, in order. Raises HealthListError, as all here."""
    try:
        rows = bundled("health", "plans").said["kind"]
        return MappingProxyType({row["code"]: Coded(row["code"], row["en"], row["pt"]) for row in rows})
    except (KeyError, TypeError) as error:
        raise HealthListError(FILE) from error


@cache
def review_after_days() -> int:
    """Return the interval of review where no day is given."""
    try:
        return int(bundled("health", "plans").said["review_after_days"])
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError(FILE) from error


def known_plan_kind(untrusted_code: str) -> str:
    """Return the code. Raises StoreItemError: it is no kind."""
    if untrusted_code not in plan_kinds():
        raise StoreItemError("kind", untrusted_code)
    return untrusted_code
