"""A bus with cholera on board: treatment first, the driest first, by keyboard alone."""

from datetime import timedelta

import pytest
from health_robot import DAY, HealthRoom, Screener
from office_robot import ENTER, NOW
from PySide6.QtCore import Qt

from poe_health.outbreaks.cholera import Dehydration
from poe_health.outbreaks.records import SqlCholera

BUS = (
    ("3", "B-07", "m", "34", "Bairro Sintetico", "9", "0"),
    ("3", "B-11", "f", "", "", "", ""),
    ("2", "B-02", "f", "6", "Lago", "20", "15"),
    ("2", "B-03", "m", "61", "", "12", ""),
    ("1", "B-05", "o", "25", "Lago", "", "5"),
)


@pytest.fixture
def person(qtbot, training_home, tray):
    at_work = Screener(qtbot, training_home)
    yield at_work
    at_work.ends()


@pytest.fixture
def room(training_home):
    with HealthRoom(training_home) as room:
        room.lists()
        room.mode("CHOLERA")
        yield room


def records(room):
    with room.session.store.read() as unit:
        store = SqlCholera(unit)
        return [(one, store.answers(one.id)) for one in store.of_day(DAY)]


def test_a_bus_with_several_ill_the_driest_are_treated_and_kept_first(room, person, tray):
    person.goes_to(3)
    for patient in BUS:
        person.types(patient[0])
        assert f"PLANO {'ABC'[int(patient[0]) - 1]}" in person.desk.cholera_page.banner.text()
        person.presses(ENTER).fills(*patient[1:])

    stored = records(room)
    assert [(one.plan, said.token) for one, said in stored] == [
        ("C", "B-07"),
        ("C", "B-11"),
        ("B", "B-02"),
        ("B", "B-03"),
        ("A", "B-05"),
    ]
    first, second = stored[0], stored[1]
    assert first[0].dehydration is Dehydration.SEVERE
    assert (first[1].sex, first[1].age_years, first[1].village) == ("M", 34, "Bairro Sintetico")
    assert (first[1].onset_at, first[1].ors_at) == (NOW - timedelta(hours=9), NOW)
    assert (second[1].sex, second[1].age_years, second[1].village, second[1].onset_at, second[1].ors_at) == (
        "F",
        None,
        None,
        None,
        None,
    )
    page = person.desk.cholera_page
    listed = [page.patients.item(at).text() for at in range(page.patients.count())]
    assert [words[:7] for words in listed] == ["Plano C", "Plano C", "Plano B", "Plano B", "Plano A"]
    assert "SRO POR DAR" in listed[1]
    assert not [words for words in listed if "Lago" in words or "B-0" in words]
    person.presses(Qt.Key.Key_F5)
    assert len(tray.papers) == 1


def test_the_plan_is_there_before_any_form_and_two_fields_are_enough(room, person):
    person.goes_to(3).types("3")
    assert "Ringer" in person.desk.cholera_page.steps.text()
    assert "rascunho" in person.desk.cholera_page.rules.text()
    person.presses(Qt.Key.Key_F12)
    assert "BMIS-570" in person.desk.cholera_page.trouble.text()
    person.presses(ENTER).types("B-01").presses(Qt.Key.Key_F12)
    ((one, said),) = records(room)
    assert (one.plan, one.ors_given, said.token) == ("C", False, "B-01")


def test_hours_that_cannot_be_are_told_and_the_patient_stays(room, person):
    person.goes_to(3).types("2").presses(ENTER).fills("B-09", "f", "25", "", "muitas", "")
    assert "BMIS-571" in person.desk.cholera_page.trouble.text()
    assert records(room) == []
    assert person.desk.express.express.texts["token"] == "B-09"


def test_watery_diarrhoea_in_the_outbreak_goes_to_secondary_from_the_queue(room, person):
    person.turns("DIARRHOEA_WATERY")
    person.types("n368").presses(Qt.Key.Key_F12)
    person.turns("DIARRHOEA_WATERY").turns("DEHYDRATION_SEVERE")
    person.types("n361").presses(Qt.Key.Key_F12)

    assert [view.facts.result for view in reversed(room.of_day())] == ["SECONDARY", "ISOLATE_NOW"]
    assert "CHOLERA" in room.of_day()[0].facts.suspected


def test_a_red_flag_interrupts_at_once_with_how_to_protect_oneself(room, person):
    person.turns("DIARRHOEA_WATERY").turns("DEHYDRATION_SEVERE")
    outcome = person.desk.outcome
    assert outcome.banner.text().startswith("PARAR · Isolar de imediato")
    first, second = [words for _label, words in outcome.facts.facts()][:2]
    assert first.startswith("SINAL DE ALARME")
    assert second.startswith("Fazer")
    assert "rascunho" in outcome.rules.text()
    assert "%" not in outcome.facts.text()
