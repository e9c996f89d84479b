"""The matrix of departures and destinations as a file: long CSV, or a workbook with a wide sheet a direction.

Numbers are sums of what the daily tables show; what those hide is one number a direction. The unknown row and column
stay.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import Any

import xlsxwriter

from bmis.flows.affected import WAYS, AffectedMovements, disease_words
from bmis.flows.cell import UNKNOWN
from bmis.flows.flow_map import Matrix
from bmis.flows.fmr import INTERNAL_LIMIT, about_package
from bmis.kernel.csv_cells import table_bytes
from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _


@dataclass(frozen=True, slots=True)
class MatrixFile:
    """What is written: a matrix a direction. ``untold`` as ``Journeys``."""

    first: date
    last: date
    limit: int
    training: bool
    matrices: Mapping[str, Matrix]
    untold: int = 0
    affected: Sequence[AffectedMovements] = ()


def matrix_csv(file: MatrixFile) -> bytes:
    """Return the long form: origin, destination, direction, period, n; ``merged``: in journeys too small to show."""
    return table_bytes(("origin", "destination", "direction", "period_from", "period_to", "n", "shown"), _long(file))


def matrix_workbook(file: MatrixFile, language: str) -> bytes:
    """Return the workbook: what it is, a wide sheet a direction, the long form, affected areas where there are."""
    out = BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    with speaking(language):
        bold = book.add_format({"bold": True})
        _read_me(book, file, language, bold)
        for way, title in (("entry", _("Entries")), ("exit", _("Exits"))):
            if way in file.matrices:
                _wide(book.add_worksheet(title), file.matrices[way], bold)
        sheet = book.add_worksheet(_("Long form"))
        heads = ("origin", "destination", "direction", "period_from", "period_to", "n", "shown")
        _rows(sheet, [heads, *_long(file)], bold)
        if file.affected:
            rows = [_affected(one, language) for one in file.affected]
            named = ("area", "disease", "from", "to", "days", *WAYS)
            _rows(book.add_worksheet(_("Affected areas")), [named, *rows], bold)
        book.close()
    return out.getvalue()


def _long(file: MatrixFile) -> list[tuple[Any, ...]]:
    period = file.first.isoformat(), file.last.isoformat()
    rows: list[tuple[Any, ...]] = []
    for way, matrix in file.matrices.items():
        rows += [
            (origin, destination, way, *period, n, "count")
            for (origin, destination), n in sorted(matrix.counts.items())
        ]
        if matrix.hidden:
            rows.append(("", "", way, *period, matrix.hidden, "merged"))
    return rows


def _read_me(book: Any, file: MatrixFile, language: str, bold: Any) -> None:
    sheet = book.add_worksheet(_("READ ME"))
    wrap = book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    lines = [
        (_("Period"), f"{file.first:%d/%m/%Y} – {file.last:%d/%m/%Y}"),
        (_("Kind of record"), "administrative"),
        (_("Least number shown"), str(file.limit)),
        (_("Note"), about_package(f"caveat_{language}")),
        *_what_is_hidden(file),
    ]
    if file.training:
        lines.insert(0, (_("TRAINING"), _("TRAINING — NOT VALID")))
    for row, (label, value) in enumerate(lines):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, value, wrap)


def _what_is_hidden(file: MatrixFile) -> list[tuple[str, str]]:
    if file.limit == INTERNAL_LIMIT:
        return [(_("Note"), _("Internal use: every movement is counted, small numbers too. Not to be handed over."))]
    told = _(
        "Nobody is shown there, and some may be hidden; 0 is nobody. Sums are of numbers that a day's tables show;"
        " {untold} day totals under {limit} are in none."
    )
    return [(_("Empty cells"), told.format(untold=file.untold, limit=file.limit))]


def _wide(sheet: Any, matrix: Matrix, bold: Any) -> None:
    for at, name in enumerate((_("from \\ to"), *map(_end, matrix.destinations), _("Sum shown"))):
        sheet.write_string(0, at, name, bold)
    across: Counter[str] = Counter()
    row = 0
    for row, origin in enumerate(matrix.origins, 1):
        sheet.write_string(row, 0, _end(origin), bold)
        shown = 0
        for at, destination in enumerate(matrix.destinations, 1):
            n = matrix.cell(origin, destination)
            if n is not None:
                sheet.write_number(row, at, n)
                shown += n
                across[destination] += n
        sheet.write_number(row, len(matrix.destinations) + 1, shown)
    sheet.write_string(row + 1, 0, _("Sum shown"), bold)
    for at, destination in enumerate(matrix.destinations, 1):
        sheet.write_number(row + 1, at, across[destination])
    sheet.write_number(row + 1, len(matrix.destinations) + 1, across.total())
    if matrix.hidden:
        sheet.write_string(row + 2, 0, _("In journeys too small to show"), bold)
        sheet.write_number(row + 2, len(matrix.destinations) + 1, matrix.hidden)
    sheet.freeze_panes(1, 1)


def _end(code: str) -> str:
    return _("Unknown end") if code == UNKNOWN else code


def _affected(one: AffectedMovements, language: str) -> tuple[Any, ...]:
    area = one.area
    last = None if area.last is None else area.last.isoformat()
    numbers = (one.ways[way] for way in WAYS)
    return (area.area, disease_words(area.disease, language), area.first.isoformat(), last, one.days, *numbers)


def _rows(sheet: Any, rows: Sequence[Sequence[Any]], bold: Any) -> None:
    for row, values in enumerate(rows):
        for at, value in enumerate(values):
            if isinstance(value, str):
                sheet.write_string(row, at, value, bold if row == 0 else None)
            elif value is not None:
                sheet.write_number(row, at, value)
    sheet.freeze_panes(1, 0)
