"""One report on paper, in a workbook and as text: other programs read the same numbers from each."""

import csv
import subprocess
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from io import BytesIO, StringIO

import pytest
from openpyxl import load_workbook

from bmis.kernel.i18n import speaking
from bmis.reports.render.paper import report_pdf
from bmis.reports.render.text import report_csv
from bmis.reports.render.words import missing_word, written
from bmis.reports.render.workbook import report_xlsx
from bmis.reports.report import (
    Chart,
    ChartKind,
    Column,
    Kind,
    Missing,
    Report,
    Section,
    Series,
    Table,
    Text,
    change,
    share,
)

MAPUTO = timezone(timedelta(hours=2))
HOSTILE = "=cmd|' /C calc'!A0"


def report(language="pt", rows=3, training=False):
    columns = (
        Column("post", "Posto"),
        Column("n", "Total", Kind.COUNT),
        Column("share", "Quota", Kind.SHARE),
        Column("change", "Variação", Kind.CHANGE),
        Column("lost", "Passaportes perdidos", Kind.COUNT),
    )
    table = Table(
        "posts",
        "Movimento por posto",
        columns,
        (
            *((f"Posto {at}", 1234 * (at + 1), 0.25, 0.5, Missing.NOT_RECEIVED) for at in range(rows - 1)),
            (HOSTILE, 7, 0.001, Missing.NO_BASE, 0),
        ),
        ("Total", 99999, 1.0, -0.125, Missing.NOT_RECEIVED),
    )
    days = ("sáb", "dom", "seg")
    series = (Series("Entradas", (5, 0, 12)), Series("Saídas", (3, Missing.NOT_RECORDED, 9)))
    charts = tuple(Chart(kind.value, f"Desenho {kind.value}", kind, days, series, "posts") for kind in ChartKind)
    return Report(
        "trial",
        "Relatório de ensaio",
        date(2026, 11, 14),
        date(2026, 11, 20),
        "Ressano Garcia",
        datetime(2026, 11, 22, 9, 0, tzinfo=MAPUTO),
        "supervisor",
        training,
        language,
        (Section("Resumo", (Text("Um parágrafo."), table)), Section("Desenhos", charts)),
        facts=(("Edição", "47/2026"),),
        caveats=("Contagens administrativas.",),
    )


def words_of(pdf, *options):
    done = subprocess.run(["pdftotext", "-layout", *options, "-", "-"], input=pdf, capture_output=True, check=True)
    return done.stdout.decode()


def test_the_paper_says_title_period_facts_caveat_numbers_and_words_for_what_is_missing():
    said = words_of(report_pdf(report()))
    for wanted in ("Relatório de ensaio", "14/11/2026 a 20/11/2026", "47/2026", "Contagens administrativas.", "1234"):
        assert wanted in said.replace("\u00a0", "").replace("1 234", "1234"), wanted
    assert "não recebido" in said
    assert "+50,0 %" in said.replace("\u00a0", " ")
    assert "Desenho pyramid" in said


def test_a_long_table_goes_on_over_pages_and_loses_no_row():
    said = words_of(report_pdf(report(rows=150)))
    assert all(f"Posto {at} " in said for at in range(149))
    assert said.count("\f") >= 3


def test_a_table_that_goes_on_over_a_page_says_its_columns_there_too_and_once_a_page():
    pages = [page for page in words_of(report_pdf(report(rows=150))).split("\f") if "Posto 1" in page]
    assert len(pages) >= 3
    assert [page.count("Variação") for page in pages] == [1] * len(pages)


@pytest.mark.parametrize("rows", range(35, 40))
def test_no_page_is_empty_wherever_the_last_table_ends(rows):
    whole = report(rows=rows)
    only = replace(whole, sections=(Section("", (whole.table("posts"),)),))
    pages = words_of(report_pdf(only)).split("\f")[:-1]
    assert all("Posto" in page or "Total" in page for page in pages)


def test_the_workbook_holds_numbers_as_numbers_and_text_as_text():
    book = load_workbook(BytesIO(report_xlsx(report())))
    sheet = book["posts"]
    assert [cell.value for cell in sheet[2]] == ["Posto", "Total", "Quota", "Variação", "Passaportes perdidos"]
    assert [cell.value for cell in sheet[3]] == ["Posto 0", 1234, 0.25, 0.5, "não recebido"]
    assert [cell.value for cell in sheet[5]] == [HOSTILE, 7, 0.001, "n/d", 0]
    assert sheet["A5"].data_type == "s"
    assert sheet["A6"].value == "Total"
    assert sheet["A6"].font.b
    assert book.worksheets[0]["B1"].value == "Relatório de ensaio"


