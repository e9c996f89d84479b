"""A report read aloud: another program finds headings, tables with their heads, and pictures in words."""

import re
import subprocess
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from io import BytesIO

import pytest
from pypdf import PdfReader

from bmis.reports.render.paper import report_pdf
from bmis.reports.report import Chart, ChartKind, Column, Kind, Missing, Report, Section, Series, Table, Text

DAYS = ("14/11", "15/11", "16/11")


def report(rows=3, *more):
    columns = (Column("day", "Dia"), Column("n", "Entradas", Kind.COUNT))
    table = Table("days", "Entradas por dia", columns, tuple((f"Dia {at}", at) for at in range(rows)), ("Total", 9))
    values = (Series("Entradas", (5, Missing.NOT_RECORDED, 1200)),)
    chart = Chart("by_day", "Entradas por dia", ChartKind.COLUMNS, DAYS, values, "days")
    at = datetime(2026, 11, 22, 9, tzinfo=timezone(timedelta(hours=2)))
    days = date(2026, 11, 14), date(2026, 11, 16)
    sections = (Section("Movimento", (chart, table)), *more)
    return Report("trial", "Ensaio", *days, "Ressano Garcia", at, "chefe", False, "pt", sections)


def structure(pdf):
    """Yield (role, alt) of every element, in the order in which it is read."""

    def walk(element):
        yield element["/S"], element.get("/Alt")
        for kid in element["/K"]:
            kid = kid.get_object()
            if kid.get("/Type") == "/StructElem":
                yield from walk(kid)

    root = PdfReader(BytesIO(pdf)).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"] is not False
    return list(walk(root["/StructTreeRoot"]["/K"]))


def aloud(pdf, tmp_path):
    (tmp_path / "r.pdf").write_bytes(pdf)
    done = subprocess.run(["pdfinfo", "-struct-text", tmp_path / "r.pdf"], capture_output=True, check=True)
    assert not done.stderr
    return done.stdout.decode()


def test_a_picture_is_told_in_words_with_its_ends_and_where_its_numbers_stand():
    told = dict(structure(report_pdf(report())))["/Figure"].replace("\u00a0", " ").replace("\u202f", " ")
    assert "Entradas: máximo 1 200 (16/11), mínimo 5 (14/11)." in told
    assert "Entradas por dia" in told


def test_headings_and_tables_are_what_they_are(tmp_path):
    roles = [role for role, _alt in structure(report_pdf(report()))]
    assert roles.index("/H1") < roles.index("/H2") < roles.index("/H3") < roles.index("/Table")
    assert roles.count("/TR") == 5
    assert (roles.count("/TH"), roles.count("/TD")) == (2, 8)
    said = aloud(report_pdf(report()), tmp_path)
    assert re.search(r'TD\s+"Dia 2"\s+TD\s+"2"', said)


@pytest.mark.parametrize("rows", [3, 150])
def test_every_row_is_read_once_and_heads_once_however_many_pages(rows, tmp_path):
    said = aloud(report_pdf(report(rows)), tmp_path)
    assert [said.count(f'"Dia {at}"') for at in range(rows)] == [1] * rows
    assert said.count('"Dia"') == 1
    assert "Impresso" not in said, "what stands at the foot of each page is no content"


@pytest.mark.parametrize("rows", range(28, 48))
def test_nobody_signs_a_page_that_says_nothing_else(rows):
    signed = report(rows, Section("Conselho", (Text("Leve sempre o seu documento.", framed=True),)))
    signed = replace(signed, signers=(("Preparado por", "chefe"), ("Assinado por", "segunda")))
    done = subprocess.run(
        ["pdftotext", "-layout", "-", "-"], input=report_pdf(signed), capture_output=True, check=True
    ).stdout.decode()
    page = next(one for one in done.split("\f") if "Preparado por" in one)
    assert "Leve sempre" in page


@pytest.mark.parametrize("rows", range(30, 44))
def test_no_total_goes_over_to_the_next_page_alone(rows):
    pdf = report_pdf(report(rows))
    done = subprocess.run(["pdftotext", "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    page = next(one for one in done.stdout.decode().split("\f") if "Total" in one)
    assert f"Dia {rows - 1}" in page
    assert f"Dia {rows - 2}" in page
