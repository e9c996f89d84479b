"""The definitions of diseases and the red flags: one file a disease in resources/diseases, read once."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from bmis.kernel.resources import resource
from poe_health.codes import actions, annex2_boxes, exposures, notify_levels, priorities
from poe_health.errors import CaseRuleError, HealthListError
from poe_health.lists import ListVersion, bundled
from poe_health.rules.conditions import Condition
from poe_health.rules.vocabulary import RuleTextError, Vocabulary

LISTS = ("symptoms", "exposures", "derived", "red_flags", "actions", "choices", "temperature", "primary", "outcomes")
"""What an outcome depends on besides the diseases, in resources/health."""

_DISPOSITIONS = ("ISOLATE", "REFER", "FOLLOW_UP", "ADVISE")
_SAYS_WHAT_IT_IS = frozenset({"code", "version", "valid_from", "valid_to", "status", "grade", "source", "licence"})
_SAYS_WHAT_TO_DO = frozenset({"priority", "annex2", "disposition", "notify", "actions", "contact_scope", "notes"})
_SAYS_WHEN = frozenset({"name", "icd", "incubation_days", "lookback_days", "monitoring_days", "certificate_rule"})
_RULES = frozenset({"suspect", "suspect_strict", "poe_alert", "asymptomatic_contact"})
_FIELDS = _SAYS_WHAT_IT_IS | _SAYS_WHAT_TO_DO | _SAYS_WHEN | _RULES
_Built = TypeVar("_Built")


@dataclass(frozen=True, slots=True)
class IncubationDays:
    """Days from exposure to illness; None: not stated. ``legal``: what the Regulations fix."""

    least: float | None
    most: float | None
    typical: str | None
    legal: int | None
    basis: str | None


@dataclass(frozen=True, slots=True)
class WellContact:
    """Somebody who was exposed and is not ill. ``on_exit``: what is proposed to a traveller who leaves instead."""

    exposures: tuple[str, ...]
    disposition: str
    days: int
    on_exit: str | None


@dataclass(frozen=True, slots=True)
class CertificateRule:
    """When a vaccination certificate protects (IHR Annex 7)."""

    valid_from_days_after_dose: int
    valid_until: str
    quarantine_max_days: int
    reckoned_from: str


@dataclass(frozen=True, slots=True)
class Disease:
    """One case definition. ``disposition`` is the rule's own word (ISOLATE, REFER, FOLLOW_UP, ADVISE)."""

    code: str
    en: str
    pt: str
    version: ListVersion
    status: str
    grade: str
    sources: tuple[str, ...]
    icd10: str
    icd11: str
    priority: int
    annex2: str | None
    disposition: str
    notify: str
    incubation_days: IncubationDays
    lookback_days: int
    monitoring_days: int
    actions: tuple[str, ...]
    contact_scope: str | None
    suspect: Condition
    suspect_strict: Condition | None
    poe_alert: Condition
    well_contact: WellContact | None
    certificate_rule: CertificateRule | None
    valid_to: date | None
    notes: Mapping[str, str]

    def label(self, language: str) -> str:
        """Return its name in ``language`` (pt or en)."""
        return self.en if language == "en" else self.pt


@dataclass(frozen=True, slots=True)
class RedFlag:
    """A rule that fires before any disease. ``to`` is ISOLATE, REFER or EVENT; ``actions`` the protection at once."""

    code: str
    en: str
    pt: str
    to: str
    priority: int
    actions: tuple[str, ...]
    rule: Condition

    def label(self, language: str) -> str:
        """Return its name in ``language`` (pt or en)."""
        return self.en if language == "en" else self.pt


@dataclass(frozen=True, slots=True)
class RuleSet:
    """Everything that judges a form. ``digest`` names exactly this set: the SHA-256 over its files' digests."""

    red_flags: tuple[RedFlag, ...]
    diseases: Mapping[str, Disease]
    versions: tuple[ListVersion, ...]
    digest: str

    @property
    def status(self) -> str:
        """Return how far the rules are approved, as their files say: shown wherever a proposal is."""
        return "; ".join(dict.fromkeys(each.status for each in self.diseases.values()))


def rule_set(day: date) -> RuleSet:
    """Return the rules in force on that day. A definition holds until its ``valid_to``, however the clock is set.

    Raises:
        HealthListError: a list is missing or damaged.
        CaseRuleError: a rule cannot be used; it names the file and the place.
    """
    whole = _everything()
    kept = {code: each for code, each in whole.diseases.items() if each.valid_to is None or day <= each.valid_to}
    if len(kept) == len(whole.diseases):
        return whole
    return _set(whole.red_flags, kept)


@cache
def _everything() -> RuleSet:
    files = sorted(path.stem for path in resource("diseases").glob("*.toml"))
    if not files:
        raise HealthListError("diseases")
    said = {name: bundled("diseases", name) for name in files}
    lookback = {}
    for name, one in said.items():
        with _usable(one.version.file, "code"):
            if one.said["code"].lower() != name:
                raise RuleTextError("code")
            lookback[str(one.said["code"])] = int(one.said["lookback_days"])
    words = Vocabulary(MappingProxyType(lookback), _derived(lookback))
    found = [_disease(one.said, one.version, words) for one in said.values()]
    found.sort(key=lambda each: (each.priority, _DISPOSITIONS.index(each.disposition), each.code))
    return _set(_red_flags(words), {each.code: each for each in found})


