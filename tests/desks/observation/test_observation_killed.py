"""kill -9 in the middle of counting, of a sheet and of a survey: every press and every field is back."""

import sys
from datetime import timedelta

import pytest
from observation_robot import F12, NOW
from test_desks_killed import power_goes

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix"),
]


def test_every_press_is_back_after_a_power_cut_and_the_time_without_power_is_not_counted(training_home, desk):
    power_goes(training_home, "observation")
    person = desk(1, at=NOW + timedelta(minutes=25))

    tally = person.counter.tally
    assert tally.marks == "1167-92"
    assert (tally.start, tally.end) == (600, 600), "nobody knows who passed after the last press"
    assert person.desk.sheet.sheet.typed == {"direction": "entry", "total": "12"}
    assert dict(person.desk.survey.interview.answers) == {"age": "25-39"}

    person.presses(F12)
    assert "BMIS-800" in person.reads()
