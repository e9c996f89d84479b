"""Reports at the supervisor's desk: looked at, printed, saved; the flow package only with reason and recipient."""

import csv
import io
import json
import threading
from datetime import date, timedelta

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from numbers_robot import goes_to_page, leaves, settles
from office_robot import ENTER, NOW, Colleague
from pypdf import PdfReader
from PySide6.QtCore import Qt

from bmis.flows import export_flows
from ui.desktop.supervisor.view_counting import Counting

WEEK = (date(2026, 3, 14), date(2026, 3, 20))  # the bulletin's week begins on a Saturday, and this is one
BEFORE = (date(2026, 3, 7), date(2026, 3, 13))


@pytest.fixture
def travelled(training_home):
    with Colleague(training_home, "officer", NOW - timedelta(minutes=90)) as officer:
        officer.records("U0000001")
        officer.records("U0000002", "COSSA")
        leaves(officer, "U0000003", "TEMBE")


@pytest.fixture
def made(office, travelled):
    """A supervisor who has the table of movements by hour in view."""
    person = office("supervisor")
    section = goes_to_page(person, "reports")
    assert section.period() == BEFORE, "the last week that is over"
    section.day.setText("14032026")
    person.types("T11")  # the list goes to what begins so
    section.list.go_to("t11")
    person.presses(ENTER)
    settles(person)
    return person


def test_a_report_is_made_and_shown_as_it_is_printed(made, tray):
    section = made.section("reports")
    assert (section.made.report.first, section.made.report.last) == WEEK
    assert section.pages.pages() == section.made.page_count == 2
    assert "página 1 de 2" in section.page_words.text()

    made.presses(Qt.Key.Key_F5)
    settles(made)

    title, pdf = tray.papers[0]
    assert title == "T11. Movimentos por hora e dia da semana"
    assert "T11" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "Enviado para a impressora" in made.reads()


def test_what_is_saved_says_what_a_plain_query_says(made, training_home, tmp_path):
    file = tmp_path / "t11.csv"

    made.takes("Guardar como CSV").fills(str(file))
    settles(made)

    assert "Guardado: " in made.reads()
    rows = list(csv.reader(io.StringIO(file.read_text("utf-8-sig"))))
    totals = next(row for row in rows if row[:1] == ["Total"])
    with Colleague(training_home, "supervisor") as colleague, colleague.session.store.read() as unit:
        kept = unit.connection.exec_driver_sql(
            "SELECT count(*) FROM crossing WHERE state = 'standing' AND decision IN ('ADMITTED', 'EXITED')"
        ).scalar()
    assert int(totals[-1]) == kept == 3
    assert file.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("form", ["PDF", "XLSX"])
def test_it_is_saved_in_the_other_forms(made, tmp_path, form):
    file = tmp_path / f"t11.{form.lower()}"

    made.takes(f"Guardar como {form}").fills(str(file))
    settles(made)

    assert file.read_bytes()[:2] == {"PDF": b"%P", "XLSX": b"PK"}[form]


def test_another_kind_of_period_is_that_of_today_and_a_day_that_was_typed_stays(office):
    person = office("supervisor")
    section = goes_to_page(person, "reports")
    section.kind.setFocus()
    person.types("Mês")
    assert section.period() == (date(2026, 3, 1), date(2026, 3, 31))
    section.day.setText("05012026")
    person.types("Semana")
    assert section.period() == (date(2026, 1, 3), date(2026, 1, 9))


def test_a_title_that_the_list_has_no_room_for_stands_whole_beneath_it(office):
    person = office("supervisor")
    section = goes_to_page(person, "reports")
    section.list.go_to("weekly-bulletin-public")
    assert section.whole.text() == "Boletim semanal do movimento migratório, para o público"


def test_a_period_that_has_not_come_is_refused(office, travelled):
    person = office("supervisor")
    section = goes_to_page(person, "reports")
    section.day.setText("01012027")

    section.preview.setFocus()
    person.presses(ENTER)
    settles(person)

    assert "BMIS-701" in person.reads()
    assert section.made is None


