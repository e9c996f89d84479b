"""What happens at the pass desk in a day, by keyboard: each returns who is at work, and what came of it."""

import numpy as np
from office_robot import ESCAPE
from pass_robot import NOW
from PySide6.QtCore import Qt

from bmis.capture.frame import Frame
from bmis.capture.seal_codes import read_seal_codes
from bmis.documents.seals.reading import read_seal
from bmis.trust.verify_seal import verify_read
from tests.printed_passes import pages
from ui import compose


def applied(desk, **changed):
    """Return the clerk, and the number of the application."""
    clerk = desk()
    clerk.applies(id_number="110100234567B", **changed)
    clerk.page("queue")
    return clerk, clerk.desk.section("queue").list.key()


def approved(desk, **changed):
    _clerk, number = applied(desk, **changed)
    boss = desk("supervisor")
    boss.in_queue()
    boss.types("a").fills("")
    assert "Aprovado" in boss.reads()
    return number


def made(desk, **changed):
    approved(desk, **changed)
    clerk = desk()
    queue = clerk.in_queue()
    clerk.presses(Qt.Key.Key_F12)
    assert queue.case.made is not None, clerk.reads()
    return clerk, queue


def handed_over(desk, **changed):
    clerk, queue = made(desk, **changed)
    serial = queue.case.made.border_pass.number
    clerk.presses(Qt.Key.Key_F12)
    clerk.fills("Sim", "Chi", "Sim", "Impr", "")
    assert "Entregue" in clerk.reads()
    return clerk, serial


def given(person):
    """Return the paper that the desk offers, and leave the offer."""
    content = person.desk.offered[-1]
    if person.dialog is not None:
        person.presses(ESCAPE)
    return content


def seal_on(card):
    picture = pages(card)[1]
    pixels = np.ascontiguousarray(np.asarray(picture)[..., ::-1])
    [code] = read_seal_codes(Frame.of_pixels(pixels, NOW, "test"))
    return code.payload.decode("ascii")


def answer(home, seal):
    with compose.open_home(home, NOW).sign_in("pass-officer", "treino") as session:
        desk = compose.trust_desk(session)
        found = verify_read(read_seal(seal), desk.stored(), desk.checked_at())
    return found.answer
