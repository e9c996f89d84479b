"""A training desk without a camera: replayed documents that are named as such and lie still while one works."""

import pytest
from clipping import clipped, settle
from lane_robot import Officer, zone
from PySide6.QtCore import Qt

NATIONAL = zone("15AB00001", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M")


@pytest.fixture
def at_work(qtbot, training_home):
    shifts = []

    def begin(**how):
        shifts.append(Officer(qtbot, training_home, **how))
        return shifts[-1]

    yield begin
    for shift in shifts:
        shift.ends()


@pytest.mark.parametrize(("language", "words"), [("pt", "treino"), ("en", "Training")])
def test_replayed_documents_are_named_as_such(at_work, language, words):
    officer = at_work(training_camera=True, language=language)

    settle(officer.window)
    assert words in officer.lane.document._title.text()
    assert clipped(officer.window) == []


def test_a_real_camera_is_not_called_one_of_training(at_work):
    assert "treino" not in at_work().lane.document._title.text().lower()


def test_the_next_document_waits_until_the_traveller_has_gone(at_work):
    officer = at_work(training_camera=True)

    assert not officer.capture.held.is_set()
    officer.shows(NATIONAL).enters("zaf").accepts_all()
    assert officer.capture.held.is_set()
    officer.decides()
    assert officer.capture.held.is_set()
    officer.presses(Qt.Key.Key_Return)
    assert not officer.capture.held.is_set()
