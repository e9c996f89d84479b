"""A shift in the window, at sign-in and at work."""

import pytest
from clipping import settle
from shell_robot import Shift

from bmis.kernel.i18n import set_language


@pytest.fixture
def shifts(qtbot, tmp_path):
    begun = []

    def begin(**wanted):
        folder = tmp_path / "home"
        if not wanted.get("new"):
            folder.mkdir(exist_ok=True)
        begun.append(Shift(qtbot, folder, **wanted))
        settle(begun[-1].window)
        return begun[-1]

    yield begin
    for shift in begun:
        shift.ends()
    set_language("pt")


@pytest.fixture
def shift(shifts):
    return shifts()


@pytest.fixture
def at_work(shift):
    return shift.signs_in()
