"""The dated rules and texts of forms and notices, and the fields of the contingency form in their order."""

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, TypeVar

from bmis.crossings.paperwork.errors import PaperworkRuleError
from bmis.kernel.resources import resource

_Rule = TypeVar("_Rule")


@dataclass(frozen=True, slots=True)
class FormRule:
    """How contingency forms are given out and typed in."""

    second_person_after: timedelta
    oldest: timedelta
    largest_batch: int


@dataclass(frozen=True, slots=True)
class Said:
    """The same words in both languages."""

    pt: str
    en: str

    def in_language(self, language: str) -> str:
        """Return the words in ``language`` (pt or en)."""
        return self.en if language == "en" else self.pt


@dataclass(frozen=True, slots=True)
class NoticeTexts:
    """The texts of a refusal notice. ``consular`` and ``carrier``: what was done -> words; None is not stated.

    ``draft_mark`` is there while the texts have not been signed off by a lawyer.
    """

    appeal: Said
    appeal_exit: Said
    consular: Mapping[bool | None, Said]
    carrier: Mapping[bool | None, Said]
    draft_mark: Said | None


@dataclass(frozen=True, slots=True)
class FormChoice:
    """One of the answers that a field offers."""

    code: str
    label: Said


@dataclass(frozen=True, slots=True)
class FormField:
    """A field of the paper form. ``kind``: date, time, choice, yes_no, letters, text, number, codes."""

    name: str
    kind: str
    label: Said
    size: int | None
    required: bool
    choices: tuple[FormChoice, ...]


@dataclass(frozen=True, slots=True)
class FormSection:
    """Fields under one heading, in the order in which they are written and typed."""

    name: str
    label: Said
    fields: tuple[FormField, ...]


@dataclass(frozen=True, slots=True)
class FormLayout:
    """The whole form as data: the paper and the back-fill desk follow the same order."""

    title: Said
    sections: tuple[FormSection, ...]
    valid_from: date

    @property
    def fields(self) -> tuple[FormField, ...]:
        """Every field, in order."""
        return tuple(field for section in self.sections for field in section.fields)


def form_rule(day: date) -> FormRule:
    """Return the rule of that day (resources/rules/contingency_forms.toml).

    Raises:
        PaperworkRuleError: the file is missing or damaged.
    """
    return _read("contingency_forms.toml", lambda said: _form_rule(_in_force(said["rule"], day)), "rules")


def notice_texts(day: date) -> NoticeTexts:
    """Return the texts of that day (resources/rules/refusal_notice.toml).

    Raises:
        PaperworkRuleError: the file is missing or damaged.
    """
    return _read("refusal_notice.toml", lambda said: _notice_texts(_in_force(said["notice"], day)), "rules")


def form_layout() -> FormLayout:
    """Return the contingency form (resources/forms/contingency_crossing.toml).

    Raises:
        PaperworkRuleError: the file is missing or damaged.
    """
    return _read("contingency_crossing.toml", _layout, "forms")


def _read(file: str, build: Callable[[dict[str, Any]], _Rule], folder: str) -> _Rule:
    try:
        return build(_load(folder, file))
    except (OSError, UnicodeError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, IndexError) as error:
        raise PaperworkRuleError(file=file) from error


@cache
def _load(folder: str, file: str) -> dict[str, Any]:
    return tomllib.loads(resource(folder, file).read_text("utf-8"))


def _in_force(blocks: list[dict[str, Any]], day: date) -> dict[str, Any]:
    ordered = sorted(blocks, key=lambda block: block["valid_from"])
    # before the first block the first one holds: a clock set back must not leave the desk without a rule
    return next((block for block in reversed(ordered) if block["valid_from"] <= day), ordered[0])


def _form_rule(said: dict[str, Any]) -> FormRule:
    return FormRule(
        timedelta(minutes=said["second_person_after_minutes"]),
        timedelta(days=said["oldest_days"]),
        int(said["largest_batch"]),
    )


def _notice_texts(said: dict[str, Any]) -> NoticeTexts:
    return NoticeTexts(
        _said(said["appeal"]),
        _said(said["appeal_exit"]),
        _answers(said["consular"]),
        _answers(said["carrier"]),
        _said(said["draft_mark"]) if said["draft"] else None,
    )


def _answers(said: dict[str, Any]) -> Mapping[bool | None, Said]:
    return {True: _said(said["informed"]), False: _said(said["not_informed"]), None: _said(said["not_stated"])}


def _said(said: dict[str, Any]) -> Said:
    return Said(str(said["pt"]), str(said["en"]))


def _layout(said: dict[str, Any]) -> FormLayout:
    fields = [(entry["section"], _field(entry)) for entry in said["field"]]
    sections = tuple(
        FormSection(entry["name"], _said(entry), tuple(field for name, field in fields if name == entry["name"]))
        for entry in said["section"]
    )
    if sum(len(section.fields) for section in sections) != len(fields):
        raise ValueError("a field stands in no section")
    return FormLayout(_said(said["title"]), sections, said["valid_from"])


def _field(entry: dict[str, Any]) -> FormField:
    choices = tuple(FormChoice(choice["code"], _said(choice)) for choice in entry.get("choices", ()))
    return FormField(
        entry["name"], entry["kind"], _said(entry), entry.get("size"), bool(entry.get("required", False)), choices
    )
