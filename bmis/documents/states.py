"""The codes of States, organizations and persons without a nationality (ICAO Doc 9303-3, section 5)."""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType

from bmis.documents.errors import CodeTableError
from bmis.kernel.resources import resource


@dataclass(frozen=True, slots=True)
class State:
    """A code as documents print it, what it is called, and where on a document it may stand."""

    code: str  # as printed, without fillers: "D", "GBD", "MOZ"
    iso3: str | None  # ISO 3166-1 alpha-3 for statistics; None where no single State answers (XXA, UNO, UTO)
    name_en: str
    name_pt: str
    kind: str  # iso3166-1, icao-single-letter, icao-british, icao-org, icao-un, icao-person, icao-specimen, legacy …
    may_issue: bool
    may_be_nationality: bool
    specimen_only: bool  # never a real traveller
    legacy: bool  # withdrawn: only on old documents
    note: str
    iso2: str | None = None  # ISO 3166-1 alpha-2, as certificates name States

    def name(self, language: str) -> str:
        """Return its name in ``language`` (pt or en)."""
        return self.name_en if language == "en" else self.name_pt


def state(untrusted_code: str) -> State | None:
    """Return the State whose code is printed (``D<<`` and ``D`` alike), None where there is none."""
    return states().get(untrusted_code.rstrip("<"))


def iso3(untrusted_code: str | None) -> str | None:
    """Return the ISO 3166-1 alpha-3 code for a printed one (D: DEU, GBO: GBR, ZAR: COD), None where there is none."""
    found = state(untrusted_code) if untrusted_code else None
    return found.iso3 if found else None


@cache
def states() -> Mapping[str, State]:
    """Return every State by its printed code.

    Raises:
        CodeTableError: a bundled table cannot be read.
    """
    try:
        found = {row["code"]: _state(row) for row in _rows("icao_states.csv")}
        for role in _rows("state_roles.csv"):
            found[role["code"]] = _with_role(found.get(role["code"]), role)
    except (OSError, KeyError, UnicodeError, csv.Error) as error:
        raise CodeTableError("icao_states") from error
    return MappingProxyType(found)


def _rows(name: str) -> list[dict[str, str]]:
    with resource("codes", name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _with_role(known: State | None, role: Mapping[str, str]) -> State:
    return State(
        code=role["code"],
        iso3=role["iso3"] or None,
        name_en=known.name_en if known else role["name_en"],
        name_pt=known.name_pt if known else role["name_pt"],
        kind=known.kind if known else "legacy",
        may_issue=role["issuer"] == "yes",
        may_be_nationality=role["nationality"] == "yes",
        specimen_only=role["specimen"] == "yes",
        legacy=role["legacy"] == "yes",
        note=known.note if known else role["source"],
        iso2=known.iso2 if known else None,
    )


def _state(row: Mapping[str, str]) -> State:
    return State(
        code=row["code"],
        iso3=row["code"] if row["kind"] == "iso3166-1" else None,
        name_en=row["name_en"],
        name_pt=row["name_pt"],
        kind=row["kind"],
        may_issue=True,
        may_be_nationality=True,
        specimen_only=False,
        legacy=False,
        note=row["note"],
        iso2=row["iso_alpha2"] or None,
    )
