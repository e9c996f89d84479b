"""Keys that must never decide: a key held down, a swipe, a line end of a reader."""

import pytest
from lane_robot import Officer, zone
from PySide6.QtCore import Qt

from bmis.documents.travel_document import CaptureMethod
from ui.desktop.lane.drafting import Phase

NATIONAL = zone("15AB00001", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M")
OTHER = zone("ZZ1000001", "NDLOVU<SPECIMEN", "PETER", sex="M")


@pytest.fixture
def officer(qtbot, training_home):
    at_work = Officer(qtbot, training_home)
    yield at_work
    at_work.ends()


def ready(officer):
    return officer.shows(NATIONAL).enters("zaf").accepts_all()


def test_a_decision_key_held_down_decides_nothing(officer):
    ready(officer).holds_down(Qt.Key.Key_F12)

    assert officer.kept() == ()
    officer.decides()
    assert len(officer.kept()) == 1


def test_space_held_down_accepts_one_check_and_no_more(officer):
    officer.shows(zone(until="260601"))
    officer.lane.checks.focus_unaccepted()

    officer.holds_down(Qt.Key.Key_Space)
    assert officer.model.checking.acknowledged == frozenset()


def test_a_swipe_begins_a_traveller(officer):
    officer.swipes(NATIONAL)

    assert officer.model.document.number == "15AB00001"
    assert officer.model.document.capture_method is CaptureMethod.SWIPE


def test_a_swipe_into_a_field_leaves_the_field_as_it_was_and_asks(officer):
    officer.shows(NATIONAL)
    field = officer.lane.questions.fields["journey.coming_from"].field

    officer.swipes(OTHER)
    assert field.text() == ""
    assert officer.dialog is not None
    assert officer.model.document.number == "15AB00001"


def test_a_swipe_over_an_open_question_answers_nothing(officer):
    ready(officer).shows(OTHER)
    question = officer.dialog

    officer.swipes(OTHER)
    assert question.isVisible()
    assert officer.kept() == ()


def test_a_reader_that_types_rubbish_is_told_and_nothing_is_taken(officer):
    officer.swipes(("QWERTY123456789012345", "ZZZ"))

    assert officer.codes() == ["BMIS-305"]
    assert officer.model.phase is Phase.IDLE


def test_decision_keys_inside_a_burst_are_swallowed(officer):
    from PySide6.QtTest import QTest
    from PySide6.QtWidgets import QApplication

    ready(officer)
    for char in "ABCDEFGHIJ":
        officer.ms += 3
        QTest.keyClick(QApplication.focusWidget() or officer.window, char)
    officer.ms += 3
    QTest.keyClick(QApplication.focusWidget() or officer.window, Qt.Key.Key_F12)
    officer._quiet()
    assert officer.kept() == ()


def test_typing_the_zone_by_hand_shows_each_check_digit_as_it_is_completed(officer):
    first, second = NATIONAL
    officer.lane.type_zone()
    assert officer.focus() == "lane.mrz"

    officer.types(first).presses(Qt.Key.Key_Return).types(second[:9])
    assert "…" in officer.lane.traveller.digits.text()
    wrong = str((int(second[9]) + 1) % 10)
    officer.types(wrong)
    assert officer.lane.traveller.zone.marked() == ((1, 9),)
    officer.presses(Qt.Key.Key_Backspace).types(second[9:])
    assert officer.model.document.number == "15AB00001"
    assert officer.model.document.capture_method is CaptureMethod.TYPED_MRZ
    assert officer.lane.traveller.zone.marked() == ()