def test_the_text_has_machine_names_and_nothing_that_a_sheet_would_run():
    text = report_csv(report()).decode("utf-8-sig")
    rows = list(csv.reader(StringIO(text)))
    at = rows.index(["post", "n", "share", "change", "lost"])
    assert rows[at + 1] == ["Posto 0", "1234", "0.25", "0.5", "não recebido"]
    assert rows[at + 3] == [f"'{HOSTILE}", "7", "0.001", "n/d", "0"]
    assert not any(cell.startswith(("=", "+", "@")) for row in rows for cell in row)


def test_the_text_says_what_the_paper_says_around_its_tables():
    given = report(training=True)
    table = replace(given.table("posts"), note="=1 de 7 recebidas")
    given = replace(given, sections=(Section("Resumo", (Text("Um parágrafo.", framed=True), table)),))
    rows = list(csv.reader(StringIO(report_csv(given).decode("utf-8-sig"))))
    for wanted in (
        ["# training", "TREINO — SEM VALIDADE"],
        ["# made", "2026-11-22T09:00:00+02:00", "supervisor", "Ressano Garcia"],
        ["# fact", "Edição", "47/2026"],
        ["# caveat", "Contagens administrativas."],
        ["# text", "Um parágrafo."],
        ["# note", "posts", "'=1 de 7 recebidas"],
    ):
        assert wanted in rows, wanted
    assert rows[rows.index(["# note", "posts", "'=1 de 7 recebidas"]) - 1] == [], "a table ends with an empty line"


def test_the_same_report_gives_the_same_bytes():
    assert report_pdf(report()) == report_pdf(report())
    assert report_xlsx(report()) == report_xlsx(report())


def test_a_training_report_says_so_on_paper_and_in_the_workbook():
    assert "TREINO — SEM VALIDADE" in words_of(report_pdf(report(training=True)))
    assert (
        load_workbook(BytesIO(report_xlsx(report(training=True)))).worksheets[0]["B1"].value == "TREINO — SEM VALIDADE"
    )


def test_every_letter_on_paper_is_embedded():
    fonts = subprocess.run(["pdffonts", "-"], input=report_pdf(report()), capture_output=True, check=True)
    lines = fonts.stdout.decode().splitlines()[2:]
    assert lines
    assert all(line.split()[-5] == "yes" for line in lines)


def test_growth_from_zero_or_from_the_unknown_is_not_a_number():
    assert change(99, 0) is Missing.NO_BASE
    assert change(99, None) is Missing.NO_BASE
    assert change(99, Missing.NOT_RECEIVED) is Missing.NO_BASE
    assert change(0, 4) == -1.0
    assert share(1, 0) is Missing.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("value", "kind", "pt", "en"),
    [
        (1234567, Kind.COUNT, "1 234 567", "1,234,567"),
        (0.1234, Kind.SHARE, "12,3 %", "12.3 %"),
        (-0.5, Kind.CHANGE, "-50,0 %", "-50.0 %"),
        (0.0, Kind.CHANGE, "+0,0 %", "+0.0 %"),
        (12.34, Kind.NUMBER, "12,3", "12.3"),
        (1250.5, Kind.MONEY, "1 250,50", "1,250.50"),
        (date(2026, 1, 2), Kind.DAY, "02/01/2026", "02/01/2026"),
        (0, Kind.COUNT, "0", "0"),
    ],
)
def test_numbers_are_written_as_people_of_each_language_write_them(value, kind, pt, en):
    assert written(value, kind, "pt").replace("\u00a0", " ") == pt
    assert written(value, kind, "en").replace("\u00a0", " ") == en


def test_no_word_for_a_missing_number_looks_like_a_number():
    for language in ("pt", "en"):
        with speaking(language):
            said = [missing_word(one) for one in Missing]
        assert len(set(said)) == len(said)
        assert not any(character.isdigit() for word in said for character in word)


def test_a_row_that_is_too_short_and_a_series_that_is_too_long_are_refused():
    with pytest.raises(ValueError, match="a row of 1 under 2"):
        Table("t", "t", (Column("a", "a"), Column("b", "b")), (("x",),))
    with pytest.raises(ValueError, match="3 values for 2 labels"):
        Chart("c", "c", ChartKind.BARS, ("a", "b"), (Series("s", (1, 2, 3)),))