def test_a_flow_package_needs_reason_and_recipient_and_leaves_its_line_in_the_audit(
    office, travelled, training_home, tmp_path
):
    person = office("supervisor")
    goes_to_page(person, "reports").day.setText("07032026")  # a week that is over
    folder = tmp_path / "fmr"
    person.takes("Pacote de fluxos")
    person.fills("Pedido semanal")
    person.fills("")  # no recipient
    dialog = person.dialog
    dialog.fields["audience"].setCurrentIndex(1)
    dialog.fields["formats"].setText("csv")
    dialog.fields["folder"].setText(str(folder))
    dialog.fields["folder"].setFocus()
    person.presses(ENTER)
    assert person.dialog is not None, "no recipient, no package"
    assert not folder.exists()

    dialog.fields["recipient"].setFocus()
    person.types("DTM Moçambique")
    dialog.fields["folder"].setFocus()
    person.presses(ENTER)
    settles(person)

    assert (folder / "datapackage.json").exists()
    with Colleague(training_home, "supervisor") as colleague, colleague.session.store.read() as unit:
        (payload,) = unit.connection.exec_driver_sql(
            "SELECT payload FROM outbox WHERE kind = 'flows.exported'"
        ).scalars()
    told = json.loads(payload)
    assert (told["reason"], told["recipient"], told["by"]) == ("Pedido semanal", "DTM Moçambique", "supervisor")


def test_escape_in_the_form_calls_the_writing_of_a_package_off(office, travelled, training_home, tmp_path, monkeypatch):
    person = office("supervisor")
    goes_to_page(person, "reports").day.setText("07032026")
    writing, ended = threading.Event(), threading.Event()

    def files(package, formats, scratch, progress, cancelled):
        progress(120, 1000)
        writing.set()
        while not cancelled():
            ended.wait(0.01)
        yield "fmr.csv", b"half"

    monkeypatch.setattr(export_flows, "package_files", files)
    person.takes("Pacote de fluxos")
    dialog = person.dialog
    dialog.fields["audience"].setCurrentIndex(1)
    for name, words in (("reason", "Pedido"), ("recipient", "DTM"), ("folder", str(tmp_path / "fmr"))):
        dialog.fields[name].setText(words)
    dialog.fields["folder"].setFocus()
    person.presses(ENTER)
    bar = dialog.findChild(Counting)
    person.bot.waitUntil(lambda: writing.is_set() and bar.isVisible())
    assert bar.bar.format() == "120 de 1000 linhas escritas"
    settle(dialog, dialog.sizeHint())
    assert clipped(dialog) == []

    person.presses(Qt.Key.Key_Escape)
    settles(person)

    assert "A escrita foi parada" in person.reads()
    person.bot.waitUntil(lambda: not list(tmp_path.glob(".bmis-*")))
    assert not (tmp_path / "fmr").exists()
    with Colleague(training_home, "supervisor") as colleague, colleague.session.store.read() as unit:
        kinds = "SELECT count(*) FROM outbox WHERE kind LIKE 'flows.%'"
        assert unit.connection.exec_driver_sql(kinds).scalar() == 0


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off(office, travelled, language):
    person = office("supervisor", language=language)
    person.frame.show_desk("supervisor")
    person.desk.show_section("reports")
    settles(person)
    person.section("reports").make()
    settles(person)
    settle(person.window)
    assert clipped(person.window) == []
    assert takes_markup(person.window) == []
    assert unnamed(person.window) == []
    person.section("reports").ask_package()
    settle(person.dialog, person.dialog.sizeHint())
    assert clipped(person.dialog) == []


def test_a_table_that_tells_few_people_apart_is_saved_with_reason_and_recipient(
    office, travelled, training_home, tmp_path
):
    person = office("supervisor")
    section = goes_to_page(person, "reports")
    section.day.setText("14032026")
    section.list.go_to("t6")
    section.make()
    settles(person)
    file = tmp_path / "t6.csv"

    person.takes("Guardar como CSV")
    settle(person.dialog, person.dialog.sizeHint())
    assert clipped(person.dialog) == []
    assert unnamed(person.dialog) == []
    person.fills("Mapa mensal").fills("Direcção Provincial").fills(str(file))
    settles(person)

    assert file.exists()
    with Colleague(training_home, "supervisor") as colleague, colleague.session.store.read() as unit:
        (payload,) = unit.connection.exec_driver_sql(
            "SELECT payload FROM outbox WHERE kind = 'report.exported'"
        ).scalars()
    told = json.loads(payload)
    assert (told["report"], told["form"], told["reason"], told["recipient"]) == (
        "t6",
        "csv",
        "Mapa mensal",
        "Direcção Provincial",
    )
