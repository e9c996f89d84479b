"""What cannot be of a person is marked at its field, left off the record, and stays as it was typed. By keys."""

import pytest
from health_secondary_robot import CONSENT, PERSON, Clinic, HealthColleague
from PySide6.QtCore import Qt

from poe_health.screening.record import ConsentAnswer

F12, SPACE = Qt.Key.Key_F12, Qt.Key.Key_Space
TURNED = "UTOP\u202eANA"


@pytest.fixture
def clinic(qtbot, training_home, tray):
    """Signs a clinician in; somebody waits."""
    with HealthColleague(training_home) as colleague:
        colleague.sends(certificate="ABSENT")
    at_work = []

    def sign_in():
        at_work.append(Clinic(qtbot, training_home))
        return at_work[-1]

    yield sign_in
    for person in at_work:
        person.ends()


def test_a_telephone_nobody_can_dial_and_a_hidden_sign_are_marked_and_never_lost(clinic, training_home):
    person = clinic().opens().settles().goes_to_tab(PERSON)
    person.focus().insert(TURNED)  # pasted: no key types such a sign
    person.model.set_text("surname", TURNED)
    person.tabs_to("health.phone").types("8" * 40).settles()
    assert {name: error.code for name, error in person.model.wrong.items()} == {
        "surname": "BMIS-593",
        "phone": "BMIS-595",
    }

    person.goes_to_tab(CONSENT)
    person.desk.cases.case.consent.buttons[ConsentAnswer.GIVEN].setFocus()
    person.presses(SPACE).settles()
    case = person.sheet.screening_id
    with HealthColleague(training_home, "clinician") as colleague:
        assert colleague.desk.show(case, colleague.by).person is None
    person.ends()

    person = clinic().opens().settles()
    assert person.sheet.text("phone") == "8" * 40
    assert person.sheet.text("surname") == TURNED
    person.presses(F12).answers_dialog(risk="Baixo", disposition="Liberto")
    assert "BMIS-577" in person.dialog.trouble.text()
    person.dialog.close()

    person.goes_to_tab(PERSON).presses(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier).types("UTOPIANA")
    person.tabs_to("health.phone").presses(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier).types("840000001")
    person.settles().presses(Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    with HealthColleague(training_home, "clinician") as colleague:
        kept = colleague.desk.show(case, colleague.by).person
    assert (kept.surname, kept.phones) == ("UTOPIANA", ("840000001",))
