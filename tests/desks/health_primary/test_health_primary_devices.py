"""The screening desk with a thermometer on a line, after a power cut, locked, and on the smallest screen."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from office_robot import ENTER
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from bmis.capture.serial_reader import Line
from bmis.capture.thermometer import SerialThermometer
from poe_health.rules.answer import Answer
from ui.desktop.theme import THEMES

CHILD = Path(__file__).resolve().parents[1] / "health_child.py"


@pytest.fixture
def line():
    master, slave = os.openpty()
    yield master, os.ttyname(slave)
    os.close(slave)
    os.close(master)


@pytest.fixture
def measuring(qtbot, screener, line, room):
    """A screener whose thermometer is heard."""
    room.lists()
    person = screener()
    device = person.desk.thermometer
    device.line._make = lambda took, state: SerialThermometer(line[1], Line(9600, "8N1"), took, state, retry_s=0.05)
    device.start()
    qtbot.waitUntil(lambda: "ligado" in person.desk.pad.temperature.state.text(), timeout=10_000)
    return person


def test_a_reading_fills_the_field_and_only_enter_keeps(qtbot, measuring, line, room):
    measuring.types("n")
    os.write(line[0], b"97.7 F\r\n")
    qtbot.waitUntil(lambda: measuring.model.traveller.digits == "365", timeout=10_000)
    os.write(line[0], b"36.9 C\r\n\r\n\r\n")
    qtbot.waitUntil(lambda: measuring.model.traveller.digits == "369", timeout=10_000)
    assert room.of_day() == ()

    measuring.presses(ENTER)
    (view,) = room.of_day()
    (reading,) = room.shows(view).clinical.temperatures
    assert (reading.celsius, reading.device) == (36.9, "serial")


@pytest.mark.parametrize(("sent", "code"), [(b"Lo\r\n", "BMIS-118"), (b"98.6 C\r\n", "BMIS-119")])
def test_what_is_no_reading_is_told_at_the_field_and_the_typed_one_stays(qtbot, measuring, line, sent, code):
    measuring.types("366")
    os.write(line[0], sent)
    qtbot.waitUntil(lambda: code in measuring.desk.pad.temperature.trouble.text(), timeout=10_000)
    assert measuring.model.traveller.digits == "366"


def test_a_lost_thermometer_is_said_under_the_field_and_typing_goes_on(qtbot, screener, room, tmp_path):
    room.lists()
    person = screener()
    device = person.desk.thermometer
    place = str(tmp_path / "none")
    device.line._make = lambda took, state: SerialThermometer(place, Line(9600, "8N1"), took, state, retry_s=0.05)
    device.start()
    qtbot.waitUntil(lambda: "BMIS-114" in person.desk.pad.temperature.state.text(), timeout=10_000)
    person.well()
    assert len(room.of_day()) == 1


def test_nothing_is_measured_while_the_desk_is_locked(qtbot, measuring, line):
    measuring.presses(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    os.write(line[0], b"39.9 C\r\n")
    qtbot.wait(300)
    assert measuring.model.traveller.digits == ""


def power_goes(home, what):
    done = subprocess.run(
        [sys.executable, str(CHILD), str(home), what],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(CHILD.parents[2])},
        capture_output=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stdout.decode() + done.stderr.decode()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
def test_half_a_traveller_is_back_after_a_power_cut_and_nothing_of_it_lies_open(training_home, screener, room):
    room.lists()
    power_goes(training_home, "traveller")
    for path in training_home.rglob("*"):
        assert not path.is_file() or b"UTOPIANO" not in path.read_bytes()

    person = screener()
    traveller = person.model.traveller
    assert (traveller.digits, traveller.sex, person.answers()["COUGH"]) == ("386", "F", Answer.YES)
    assert traveller.person["surname"] == "UTOPIANO"
    assert person.reads()  # it is said that it is back
    person.presses(Qt.Key.Key_F12)
    (view,) = room.of_day()
    assert room.shows(view).person.surname == "UTOPIANO"
    assert person.model.parts.kept_drafts() == ()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
def test_a_count_and_a_patient_are_back_after_a_power_cut(training_home, screener, room):
    room.lists()
    power_goes(training_home, "crowd_and_cholera")
    person = screener()
    assert person.desk.crowd.crowd.total == 5
    assert (person.desk.express.express.plan, person.desk.express.express.text("token")) == ("C", "B-01")
    person.goes_to(2).presses(ENTER)
    assert sum(view.facts.persons for view in room.of_day()) == 5


def test_a_draft_whose_screening_was_kept_in_the_last_moment_is_not_shown_again(screener, room):
    room.lists()
    person = screener()
    person.types("n365")
    person.model.autosave.now()
    (draft,) = person.model.parts.kept_drafts()
    request = person.model.traveller.request(
        person.desk._day.card,
        person.model.voyage,
        person.model.parts.local_day(),
        "MZ.L.RSG",
        person.clock(),
        named=False,
    )
    person.model.parts.keep(request)  # and then the power goes, before the draft is forgotten
    assert person.model.parts.kept_drafts() == ()
    assert draft.request_id == request.request_id


PAGES = ("queue", "ill", "person", "crowd", "cholera", "voyage")


def brings(person, page):
    if page == "ill":
        person.turns("VOMITING").types("386").presses(Qt.Key.Key_F2).types("985")
    elif page == "person":
        person.turns("VOMITING").types("n386").presses(ENTER)
    elif page == "crowd":
        person.goes_to(2).types("4 ").presses(ENTER)
    elif page == "cholera":
        person.goes_to(3).types("3").presses(Qt.Key.Key_F12)
    elif page == "voyage":
        person.presses(Qt.Key.Key_V)
        person.bot.waitUntil(lambda: person.dialog is not None)


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_is_cut_off_on_the_smallest_screen(screener, room, language):
    room.lists("CHOLERA", "EVD")
    room.mode("CHOLERA", symptoms_only=True)
    person = screener(language=language)
    for page in PAGES:
        brings(person, page)
        for theme in THEMES if page == "ill" and language == "pt" else THEMES[:1]:
            person.desktop.change_look(theme=theme)
            settle(person.window)
            shown = person.dialog or person.window
            assert clipped(shown) == [], (page, theme)
            assert unnamed(shown) == [], page
            assert takes_markup(shown) == [], page
        if person.dialog is not None:
            person.dialog.reject()
        person.desk.show_page(0)
        person.desk._forget(0)
    assert (person.window.width(), person.window.height()) == (1366, 768)


def test_targets_are_large_enough_for_gloves_and_every_state_has_its_word(screener, room):
    room.lists()
    person = screener()
    settle(person.window)
    pad = person.desk.pad
    buttons = [pad.none, pad.looks, pad.refused, pad.temperature.method, *pad._sexes.values(), *pad._bands.values()]
    assert min(button.height() for button in buttons) >= 44
    assert min(toggle.height() for toggle in pad.toggles.values()) >= 44
    person.turns("COUGH").turns("VOMITING", 2).types("n")
    words = {code: toggle.findChildren(QLabel)[-1].text() for code, toggle in pad.toggles.items()}
    assert (words["COUGH"], words["VOMITING"], words["DIARRHOEA"]) == ("SIM", "não sabe", "não")
