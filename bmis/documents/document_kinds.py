"""Kinds of document as dated data: which fields each has, which may be unknown and why, which MRZ it carries."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fnmatch import fnmatchcase
from functools import cache
from types import MappingProxyType
from typing import Any

from bmis.documents.errors import CodeTableError, UnknownDocumentKindError
from bmis.documents.kinds import layout
from bmis.documents.mrz import ParsedMrz
from bmis.kernel.resources import resource

FIELDS = (
    "issuing_state",
    "number",
    "surname",
    "given_names",
    "nationality",
    "birth_date",
    "birth_month",
    "birth_day",
    "sex",
    "expiry_date",
)


class HasMrz(StrEnum):
    """Whether documents of a kind carry an MRZ."""

    ALWAYS = "always"
    SOMETIMES = "sometimes"
    NEVER = "never"


class Need(StrEnum):
    """Whether a kind of document has a field."""

    REQUIRED = "required"  # a value, or one of the reasons why not
    OPTIONAL = "optional"
    ABSENT = "absent"  # never a value


@dataclass(frozen=True, slots=True)
class FieldRule:
    """What a kind says of one field. ``unknown_because`` holds codes of missing_reasons.toml."""

    need: Need
    unknown_because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MrzPattern:
    """When an MRZ belongs to a kind; an empty tuple or None says nothing. The highest priority wins."""

    code: str  # of the document code, * for any ending: "PD", "I*"
    priority: int
    kind: tuple[str, ...] = ()
    issuing_state: tuple[str, ...] = ()
    nationality: tuple[str, ...] = ()
    nationality_is_issuer: bool | None = None

    def fits(self, parsed: ParsedMrz) -> bool:
        """Return whether the MRZ is one of these."""
        issuer = parsed.fields.issuing_state or ""
        nationality = parsed.fields.nationality or layout(parsed.kind).nationality_of_all or ""
        return (
            fnmatchcase(parsed.fields.document_code, self.code)
            and (not self.kind or parsed.kind in self.kind)
            and (not self.issuing_state or issuer in self.issuing_state)
            and (not self.nationality or nationality in self.nationality)
            and (self.nationality_is_issuer is None or (nationality == issuer) is self.nationality_is_issuer)
        )


@dataclass(frozen=True, slots=True)
class DocumentKind:
    """A kind of document, valid from and to (the last day included, None: still)."""

    code: str
    name_pt: str
    name_en: str
    order: int  # in lists
    valid_from: date
    valid_to: date | None
    source: str
    has_mrz: HasMrz
    issuers: tuple[str, ...]  # printed codes; "*" for any; none: it has no issuer
    not_issuers: tuple[str, ...]
    fields: Mapping[str, FieldRule]
    mrz: tuple[MrzPattern, ...]

    def name(self, language: str) -> str:
        """Return its name in ``language`` (pt or en)."""
        return self.name_en if language == "en" else self.name_pt

    def valid_on(self, day: date) -> bool:
        """Return whether the kind exists on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    def may_be_issued_by(self, state_code: str) -> bool:
        """Return whether ``state_code`` issues this kind."""
        return ("*" in self.issuers or state_code in self.issuers) and state_code not in self.not_issuers


@dataclass(frozen=True, slots=True)
class MissingReason:
    """Why a field is not known."""

    code: str
    name_pt: str
    name_en: str

    def name(self, language: str) -> str:
        """Return it in ``language`` (pt or en)."""
        return self.name_en if language == "en" else self.name_pt


def document_kind(code: str) -> DocumentKind:
    """Return the kind with this code, whatever the day (old records keep theirs).

    Raises:
        UnknownDocumentKindError: there is none.
    """
    try:
        return _kinds()[code]
    except KeyError as error:
        raise UnknownDocumentKindError from error


def document_kinds(on: date) -> tuple[DocumentKind, ...]:
    """Return the kinds that exist on a day, in the order of lists."""
    return tuple(kind for kind in _kinds().values() if kind.valid_on(on))


def kind_for_mrz(parsed: ParsedMrz) -> DocumentKind | None:
    """Return the kind that the MRZ says, None where no kind claims its document code."""
    fitting = [(pattern.priority, kind) for kind in _kinds().values() for pattern in kind.mrz if pattern.fits(parsed)]
    return max(fitting, key=lambda one: one[0])[1] if fitting else None


@cache
def missing_reasons() -> Mapping[str, MissingReason]:
    """Return the reasons for a missing field, by code.

    Raises:
        CodeTableError: the bundled table cannot be read.
    """
    try:
        with resource("codes", "missing_reasons.toml").open("rb") as file:
            rows = tomllib.load(file)["reason"]
        return MappingProxyType({row["code"]: MissingReason(row["code"], row["pt"], row["en"]) for row in rows})
    except (OSError, KeyError, ValueError) as error:
        raise CodeTableError("missing_reasons") from error


@cache
def _kinds() -> Mapping[str, DocumentKind]:
    try:
        found = []
        for path in resource("document_kinds").glob("*.toml"):
            with path.open("rb") as file:
                found.append(_kind(tomllib.load(file)))
    except (OSError, KeyError, TypeError, ValueError) as error:
        raise CodeTableError("document_kinds") from error
    if not found:
        raise CodeTableError("document_kinds")
    return MappingProxyType({kind.code: kind for kind in sorted(found, key=lambda kind: (kind.order, kind.code))})


def _kind(table: dict[str, Any]) -> DocumentKind:
    return DocumentKind(
        code=table["code"],
        name_pt=table["name_pt"],
        name_en=table["name_en"],
        order=table["order"],
        valid_from=table["valid_from"],
        valid_to=table.get("valid_to"),
        source=table["source"],
        has_mrz=HasMrz(table["has_mrz"]),
        issuers=tuple(table["issuers"]),
        not_issuers=tuple(table.get("not_issuers", ())),
        fields=MappingProxyType({name: _rule(table["fields"][name]) for name in FIELDS}),
        mrz=tuple(_pattern(pattern) for pattern in table.get("mrz", ())),
    )


def _rule(table: dict[str, Any]) -> FieldRule:
    reasons = tuple(table["unknown_because"])
    if unknown := set(reasons) - set(missing_reasons()):
        raise ValueError(f"reasons that no table has: {sorted(unknown)}")
    return FieldRule(Need(table["need"]), reasons)


def _pattern(table: dict[str, Any]) -> MrzPattern:
    return MrzPattern(
        code=table["code"],
        priority=table["priority"],
        kind=tuple(table.get("kind", ())),
        issuing_state=tuple(table.get("issuing_state", ())),
        nationality=tuple(table.get("nationality", ())),
        nationality_is_issuer=table.get("nationality_is_issuer"),
    )
