"""The dated choices of vaccination: why a number is spoiled, why an entry is annulled, what is reported afterwards."""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from poe_health.codes import Coded
from poe_health.errors import HealthListError
from poe_health.keeping.errors import StoreItemError
from poe_health.lists import bundled

SPOILED, ANNULLED, AFTER = "spoiled", "annulled", "after"


@cache
def vaccination_choices(name: str) -> Mapping[str, Coded]:
    """Return one set of choices by code, in order. Raises HealthListError."""
    try:
        rows = bundled("health/certificates", "vaccination").said[name]
        return MappingProxyType({row["code"]: Coded(row["code"], row["en"], row["pt"]) for row in rows})
    except (KeyError, TypeError) as error:
        raise HealthListError("health/certificates/vaccination.toml") from error


def known(name: str, field: str, untrusted_code: str) -> str:
    """Return the code. Raises StoreItemError: it is none of that set."""
    if untrusted_code not in vaccination_choices(name):
        raise StoreItemError(field, untrusted_code)
    return untrusted_code
