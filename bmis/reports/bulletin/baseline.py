"""Past bulletins: figures typed from what was published, each with its source, for periods that crossings do not reach.

CSV with the columns ``first, last, measure, key, value, source``. A measure without a key is of the whole country; with
the code of a post it is of that post. A later import of the same figure replaces it; both stay on record.
"""

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from io import StringIO

from bmis.crossings.reasons import reason
from bmis.documents.states import iso3
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.identifiers import new_id
from bmis.posts.errors import UnknownPostError
from bmis.posts.point_of_entry import point_of_entry
from bmis.reports.errors import BaselineFileError, BaselineLinesError
from bmis.reports.event import ReportEvent, ReportEventKind
from bmis.reports.records import SqlReportEvents
from bmis.reports.returns.kinds import known_figures, provinces
from bmis.store.unit import OpenUnit

COLUMNS = ("first", "last", "measure", "key", "value", "source")
LARGEST_FILE = 2_000_000  # bytes; a year of bulletins is under 200 KB
_LARGEST = 999_999_999
_LONGEST_SOURCE = 300
_MOST_FAULTS = 20
_PLAIN = frozenset(
    {
        "total",
        "entries",
        "exits",
        "entries_nationals",
        "entries_foreigners",
        "exits_nationals",
        "exits_foreigners",
        "refused",
    }
)
_KEYED = frozenset({"province", "post", "nationality", "refused_reason", "refused_nationality", "refused_post"})
Place = tuple[str, str]
"""A measure and its key ("" where it has none)."""


@dataclass(frozen=True, slots=True)
class PastFigure:
    """One published number."""

    first: date
    last: date
    measure: str
    key: str
    value: int
    source: str


def parse_baseline(untrusted: bytes, today: date) -> tuple[PastFigure, ...]:
    """Return the figures of a file.

    Raises:
        BaselineFileError: a fault, with its line; nothing of the file counts then. BaselineLinesError: several.
    """
    if len(untrusted) > LARGEST_FILE:
        raise BaselineFileError(line=1, column="size")
    try:
        rows = csv.reader(StringIO(untrusted.decode("utf-8-sig")), strict=True)
        head = next(rows, [])
        if tuple(head) != COLUMNS:
            raise BaselineFileError(line=1, column="columns")
        faults: list[BaselineFileError] = []
        found: list[PastFigure] = []
        seen: set[tuple[object, ...]] = set()
        for row in rows:
            try:
                if row:
                    found.append(_new(_figure(row, rows.line_num, today), seen, rows.line_num))
            except BaselineFileError as fault:
                faults.append(fault)
    except UnicodeDecodeError as error:
        raise BaselineFileError(line=1, column="utf-8") from error
    except csv.Error as error:
        raise BaselineFileError(line=1, column="csv") from error
    if len(faults) == 1:
        raise faults[0]
    if faults:
        raise BaselineLinesError(count=len(faults), lines=_places(faults))
    if not found:
        raise BaselineFileError(line=2, column="columns")
    return tuple(found)


@dataclass(frozen=True, slots=True)
class ImportBaseline:
    """Keeps the figures of a file: one event for each period."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, untrusted: bytes, by: Actor) -> tuple[PastFigure, ...]:
        """Return what was kept.

        Raises:
            NotAllowedError: the role publishes no reports. BaselineFileError, BaselineLinesError: faults; nothing
                was kept.
        """
        require(by, Permission.PUBLISH_REPORTS)
        figures = parse_baseline(untrusted, local(self.now(), MAPUTO_OFFSET_MINUTES).date())
        file = hashlib.sha256(untrusted).hexdigest()
        periods: dict[tuple[date, date], list[PastFigure]] = {}
        for one in figures:
            periods.setdefault((one.first, one.last), []).append(one)
        with self.open_unit() as unit:
            events = SqlReportEvents(unit)
            for (first, last), told in sorted(periods.items(), key=lambda pair: pair[0]):
                facts = {
                    "file_sha256": file,
                    "figures": [[one.measure, one.key, one.value, one.source] for one in told],
                }
                kind = ReportEventKind.BASELINE_IMPORTED
                events.add(ReportEvent(new_id(self.now()), kind, "weekly-bulletin", first, last, by.name, facts))
            unit.commit()
        return figures


@dataclass(frozen=True, slots=True)
class Baseline:
    """Reads past figures."""

    open_read: OpenUnit

    def __call__(self, first: date, last: date) -> Mapping[Place, PastFigure]:
        """Return the figures of exactly that period; the last import of each counts."""
        found: dict[Place, PastFigure] = {}
        with self.open_read() as unit:
            for event in SqlReportEvents(unit).between(ReportEventKind.BASELINE_IMPORTED, first, last):
                if (event.first, event.last) != (first, last):
                    continue
                told = event.facts["figures"]
                for measure, key, value, source in told if isinstance(told, list) else ():
                    found[measure, key] = PastFigure(first, last, measure, key, value, source)
        return found


def _new(one: PastFigure, seen: set[tuple[object, ...]], line: int) -> PastFigure:
    place = (one.first, one.last, one.measure, one.key)
    if place in seen:
        raise BaselineFileError(line=line, column="measure")
    seen.add(place)
    return one


def _places(faults: list[BaselineFileError]) -> str:
    """Return the lines and columns of faults, the first of many: ``3 (value), 7 (source)``."""
    told = [f"{one.facts['line']} ({one.facts['column']})" for one in faults[:_MOST_FAULTS]]
    return ", ".join(told) + (" …" if len(faults) > _MOST_FAULTS else "")


def _figure(row: list[str], line: int, today: date) -> PastFigure:
    if len(row) != len(COLUMNS):
        raise BaselineFileError(line=line, column="columns")
    first, last, measure, key, value, source = (cell.strip() for cell in row)
    days = _day(first, line, "first"), _day(last, line, "last")
    if days[1] < days[0] or days[1] > today:
        raise BaselineFileError(line=line, column="last")
    if not _is_measure(measure):
        raise BaselineFileError(line=line, column="measure")
    if not _is_key(measure, key):
        raise BaselineFileError(line=line, column="key")
    if not (value.isascii() and value.isdigit() and len(value) <= len(str(_LARGEST))):
        raise BaselineFileError(line=line, column="value")
    if not 3 <= len(source) <= _LONGEST_SOURCE or not source.isprintable():
        raise BaselineFileError(line=line, column="source")
    return PastFigure(*days, measure, key, int(value), source)


def _day(text: str, line: int, column: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BaselineFileError(line=line, column=column) from error


def _is_measure(measure: str) -> bool:
    """Return whether it is one of the bulletin's, or a figure of a return (``inspection.fines``)."""
    return measure in _PLAIN | _KEYED | known_figures()


def _is_key(measure: str, key: str) -> bool:
    if measure not in _KEYED:
        return key == "" or _is_post(key)
    if measure == "province":
        return key in provinces()
    if measure in ("post", "refused_post"):
        return _is_post(key)
    if measure == "refused_reason":
        return reason(key) is not None
    return len(key) == 3 and iso3(key) == key


def _is_post(key: str) -> bool:
    try:
        return point_of_entry(key).code == key
    except UnknownPostError:
        return False
