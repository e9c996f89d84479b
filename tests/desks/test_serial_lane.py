"""A reader on a serial line at the lane: as a swipe by keys, and nothing it sends is a command."""

import os

import pytest
from lane_robot import Officer, zone
from PySide6.QtWidgets import QApplication

from bmis.capture.serial_reader import Line, SerialReader
from bmis.documents.travel_document import CaptureMethod
from ui.desktop.lane.drafting import Phase

NATIONAL = zone("15AB00001", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M")


@pytest.fixture
def line():
    master, slave = os.openpty()
    yield master, os.ttyname(slave)
    os.close(slave)
    os.close(master)


@pytest.fixture
def officer(qtbot, training_home, line):
    at_work = Officer(qtbot, training_home)
    _master, path = line
    at_work.lane.swipes._make = lambda took, state: SerialReader(path, Line(9600, "8N1"), took, state, retry_s=0.05)
    at_work.lane.swipes.start()
    yield at_work
    at_work.ends()


def sends(qtbot, officer, line, text, met):
    qtbot.waitUntil(lambda: officer.lane.swipes.is_ready, timeout=10_000)
    os.write(line[0], text.encode("latin-1"))
    qtbot.waitUntil(met, timeout=10_000)
    officer.settle()


def whole(lines):
    return "\x02" + "\r".join(lines) + "\r\x03"


def test_a_serial_swipe_begins_a_traveller_as_a_swipe(qtbot, officer, line):
    sends(qtbot, officer, line, whole(NATIONAL), lambda: officer.model.document is not None)
    assert officer.model.document.number == "15AB00001"
    assert officer.model.document.capture_method is CaptureMethod.SWIPE
    assert officer.codes() == []


@pytest.mark.parametrize(("text", "code"), [
    ("%B4242424242424242^A/B^2912101?\r\x03", "BMIS-146"),
    (NATIONAL[0][:-3] + "\r" + NATIONAL[1] + "\r\x03", "BMIS-147"),
    ("\x1b[24~\x1b[20~\r\r\rF12 \x00\x04rm -rf /\r\x03", "BMIS-305"),
])  # fmt: skip
def test_what_is_no_zone_is_told_and_nothing_begins(qtbot, officer, line, text, code):
    said = []
    sends(qtbot, officer, line, text, lambda: bool(said.extend(officer.codes()) or said))
    assert said == [code]
    assert officer.model.phase is Phase.IDLE


def test_nothing_is_taken_while_the_desk_is_locked(qtbot, officer, line):
    officer.lane.locking()
    assert not officer.lane.swipes.is_running
    os.write(line[0], whole(NATIONAL).encode())
    qtbot.wait(300)
    assert officer.model.document is None
    officer.lane.unlocked()
    assert officer.lane.swipes.is_running
    qtbot.wait(300)
    QApplication.processEvents()
    assert officer.model.document is None  # what came meanwhile was dropped when the line was opened again
    sends(qtbot, officer, line, whole(NATIONAL), lambda: officer.model.document is not None)


def test_a_desk_without_a_chosen_port_listens_to_none(qtbot, training_home):
    at_work = Officer(qtbot, training_home)
    assert not at_work.lane.swipes.is_running
    at_work.ends()
