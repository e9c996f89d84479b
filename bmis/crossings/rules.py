"""The dated rules of crossings, read from resources/rules and resources/codes."""

import tomllib
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import Any, TypeVar, cast

from bmis.crossings.errors import CrossingRuleError
from bmis.kernel.resources import resource

_Built = TypeVar("_Built")
_built: dict[tuple[str, str, date], Any] = {}  # a rule is built once a day


@dataclass(frozen=True, slots=True)
class Windows:
    """How long a decision can be taken back, and how long a second one for the same document is pointed out."""

    version: str
    undo: timedelta
    repeated: timedelta


@dataclass(frozen=True, slots=True)
class DateRule:
    """What the dates of a document must say."""

    version: str
    expiring_months: int
    longest_validity_years: int
    oldest_age_years: int


@dataclass(frozen=True, slots=True)
class TravellerClass:
    """A class of traveller and what it must be asked."""

    code: str
    pt: str
    en: str
    entry: tuple[str, ...]
    exit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FieldRules:
    """What is asked, by class."""

    classes: Mapping[str, TravellerClass]
    class_of_document: Mapping[str, str]
    never_carried_over: frozenset[str]
    adult_from_years: int


@dataclass(frozen=True, slots=True)
class Listed:
    """A code with its labels."""

    code: str
    pt: str
    en: str

    def label(self, language: str) -> str:
        """Return its label in ``language`` (pt or en)."""
        return self.en if language == "en" else self.pt


@dataclass(frozen=True, slots=True)
class CodeList:
    """The codes in force on a day, in order, and every word that means one of them."""

    codes: tuple[Listed, ...]
    words: Mapping[str, str]

    def code_of(self, untrusted_text: str) -> str | None:
        """Return the code that the text means (a code, a label or a known word), None where it means none."""
        return self.words.get(_folded(untrusted_text[:80]))

    def label(self, code: str, language: str) -> str:
        """Return the label of a code; the code itself where the list no longer has it."""
        return next((listed.label(language) for listed in self.codes if listed.code == code), code)


def windows(day: date) -> Windows:
    """Return the time windows of that day.

    Raises:
        CrossingRuleError: the file is missing or damaged; so with every function here.
    """
    return _read("rules", "crossing_windows.toml", "window", day, _windows)


def date_rule(day: date) -> DateRule:
    """Return the rule on document dates of that day."""
    return _read("rules", "document_dates.toml", "rule", day, _date_rule)


def field_rules(day: date) -> FieldRules:
    """Return what must be asked on that day."""
    return _read("rules", "required_fields.toml", "rule", day, _field_rules)


def amendable_fields(day: date) -> frozenset[str]:
    """Return the fields that may be corrected on that day, as fields of the request."""
    return _read("rules", "amendable_fields.toml", "rule", day, _amendable)


def purposes(day: date) -> CodeList:
    """Return the purposes of a journey on that day."""
    return _code_list("purposes.toml", day)


def travel_modes(day: date) -> CodeList:
    """Return the ways to travel on that day."""
    return _code_list("travel_modes.toml", day)


def in_force(entries: list[dict[str, Any]], day: date) -> list[dict[str, Any]]:
    """Return the entries valid on that day, the last day included."""
    return [entry for entry in entries if entry["valid_from"] <= day <= entry.get("valid_to", date.max)]


@cache
def table(folder: str, file: str) -> dict[str, Any]:
    """Return a bundled table.

    Raises:
        CrossingRuleError: it is missing or damaged.
    """
    try:
        return tomllib.loads(resource(folder, file).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise CrossingRuleError(file=file) from error


def _read(folder: str, file: str, name: str, day: date, build: Callable[[dict[str, Any]], _Built]) -> _Built:
    key = (file, name, day)
    if key not in _built:
        _built[key] = _build(folder, file, name, day, build)
    return cast(_Built, _built[key])


def _build(folder: str, file: str, name: str, day: date, build: Callable[[dict[str, Any]], _Built]) -> _Built:
    try:
        blocks = sorted(table(folder, file)[name], key=lambda block: block["valid_from"])
        # before the first block the first one holds: a clock set back must not leave the desk without a rule
        return build(next((block for block in reversed(blocks) if block["valid_from"] <= day), blocks[0]))
    except (KeyError, TypeError, ValueError, IndexError) as error:
        raise CrossingRuleError(file=file) from error


def _windows(said: dict[str, Any]) -> Windows:
    return Windows(
        f"{said['valid_from']}", timedelta(seconds=int(said["undo_s"])), timedelta(seconds=int(said["repeated_s"]))
    )


def _amendable(said: dict[str, Any]) -> frozenset[str]:
    return frozenset(str(name) for name in said["fields"])


def _date_rule(said: dict[str, Any]) -> DateRule:
    return DateRule(
        f"{said['valid_from']}",
        int(said["expiring_months"]),
        int(said["longest_validity_years"]),
        int(said["oldest_age_years"]),
    )


def _field_rules(said: dict[str, Any]) -> FieldRules:
    classes = {
        code: TravellerClass(code, entry["pt"], entry["en"], tuple(entry["entry"]), tuple(entry["exit"]))
        for code, entry in said["class"].items()
    }
    spoken_for = dict(said["class_of_document"])
    if unknown := (set(spoken_for.values()) | {"national", "foreigner"}) - set(classes):
        raise ValueError(f"classes that the table does not have: {sorted(unknown)}")
    return FieldRules(
        MappingProxyType(classes),
        MappingProxyType(spoken_for),
        frozenset(said["never_carried_over"]),
        int(said["adult_from_years"]),
    )


@cache
def _code_list(file: str, day: date) -> CodeList:
    try:
        entries = in_force(table("codes", file)["code"], day)
        if not entries:  # a clock set back before the first list
            entries = table("codes", file)["code"]
        words: dict[str, str] = {}
        for entry in entries:
            for word in (entry["code"], entry["pt"], entry["en"], *entry["also"]):
                if words.setdefault(_folded(word), entry["code"]) != entry["code"]:
                    raise ValueError(f"a word of two codes: {word}")
        return CodeList(tuple(Listed(entry["code"], entry["pt"], entry["en"]) for entry in entries), words)
    except (KeyError, TypeError, ValueError) as error:
        raise CrossingRuleError(file=file) from error


def _folded(text: str) -> str:
    bare = "".join(char for char in unicodedata.normalize("NFKD", text) if not unicodedata.combining(char))
    return " ".join(bare.replace("_", " ").replace("-", " ").casefold().split())
