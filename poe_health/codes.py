"""The codes of port health with their labels: symptoms, exposures, actions, the choices of the forms."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar

from poe_health.errors import HealthCodeError, HealthListError
from poe_health.lists import bundled


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with its labels."""

    code: str
    en: str
    pt: str

    def label(self, language: str) -> str:
        """Return its label in ``language`` (pt or en)."""
        return self.en if language == "en" else self.pt


_Kind = TypeVar("_Kind", bound=Coded)


@dataclass(frozen=True, slots=True)
class Symptom(Coded):
    """A symptom or sign. ``warning``: shown in red; what stops a traveller are the red-flag rules.

    ``seen``: noticed by staff, not a question to the traveller.
    """

    warning: bool
    seen: bool


class ExposureKind(StrEnum):
    """What an exposure code stands for."""

    CONTACT = "contact"  # with an ill or dead person
    RISK = "risk"
    EVIDENCE = "evidence"  # a paper that was seen
    JUDGEMENT = "judgement"  # the clinician's


@dataclass(frozen=True, slots=True)
class Exposure(Coded):
    """An exposure. ``lookback_days``: the days its question covers; 0 has no date."""

    lookback_days: int
    kind: ExposureKind


@dataclass(frozen=True, slots=True)
class NotifyLevel(Coded):
    """How soon a suspect is reported, in hours."""

    max_hours: int


@dataclass(frozen=True, slots=True)
class ContactPreset(Coded):
    """Who on a conveyance counts as a contact. ``seats``, ``rows``: around the case; None: not by seat."""

    seats: int | None
    rows: int | None
    crew: str
    whole: bool
    diseases: tuple[str, ...]
    hours_of: Mapping[str, float]  # of these diseases seats count only on a journey so long
    at_risk_of: frozenset[str]  # of these diseases people at risk count wherever they sit
    same_source: bool  # it does not pass between people


@cache
def symptoms() -> Mapping[str, Symptom]:
    """Return every symptom by its code. Raises HealthListError, as every function here."""
    with _whole("symptoms"):
        return _by_code(
            [
                Symptom(row["code"], row["en"], row["pt"], bool(row["warning"]), bool(row.get("seen", False)))
                for row in _rows("symptoms", "symptom")
            ]
        )


@cache
def exposures() -> Mapping[str, Exposure]:
    """Return every exposure by its code."""
    with _whole("exposures"):
        return _by_code(
            [
                Exposure(row["code"], row["en"], row["pt"], int(row["lookback_days"]), ExposureKind(row["kind"]))
                for row in _rows("exposures", "exposure")
            ]
        )


@cache
def actions() -> Mapping[str, Coded]:
    """Return every action by its code, in the order in which they are shown."""
    with _whole("actions"):
        return _by_code([_coded(row) for row in _rows("actions", "action")])


@cache
def protections() -> tuple[str, ...]:
    """Return the actions that protect staff, the lowest first; a higher one holds for the lower ones too."""
    with _whole("actions"):
        found = tuple(str(code) for code in bundled("health", "actions").said["protection"])
        if not found or len(set(found)) != len(found) or not set(found) <= set(actions()):
            raise ValueError("protection")
        return found


@cache
def notify_levels() -> Mapping[str, NotifyLevel]:
    """Return how soon a suspect is reported, by code."""
    with _whole("actions"):
        return _by_code(
            [
                NotifyLevel(row["code"], row["en"], row["pt"], int(row["max_hours"]))
                for row in _rows("actions", "notify_level")
            ]
        )


@cache
def priorities() -> Mapping[int, Coded]:
    """Return what each priority (1 to 3) means."""
    with _whole("actions"):
        return MappingProxyType(
            {int(row["level"]): Coded(str(row["level"]), row["en"], row["pt"]) for row in _rows("actions", "priority")}
        )


@cache
def annex2_boxes() -> Mapping[str, Coded]:
    """Return the boxes of Annex 2 by code (LEFT, MIDDLE, RIGHT)."""
    with _whole("actions"):
        return _by_code([_coded(row) for row in _rows("actions", "annex2_box")])


@cache
def choices(name: str) -> Mapping[str, Coded]:
    """Return one set of choices of the forms (sex, direction, primary_result, disposition …), in order."""
    with _whole("choices"):
        return _by_code([_coded(row) for row in _rows("choices", name)])


@cache
def questions() -> Mapping[str, Coded]:
    """Return the words of every question by its code: symptoms, exposures, and what is neither."""
    with _whole("questions"):
        others = [_coded(row) for row in _rows("questions", "question")]
        return MappingProxyType(dict(symptoms()) | dict(exposures()) | {one.code: one for one in others})


@cache
def contact_presets() -> Mapping[str, ContactPreset]:
    """Return the ways to choose contacts on a conveyance."""
    with _whole("contact_presets"):
        return _by_code(
            [
                ContactPreset(
                    row["code"],
                    row["en"],
                    row["pt"],
                    row.get("seats"),
                    row.get("rows"),
                    row["crew"],
                    bool(row["whole"]),
                    tuple(row["diseases"]),
                    MappingProxyType({code: float(hours) for code, hours in row.get("hours_of", {}).items()}),
                    frozenset(row.get("at_risk_of", ())),
                    bool(row.get("same_source", False)),
                )
                for row in _rows("contact_presets", "preset")
            ]
        )


def known_choice(field: str, choice: str, untrusted_code: str) -> str:
    """Return the code, which is one of the set of choices named ``choice``.

    Raises:
        HealthCodeError: it is none of them.
    """
    if untrusted_code not in choices(choice):
        raise HealthCodeError(field, untrusted_code)
    return untrusted_code


def _rows(file: str, name: str) -> list[dict[str, Any]]:
    return list(bundled("health", file).said[name])


def _coded(row: Mapping[str, Any]) -> Coded:
    return Coded(row["code"], row["en"], row["pt"])


def _by_code(rows: list[_Kind]) -> Mapping[str, _Kind]:
    found = {row.code: row for row in rows}
    if len(found) != len(rows):
        raise ValueError("a code twice")
    return MappingProxyType(found)


@contextmanager
def _whole(file: str) -> Iterator[None]:
    try:
        yield
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError(f"health/{file}.toml") from error
