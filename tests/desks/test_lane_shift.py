"""A shift at the lane, by keyboard, on a real encrypted home."""

import pytest
from PySide6.QtCore import Qt

from bmis.crossings.decision import Decision
from lane_robot import Officer, zone
from ui.desktop.lane.drafting import Phase

FOREIGNER = zone()
OTHER = zone("ZZ1000001", "NDLOVU<SPECIMEN", "PETER", sex="M")
NATIONAL = zone("15AB00001", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M")


@pytest.fixture
def officer(qtbot, training_home):
    at_work = Officer(qtbot, training_home)
    yield at_work
    at_work.ends()


def answers_for_a_foreigner(officer):
    """Coming from, purpose, days, accommodation; the way of travelling is that of the post."""
    assert officer.focus() == "lane.coming_from"
    officer.enters("zaf")
    assert officer.focus() == "lane.purpose"
    officer.picks("tourism")
    assert officer.focus() == "lane.intended_days"
    officer.enters("10")
    assert officer.focus() == "lane.accommodation"
    return officer.enters("Hotel Specimen, Maputo")


def test_a_foreigner_with_everything_in_order_is_admitted_and_kept(officer):
    officer.shows(FOREIGNER)
    answers_for_a_foreigner(officer).accepts_all().decides()

    assert officer.model.phase is Phase.SAVED, officer.codes()
    stored = officer.stored()
    assert stored.decision is Decision.ADMITTED
    assert stored.document.number == "XK4400112"
    assert stored.request.journey.accommodation == "Hotel Specimen, Maputo"
    assert [one.check for one in stored.findings]
