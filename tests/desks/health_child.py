"""A screening desk in a process of its own, which the power leaves a second after the last key."""

import os
import signal
import sys
import time
from pathlib import Path

from health_robot import Screener
from office_robot import ENTER
from PySide6.QtWidgets import QApplication

WAIT_S = 20.0


class Bot:
    """What the robot asks of pytest-qt."""

    def waitUntil(self, condition, timeout=0):
        until = time.monotonic() + WAIT_S
        while not condition():
            QApplication.processEvents()
            if time.monotonic() > until:
                raise TimeoutError

    def wait(self, ms):
        lives_for(ms / 1000)


def lives_for(seconds: float) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QApplication.processEvents()


def traveller(home: Path) -> None:
    """Somebody with a cough and a fever, whose name was begun."""
    person = Screener(Bot(), home)
    person.turns("COUGH")
    person.types("fn386").presses(ENTER).types("UTOPIANO")


def crowd_and_cholera(home: Path) -> None:
    """Five people of a crowd, and a patient of whom the number is written."""
    person = Screener(Bot(), home)
    person.goes_to(2).types("4449 ")
    person.goes_to(3).types("3").presses(ENTER).types("B-01")


app = QApplication([])
{"traveller": traveller, "crowd_and_cholera": crowd_and_cholera}[sys.argv[2]](Path(sys.argv[1]))
lives_for(1.0)
os.kill(os.getpid(), signal.SIGKILL)
