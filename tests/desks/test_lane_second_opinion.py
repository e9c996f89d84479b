"""A second reader beside the first: asked in the background where something is in doubt, never the one that decides."""

import threading

import pytest
from clipping import clipped, settle
from lane_robot import Officer, zone
from PySide6.QtCore import Qt

from bmis.capture.errors import RecogniserAbsentError, RecogniserCrashedError
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.passporteye_reader import PassportEyeReader
from bmis.documents.travel_document import CaptureMethod
from ui import compose_devices
from ui.desktop.workers.aside import AsideRunner

LINES = zone()
WRONG_DIGIT = (LINES[0], LINES[1][:9] + str((int(LINES[1][9]) + 1) % 10) + LINES[1][10:])


def read(lines, *doubts):
    values = [[0.97] * len(line) for line in lines]
    for row, at in doubts:
        values[row][at] = 0.6
    return MrzReading(tuple(lines), tuple(map(tuple, values)), tuple(sorted(doubts)), None, "words", 1, 1)


def with_char(lines, row, at, char):
    return tuple(line[:at] + char + line[at + 1 :] if row == here else line for here, line in enumerate(lines))


class Second:
    """A second reader that sees what it is told to; it remembers the threads in which it was asked."""

    name = "second"

    def __init__(self, *lines, fails=None):
        self.sees, self.fails = lines, fails
        self.asked, self.ended = [], threading.Event()

    def read(self, frame):
        self.asked.append(threading.current_thread())
        if self.fails is not None:
            raise self.fails
        return [read(lines) for lines in self.sees]

    def close(self):
        self.ended.set()


@pytest.fixture
def at_work(qtbot, training_home):
    shifts = []

    def begin(second=None, **how):
        shifts.append(Officer(qtbot, training_home, second_reader=second, **how))
        return shifts[-1]

    yield begin
    for shift in shifts:
        shift.ends()


def holds(officer, reading, frames=15):
    officer.camera.view = (reading,)
    for _frame in range(frames):
        officer.camera.look()
    officer.settle()
    return officer


def chip(officer):
    return officer.lane.doubt.opinion.text(), officer.lane.doubt.opinion.status


def test_a_sure_zone_whose_digits_hold_asks_nobody(at_work):
    second = Second(LINES)
    officer = holds(at_work(second), read(LINES), frames=1)
    assert second.asked == []
    assert not officer.lane.doubt.isVisible()


def test_a_second_reader_that_agrees_is_said_and_the_doubt_stays_the_officer_s(at_work):
    officer = holds(at_work(Second(LINES)), read(LINES, (0, 6)))
    assert chip(officer) == ("O segundo leitor lê o mesmo", "green")
    assert officer.model.doubtful == ((0, 6),)


def test_a_check_digit_that_fails_asks_the_second_reader_too(at_work):
    second = Second(WRONG_DIGIT)
    officer = holds(at_work(second), read(WRONG_DIGIT), frames=2)
    assert len(second.asked) == 1
    assert chip(officer)[1] == "green"
    assert officer.model.draft.zone.lines == WRONG_DIGIT


def test_where_the_second_reader_differs_the_officer_is_led_there_and_nothing_is_taken(at_work):
    officer = holds(at_work(Second(LINES)), read(WRONG_DIGIT), frames=2)
    assert chip(officer) == ("O segundo leitor lê outra coisa", "amber")
    assert "linha 2 carácter 10" in officer.lane.doubt.differs.text()
    assert officer.model.draft.zone.lines == WRONG_DIGIT
    officer.lane._focus_next()
    assert officer.focus() == "lane.mrz.doubt"
    assert f"segundo leitor: {LINES[1][9]}" in officer.lane.doubt.words.text()
    officer.types(LINES[1][9])
    assert officer.model.draft.zone.lines == LINES
    assert officer.model.document.capture_method is CaptureMethod.TYPED_MRZ
    assert chip(officer)[1] == "green"


def test_the_officer_may_keep_what_the_second_reader_contradicts(at_work):
    officer = holds(at_work(Second(with_char(LINES, 0, 30, "K"))), read(LINES, (0, 6)))
    officer.presses(Qt.Key.Key_Return).presses(Qt.Key.Key_Return)
    assert officer.model.doubtful == ()
    assert officer.model.draft.zone.lines == LINES
    assert officer.model.document.capture_method is CaptureMethod.CAMERA


