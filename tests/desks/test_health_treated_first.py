"""A cholera patient is treated first; the clinician writes the form later, and the patient counts once. By keys."""

from datetime import timedelta

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from health_secondary_robot import CONSENT, NOW, PERSON, TREATED, Clinic, HealthColleague
from office_robot import ENTER
from PySide6.QtCore import Qt

from poe_health.outbreaks.cholera import Dehydration
from poe_health.outbreaks.records import SqlCholera
from poe_health.screening.record import ConsentAnswer
from ui.compose import verify_store

ALT = Qt.KeyboardModifier.AltModifier
F2, F12, SPACE = Qt.Key.Key_F2, Qt.Key.Key_F12, Qt.Key.Key_Space


@pytest.fixture
def clinic(qtbot, training_home, tray):
    """Signs a clinician in; two patients were treated before."""
    with HealthColleague(training_home) as colleague:
        colleague.treats("C-7", minutes=200, sex="F", age_years=31, village="Bairro Sintético",
                         ors_at=NOW - timedelta(minutes=205))  # fmt: skip
        colleague.treats("C-8", minutes=35, dehydration=Dehydration.SOME)
    at_work = []

    def sign_in(**more):
        at_work.append(Clinic(qtbot, training_home, **more))
        return at_work[-1]

    yield sign_in
    for person in at_work:
        person.ends()


def treated(person):
    return person.presses(getattr(Qt.Key, f"Key_{TREATED}"), ALT)


def consents(person):
    person.goes_to_tab(CONSENT)
    person.desk.cases.case.consent.buttons[ConsentAnswer.GIVEN].setFocus()
    return person.presses(SPACE).settles()


def without_form(home):
    with HealthColleague(home, "clinician") as colleague:
        return [one.answers.token for one in colleague.desk.forms_due(colleague.by)]


def proves(home):
    with HealthColleague(home, "health-supervisor") as colleague:
        return verify_store(colleague.session)().records


def test_the_oldest_without_form_comes_first_with_plan_and_hours_and_no_name(clinic):
    person = treated(clinic())

    lines = person.desk.express.list.lines()

    assert [(line.cells[0], line.cells[1], line.status) for line in lines] == [
        ("C-7", "C", "red"),
        ("C-8", "B", "amber"),
    ]
    assert [line.cells[3] for line in lines] == ["3 h", "35 min"]
    assert [line.cells[4] for line in lines] == ["06:35", "AINDA NÃO"]
    assert lines[0].cells[2] == "22/11/2026 00:40"
    assert "Bairro Sintético" in person.desk.express.facts.text()
    assert person.desk.pages.tabText(TREATED - 1).endswith("(2)")


def test_one_key_opens_the_form_that_is_bound_to_the_record(clinic, training_home):
    person = treated(clinic()).presses(ENTER).settles()

    assert person.desk.page is person.desk.cases
    assert (person.sheet.text("sex"), person.sheet.text("age_years")) == ("F", "31")
    assert person.sheet.text("express_number") == "C-7"
    consents(person)

    assert without_form(training_home) == ["C-8"]
    with HealthColleague(training_home, "clinician") as colleague:
        case = colleague.desk.show(person.sheet.screening_id, colleague.by)
        with colleague.session.store.read() as unit:
            assert SqlCholera(unit).without_form(NOW.date()) == (1, 2)
    assert case.view.cholera_id == person.sheet.express.id
    assert proves(training_home) >= 3
    assert len(treated(person).desk.express.list.lines()) == 1


def test_a_number_typed_later_binds_the_open_case_and_a_second_form_is_refused(clinic, training_home):
    with HealthColleague(training_home) as colleague:
        colleague.sends(certificate="ABSENT", minutes=30)
        colleague.sends(certificate="ABSENT", minutes=20)
    person = clinic().opens().settles()
    consents(person)
    assert without_form(training_home) == ["C-7", "C-8"]

    person.goes_to_tab(PERSON).tabs_to("health.express_number").types("c 8").settles()  # as it sounds over the noise
    person.presses(Qt.Key.Key_G, ALT)
    assert "BMIS-489" in person.reads()
    assert person.sheet.text("express_number") == "c 8"
    person.tabs_to("health.express_number").presses(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    person.types("c-8").settles().presses(Qt.Key.Key_G, ALT)
    assert without_form(training_home) == ["C-7"]
    first = person.sheet.screening_id

    person.opens(1).settles()
    assert person.sheet.screening_id != first
    person.goes_to_tab(PERSON).tabs_to("health.express_number").types("C-8").settles()
    consents(person)
    assert "BMIS-596" in person.reads()
    assert person.sheet.screening_id is None
    assert person.sheet.text("express_number") == "C-8"
    with HealthColleague(training_home, "clinician") as colleague:
        assert colleague.desk.show(first, colleague.by).view.cholera_id is not None
    assert proves(training_home) >= 5


def test_a_form_half_written_is_there_again_after_the_screen_was_locked(clinic):
    person = treated(clinic()).presses(ENTER).settles()
    person.goes_to_tab(PERSON).types("UTOPIANA").settles()

    person.presses(Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert person.desk.express.list.lines() == ()
    assert person.sheet is None
    person.types("treino").presses(ENTER)
    treated(person).presses(ENTER).settles()

    assert person.sheet.text("surname") == "UTOPIANA"
    assert person.sheet.text("express_number") == "C-7"


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_of_the_page_is_cut_off(clinic, language):
    person = treated(clinic(language=language))

    settle(person.window)

    assert clipped(person.window) + unnamed(person.window) + takes_markup(person.window) == []
    assert (person.window.width(), person.window.height()) == (1366, 768)
    person.presses(ENTER).settles()
    settle(person.window)
