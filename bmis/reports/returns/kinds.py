"""Kinds of return and their figures, from dated data."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from typing import Any

from bmis.documents.states import iso3
from bmis.posts.point_of_entry import points_of_entry
from bmis.reports.dated import report_table
from bmis.reports.errors import ReportDataError, ReturnKindError

_FILE = "returns.toml"


class Split(StrEnum):
    """What a figure may be split by."""

    COUNTRY = "country"
    PROVINCE = "province"


@dataclass(frozen=True, slots=True)
class ReturnField:
    """One figure: a count, or counts by country or province."""

    code: str
    tag: str
    pt: str
    en: str
    split: Split | None = None

    def label(self, language: str) -> str:
        """Return its label in ``language`` (pt or en)."""
        return self.en if language == "en" else self.pt


@dataclass(frozen=True, slots=True)
class ReturnKind:
    """One kind of return. ``sums``: a whole, and the parts that make it up."""

    code: str
    tag: str
    pt: str
    en: str
    fields: tuple[ReturnField, ...]
    sums: tuple[tuple[str, tuple[str, ...]], ...]
    valid_from: date
    valid_to: date | None

    def label(self, language: str) -> str:
        """Return its label in ``language`` (pt or en)."""
        return self.en if language == "en" else self.pt

    @property
    def by_code(self) -> Mapping[str, ReturnField]:
        """Return the fields by code."""
        return {one.code: one for one in self.fields}


def return_kinds(on: date) -> tuple[ReturnKind, ...]:
    """Return the kinds in force on that day, in order.

    Raises:
        ReportDataError: the file is missing or damaged.
    """
    return tuple(one for one in _all() if one.valid_from <= on <= (one.valid_to or date.max))


def return_kind(code: str, on: date) -> ReturnKind:
    """Return the kind of that code.

    Raises:
        ReturnKindError: there is none on that day.
    """
    for one in return_kinds(on):
        if one.code == code:
            return one
    raise ReturnKindError(kind=code[:40])


def known_figures() -> frozenset[str]:
    """Return every figure that any kind ever had, as ``inspection.fines``."""
    return frozenset(f"{kind.code}.{field.code}" for kind in _all() for field in kind.fields if field.split is None)


def due_by_default() -> tuple[str, ...]:
    """Return the kinds that the post of a home owes where nobody has said otherwise."""
    found = tuple(map(str, report_table(_FILE).get("due_by_default", ())))
    if set(found) - {one.code for one in _all()}:
        raise ReportDataError(file=_FILE)
    return found


@cache
def provinces() -> Mapping[str, str]:
    """Return the provinces by the letters of ISO 3166-2:MZ."""
    return {one.iso_3166_2.partition("-")[2]: one.province for one in points_of_entry()}


def is_key(split: Split, key: str) -> bool:
    """Return whether the key names a country or a province."""
    return key in provinces() if split is Split.PROVINCE else len(key) == 3 and iso3(key) == key


@cache
def _all() -> tuple[ReturnKind, ...]:
    try:
        kinds = tuple(map(_kind, report_table(_FILE)["kind"]))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ReportDataError(file=_FILE) from error
    if len({one.tag for one in kinds}) != len({one.code for one in kinds}):
        raise ReportDataError(file=_FILE)
    return kinds


def _kind(said: dict[str, Any]) -> ReturnKind:
    fields = tuple(
        ReturnField(
            str(one["code"]),
            str(one["tag"]),
            str(one["pt"]),
            str(one["en"]),
            Split(one["split"]) if "split" in one else None,
        )
        for one in said["field"]
    )
    codes = {one.code for one in fields}
    sums = tuple((str(one["whole"]), tuple(map(str, one["parts"]))) for one in said.get("sums", ()))
    named = {name for whole, parts in sums for name in (whole, *parts)}
    tags = {one.tag for one in fields}
    if len(tags) != len(fields) or any(len(tag) != 1 or not "A" <= tag <= "Z" for tag in tags | {said["tag"]}):
        raise ValueError("a letter twice, or more than one")
    if len(codes) != len(fields) or named - codes:
        raise ValueError("a sum of fields that there are not")
    return ReturnKind(
        str(said["code"]),
        str(said["tag"]),
        str(said["pt"]),
        str(said["en"]),
        fields,
        sums,
        said["valid_from"],
        said.get("valid_to"),
    )
