"""What is half done at the truck when the power goes: who stands there, the vehicle, the load, half a number."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from truck_robot import ENTER, ESC, uses

from bmis.crossings.decision import Decision, Direction
from ui.desktop.truck.working import Phase

CHILD = Path(__file__).resolve().parents[1] / "desk_child.py"


def drafts(crew):
    desk = crew.joined.lane.desk
    return desk.drafts(desk.session.actor)


def kept(crew):
    """The half second after the last change goes by."""
    crew.truck.model.keeping.now()
    crew.settle()
    return crew


def loses_power(crew):
    """The program is gone without closing anything."""
    crew.truck.model.keeping._autosave.drop()
    crew.ends()
    crew.ends = lambda: None


def test_the_traveller_the_vehicle_and_the_half_typed_number_are_back(drive, passes):
    one, seal = passes[0]
    crew = drive()
    crew.enters("abc 123 mc")
    crew.scans(passes[2][1]).presses(ENTER).waits()
    crew.scans(seal).types("0000")
    kept(crew)
    loses_power(crew)

    again = drive(direction="")
    assert again.truck.model.direction is Direction.EXIT
    assert again.truck.plate.text() == "Viatura ABC123MC: 1 pessoa"
    assert (again.word, again.truck.field.text()) == ("PASSA", "0000")
    assert one.number in again.lines[0]
    assert not again.truck.last.isVisible()
    again.presses(ESC)  # the field first
    again.presses(ENTER).waits()
    assert again.stored().decision is Decision.EXITED
    assert [use.direction for use in uses(again, one.number)] == ["EXIT"]
    kept(again)
    assert [one.content["given"] for one in drafts(again)] == [[]]  # the vehicle stays, nobody else does


def test_who_was_kept_before_the_power_went_is_not_asked_again(drive, passes):
    crew = drive()
    crew.scans(passes[0][1]).presses(ENTER)
    loses_power(crew)
    again = drive()
    assert again.truck.model.phase is Phase.IDLE
    assert drafts(again) == ()
    assert len(again.kept()) == 1


def test_who_was_freed_is_forgotten(drive, passes):
    crew = drive()
    crew.scans(passes[0][1])
    kept(crew)
    assert len(drafts(crew)) == 1
    crew.presses(ESC)
    kept(crew)
    assert drafts(crew) == ()


def test_a_locked_screen_keeps_what_was_typed_and_shows_none_of_it(drive):
    crew = drive()
    crew.types("0000")
    crew.truck.locking()
    assert crew.truck.field.text() == ""
    crew.truck.unlocked()
    assert crew.truck.field.text() == "0000"


def test_a_draft_that_cannot_be_read_is_dropped(drive, passes):
    crew = drive()
    crew.scans(passes[0][1])
    kept(crew)
    entry = drafts(crew)[0]
    desk = crew.joined.lane.desk
    from bmis.crossings.paperwork.drafts import DraftEntry

    desk.save_draft(DraftEntry(entry.request_id, {**entry.content, "given": ["seal"]}), desk.session.actor)
    loses_power(crew)
    again = drive()
    assert (again.truck.model.phase, drafts(again)) == (Phase.IDLE, ())


@pytest.mark.slow
@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL is of Unix")
def test_kill_9_with_a_pass_and_its_load_on_the_screen(training_home, passes, drive):
    done = subprocess.run(
        [sys.executable, str(CHILD), str(training_home), "truck", passes[0][1]],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONPATH": str(CHILD.parents[2])},
        capture_output=True,
        timeout=180,
        check=False,
    )
    assert done.returncode == -signal.SIGKILL, done.stdout.decode() + done.stderr.decode()
    crew = drive()
    assert crew.word == "PASSA"
    assert crew.truck.carried.load.text().startswith("Regime simplificado")
    assert crew.truck.plate.text() == "Viatura ABC123MC: 0 pessoas"
    assert crew.truck.field.text() == "12"
    crew.presses(ESC)
    crew.presses(ENTER)
    [use] = uses(crew, passes[0][0].number)
    assert (use.regime, use.products) == ("simplified", ("maize",))
