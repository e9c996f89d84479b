"""What an export gives: files not yet written, what is in them, and what could not be said in the receiver's words."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType

from poe_health.exchange.source import ExportCase
from poe_health.lists import ListVersion


class Level(StrEnum):
    """How much of a person a file shows."""

    PUBLIC = "public"  # counts, small cells suppressed
    AGGREGATE = "aggregate"  # counts
    CASES = "cases"  # single cases under a keyed pseudonym
    NAMED = "named"


PERSONAL = frozenset({Level.CASES, Level.NAMED})


@dataclass(frozen=True, slots=True)
class Period:
    """Days of a post, the first and the last included."""

    post_code: str
    first: date
    last: date

    @property
    def days(self) -> tuple[date, ...]:
        """Return its days in order."""
        return tuple(self.first + timedelta(days=n) for n in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True, order=True)
class Note:
    """A remark by its code; ``where`` is a code, a column or a day, ``count`` how many it concerns."""

    code: str
    where: str = ""
    count: int = 1


def nothing_beside() -> Mapping[str, bytes]:
    """Return no further files."""
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Package:
    """The files of one export. ``beside`` is keyed by what is put before the suffix of the main file's name.

    ``records`` counts rows or resources of the main file, ``people`` the people it is about (0 for counts).
    """

    main: bytes
    records: int
    people: int
    fields: tuple[str, ...]
    notes: tuple[Note, ...] = ()
    beside: Mapping[str, bytes] = field(default_factory=nothing_beside)
    mapping: ListVersion | None = None

    @property
    def sha256(self) -> str:
        """Return the digest of the main file."""
        return hashlib.sha256(self.main).hexdigest()


class Notes:
    """Gathers remarks while a file is made."""

    def __init__(self) -> None:
        self._counts: dict[tuple[str, str], int] = {}

    def add(self, code: str, where: str = "") -> None:
        """Count a remark."""
        self._counts[code, where] = self._counts.get((code, where), 0) + 1

    def all(self) -> tuple[Note, ...]:
        """Return the remarks in order."""
        return tuple(sorted(Note(code, where, count) for (code, where), count in self._counts.items()))


def suspects_of(cases: Iterable[ExportCase], notes: Notes) -> list[ExportCase]:
    """Return the cases that are suspected of something: receivers of cases take no others."""
    found = []
    for one in cases:
        if one.disease is None:
            notes.add("not_suspected")
        else:
            found.append(one)
    return found


def fields_in(documents: Iterable[object]) -> tuple[str, ...]:
    """Return the names of the fields that hold something anywhere in JSON documents, for the log."""
    found: set[str] = set()
    waiting = list(documents)
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            found |= {str(name) for name, value in one.items() if value not in (None, "", [], {})}
            waiting.extend(one.values())
        elif isinstance(one, list):
            waiting.extend(one)
    return tuple(sorted(found))
