"""The flow map at the supervisor's desk: drawn, moved, listed, printed and handed over, all by keyboard."""

import csv
import io
import json
from datetime import timedelta

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from numbers_robot import leaves, travels
from office_robot import ENTER, ESCAPE, NOW, Colleague
from pypdf import PdfReader
from PySide6.QtCore import Qt

from bmis.crossings.crossing import Journey
from bmis.crossings.decision import Direction
from bmis.flows.affected import AffectedArea
from bmis.paper.map_layout import AREA
from ui.desktop.supervisor.view_flow_handing import NOBODY
from ui.desktop.theme import apply_theme
from ui.office.flow_map import JoinedFlowMap

YESTERDAY = NOW - timedelta(days=1)
AREA_OF_ZAF = {"area": "ZAF", "disease": "cholera", "from": "2026-03-01", "to": "2026-03-12"}


@pytest.fixture
def travelled(training_home):
    with Colleague(training_home, "officer", YESTERDAY) as officer:
        inwards = Journey(
            "road", coming_from="ZAF", going_to="MOZ", purpose="tourism", intended_days=10, accommodation="Hotel Utopia"
        )
        for number in range(6):
            travels(officer, f"U000000{number}", inwards, f"SITOE{chr(65 + number)}", direction=Direction.ENTRY)
        leaves(officer, "U0000009", "TEMBE")


def settles(person):
    person.bot.waitUntil(lambda: not person.desk.map_model.is_busy, timeout=60_000)
    return person


def goes_to_map(person):
    person.at("supervisor")
    person.takes(person.section("flow_map").title())
    person.bot.waitUntil(lambda: person.section("flow_map").shown is not None, timeout=60_000)
    return settles(person).section("flow_map")


def chooses(person, section, letter):
    section.audience.setFocus()
    person.types(letter)
    section.audience.activated.emit(section.audience.currentIndex())
    return settles(person)


def released(home):
    with Colleague(home, "supervisor") as colleague, colleague.session.store.read() as unit:
        kept = unit.connection.exec_driver_sql("SELECT facts FROM flow_release ORDER BY number").scalars()
        return [json.loads(facts) for facts in kept]


def test_the_map_opens_on_every_day_that_is_over_with_the_same_numbers_as_the_paper(office, travelled, training_home):
    person = office("supervisor")
    section = goes_to_map(person)

    shown = section.shown
    assert f"{shown.asked.first:%d/%m/%Y}" == section.first.text()
    assert shown.drawn.flows.total == 7
    assert ("África do Sul", "Maputo (MZ05)", "6") in [line.cells for line in section.list.lines()]
    with Colleague(training_home, "supervisor") as colleague:
        paper = PdfReader(io.BytesIO(JoinedFlowMap.of(colleague.session).paper(shown, NOBODY))).pages[0].extract_text()
    for note in shown.drawn.sheet.notes:
        assert note.split()[-1] in paper
    assert "Seta: 6 movimentos" in paper
    assert "Uso interno" in section.words.text()
    assert "Movimentos ao todo: 7" in section.words.text()


def test_keys_move_and_zoom_the_map_and_enter_goes_to_the_list_and_back(office, travelled):
    person = office("supervisor")
    section = goes_to_map(person)
    canvas = section.canvas
    assert person.focus() is canvas, "what was asked for is in front"
    whole = canvas.view()

    person.presses(Qt.Key.Key_Plus, times=4)
    assert canvas.view().scale == pytest.approx(whole.scale * 1.25**4)
    near = canvas.view()
    person.presses(Qt.Key.Key_Right).presses(Qt.Key.Key_Down)
    assert canvas.view().west > near.west
    assert canvas.view().north < near.north
    person.presses(Qt.Key.Key_Left, times=200)
    assert canvas.view().west > whole.west - 30, "the edge of the map is the end"
    person.presses(Qt.Key.Key_Minus, times=9)
    person.presses(Qt.Key.Key_0)
    assert canvas.view() == whole
    person.presses(ENTER)
    assert person.focus() is section.list.view
    assert canvas.chosen is not None, "the flow where one is stands out"
    person.presses(ENTER)
    assert person.focus() is canvas


def test_names_on_the_screen_never_lie_on_each_other(office, travelled):
    person = office("supervisor")
    section = goes_to_map(person)
    settle(person.window)
    labels = section.canvas.laid().labels
    assert len([one for one in labels if one.kind == AREA]) > 10
    for at, one in enumerate(labels):
        assert not any(one.box.meets(other.box) for other in labels[at + 1 :])


def test_days_and_audience_are_chosen_by_key_and_small_numbers_are_said_to_be_hidden(office, travelled):
    person = office("supervisor")
    section = goes_to_map(person)
    section.last.setFocus()
    person.fills("13032026")
    settles(person)
    assert section.shown.asked.last == YESTERDAY.date()

    chooses(person, section, "O")

    drawn = section.shown.drawn
    assert section.shown.asked.audience == "public"
    assert drawn.flows.arrows == ()
    assert "menos de 10" in section.words.text()


def test_a_day_that_is_none_is_marked_and_one_that_is_not_over_is_refused_for_others(office, travelled):
    person = office("supervisor")
    section = goes_to_map(person)
    before = section.shown
    section.first.setFocus()
    person.fills("99992026")
    assert section.shown is before
    assert "ddmmaaaa" in section._fields[0].remark.text()

    section.first.setText("13032026")
    section.last.setFocus()
    person.fills("14032026")
    settles(person)
    chooses(person, section, "G")
    assert "BMIS-705" in person.reads()


