"""The dated lists behind certificates: trust policy, yellow-fever rule, risk list, requirements, vaccines."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any

from bmis.kernel.resources import resource
from poe_health.errors import HealthListError
from poe_health.lists import BundledList, ListVersion, bundled
from poe_health.rules.answer import Answer

_FOLDER = "health/certificates"


@dataclass(frozen=True, slots=True)
class TrustPolicy:
    """When a trust list is too old, and which trust domains sign which formats."""

    version: ListVersion
    stale_after_days: int
    clock_skew_minutes: int
    domains: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class YellowFeverRule:
    """What Annexes 6 and 7 of the Regulations say. ``items``: what each kind of proof must show."""

    version: ListVersion
    valid_from_day: int
    quarantine_days: int
    items: Mapping[str, tuple[str, ...]]
    disease_codes: frozenset[str]


@dataclass(frozen=True, slots=True)
class RiskList:
    """Countries with risk of transmission, after WHO. ``part``: only in part of the country."""

    version: ListVersion
    review_by: date
    countries: frozenset[str]
    part: frozenset[str]


@dataclass(frozen=True, slots=True)
class Requirement:
    """Who needs a certificate to enter ``country``. Ages in completed months, transit in hours."""

    version: ListVersion
    review_by: date
    country: str
    risk_list: str
    also: frozenset[str]
    disputed: frozenset[str]
    minimum_age_months: int
    age_unsure_from_months: int
    transit_hours: float
    shorter_transit: Answer
    lookback_days: int
    vector_present: Answer


@dataclass(frozen=True, slots=True)
class Vaccines:
    """Yellow-fever vaccines that WHO prequalified, by product code and by the words of their names.

    ``beside``: the words that may stand beside a name; ``same``: other spellings of a word, ``""`` for one without
    weight.
    """

    version: ListVersion
    review_by: date
    products: Mapping[str, str]
    names: frozenset[frozenset[str]]
    beside: frozenset[str]
    same: Mapping[str, str]
    code_prefix: str

    def knows(self, untrusted: str) -> bool:
        """Return whether a product code or a name as it was written is one of the list."""
        product = untrusted.strip()
        if product.removeprefix(self.code_prefix) in self.products:
            return True
        words = _words(product, self.same)
        return any(name <= words <= name | self.beside for name in self.names)


@dataclass(frozen=True, slots=True)
class YellowFeverLists:
    """Everything that a yellow-fever check stands on. None: that list is missing, and nothing is guessed for it."""

    rule: YellowFeverRule
    vaccines: Vaccines
    risk: RiskList | None
    requirement: Requirement | None

    def versions(self) -> tuple[ListVersion, ...]:
        """Return the version of each list that is there."""
        found = (self.rule, self.vaccines, self.risk, self.requirement)
        return tuple(each.version for each in found if each is not None)


@cache
def trust_policy() -> TrustPolicy:
    """Return the trust policy. Raises HealthListError, as every function here."""
    with _read("trust") as (found, said):
        domains = {kind: tuple(names) for kind, names in said["domains"].items()}
        return TrustPolicy(
            found.version, int(said["stale_after_days"]), int(said["clock_skew_minutes"]), MappingProxyType(domains)
        )


@cache
def yellow_fever_rule() -> YellowFeverRule:
    """Return the rule of the Regulations."""
    with _read("yellow_fever_rule") as (found, said):
        return YellowFeverRule(
            found.version,
            int(said["valid_from_day"]),
            int(said["quarantine_days"]),
            MappingProxyType({kind: tuple(items) for kind, items in said["items"].items()}),
            frozenset(said["disease"]["codes"]),
        )


@cache
def vaccines() -> Vaccines:
    """Return the vaccines that WHO prequalified."""
    with _read("yellow_fever_vaccines") as (found, said):
        spellings = {other: word for word, others in said["same"].items() for other in others}
        same = MappingProxyType(spellings | dict.fromkeys(said["left_out"], ""))
        return Vaccines(
            found.version,
            _day(said["review_by"]),
            MappingProxyType({row["code"]: row["name"] for row in said["product"]}),
            frozenset(_words(name, same) for name in said["names"]),
            frozenset(said["beside"]),
            same,
            str(said["code_prefix"]),
        )


@cache
def vaccine_makers() -> Mapping[str, tuple[str, str]]:
    """Return the name and the manufacturer of each prequalified vaccine, by product code."""
    with _read("yellow_fever_vaccines") as (_, said):
        return MappingProxyType({row["code"]: (row["name"], row["manufacturer"]) for row in said["product"]})


@cache
def risk_list(name: str) -> RiskList | None:
    """Return a list of countries with risk; None where there is none of that name."""
    if not _there(name):
        return None
    with _read(name) as (found, said):
        part = frozenset(said["part"])
        return RiskList(found.version, _day(said["review_by"]), frozenset(said["whole"]) | part, part)


@cache
def requirement(country: str) -> Requirement | None:
    """Return what a country (ISO 3166-1 alpha-3) asks of who enters; None where its list is not here."""
    name = f"yellow_fever_requirement_{country}"
    if not country.isalpha() or not _there(name):
        return None
    with _read(name) as (found, said):
        vector = said.get("vector_present")
        return Requirement(
            version=found.version,
            review_by=_day(said["review_by"]),
            country=str(said["country"]),
            risk_list=str(said["risk_list"]),
            also=frozenset(said["also"]),
            disputed=frozenset(said["disputed"]),
            minimum_age_months=int(said["minimum_age_months"]),
            age_unsure_from_months=int(said["age_unsure_from_months"]),
            transit_hours=float(said["transit_hours"]),
            shorter_transit=Answer(said["shorter_transit"]),
            lookback_days=int(said["lookback_days"]),
            vector_present=Answer.UNKNOWN if vector is None else Answer.YES if vector else Answer.NO,
        )


def yellow_fever_lists(country: str) -> YellowFeverLists:
    """Return the lists for a traveller who enters ``country``."""
    asked = requirement(country)
    return YellowFeverLists(
        yellow_fever_rule(), vaccines(), risk_list(asked.risk_list) if asked is not None else None, asked
    )


def _words(name: str, same: Mapping[str, str]) -> frozenset[str]:
    """Return the words of a name in capitals without accents; numbers say how many doses, and are none."""
    bare = "".join(char for char in unicodedata.normalize("NFKD", name) if not unicodedata.combining(char))
    words = (same.get(word, word) for word in re.findall(r"[A-Z]+", bare.upper()))
    return frozenset(word for word in words if word)


def _there(name: str) -> bool:
    return resource(_FOLDER, f"{name}.toml").is_file()


def _day(value: Any) -> date:
    if not isinstance(value, date):
        raise TypeError("not a date")
    return value


@contextmanager
def _read(name: str) -> Iterator[tuple[BundledList, dict[str, Any]]]:
    found = bundled(_FOLDER, name)
    try:
        yield found, found.said
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise HealthListError(f"{_FOLDER}/{name}.toml") from error
