"""A report as an Excel workbook: what it is first, then a sheet a table."""

import re
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.reports.render.words import missing_word
from bmis.reports.report import Kind, Missing, Report, Table, Value

_FORMATS = {
    Kind.COUNT: "#,##0",
    Kind.SHARE: "0.0%",
    Kind.CHANGE: "+0.0%;-0.0%",
    Kind.NUMBER: "#,##0.0",
    Kind.MONEY: "#,##0.00",
    Kind.DAY: "dd/mm/yyyy",
    Kind.TEXT: "@",
}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")
_WIDEST = 60


def report_xlsx(report: Report) -> bytes:
    """Return the workbook; the same report gives the same bytes. Text is text, never a formula."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    with speaking(report.language):
        book.set_properties({"title": report.title, "author": report.service, "created": _naive(report.made_at)})
        _cover(book, report)
        for table in report.tables():
            _sheet(book, table)
        book.close()
    return out.getvalue()


def _cover(book: Any, report: Report) -> None:
    sheet = book.add_worksheet(_("READ ME")[:31])
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 90)
    lines = [
        (_("Report"), report.title),
        (_("Period"), f"{report.first:%d/%m/%Y} – {report.last:%d/%m/%Y}"),
        (_("Post"), report.post),
        (_("Made"), f"{report.made_at:%d/%m/%Y %H:%M} · {report.made_by}"),
        *report.facts,
        *((_("Note"), caveat) for caveat in report.caveats),
    ]
    if report.training:
        lines.insert(0, (_("TRAINING"), _("TRAINING — NOT VALID")))
    for row, (label, value) in enumerate(lines):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, value, wrap)


def _sheet(book: Any, table: Table) -> None:
    sheet = book.add_worksheet(_NOT_IN_NAMES.sub(" ", table.code)[:31])
    heading = book.add_format({"bold": True})
    head = book.add_format({"bold": True, "text_wrap": True, "bottom": 1, "valign": "top"})
    sheet.write_string(0, 0, table.title, heading)
    for at, column in enumerate(table.columns):
        sheet.write_string(1, at, column.title, head)
        longest = max([len(str(row[at])) for row in table.rows] + [len(column.title) // 2, 8])
        sheet.set_column(at, at, min(longest + 2, _WIDEST))
    plain = {column.kind: book.add_format({"num_format": _FORMATS[column.kind]}) for column in table.columns}
    strong = {
        column.kind: book.add_format({"num_format": _FORMATS[column.kind], "bold": True, "top": 1})
        for column in table.columns
    }
    for number, row in enumerate((*table.rows, *([table.total] if table.total else [])), 2):
        formats = strong if table.total is not None and number == len(table.rows) + 2 else plain
        for at, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            _write(sheet, number, at, value, formats[column.kind])
    if table.note:
        sheet.write_string(len(table.rows) + 4, 0, table.note)
    sheet.freeze_panes(2, 0)


def _write(sheet: Any, row: int, at: int, value: Value, style: Any) -> None:
    if isinstance(value, Missing):
        sheet.write_string(row, at, missing_word(value), style)
    elif isinstance(value, date):
        sheet.write_datetime(row, at, datetime(value.year, value.month, value.day), style)  # noqa: DTZ001 - Excel has no zones
    elif isinstance(value, str):
        sheet.write_string(row, at, value, style)
    else:
        sheet.write_number(row, at, value, style)


def _naive(at: datetime) -> datetime:
    return at.replace(tzinfo=None)
