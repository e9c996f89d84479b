"""The face beside the document: another person, a doubt, and who signs for it."""

import pytest
from lane_robot import Officer, zone
from PySide6.QtCore import Qt

from bmis.crossings.crossing import PhotoAnswer
from bmis.crossings.decision import Decision

NATIONAL = zone("15AB00001", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M")


@pytest.fixture
def officer(qtbot, training_home):
    at_work = Officer(qtbot, training_home)
    at_work.shows(NATIONAL).enters("zaf").accepts_all()
    yield at_work
    at_work.ends()


def answers_the_photographs(officer, code):
    officer.lane.document.pair._answers[code].click()
    officer.settle()
    return officer.accepts_all()


def test_another_person_is_proposed_to_secondary_and_the_desk_says_why(officer):
    answers_the_photographs(officer, "DIFFERENT")

    assert officer.model.checking.proposal.decision is Decision.PENDING_SECONDARY
    assert "Outra pessoa" in officer.lane.checks.verdict.text()
    officer.decides()
    stored = officer.stored()
    assert stored.decision is Decision.PENDING_SECONDARY
    assert stored.request.evidence.photo_answer is PhotoAnswer.NOT_SAME


def test_letting_another_person_through_takes_a_second_person(officer):
    answers_the_photographs(officer, "DIFFERENT")

    officer.model.decide(Decision.ADMITTED)
    officer.settle()
    assert officer.kept() == ()
    assert "fotografias" in officer.dialog.windowTitle()
    officer.enters("supervisor").types("treino").presses(Qt.Key.Key_Return)
    assert officer.stored().second_officer == "supervisor"


def test_a_doubt_proposes_nothing_until_it_is_settled(officer):
    answers_the_photographs(officer, "UNSURE")

    assert officer.model.checking.proposal.decision is None
    assert "dúvida" in officer.lane.checks.verdict.text()
    officer.decides()
    assert officer.kept() == ()
    officer.presses(Qt.Key.Key_Escape)
    answers_the_photographs(officer, "SAME").decides()
    assert officer.stored().decision is Decision.ADMITTED
