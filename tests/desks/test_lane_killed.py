"""kill -9 in the middle of a decision: after the restart the first screen says whether the traveller is kept."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from lane_robot import Officer
from shiboken6 import isValid

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix"),
]
CHILD = Path(__file__).resolve().with_name("lane_child.py")


@pytest.fixture
def after_the_cut(qtbot, training_home):
    """Lets a lane at work be killed, then signs in again."""
    shifts = []

    def restart(when):
        done = subprocess.run(
            [sys.executable, str(CHILD), str(training_home), when],
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(CHILD.parents[2])},
            capture_output=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == -signal.SIGKILL, done.stdout.decode() + done.stderr.decode()
        shifts.append(Officer(qtbot, training_home))
        return shifts[-1]

    yield restart
    for shift in shifts:
        if isValid(shift.window):
            shift.ends()


@pytest.mark.parametrize("when", ["after_commit", "printing"])
def test_killed_between_the_decision_and_the_slip_the_traveller_is_said_to_be_kept(after_the_cut, when):
    officer = after_the_cut(when)

    assert "GUARDADO às 10:00" in officer.lane.banner.text()
    assert "NÃO" not in officer.lane.banner.text()
    assert len(officer.kept()) == 1
    assert officer.model.draft is None


def test_killed_before_the_commit_the_draft_is_back_and_is_decided_once(after_the_cut):
    officer = after_the_cut("before_commit")

    assert "NÃO GUARDADO" in officer.lane.banner.text()
    assert officer.kept() == ()
    assert officer.model.document.number == "15AB00001"
    assert officer.model.draft.answers["journey.coming_from"] == "ZAF"
    officer.accepts_all().decides()
    assert len(officer.kept()) == 1
    assert officer.stored().seq == 1
