"""A report as plain values and back, so that a published one is printed again as it was."""

import hashlib
from datetime import date, datetime
from typing import Any

from bmis.reports.report import (
    Block,
    Chart,
    ChartKind,
    Code,
    Column,
    Kind,
    Missing,
    Report,
    Section,
    Series,
    Table,
    Text,
    Value,
)
from bmis.store.canonical import canonical

CHANGES = "changes"
"""The table that a revision adds; it is no number of the bulletin."""


def values_sha256(report: Report) -> str:
    """Return the SHA-256 of the numbers: the period and every table's code, columns and rows, in canonical JSON."""
    tables = [
        {
            "code": table.code,
            "columns": [column.name for column in table.columns],
            "rows": [list(map(_plain, row)) for row in _rows(table)],
        }
        for table in report.tables()
        if table.code != CHANGES
    ]
    said = {"report": report.name, "first": report.first, "last": report.last, "tables": tables}
    return hashlib.sha256(canonical(said).encode()).hexdigest()


def report_plain(report: Report) -> dict[str, Any]:
    """Return the whole report as plain values."""
    return {
        "schema": 1,
        "name": report.name,
        "title": report.title,
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "post": report.post,
        "made_at": report.made_at.isoformat(),
        "made_by": report.made_by,
        "training": report.training,
        "language": report.language,
        "facts": [list(one) for one in report.facts],
        "caveats": list(report.caveats),
        "service": report.service,
        "signers": [list(one) for one in report.signers],
        "sections": [
            {"title": section.title, "blocks": list(map(_block_plain, section.blocks))} for section in report.sections
        ],
    }


def report_of(said: Any) -> Report:
    """Return the report that plain values came from."""
    return Report(
        name=said["name"],
        title=said["title"],
        first=date.fromisoformat(said["first"]),
        last=date.fromisoformat(said["last"]),
        post=said["post"],
        made_at=datetime.fromisoformat(said["made_at"]),
        made_by=said["made_by"],
        training=said["training"],
        language=said["language"],
        sections=tuple(Section(one["title"], tuple(map(_block, one["blocks"]))) for one in said["sections"]),
        facts=tuple((label, value) for label, value in said["facts"]),
        caveats=tuple(said["caveats"]),
        service=said["service"],
        signers=tuple((role, name) for role, name in said["signers"]),
    )


def _rows(table: Table) -> tuple[tuple[Value, ...], ...]:
    return (*table.rows, *([table.total] if table.total else []))


def _plain(value: Value) -> object:
    if isinstance(value, Missing):
        return {"missing": value.value}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    return value


def _value(said: Any) -> Value:
    if isinstance(said, dict):
        return Missing(said["missing"]) if "missing" in said else date.fromisoformat(said["day"])
    found: Value = said
    return found


def _block_plain(block: Block) -> dict[str, Any]:
    if isinstance(block, Text):
        return {"text": block.text, "framed": block.framed}
    if isinstance(block, Code):
        return {"code_of": block.title, "code": block.text, "caption": block.caption}
    if isinstance(block, Chart):
        return {
            "chart": block.code,
            "title": block.title,
            "kind": block.kind.value,
            "labels": list(block.labels),
            "series": [[one.title, list(map(_plain, one.values))] for one in block.series],
            "table": block.table,
        }
    return {
        "table": block.code,
        "title": block.title,
        "columns": [[one.name, one.title, one.kind.value] for one in block.columns],
        "rows": [list(map(_plain, row)) for row in block.rows],
        "total": None if block.total is None else list(map(_plain, block.total)),
        "note": block.note,
        "absent": None if block.absent is None else list(map(_plain, block.absent)),
    }


def _block(said: Any) -> Block:
    if "text" in said:
        return Text(said["text"], said["framed"])
    if "code_of" in said:
        return Code(said["code_of"], said["code"], said["caption"])
    if "chart" in said:
        series: Any = tuple(Series(title, tuple(map(_value, values))) for title, values in said["series"])  # type: ignore[arg-type]  # a chart's values are numbers or missing
        return Chart(
            said["chart"], said["title"], ChartKind(said["kind"]), tuple(said["labels"]), series, said["table"]
        )
    return Table(
        said["table"],
        said["title"],
        tuple(Column(name, title, Kind(kind)) for name, title, kind in said["columns"]),
        tuple(tuple(map(_value, row)) for row in said["rows"]),
        None if said["total"] is None else tuple(map(_value, said["total"])),
        said["note"],
        None if said.get("absent") is None else tuple(map(_value, said["absent"])),  # editions of before had none
    )
