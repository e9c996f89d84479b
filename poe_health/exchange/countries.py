"""Two-letter country codes for receivers that want them."""

import csv
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from bmis.documents.states import iso3, state
from bmis.kernel.resources import resource
from poe_health.errors import HealthListError

_FILE = "codes/icao_states.csv"


def iso2(code: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-2 code of a code as documents print it; None where no one country answers."""
    known = iso3(code)
    return _by_iso3().get(known) if known else None


def english_name(code: str | None) -> str | None:
    """Return its English name; None for what is no country."""
    found = state(code) if code else None
    return found.name_en if found and found.iso3 else None


@cache
def _by_iso3() -> Mapping[str, str]:
    try:
        with resource("codes", "icao_states.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        return MappingProxyType({row["code"]: row["iso_alpha2"] for row in rows if row["kind"] == "iso3166-1"})
    except (OSError, UnicodeError, KeyError, csv.Error) as error:
        raise HealthListError(_FILE) from error
