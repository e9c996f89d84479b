"""A package as files: no row is lost, cells never run, progress is told, and a full disk leaves nothing."""

import csv
import io
import json
import sqlite3
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from openpyxl import load_workbook
from pyarrow import parquet

from bmis.flows import export_flows
from bmis.flows.errors import FlowWriteError
from bmis.flows.export_flows import Format, package_files
from bmis.flows.package import workbook
from bmis.flows.package.resource import Audience, FlowPackage, Level, Place, Resource
from bmis.flows.package.splits import GROUP_FIELDS, SEX_AGE, SHOWN, SPLITS, head
from bmis.flows.package.workbook import workbook_files
from bmis.kernel import telling
from bmis.kernel.csv_cells import rows_in
from bmis.kernel.telling import Telling

HOSTILE = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0")


def package(rows=7, names=("Maputo",)):
    """A package of so many rows a table; places have these names in turn."""
    places = [Place("MZ05", names[at % len(names)], "MZ05", "", None, None) for at in range(rows)]
    days = [(f"2026-01-{at % 28 + 1:02}", f"P{at}", "entry") for at in range(rows)]
    wide = [
        (*head("fmr", "administrative", day, place), 40, *(0 for _name in SEX_AGE), "COD-AB")
        for day, place in zip(days, places, strict=True)
    ]
    fmr = Resource(
        "fmr", "Movimentos", "Movements", (*GROUP_FIELDS, "total", *SEX_AGE, "pcode_version"), tuple(wide), {}
    )
    parts = {"fmr_nationality": ("ZWE",), "fmr_origin_destination": ("ZWE", None, "MOZ", "MZ05")}
    tables = [
        Resource(
            split.name,
            split.title_pt,
            split.title_en,
            (*GROUP_FIELDS, *split.fields, "shown", "total", "pcode_version"),
            tuple(
                (*head(split.name, "administrative", day, place, "x"), *parts.get(split.name, (None,)), "part", 40, "C")
                for day, place in zip(days, places, strict=True)
            ),
            {"shown": SHOWN},
        )
        for split in SPLITS
    ]
    return FlowPackage(
        first=date(2026, 1, 1),
        last=date(2026, 1, 28),
        made_at=datetime(2026, 11, 22, 8, tzinfo=UTC),
        audience=Audience.GOVERNMENT,
        level=Level.POST,
        limit=5,
        training=False,
        language="pt",
        pcode_version="COD-AB",
        resources=(fmr, *tables),
        places=tuple(replace(place, code=f"P{at}") for at, place in enumerate(places)),
    )


def sheets(content):
    book = load_workbook(io.BytesIO(content), read_only=True)
    return {name: list(book[name].values) for name in book.sheetnames}


@pytest.mark.parametrize(("rows", "wanted"), [(0, 1), (2, 1), (3, 1), (4, 2), (6, 2), (7, 3)])
def test_a_table_longer_than_a_sheet_goes_on_in_further_sheets_and_loses_no_row(tmp_path, rows, wanted):
    made = package(rows)
    found = sheets(workbook_files(made, Telling(), tmp_path, most=3)["fluxos.xlsx"])
    names = ["Dados", *(f"Dados {number}" for number in range(2, wanted + 1))]
    assert list(found)[1 : 1 + wanted] == names
    assert [name for name in found if name.startswith("Dados")] == names
    assert {found[name][0] for name in names} == {made.resource("fmr").fields}, "each sheet has the head"
    every = [line[0] for name in names for line in found[name][1:]]
    assert every == [row[0] for row in made.resource("fmr").rows]
    for split in SPLITS:
        rest = [line[0] for name, lines in found.items() if name.startswith(split.name) for line in lines[1:]]
        assert rest == [row[0] for row in made.resource(split.name).rows]
    assert list(tmp_path.iterdir()) == [], "nothing stays in the folder for sheets"


def test_the_limit_of_a_sheet_is_below_that_of_excel():
    assert workbook.MOST_ROWS + 1 <= 1_048_576


def test_cells_that_look_like_formulas_run_in_no_format(tmp_path):
    made = package(12, HOSTILE)
    files = dict(package_files(made, tuple(Format), tmp_path))
    names = [row[4] for row in made.resource("fmr").rows]
    for name, skipped in (("fmr.csv", 1), ("fmr_hxl.csv", 2)):
        raw = list(csv.reader(io.StringIO(files[name].decode(), newline="")))[skipped:]
        assert all(row[4].startswith("'") for row in raw)
        assert [row[4] for row in rows_in(files[name])[skipped:]] == names
    book = load_workbook(io.BytesIO(files["fluxos.xlsx"]))
    cells = [book["Dados"].cell(at + 2, 5) for at in range(len(names))]
    assert [cell.value for cell in cells] == names
    assert {cell.data_type for sheet in book for row in sheet for cell in row} <= {"s", "n", "inlineStr"}
    document = json.loads(files["fluxos.geojson"])
    assert {one["properties"].get("name") for one in document["features"]} <= {*names, None}
    assert parquet.read_table(io.BytesIO(files["fmr.parquet"])).column("fmp_name").to_pylist() == names
    with sqlite3.connect(":memory:") as database:
        database.deserialize(files["fluxos.gpkg"])
        assert [name for (name,) in database.execute("SELECT fmp_name FROM fmr ORDER BY fid")] == names
        kinds = {kind for (kind,) in database.execute("SELECT DISTINCT typeof(fmp_name) FROM fmr")}
    database.close()
    assert kinds == {"text"}


def test_progress_reaches_the_number_of_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(telling, "TELL_EVERY", 2)
    heard = []
    made = package(9)
    for _file in package_files(made, tuple(Format), tmp_path, lambda done, of: heard.append((done, of))):
        pass
    assert heard == sorted(heard)
    assert {of for _done, of in heard} == {made.rows * len(Format)}
    assert heard[-1] == (made.rows * len(Format),) * 2


@pytest.mark.parametrize("form", list(Format))
def test_each_format_can_be_called_off_in_its_middle_and_leaves_nothing(tmp_path, monkeypatch, form):
    monkeypatch.setattr(telling, "TELL_EVERY", 2)
    made, heard = package(9), []

    def files(scratch):
        return package_files(made, (form,), scratch, lambda done, _of: heard.append(done), lambda: len(heard) > 1)

    kept = []
    assert export_flows._put(tmp_path / "out", files, kept.append, lambda: True) is None
    assert heard[-1] < made.rows
    assert kept == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("form", list(Format))
def test_a_full_disk_in_the_middle_of_each_format_leaves_no_file_and_no_line(tmp_path, monkeypatch, form):
    def no_room(_handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(export_flows.os, "fsync", no_room)
    kept = []
    with pytest.raises(FlowWriteError):
        export_flows._put(
            tmp_path / "out", lambda scratch: package_files(package(), (form,), scratch), kept.append, lambda: False
        )
    assert kept == []
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_while_the_sheets_are_made_is_told_as_one_that_is_full(tmp_path, monkeypatch):
    def no_room(*_how, **_more):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(workbook.xlsxwriter.worksheet.tempfile, "mkstemp", no_room)
    with pytest.raises(FlowWriteError):
        export_flows._put(
            tmp_path / "out",
            lambda scratch: package_files(package(), (Format.XLSX,), scratch),
            lambda _digests: None,
            lambda: False,
        )
    assert list(tmp_path.iterdir()) == []