def _set(red_flags: tuple[RedFlag, ...], diseases: Mapping[str, Disease]) -> RuleSet:
    versions = (
        *(each.version for each in sorted(diseases.values(), key=lambda each: each.code)),
        *(bundled("health", name).version for name in LISTS),
    )
    digest = hashlib.sha256("".join(f"{each.file} {each.sha256}\n" for each in versions).encode()).hexdigest()
    return RuleSet(red_flags, MappingProxyType(dict(diseases)), versions, digest)


def _derived(lookback: Mapping[str, int]) -> Mapping[str, Condition]:
    file = bundled("health", "derived")
    plain = Vocabulary(lookback, {})
    with _usable(file.version.file, "derived"):
        return MappingProxyType(
            {row["code"]: plain.condition(row["rule"], None, row["code"]) for row in file.said["derived"]}
        )


def _red_flags(words: Vocabulary) -> tuple[RedFlag, ...]:
    file = bundled("health", "red_flags")
    with _usable(file.version.file, "red_flag"):
        return tuple(
            RedFlag(
                code=row["code"],
                en=row["en"],
                pt=row["pt"],
                to=_one_of(row["to"], (*_DISPOSITIONS, "EVENT"), row["code"]),
                priority=_one_of(row["priority"], tuple(priorities()), row["code"]),
                actions=_known(row["actions"], actions(), row["code"]),
                rule=words.condition(row["rule"], None, row["code"]),
            )
            for row in file.said["red_flag"]
        )


def _disease(said: dict[str, Any], version: ListVersion, words: Vocabulary) -> Disease:
    with _usable(version.file, "*"):
        if unknown := sorted(set(said) - _FIELDS):
            raise RuleTextError(unknown[0])
        code = str(said["code"])

        def rule(name: str) -> Condition:
            return words.condition(said[name], code, name)

        return Disease(
            code=code,
            en=str(said["name"]["en"]),
            pt=str(said["name"]["pt"]),
            version=version,
            status=str(said["status"]),
            grade=str(said["grade"]),
            sources=tuple(str(source) for source in said["source"]),
            icd10=str(said["icd"]["icd10"]),
            icd11=str(said["icd"]["icd11"]),
            priority=_one_of(said["priority"], tuple(priorities()), "priority"),
            annex2=_optional(said.get("annex2"), lambda box: _one_of(box, tuple(annex2_boxes()), "annex2")),
            disposition=_one_of(said["disposition"], _DISPOSITIONS, "disposition"),
            notify=_one_of(said["notify"], tuple(notify_levels()), "notify"),
            incubation_days=_incubation(said["incubation_days"]),
            lookback_days=int(said["lookback_days"]),
            monitoring_days=int(said["monitoring_days"]),
            actions=_known(said["actions"], actions(), "actions"),
            contact_scope=_optional(said.get("contact_scope"), str),
            suspect=rule("suspect"),
            suspect_strict=rule("suspect_strict") if "suspect_strict" in said else None,
            poe_alert=rule("poe_alert"),
            well_contact=_optional(said.get("asymptomatic_contact"), _well_contact),
            certificate_rule=_optional(said.get("certificate_rule"), lambda row: CertificateRule(**row)),
            valid_to=said.get("valid_to"),
            notes=MappingProxyType({str(name): str(text) for name, text in said.get("notes", {}).items()}),
        )


def _incubation(row: dict[str, Any]) -> IncubationDays:
    return IncubationDays(row.get("min"), row.get("max"), row.get("typical"), row.get("legal"), row.get("basis"))


def _well_contact(row: dict[str, Any]) -> WellContact:
    return WellContact(
        _known(row["exposures"], exposures(), "asymptomatic_contact.exposures"),
        _one_of(row["disposition"], _DISPOSITIONS, "asymptomatic_contact.disposition"),
        int(row["days"]),
        row.get("on_exit"),
    )


def _one_of(value: Any, allowed: tuple[Any, ...], at: str) -> Any:
    if value not in allowed:
        raise RuleTextError(at)
    return value


def _known(codes: list[str], allowed: Mapping[str, object], at: str) -> tuple[str, ...]:
    if any(code not in allowed for code in codes):
        raise RuleTextError(at)
    return tuple(codes)


def _optional(value: Any, build: Callable[[Any], _Built]) -> _Built | None:
    return None if value is None else build(value)


@contextmanager
def _usable(file: str, at: str) -> Iterator[None]:
    try:
        yield
    except RuleTextError as error:
        raise CaseRuleError(file, str(error)) from error
    except KeyError as error:
        raise CaseRuleError(file, str(error.args[0])) from error
    except (TypeError, ValueError, AttributeError) as error:
        raise CaseRuleError(file, at) from error
