"""A desk in a process of its own, which the power leaves half a second after the last key."""

import os
import signal
import sys
import time
from pathlib import Path

from office_robot import Office
from PySide6.QtCore import Qt
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


def backfill(home: Path, form: str) -> None:
    """Half a paper form."""
    clerk = Office(Bot(), home, "officer")
    clerk.at("backfill")
    clerk.fills(form, "14032026", "0930", "Entrada", "Passaporte", "UTO", "U1234567", "01052031")
    clerk.types("Maca")


def secondary(home: Path, _form: str) -> None:
    """Some answers of the one case that waits, and the day until which he may stay."""
    person = Office(Bot(), home, "supervisor")
    for name, text in {"accommodation": "Hotel Specimen", "stay_until": "01042026", "typed_authority": "Dir"}.items():
        person.desk.outcome.fields[name].field.setFocus()
        person.types(text)


def passes(home: Path, _form: str) -> None:
    """Half an application for a border pass, with its photograph."""
    from pass_robot import PERSON, PassOffice, portrait

    clerk = PassOffice(Bot(), home)
    page = clerk.page("issue")
    for name, text in PERSON.items():
        page.person.fields[name].field.setFocus()
        clerk.types(text)
    page.ask_attestation()
    clerk.fills("Régulo Espécime", "Chefe da povoação", "", "")
    page.model.set_photo(portrait())


def truck(home: Path, seal: str) -> None:
    """A pass with its load, in a vehicle, and the beginning of a number."""
    from truck_robot import Crew, adds

    crew = Crew(Bot(), home)
    crew.enters("abc 123 mc").scans(seal)
    adds(crew, "maize", "50", "40,00")
    crew.types("12")


def observation(home: Path, _keys: str) -> None:
    """An interval of counting, a group and a survey, all half done."""
    from observation_robot import Enumerator

    person = Enumerator(Bot(), home)
    person.page(2).puts("groups", direction="ent", total="12")
    person.page(3).types("a").puts("survey", age="25")
    person.page(1).presses(Qt.Key.Key_Return).types("1167").presses(Qt.Key.Key_Backspace).types("92")


app = QApplication([])
desks = {"backfill": backfill, "secondary": secondary, "passes": passes, "truck": truck, "observation": observation}
desks[sys.argv[2]](Path(sys.argv[1]), sys.argv[3])
lives_for(1.0)
os.kill(os.getpid(), signal.SIGKILL)
