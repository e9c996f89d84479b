"""What a package holds: tables in the registry's fields, and what they are."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

Value = str | int | float | None
"""None is unknown or not shown, never nought."""
CutPlace = tuple[str, str, str, str, str]
"""Kind of record, day (ISO), code of the place, direction, and the split (``WHOLE``: the total of all splits)."""
Cut = Mapping[CutPlace, frozenset[str]]
"""The parts that are hidden, by place."""
WHOLE = "*"


class Audience(StrEnum):
    """Who gets the package; the public sees only larger numbers."""

    GOVERNMENT = "government"
    PUBLIC = "public"


class Level(StrEnum):
    """What rows are of."""

    ADM1 = "adm1"
    POST = "post"


@dataclass(frozen=True, slots=True)
class Extra:
    """A field of ours that the registry does not have."""

    name: str
    type: str
    label_pt: str
    label_en: str
    codes: tuple[str, ...] = ()
    hxl: str = ""
    required: bool = False


@dataclass(frozen=True, slots=True)
class Resource:
    """One table. ``fields`` name registry fields or ``extras``; a row has one value a field."""

    name: str
    title_pt: str
    title_en: str
    fields: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    extras: Mapping[str, Extra]
    note_pt: str = ""
    note_en: str = ""

    def note(self, language: str) -> str:
        """Return what must be known of this table beside the package's own note, "" where nothing."""
        return self.note_en if language == "en" else self.note_pt

    def title(self, language: str) -> str:
        """Return its title in ``language`` (pt or en)."""
        return self.title_en if language == "en" else self.title_pt


@dataclass(frozen=True, slots=True)
class Place:
    """An area or post of the package, for maps. Degrees WGS 84; None where it has no place that is sure."""

    code: str
    name: str
    adm1_pcode: str
    kind: str
    latitude: float | None
    longitude: float | None
    adm2_pcode: str = ""


@dataclass(frozen=True, slots=True)
class FlowPackage:
    """Everything that is written. ``made_at`` is aware; ``limit`` the least count shown; ``cut`` what is not."""

    first: date
    last: date
    made_at: datetime
    audience: Audience
    level: Level
    limit: int
    training: bool
    language: str
    pcode_version: str
    resources: tuple[Resource, ...]
    places: tuple[Place, ...]
    cut: Cut = field(default_factory=dict)

    def resource(self, name: str) -> Resource:
        """Return the table of that name.

        Raises:
            KeyError: there is none.
        """
        return {one.name: one for one in self.resources}[name]

    @property
    def rows(self) -> int:
        """Return how many rows all tables have."""
        return sum(len(one.rows) for one in self.resources)
