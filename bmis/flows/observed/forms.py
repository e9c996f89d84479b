"""Forms of groups as CSV in the registry's fields (FMR), one group a line, read into slots of time.

The head has the registry's names or its labels in Portuguese or English; a line of HXL tags may follow. An empty cell
is not recorded. Lines that were counted are ``observed``; those that somebody filled in from elsewhere ``estimated``.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from bmis.flows.fmr import fmr_fields
from bmis.flows.mobility.errors import FmpUnknownError, MobilityFieldError, ObservedSumError
from bmis.flows.mobility.place import MappedPlace
from bmis.flows.observed.errors import ObservedFileError, ObservedFormError
from bmis.flows.observed.group import ESTIMATED, OBSERVED, ObservedGroup, area_level, group_of
from bmis.flows.observed.point import MonitoringPoint, point_of
from bmis.flows.observed.slot import DIRECTIONS, ObservedSlot, minutes_of
from bmis.kernel.csv_cells import rows_in
from bmis.posts.admin_area import DISTRICT, PROVINCE

LARGEST_FILE = 2_000_000  # bytes; a month of a point is under 500 KB
MOST_LINES = 20_000
NEEDED = ("record_id", "record_kind", "date", "slot_start", "slot_end", "fmp_id", "direction", "total")
NOT_KEPT = ("ill_observed", "screened", "referred")
"""What port health counts; it has its own way and is not kept here."""
_OF_THE_POINT = frozenset(
    {"fmp_name", "fmp_country", "fmp_adm1_pcode", "fmp_adm2_pcode", "fmp_lat", "fmp_lon", "fmp_type"}
)
_OF_THE_FORM = frozenset({*NEEDED, *NOT_KEPT, *_OF_THE_POINT, "flow_type", "unit", "pcode_version"}) - {
    "direction",
    "total",
}
Fault = tuple[int, str]
"""A line of the file, from one, and the field."""


@dataclass(frozen=True, slots=True)
class ReadForms:
    """Slots with the request each is kept under; ``not_kept`` names columns that said something."""

    slots: tuple[tuple[ObservedSlot, UUID], ...]
    not_kept: tuple[str, ...]


def read_forms(untrusted: bytes, places: Iterable[MappedPlace], sender: str) -> ReadForms:
    """Return the slots of a file; the same lines again make the same requests, so that they are kept once.

    Raises:
        ObservedFileError: it is no such file at all. ObservedFormError: lines that cannot be.
    """
    lines = _lines(untrusted)
    known = tuple(places)
    faults: list[Fault] = []
    groups: dict[tuple[str, date, int, int], list[tuple[str, ObservedGroup]]] = defaultdict(list)
    seen: set[str] = set()
    not_kept: set[str] = set()
    for number, said in lines:
        try:
            if said.get("record_id", "") in seen:
                raise MobilityFieldError(where="record_id")
            key, group = _line(said, number, known)
        except MobilityFieldError as error:
            faults.append((number, str(error.facts["where"])))
            continue
        except ObservedSumError:
            faults.append((number, "total"))
            continue
        seen.add(said["record_id"])
        groups[key].append((said["record_id"], group))
        not_kept |= {name for name in NOT_KEPT if said.get(name)}
    if faults:
        raise ObservedFormError(
            line=faults[0][0],
            field=faults[0][1],
            count=len(faults),
            faults="; ".join(f"{line}: {field}" for line, field in faults[:20]),
        )
    slots = tuple(_slot(key, told, sender) for key, told in groups.items())
    return ReadForms(slots, tuple(name for name in NOT_KEPT if name in not_kept))


def _slot(
    key: tuple[str, date, int, int], told: Sequence[tuple[str, ObservedGroup]], sender: str
) -> tuple[ObservedSlot, UUID]:
    fmp, day, start, end = key
    seen = {group.direction for _record, group in told}
    slot = ObservedSlot(
        fmp=fmp,
        day=day,
        start=start,
        end=end,
        directions=tuple(way for way in DIRECTIONS if way in seen),
        groups=tuple(group for _record, group in told),
        sender=sender,
    )
    named = "\n".join((fmp, day.isoformat(), str(start), str(end), *sorted(record for record, _group in told)))
    return slot, uuid5(NAMESPACE_URL, f"urn:bmis:observed-form:{named}")


def _line(
    said: Mapping[str, str], number: int, places: Sequence[MappedPlace]
) -> tuple[tuple[str, date, int, int], ObservedGroup]:
    """Return the slot of a line and its group. Raises MobilityFieldError, ObservedSumError."""
    for name in NEEDED:
        if not said.get(name):
            raise MobilityFieldError(where=name)
    _check_codes(said)
    if said["record_kind"] not in (OBSERVED, ESTIMATED):  # administrative counts are made here, never taken in
        raise MobilityFieldError(where="record_kind")
    try:
        day = date.fromisoformat(said["date"])
    except ValueError as error:
        raise MobilityFieldError(where="date") from error
    start, end = (minutes_of(said[name], name) for name in ("slot_start", "slot_end"))
    if end <= start:
        raise MobilityFieldError(where="slot_end")
    point = _point(said, places)
    asked: dict[str, Any] = {name: text for name, text in said.items() if text and name not in _OF_THE_FORM}
    for name in asked:
        if fmr_fields()[name].type == "integer":
            asked[name] = _count(said, name)
    if said["record_kind"] == ESTIMATED:
        asked["record_kind"] = ESTIMATED
    for name in NOT_KEPT:
        _count(said, name)
    return (point.code, day, start, end), group_of(asked, number, DIRECTIONS)


def _check_codes(said: Mapping[str, str]) -> None:
    for name, text in said.items():
        codes = fmr_fields()[name].codes
        if text and codes and text not in codes:
            raise MobilityFieldError(where=name)


def _point(said: Mapping[str, str], places: Sequence[MappedPlace]) -> MonitoringPoint:
    """Return the point; what the line says of it must not speak against what is known of it."""
    try:
        point = point_of(said["fmp_id"], places)
    except FmpUnknownError as error:
        raise MobilityFieldError(where="fmp_id") from error
    known = {"fmp_country": "MOZ", "fmp_adm1_pcode": point.adm1_pcode, "fmp_adm2_pcode": point.adm2_pcode}
    for name, level in (("fmp_adm1_pcode", PROVINCE), ("fmp_adm2_pcode", DISTRICT)):
        if said.get(name) and area_level(said[name]) != level:
            raise MobilityFieldError(where=name)
    for name, ours in known.items():
        if said.get(name) and ours and said[name] != ours:
            raise MobilityFieldError(where=name)
    for name, most in (("fmp_lat", 90.0), ("fmp_lon", 180.0)):
        try:
            outside = bool(said.get(name)) and not -most <= float(said[name]) <= most
        except ValueError as error:
            raise MobilityFieldError(where=name) from error
        if outside:
            raise MobilityFieldError(where=name)
    return point


def _count(said: Mapping[str, str], name: str) -> int | None:
    text = said.get(name, "")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 6):
        raise MobilityFieldError(where=name)
    return int(text)


def _lines(untrusted: bytes) -> list[tuple[int, dict[str, str]]]:
    """Return the lines by field, with their numbers. Raises ObservedFileError."""
    if len(untrusted) > LARGEST_FILE:
        raise ObservedFileError(why="size")
    first = untrusted.partition(b"\n")[0]
    separator = ";" if first.count(b";") > first.count(b",") else ","
    try:
        rows = rows_in(untrusted, separator=separator)
    except UnicodeDecodeError as error:
        raise ObservedFileError(why="form_utf8") from error
    except csv.Error as error:
        raise ObservedFileError(why="form_csv") from error
    if not rows:
        raise ObservedFileError(why="empty")
    names = [_names().get(cell.strip().casefold(), "") for cell in rows[0]]
    if "" in names or len(set(names)) < len(names) or not {*NEEDED} <= {*names}:
        raise ObservedFileError(why="form_columns")
    found = []
    for number, row in enumerate(rows[1:], 2):
        if number == 2 and row and all(cell.startswith("#") or not cell for cell in row):
            continue  # HXL tags
        if not any(cell.strip() for cell in row):
            continue
        if len(row) != len(names):
            raise ObservedFormError(line=number, field="columns", count=1, faults=f"{number}: columns")
        found.append((number, {name: cell.strip() for name, cell in zip(names, row, strict=True)}))
    if not found or len(found) > MOST_LINES:
        raise ObservedFileError(why="empty" if not found else "size")
    return found


@cache
def _names() -> Mapping[str, str]:
    """Return the field of each head that it may have."""
    fields = fmr_fields().values()
    heads = {field.name: field.name for field in fields}
    heads |= {label.casefold(): field.name for field in fields for label in (field.label_pt, field.label_en)}
    return heads