def test_the_desks_own_map_is_printed_at_once_and_kept_nowhere(office, travelled, tray, training_home):
    person = office("supervisor")
    goes_to_map(person)
    person.presses(Qt.Key.Key_F5)
    settles(person)

    ((title, pdf),) = tray.papers
    assert title == "Mapa de mobilidade da população"
    assert "Uso interno" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()
    assert "Enviado para a impressora" in person.reads()
    assert released(training_home) == []


def test_a_map_for_others_needs_reason_and_recipient_which_the_audit_keeps(office, travelled, training_home, tmp_path):
    person = office("supervisor")
    section = goes_to_map(person)
    chooses(person, section, "G")
    file = tmp_path / "mapa.pdf"

    person.takes("Guardar o mapa como PDF").fills("Pedido semanal", "")
    assert person.dialog is not None, "no recipient, no map"
    dialog = person.dialog
    dialog.fields["recipient"].setFocus()
    person.types("DTM Moçambique")
    dialog.fields["path"].setFocus()
    person.fills(str(file))
    settles(person)

    assert "Guardado: " in person.reads()
    assert "Cidade de Maputo" in PdfReader(file).pages[0].extract_text().replace("\n", " ")
    (kept,) = released(training_home)
    assert (kept["product"], kept["reason"], kept["recipient"]) == ("map", "Pedido semanal", "DTM Moçambique")
    person.takes("Guardar a matriz como CSV").fills("Pedido semanal", "DTM", str(tmp_path / "m.csv"))
    settles(person)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "m.csv").read_text(encoding="utf-8"))))
    assert sum(int(row["n"]) for row in rows) == section.shown.drawn.flows.total
    person.takes("Guardar o mapa como PDF").fills("Pedido semanal", "DTM", str(file))
    settles(person)
    assert person.dialog is not None, "a file that is there is never written over"
    assert len(released(training_home)) == 2


def test_the_affected_areas_of_port_health_are_hatched_and_told_with_their_dates(office, travelled, tmp_path):
    person = office("supervisor")
    section = goes_to_map(person)
    file = tmp_path / "areas.json"
    file.write_text(json.dumps([{**AREA_OF_ZAF, "area": "nowhere"}]))

    person.takes("Áreas afectadas de um ficheiro").fills(str(file))
    settles(person)
    assert "BMIS-780" in person.dialog.trouble.text()
    file.write_text(json.dumps([AREA_OF_ZAF]))
    person.dialog.fields["path"].setFocus()
    person.presses(ENTER)
    settles(person)

    assert person.dialog is None
    (near,) = section.shown.drawn.near
    assert isinstance(near.area, AffectedArea)
    assert "África do Sul, Cólera, de 01/03/2026 a 12/03/2026" in section.words.text()
    section.canvas.setFocus()
    person.presses(Qt.Key.Key_Plus, times=2).presses(Qt.Key.Key_Down, times=3)  # from nearer, names find room
    settle(person.window)
    assert any("Cólera 01/03/2026–12/03/2026" in one.under for one in section.canvas.laid().labels)

    person.takes("Áreas afectadas de um ficheiro").fills("")
    settles(person)
    assert section.shown.drawn.near == ()


def test_esc_stops_a_map_that_takes_long(office, travelled, monkeypatch):
    person = office("supervisor")
    section = goes_to_map(person)
    before = section.shown
    begun = []

    def draw(self, asked, tell, cancelled):
        begun.append(True)
        tell(1, 1_000_000)
        while not cancelled():
            pass

    monkeypatch.setattr(JoinedFlowMap, "draw", draw)
    section.first.setFocus()
    person.presses(ENTER)
    person.bot.waitUntil(lambda: bool(begun) and not section.counting.isHidden())
    person.presses(ESCAPE)

    assert not person.desk.map_model.is_busy
    assert section.shown is before
    assert section.counting.isHidden()


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_of_the_map_page_is_cut_off(office, travelled, language):
    person = office("supervisor", language=language)
    person.frame.show_desk("supervisor")
    person.desk.show_section("flow_map")
    person.bot.waitUntil(lambda: person.section("flow_map").shown is not None, timeout=60_000)
    settle(person.window)
    assert clipped(person.window) == []
    assert takes_markup(person.window) == []
    assert unnamed(person.window) == []
    section = person.section("flow_map")
    section.audience.setCurrentIndex(1)
    section.draw()
    settles(person)
    for open_form in (section.ask_areas, lambda: section.ask_file(".pdf"), section.ask_print):
        open_form()
        settle(person.dialog, person.dialog.sizeHint())
        assert clipped(person.dialog) == []
        person.dialog.close()


@pytest.mark.parametrize("theme", ["light", "night"])
def test_the_map_wears_the_theme(office, travelled, qapp, theme):
    person = office("supervisor")
    section = goes_to_map(person)
    apply_theme(qapp, theme)
    settle(person.window)
    corner = section.canvas.grab().toImage().pixelColor(section.canvas.width() - 12, 30)
    assert (corner.lightness() < 90) == (theme == "night")
    apply_theme(qapp, "light")
