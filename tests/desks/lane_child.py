"""A lane in a process of its own, which the power leaves at the moment that its second argument names."""

import os
import signal
import sys
import time
from dataclasses import replace
from pathlib import Path

from lane_robot import Officer, zone
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from bmis.store.unit import UnitOfWork

NATIONAL = zone("15AB00001", "COSSA<SPECIMEN", "JOAO", state="MOZ", sex="M")
WAIT_S = 20.0


class Bot:
    """What the robot asks of pytest-qt."""

    def waitUntil(self, condition, timeout=0):
        until = time.monotonic() + WAIT_S
        while not condition():
            QApplication.processEvents()
            if time.monotonic() > until:
                raise TimeoutError


def power_goes(*_given, **_more):
    os.kill(os.getpid(), signal.SIGKILL)


class Recording:
    """Stands before the use case that records."""

    def __init__(self, record, when):
        self._record, self._when = record, when
        self.check = record.check

    def __call__(self, *given, **more):
        if self._when == "before_commit":
            UnitOfWork.commit = power_goes
        kept = self._record(*given, **more)
        if self._when == "after_commit":
            power_goes()
        return kept


def main(home: Path, when: str) -> None:
    """Decide a traveller; the power goes on the way."""
    app = QApplication([])

    def rooms(parts):
        return replace(parts, desk=replace(parts.desk, record=Recording(parts.desk.record, when)))

    officer = Officer(Bot(), home, rooms=rooms)
    if when == "printing":
        officer.tray.__class__.__call__ = power_goes
    officer.shows(NATIONAL).enters("zaf").accepts_all().decides()
    officer.presses(Qt.Key.Key_F5)
    print("the power stayed", officer.codes())
    del app


main(Path(sys.argv[1]), sys.argv[2])
