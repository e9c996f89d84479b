"""The same person under another document: proposed and asked, linked by an event, taken back by another."""

import pytest
from lane_robot import Officer, zone
from PySide6.QtCore import Qt

from bmis.crossings.crossing import EventKind

FIRST = zone("15AB00001", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M")
RENEWED = zone("15AB77777", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M")
NEW_YEAR = zone("15AB00001", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M", born="900101")
NEW_YEAR_RENEWED = zone("15AB77777", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M", born="900101")


@pytest.fixture
def officer(qtbot, training_home):
    at_work = Officer(qtbot, training_home)
    yield at_work
    at_work.ends()


def was_here(officer, document):
    officer.shows(document).enters("zaf").accepts_all().decides()
    first = officer.stored()
    assert first.document.number == "15AB00001"
    officer.presses(Qt.Key.Key_Return).takes_away().later(days=2)
    return first


def asked(officer):
    panel = officer.lane.checks.known
    return panel.question.text() if panel.question.isVisible() else ""


def answers_yes(officer):
    officer.lane.checks.known.yes.setFocus()
    return officer.presses(Qt.Key.Key_Space)


def test_a_renewed_passport_is_proposed_and_nothing_is_carried_over(officer):
    was_here(officer, FIRST)
    officer.shows(RENEWED)

    assert "COSSA SPECIMEN, JOAO" in asked(officer)
    assert not officer.lane.checks.known.warning.isVisible()
    assert officer.model.draft.carried == frozenset()
    assert "journey.coming_from" not in officer.model.draft.answers
    answers_yes(officer)
    assert asked(officer) == ""
    assert officer.model.draft.carried == frozenset()
    assert "journey.coming_from" not in officer.model.draft.answers


def test_who_is_born_on_the_first_of_january_is_asked_with_a_warning(officer):
    was_here(officer, NEW_YEAR)
    officer.shows(NEW_YEAR_RENEWED)

    assert asked(officer)
    assert "1 de Janeiro" in officer.lane.checks.known.warning.text()
    assert officer.lane.checks.known.warning.isVisible()


def test_the_same_person_is_linked_by_an_event_and_taken_back_by_another(officer):
    first = was_here(officer, FIRST)
    officer.shows(RENEWED)
    answers_yes(officer).lane._focus_next()
    officer.enters("zaf").accepts_all().decides()
    view = officer.parts.show(officer.kept()[0].id)
    assert view.crossing.traveller_id != first.traveller_id  # linked, never merged
    assert [one.kind for one in view.events] == [EventKind.LINKED]

    officer.presses(Qt.Key.Key_F3).enters("15ab77777").presses(Qt.Key.Key_Return)
    dialog = officer.dialog
    assert dialog.unlink.isVisible()
    dialog.unlink.click()
    assert "BMIS-259" in dialog.notice.text()
    dialog.reason.setText("era o irmao")
    dialog.unlink.click()
    officer.settle()
    assert not dialog.unlink.isVisible()
    dialog.reject()
    kinds = [one.kind for one in officer.parts.show(view.crossing.id).events]
    assert kinds == [EventKind.LINKED, EventKind.UNLINKED]


def test_who_is_said_to_be_another_is_not_asked_again_and_not_linked(officer):
    was_here(officer, FIRST)
    officer.shows(RENEWED)

    officer.lane.checks.known.no.setFocus()
    officer.presses(Qt.Key.Key_Space)
    assert asked(officer) == ""
    officer.lane._focus_next()
    officer.enters("zaf").accepts_all().decides()
    assert officer.parts.show(officer.kept()[0].id).events == ()
