"""The package as a workbook: LEIA-ME, a sheet a table, Dicionário, Códigos."""

from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter

from bmis.flows.fmr import about_package
from bmis.flows.package.fields import described
from bmis.flows.package.resource import FlowPackage, Resource, Value
from bmis.kernel.i18n import speaking
from bmis.kernel.i18n import translate as _
from bmis.kernel.telling import Telling

MOST_ROWS = 1_048_570  # of a sheet of Excel, with room for the heads
LONGEST_NAME = 31  # of a sheet


def workbook_files(package: FlowPackage, told: Telling, scratch: Path, most: int = MOST_ROWS) -> dict[str, bytes]:
    """Return the workbook. Text, P-codes above all, is text; a number that is hidden or unknown is an empty cell.

    Args:
        package: what is written.
        told: hears of each row.
        scratch: a folder for the sheets until they are packed: the rows of a year do not fit into memory.
        most: rows of a sheet; a table with more goes on in further sheets ("Dados 2"), each with the head.
    """
    out = BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(out, {**plain, "constant_memory": True, "tmpdir": str(scratch)})
    with speaking(package.language):
        book.set_properties({"created": package.made_at.replace(tzinfo=None), "author": "SENAMI"})
        _read_me(book, package)
        for at, resource in enumerate(package.resources):
            name = _("Data") if at == 0 else resource.name
            _data(book, name, resource, package.language, told, most)
        _dictionary(book, package)
        _codes(book, package)
        book.close()
    return {"fluxos.xlsx": out.getvalue()}


def _read_me(book: Any, package: FlowPackage) -> None:
    sheet = book.add_worksheet(_("READ ME"))
    bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, 26)
    sheet.set_column(1, 1, 100)
    lines = [
        (_("Period"), f"{package.first:%d/%m/%Y} – {package.last:%d/%m/%Y}"),
        (_("Made"), f"{package.made_at:%d/%m/%Y %H:%M}"),
        (_("Kind of record"), "administrative"),
        (_("For"), package.audience.value),
        (_("Least number shown"), str(package.limit)),
        (_("P-codes"), package.pcode_version),
        (_("Licence"), f"{about_package('licence')} ({about_package('licence_title')})"),
        (_("Note"), about_package(f"caveat_{package.language}")),
        (_("Empty cells"), _("Not recorded, or too few to be shown; never nought.")),
        *((one.name, _title(one, package.language)) for one in package.resources),
    ]
    if package.training:
        lines.insert(0, (_("TRAINING"), _("TRAINING — NOT VALID")))
    for row, (label, value) in enumerate(lines):
        sheet.write_string(row, 0, label, bold)
        sheet.write_string(row, 1, value, wrap)


def _title(resource: Resource, language: str) -> str:
    return ". ".join(filter(None, (resource.title(language), resource.note(language))))


def _data(book: Any, name: str, resource: Resource, language: str, told: Telling, most: int) -> None:
    """Write a table, an empty one too, over as many sheets as its rows need."""
    head = book.add_format({"bold": True, "bottom": 1})
    text = book.add_format({"num_format": "@"})
    fields = described(resource)
    for number, first in enumerate(range(0, max(1, len(resource.rows)), most), 1):
        rows = resource.rows[first : first + most]
        mark = f" {number}" if number > 1 else ""
        sheet = book.add_worksheet(name[: LONGEST_NAME - len(mark)] + mark)
        for at, field in enumerate(fields):
            sheet.write_string(0, at, field.name, head)
            sheet.write_comment(0, at, field.label(language))
        for line, row in enumerate(told.over(rows), 1):
            for at, value in enumerate(row):
                _write(sheet, line, at, value, text)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(1, len(rows)), len(fields) - 1)


def _write(sheet: Any, row: int, at: int, value: Value, text: Any) -> None:
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, at, value, text)
    else:
        sheet.write_number(row, at, value)


def _dictionary(book: Any, package: FlowPackage) -> None:
    sheet = book.add_worksheet(_("Dictionary"))
    bold = book.add_format({"bold": True})
    for at, title in enumerate((_("Table"), _("Field"), _("Type"), "Português", "English", "HXL")):
        sheet.write_string(0, at, title, bold)
    row = 1
    for resource in package.resources:
        for field in described(resource):
            told = (resource.name, field.name, field.type, field.label_pt, field.label_en, field.hxl)
            for at, value in enumerate(told):
                sheet.write_string(row, at, value)
            row += 1


def _codes(book: Any, package: FlowPackage) -> None:
    sheet = book.add_worksheet(_("Codes"))
    bold = book.add_format({"bold": True})
    for at, title in enumerate((_("Field"), _("Code"))):
        sheet.write_string(0, at, title, bold)
    told = dict.fromkeys(
        (field.name, code) for resource in package.resources for field in described(resource) for code in field.codes
    )
    told |= dict.fromkeys(("fmp_id", f"{place.code} · {place.name}") for place in package.places)
    for row, (field, code) in enumerate(told, 1):
        sheet.write_string(row, 0, field)
        sheet.write_string(row, 1, code)
