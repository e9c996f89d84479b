"""Fields and code lists of the flow-monitoring registry (IOM DTM), and how our codes are told in them."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bmis.kernel.resources import resource


@dataclass(frozen=True, slots=True)
class FmrField:
    """A field: ``type`` of Table Schema, code list or rule, HXL tag, labels."""

    name: str
    type: str
    rule: str
    hxl: str
    label_pt: str
    label_en: str
    dtm_source: str

    def label(self, language: str) -> str:
        """Return its label in ``language`` (pt or en)."""
        return self.label_en if language == "en" else self.label_pt

    @property
    def codes(self) -> tuple[str, ...]:
        """Return its code list, empty where it has none."""
        listed = self.rule.rpartition(";")[2]
        return tuple(listed.split("|")) if "|" in listed else ()

    @property
    def required(self) -> bool:
        """Return whether a row must have it."""
        return "required" in self.rule

    @property
    def unique(self) -> bool:
        """Return whether no two rows may have the same."""
        return "unique" in self.rule


@cache
def fmr_fields() -> Mapping[str, FmrField]:
    """Return the fields by name, in order."""
    with resource("flows", "fmr_fields.csv").open(encoding="utf-8", newline="") as file:
        return {
            row["name"]: FmrField(
                row["name"],
                row["type"],
                row["constraint_or_codelist"],
                row["hxl"],
                row["label_pt"],
                row["label_en"],
                row["dtm_source"],
            )
            for row in csv.DictReader(file)
        }


@cache
def _maps() -> Mapping[str, Any]:
    return tomllib.loads(resource("flows", "fmr.toml").read_text("utf-8"))


def fmr_code(of: str, ours: str) -> str:
    """Return the registry's code for one of ours (``of``: transport_mode, reason, point_type), "" where none is."""
    return str(_maps()[of].get(ours, ""))


def duration_of(days: int) -> str:
    """Return the class of an intended stay in whole days."""
    for each in _maps()["duration"]:
        if "most" not in each or days <= each["most"]:
            return str(each["code"])
    raise ValueError("the last class of durations is open")


INTERNAL_LIMIT = 1
"""The least count that the desk itself sees: every number."""


def limit_for(audience: str) -> int:
    """Return the least count that an audience (government, public) may be shown.

    Raises:
        KeyError: there is no such audience.
    """
    return int(_maps()["limits"][audience])


def guarded_limit(audience: str) -> int | None:
    """Return the least count of people without a defined nationality that an audience is shown, None for never."""
    found = _maps()["limits_no_nationality"].get(audience)
    return None if found is None else int(found)


def about_package(name: str) -> str:
    """Return source, licence, licence_title, caveat_pt or caveat_en."""
    return str(_maps()[name])
