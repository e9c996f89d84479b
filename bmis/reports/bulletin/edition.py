"""A published edition: frozen, numbered, signed by a second person; and what a revision of it changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bmis.kernel.identifiers import made_at
from bmis.reports.bulletin.report_json import CHANGES, report_of
from bmis.reports.event import ReportEvent
from bmis.reports.report import Report, Table, Value


@dataclass(frozen=True, slots=True)
class Edition:
    """One edition. ``number`` counts those of a year from 1; ``revision`` 0 is the first publication.

    ``cut_off`` (UTC) is the moment at which the numbers stood; ``values`` the SHA-256 of the numbers.
    """

    id: UUID
    number: int
    year: int
    revision: int
    cut_off: datetime
    by: str
    signer: str
    values: str
    report: Report

    @property
    def published_at(self) -> datetime:
        """Return when it was published, UTC."""
        return made_at(self.id)

    @property
    def text(self) -> str:
        """Return how people name it: 12/2026, or 12/2026-R1."""
        return edition_text(self.number, self.year, self.revision)


@dataclass(frozen=True, slots=True)
class ChangedCell:
    """One cell that differs; None: the cell is not in that edition (its row came or went)."""

    table: str
    row: str
    column: str
    old: Value | None
    new: Value | None


def edition_text(number: int, year: int, revision: int) -> str:
    """Return the name of an edition."""
    return f"{number}/{year}" + (f"-R{revision}" if revision else "")


def edition_of(event: ReportEvent) -> Edition:
    """Return the edition that an event keeps."""
    facts: Any = event.facts
    return Edition(
        event.id,
        facts["number"],
        facts["year"],
        facts["revision"],
        datetime.fromisoformat(facts["cut_off"]),
        event.by,
        facts["signer"],
        facts["values_sha256"],
        report_of(facts["report"]),
    )


def changed_cells(old: Report, new: Report) -> list[ChangedCell]:
    """Return every cell that differs, in the order of the new report, then what is gone.

    A row is known by its first cell, so a row that only moved has not changed. One that came or went is set against
    what its table says of rows that are not listed: a nationality that fell to nought reads 2 and 0.
    """
    tables_old, tables_new = _tables(old), _tables(new)
    return [
        change
        for code in dict.fromkeys((*tables_new, *tables_old))
        for change in _changes(code, tables_old.get(code), tables_new.get(code))
    ]


def _tables(report: Report) -> dict[str, Table]:
    return {table.code: table for table in report.tables() if table.code != CHANGES}


def _changes(code: str, old: Table | None, new: Table | None) -> Iterator[ChangedCell]:
    before, after = _cells(old), _cells(new)
    unlisted_before, unlisted_after = _unlisted(old), _unlisted(new)
    for place in dict.fromkeys((*after, *before)):
        was = before.get(place, unlisted_before.get(place[1]))
        now = after.get(place, unlisted_after.get(place[1]))
        if was != now:
            yield ChangedCell(code, place[0], place[1], was, now)


def _unlisted(table: Table | None) -> dict[str, Value]:
    """Return what each column of a row that is not listed would hold; nothing where that is not known."""
    if table is None or table.absent is None:
        return {}
    return {column.name: value for column, value in zip(table.columns[1:], table.absent, strict=True)}


def _cells(table: Table | None) -> dict[tuple[str, str], Value]:
    if table is None:
        return {}
    found: dict[tuple[str, str], Value] = {}
    seen: dict[str, int] = {}
    for row in (*table.rows, *([table.total] if table.total else [])):
        name = str(row[0])
        seen[name] = seen.get(name, 0) + 1
        if seen[name] > 1:
            name = f"{name} ({seen[name]})"
        for column, value in zip(table.columns[1:], row[1:], strict=True):
            found[name, column.name] = value
    return found
