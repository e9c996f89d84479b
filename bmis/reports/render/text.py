"""A report as CSV: for another program, or for a sheet that a person opens."""

from datetime import date

from bmis.kernel.csv_cells import Cell, table_bytes
from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.reports.render.words import missing_word
from bmis.reports.report import Kind, Missing, Report, Table, Text, Value


def report_csv(report: Report) -> bytes:
    """Return UTF-8 with a byte order mark (RFC 4180): what must be known, then the tables, each under its code.

    Numbers have a point and no grouping; a number that is missing is a word, never 0 or empty. Text that a sheet would
    take for a formula begins with an apostrophe. What the paper says around its tables stands in lines of its own that
    begin with #: training, made, fact, caveat, text, and note with the code of its table.
    """
    rows: list[list[Cell]] = [["# note", caveat] for caveat in report.caveats]
    with speaking(report.language):
        rows += _about(report)
        for section in report.sections:
            for block in section.blocks:
                if isinstance(block, Text):
                    rows += [[], ["# text", block.text]]
                elif isinstance(block, Table):
                    rows += _table(block)
    head = [f"# {report.name}", report.first.isoformat(), report.last.isoformat()]
    return table_bytes(head, rows, bom=True)


def _about(report: Report) -> list[list[Cell]]:
    rows: list[list[Cell]] = [["# training", _("TRAINING — NOT VALID")]] if report.training else []
    rows.append(["# made", report.made_at.isoformat(timespec="seconds"), report.made_by, report.post])
    rows += [["# fact", label, value] for label, value in report.facts]
    rows += [["# caveat", caveat] for caveat in report.caveats]
    return rows


def _table(table: Table) -> list[list[Cell]]:
    rows: list[list[Cell]] = [[], [f"# {table.code}", table.title], [column.name for column in table.columns]]
    for row in (*table.rows, *([table.total] if table.total else [])):
        rows.append([_plain(value, column.kind) for value, column in zip(row, table.columns, strict=True)])
    return [*rows, [], ["# note", table.code, table.note]] if table.note else rows


def _plain(value: Value, kind: Kind) -> Cell:
    if isinstance(value, Missing):
        return missing_word(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str) or kind is Kind.COUNT:
        return value
    return round(value, 6)
