"""At the screening desk one key asks for the yellow-fever certificate, and only of who comes from a listed country."""

from datetime import timedelta

import pytest
from health_robot import DAY
from office_robot import ENTER
from PySide6.QtCore import Qt

from poe_health.certificates.asking import certificate_asked
from poe_health.screening.journey import Stay
from ui.desktop.health_primary.voyage import CarriedVoyage

LUANDA = Stay("AGO", None, DAY - timedelta(days=30), DAY - timedelta(days=1))


def arrives(person, *stays, **more):
    person.model.set_voyage(CarriedVoyage(direction="ENTRY", stays=stays, **more))


def newest(room):
    return room.shows(room.of_day()[0])


@pytest.mark.parametrize(
    ("direction", "origin", "stays", "asked"),
    [
        ("ENTRY", "AGO", (), True),
        (None, None, (LUANDA,), True),
        ("TRANSIT", None, (Stay("COD"),), True),
        ("ENTRY", "MWI", (Stay("MWI", None, DAY - timedelta(days=9), DAY),), False),
        ("ENTRY", "ZAF", (Stay("AGO", None, DAY - timedelta(days=40), DAY - timedelta(days=7)),), False),
        ("ENTRY", "ZAF", (Stay("AGO", None, DAY - timedelta(days=40), DAY - timedelta(days=6)),), True),
        ("EXIT", "AGO", (LUANDA,), False),
        ("ENTRY", None, (), False),
    ],
)
def test_it_is_asked_of_who_comes_from_the_list_in_the_days_that_count(direction, origin, stays, asked):
    assert certificate_asked(direction, origin, stays, DAY) is asked


def test_before_the_list_was_in_force_nobody_is_asked():
    assert not certificate_asked("ENTRY", "AGO", (), DAY.replace(year=2019))


def test_who_comes_from_elsewhere_is_not_asked_and_the_key_does_nothing(screener, room):
    room.lists()
    person = screener()
    arrives(person, origin_country="MWI")

    assert not person.desk.pad.certificate.isVisible()
    person.presses(Qt.Key.Key_Y)
    assert person.well() <= 6
    assert newest(room).view.facts.certificate is None


@pytest.mark.parametrize(
    ("times", "state", "result"),
    [(1, "VALID", "PASS"), (2, "INVALID", "SECONDARY"), (3, "ABSENT", "SECONDARY"), (4, None, "PASS")],
)
def test_one_key_says_it_and_a_certificate_that_is_not_valid_goes_to_secondary(screener, room, times, state, result):
    room.lists()
    person = screener()
    arrives(person, LUANDA)
    assert person.desk.pad.certificate.isVisible()

    person.types("n").types("365").presses(Qt.Key.Key_Y, times=times)
    person.presses(Qt.Key.Key_F12 if result == "SECONDARY" else ENTER)

    kept = newest(room)
    assert (kept.view.facts.certificate, kept.view.facts.result) == (state, result)
    assert person.model.traveller.certificate is None  # nothing is answered beforehand for the next one


def test_saving_asks_for_it_once_and_an_answer_of_another_voyage_is_not_kept(screener, room):
    room.lists()
    person = screener()
    arrives(person, LUANDA)
    person.types("n").types("365").presses(ENTER)
    assert "BMIS-527" in person.desk.pad.trouble.text()
    assert room.of_day() == ()

    person.presses(Qt.Key.Key_Y, times=3)
    arrives(person, origin_country="MWI")
    person.presses(ENTER)

    assert newest(room).view.facts.certificate is None
