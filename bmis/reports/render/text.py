"""A report as CSV: for another program, or for a sheet that a person opens."""

import csv
from datetime import date
from io import StringIO

from bmis.kernel.i18n import speaking
from bmis.reports.render.words import missing_word
from bmis.reports.report import Kind, Missing, Report, Value

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def report_csv(report: Report) -> bytes:
    """Return UTF-8 with a byte order mark (RFC 4180), one table after another, each under a line with its code.

    Numbers have a point and no grouping; a number that is missing is a word, never 0 or empty. Text that a sheet would
    take for a formula begins with an apostrophe.
    """
    out = StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    with speaking(report.language):
        rows.writerow([f"# {report.name}", report.first.isoformat(), report.last.isoformat()])
        for table in report.tables():
            rows.writerow([])
            rows.writerow([f"# {table.code}", harmless(table.title)])
            rows.writerow([column.name for column in table.columns])
            for row in (*table.rows, *([table.total] if table.total else [])):
                rows.writerow([_plain(value, column.kind) for value, column in zip(row, table.columns, strict=True)])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def harmless(text: str) -> str:
    """Return text that no sheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _plain(value: Value, kind: Kind) -> str:
    if isinstance(value, Missing):
        return missing_word(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return harmless(value)
    return str(value) if kind is Kind.COUNT else repr(round(value, 6))
