"""The checklist of core capacities as it ships: blocks, items, answers, what the national indicators use."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any

from poe_health.codes import Coded
from poe_health.errors import HealthListError
from poe_health.lists import ListVersion, bundled

FULL, PART, NONE, NOT_APPLICABLE, NOT_SEEN = "FULL", "PART", "NONE", "NA", "NOT_SEEN"
GAPS = frozenset({PART, NONE})
BASES = frozenset({"text", "practice"})


@dataclass(frozen=True, slots=True)
class Item(Coded):
    """One question. ``ref`` is its provision; ``basis``: text (stated there) or practice (a usual way to verify it)."""

    block: str
    ref: str
    basis: str
    poe_types: frozenset[str]


@dataclass(frozen=True, slots=True)
class Block(Coded):
    """One of the three blocks with its items, in order."""

    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Indicator(Coded):
    """A national indicator of the IHR monitoring framework and the items that it uses."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AnswerKind(Coded):
    """An answer; ``value`` None leaves the denominator."""

    value: int | None


@dataclass(frozen=True, slots=True)
class Checklist:
    """All of it. ``header`` are the labels of what is said once."""

    version: ListVersion
    status: str
    source: str
    blocks: tuple[Block, ...]
    answers: Mapping[str, AnswerKind]
    header: Mapping[str, Coded]
    indicators: tuple[Indicator, ...]
    poe_types: tuple[str, ...]
    designated: tuple[str, ...]
    evidence: tuple[str, ...]

    def items_of(self, poe_type: str) -> tuple[Item, ...]:
        """Return the items that are asked at such a post, in order."""
        return tuple(item for block in self.blocks for item in block.items if poe_type in item.poe_types)


@cache
def checklist() -> Checklist:
    """Return the checklist of resources/health/annex1b.toml.

    Raises:
        HealthListError: it is missing or damaged.
    """
    found = bundled("health", "annex1b")
    try:
        return _checked(found.version, found.said)
    except (KeyError, TypeError, ValueError) as error:
        raise HealthListError("health/annex1b.toml") from error


def _checked(version: ListVersion, said: Mapping[str, Any]) -> Checklist:
    blocks = tuple(
        Block(row["code"], row["en"], row["pt"], tuple(_item(one, row["code"]) for one in row["item"]))
        for row in said["block"]
    )
    built = Checklist(
        version=version,
        status=str(said["status"]),
        source=str(said["source"]),
        blocks=blocks,
        answers=MappingProxyType(
            {row["code"]: AnswerKind(row["code"], row["en"], row["pt"], row.get("value")) for row in said["answer"]}
        ),
        header=MappingProxyType({row["code"]: Coded(row["code"], row["en"], row["pt"]) for row in said["header"]}),
        indicators=tuple(
            Indicator(row["code"], row["en"], row["pt"], tuple(row["from"])) for row in said["national_indicator"]
        ),
        poe_types=tuple(said["poe_types"]),
        designated=tuple(said["designated"]),
        evidence=tuple(said["evidence"]),
    )
    codes = [item.code for block in blocks for item in block.items]
    used = {code for indicator in built.indicators for code in indicator.items}
    if len(set(codes)) != len(codes) or not used <= set(codes):
        raise ValueError("a code twice, or one that is not there")
    if set(built.answers) != {FULL, PART, NONE, NOT_APPLICABLE, NOT_SEEN}:
        raise ValueError("answers")
    return built


def _item(row: Mapping[str, Any], block: str) -> Item:
    item = Item(row["code"], row["en"], row["pt"], block, row["ref"], row["basis"], frozenset(row["poe"]))
    if item.basis not in BASES or not item.poe_types:
        raise ValueError("basis")
    return item