def test_a_second_reader_that_saw_another_zone_does_not_lead_through_every_character(at_work):
    other = zone(surname="NHACA<SPECIMEN", given="PEDRO", number="ZZ9999999", born="600101", until="290101")
    officer = holds(at_work(Second(other)), read(LINES, (0, 6)))
    assert chip(officer)[1] == "amber"
    assert officer.model.doubtful == ((0, 6),)
    assert "mais" in officer.lane.doubt.differs.text()


@pytest.mark.parametrize(
    ("second", "words"),
    [
        (Second(), "O segundo leitor não achou zona"),
        (
            Second(fails=RecogniserAbsentError(missing="tesseract")),
            "Sem segundo leitor: o Tesseract não está instalado",
        ),
        (Second(fails=RecogniserCrashedError()), "O segundo leitor não respondeu"),
        (Second(fails=MemoryError()), "O segundo leitor não respondeu"),
    ],
)
def test_a_second_reader_that_cannot_say_is_grey_and_no_failure(at_work, second, words):
    officer = holds(at_work(second), read(LINES, (0, 6)))
    assert chip(officer) == (words, "grey")
    assert officer.codes() == []
    assert officer.model.document is not None


def test_without_a_second_reader_nothing_is_said_of_one(at_work):
    officer = holds(at_work(), read(LINES, (0, 6)))
    assert officer.lane.doubt.isVisible()
    assert not officer.lane.doubt.opinion.isVisible()


def test_a_slow_second_reader_delays_nothing_and_its_late_answer_is_not_the_next_traveller_s(at_work, qtbot):
    class Slow(Second):
        def __init__(self):
            super().__init__(LINES)
            self.may_go = threading.Event()

        def read(self, frame):
            self.asked.append(threading.current_thread())
            assert self.may_go.wait(20)
            return [read(LINES)]

    second, aside = Slow(), AsideRunner()
    officer = holds(at_work(second, aside=aside), read(LINES, (0, 6)))
    assert officer.model.document is not None
    assert chip(officer) == ("O segundo leitor está a ver…", "grey")
    qtbot.waitUntil(lambda: bool(second.asked))
    assert second.asked[0] is not threading.main_thread()
    officer.model.put_aside()
    holds(officer.takes_away(), read(zone("AA1111111", "CHISSANO<SPECIMEN"), (0, 7)))
    second.may_go.set()
    qtbot.waitUntil(lambda: not officer.model.doubting.is_asking)
    assert len(second.asked) == 2
    assert chip(officer)[1] == "amber"  # its second answer, of this traveller's page
    aside.stop(20)


def test_the_desk_that_closes_takes_no_late_answer_and_ends_the_second_reader(qtbot, training_home):
    second = Second(LINES)
    officer = Officer(qtbot, training_home, second_reader=second)
    officer.ends()
    assert second.ended.wait(10)


def test_a_job_that_waits_gives_way_to_a_newer_one(qtbot):
    aside, gate, done = AsideRunner(), threading.Event(), []
    begun = threading.Event()

    def first():
        begun.set()
        gate.wait(20)
        return 1

    aside.run(first, done.append, done.append)
    assert begun.wait(10)
    aside.run(lambda: 2, done.append, done.append)
    aside.run(lambda: 3, done.append, done.append)
    gate.set()
    qtbot.waitUntil(lambda: len(done) == 2)
    assert done == [1, 3]
    assert aside.stop(20)
    aside.run(lambda: 4, done.append, done.append)
    assert done == [1, 3]


def test_passporteye_is_not_asked_to_check_itself():
    assert compose_devices.second_reader(PassportEyeReader()) is None
    assert isinstance(compose_devices.second_reader(Second()), PassportEyeReader)


@pytest.mark.parametrize("language", ["pt", "en"])
def test_no_word_of_the_second_reader_is_cut(at_work, language):
    officer = holds(at_work(Second(with_char(LINES, 0, 30, "K")), language=language), read(LINES, (0, 6), (1, 3)))
    settle(officer.window)
    assert clipped(officer.window) == []
