"""Columns and labels of the CSV files, out of the dated list; and the dictionary that lies beside each of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bmis.documents.states import state
from poe_health.codes import choices, exposures, symptoms
from poe_health.errors import HealthListError
from poe_health.exchange.mapping import own_words
from poe_health.lists import ListVersion
from poe_health.rules.definitions import RuleSet

DICTIONARY_HEAD = ("column", "label_en", "label_pt", "type", "code", "code_en", "code_pt")
_FILE = "health/exchange/csv.toml"
_SAY_THEMSELVES = frozenset({"week", "day", "total"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column. ``kind`` is text, number, date, moment, code or codes; ``choice`` names the set of its codes."""

    name: str
    en: str
    pt: str
    kind: str
    choice: str | None
    levels: frozenset[str]


def version() -> ListVersion:
    """Return which list of columns is in use."""
    return own_words("csv").version


def columns(level: str) -> tuple[Column, ...]:
    """Return the columns of a level, in order.

    Raises:
        HealthListError: the list is damaged.
    """
    try:
        found = [
            Column(row["name"], row["en"], row["pt"], row["kind"], row.get("choice"), frozenset(row["levels"]))
            for row in own_words("csv").said["column"]
        ]
    except (KeyError, TypeError) as error:
        raise HealthListError(_FILE) from error
    return tuple(one for one in found if level in one.levels)


@dataclass(frozen=True, slots=True)
class CountWords:
    """What measures and groups of a file of counts are called."""

    rules: RuleSet
    language: str

    def measure(self, code: str) -> str:
        """Return what a measure is called."""
        return self._own("measures", code)

    def label(self, by: str, code: str) -> str:
        """Return what a group is called; codes that say themselves (days, weeks) have no label."""
        if not code:
            return self._own("groups", by if by == "total" else "unknown")
        if by == "state":
            return self._own("states", code)
        return label_of({"origin_country": "country"}.get(by, by), code, self.rules, self.language)

    def _own(self, table: str, code: str) -> str:
        return own_words("csv").text(table, code, self.language)


def label_of(choice: str, code: str, rules: RuleSet, language: str) -> str:
    """Return the label of one of our codes; empty for what has none."""
    if choice == "country":
        found = state(code)
        return found.name(language) if found else ""
    known = _codes_of(choice, rules).get(code)
    return "" if known is None else known[0 if language == "en" else 1]


def dictionary_rows(level: str, rules: RuleSet) -> list[tuple[str, ...]]:
    """Return the lines of the dictionary: each column, and each code that it may hold."""
    rows: list[tuple[str, ...]] = []
    for column in columns(level):
        codes = _codes_of(column.choice, rules) if column.choice and column.choice != "country" else {}
        head = (column.name, column.en, column.pt, column.kind)
        rows += [(*head, code, en, pt) for code, (en, pt) in codes.items()] or [(*head, "", "", "")]
    return rows


def _codes_of(choice: str, rules: RuleSet) -> Mapping[str, tuple[str, str]]:
    if choice == "disease":
        return {code: (one.en, one.pt) for code, one in rules.diseases.items()}
    if choice in {"measures", "states"}:
        return {code: (said["en"], said["pt"]) for code, said in own_words("csv").said[choice].items()}
    if choice in _SAY_THEMSELVES:
        return MappingProxyType({})
    known = {"symptom": symptoms, "exposure": exposures}.get(choice)
    found = known() if known is not None else choices(choice)
    return {code: (one.en, one.pt) for code, one in found.items()}
