"""Who does not see names opens one record with a reason, on record; it does not stay open."""

from datetime import timedelta

import pytest
from clipping import clipped, settle, takes_markup, unnamed
from health_secondary_robot import MARIA, NOW, HealthColleague
from office_robot import ENTER, ESCAPE, Office
from PySide6.QtCore import Qt

LOCK = (Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)


@pytest.fixture
def reader(qtbot, training_home):
    """Signs a role in at the page of records; somebody was sent to secondary today."""
    at_work = []
    with HealthColleague(training_home) as colleague:
        sent = colleague.sends_a_contact(person=MARIA)

    def sign_in(role):
        person = Office(qtbot, training_home, role, at=NOW)
        at_work.append(person)
        person.frame.show_desk("health_records")
        return person, sent

    yield sign_in
    for person in at_work:
        person.ends()


@pytest.mark.parametrize("role", ["screener", "epidemiologist"])
def test_a_record_opens_with_a_reason_and_the_supervisor_sees_it(reader, training_home, role):
    person, sent = reader(role)
    desk = person.desk
    assert "UTOPIANA" not in " ".join(" ".join(line.cells) for line in desk.list.lines())

    person.presses(ENTER).types("curto").presses(ENTER)
    assert "BMIS-427" in person.dialog.trouble.text()
    assert "UTOPIANA" not in desk.facts.text()
    person.fills("A família pede notícias da doente")

    assert "UTOPIANA" in desk.facts.text()
    assert "38.6 °C" in desk.facts.text()
    settle(person.window)
    assert clipped(person.window) == unnamed(person.window) == takes_markup(person.window) == []
    with HealthColleague(training_home, "health-supervisor") as supervisor:
        (opened,) = supervisor.desk.access_log(NOW - timedelta(hours=1), supervisor.by)
    assert (opened.record_id, opened.by, opened.reason) == (sent.id, role, "A família pede notícias da doente")


def test_it_does_not_stay_open(reader):
    person, _sent = reader("screener")
    desk = person.desk
    for leaving in ((ESCAPE,), LOCK):
        person.presses(ENTER).types("A família pede notícias da doente").presses(ENTER)
        assert "UTOPIANA" in desk.facts.text()
        assert desk._timer.isActive()
        person.presses(*leaving)
        assert "UTOPIANA" not in desk.facts.text()


def test_who_sees_names_anyway_has_no_such_page(qtbot, training_home):
    person = Office(qtbot, training_home, "clinician", at=NOW)
    assert "health_records" not in person.frame._desks
    person.ends()
