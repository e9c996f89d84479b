"""What runs behind the screen: in order, one at a time, answers on the screen's thread, nothing left running."""

import threading
import time
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QThread, Signal

from bmis.capture.errors import CameraLostError
from bmis.capture.frame import Frame
from ui.desktop.settings import DesktopSettings, SettingsNotSavedError, load_settings, save_settings
from ui.desktop.workers.frames import FrameWorker
from ui.desktop.workers.runner import InlineRunner, ThreadRunner, crosses

AT = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def no_thread_is_left():
    before = set(threading.enumerate())
    yield
    until = time.monotonic() + 5
    while set(threading.enumerate()) - before and time.monotonic() < until:
        time.sleep(0.01)
    left = [thread for thread in set(threading.enumerate()) - before if "Dummy" not in thread.name]
    assert left == []


@pytest.fixture
def runner(qapp):
    made = ThreadRunner()
    yield made
    assert made.stop()
    made.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_jobs_run_in_order_elsewhere_and_answer_here(qtbot, runner):
    here, ran, said = threading.get_ident(), [], []
    for number in range(50):
        runner.run(
            lambda number=number: (ran.append(threading.get_ident()), number)[1],
            lambda number: said.append((number, threading.get_ident())),
            lambda error: said.append((error, 0)),
        )
    qtbot.waitUntil(lambda: len(said) == 50)
    assert said == [(number, here) for number in range(50)]
    assert set(ran) != {here}
    assert len(set(ran)) == 1


def test_an_error_comes_back_as_an_error(qtbot, runner):
    said = []

    def fall():
        raise CameraLostError

    runner.run(fall, said.append, said.append)
    qtbot.waitUntil(lambda: bool(said))
    assert isinstance(said[0], CameraLostError)


@dataclass
class Loose:
    name: str


@dataclass(frozen=True)
class Firm:
    name: str


@pytest.mark.parametrize("made", [[1], {"a": 1}, {1}, Loose("a"), (Firm("a"), [1])])
def test_what_can_change_under_somebody_does_not_cross(made):
    said = []
    InlineRunner().run(lambda: made, said.append, said.append)
    assert isinstance(said[0], TypeError)
    assert not crosses(made)


@pytest.mark.parametrize("made", [None, 1, "a", (1, Firm("a")), Firm("a")])
def test_what_is_frozen_crosses(made):
    said = []
    InlineRunner().run(lambda: made, said.append, pytest.fail)
    assert said == [made]


def test_jobs_given_before_the_end_are_done_and_later_ones_are_refused(qapp):
    runner, done = ThreadRunner(), []
    for number in range(20):
        runner.run(lambda number=number: done.append(number), lambda _none: None, pytest.fail)
    assert runner.stop()
    assert done == list(range(20))
    with pytest.raises(RuntimeError):
        runner.run(lambda: None, lambda _none: None, pytest.fail)
    runner.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_hundred_thousand_signals_leave_the_program_alive(qapp):
    """PySide6 6.12.0 on Python 3.11 lost a reference to True at each emit and aborted after a few hundred."""

    class Bell(QObject):
        rung = Signal(bool)

    bell, heard = Bell(), [0]

    def hear(value):
        heard[0] += value

    bell.rung.connect(hear)
    for _ in range(100_000):
        bell.rung.emit(True)
    assert heard == [100_000]


class Film:
    """Frames as fast as they are asked for, told apart by their sequence."""

    name, kind = "film", "film"

    def __init__(self, breaks_at=None):
        self.opened = self.closed = 0
        self.given, self.breaks_at = 0, breaks_at
        self._pixels = np.full((48, 64, 3), (10, 20, 200), dtype=np.uint8)

    def open(self):
        self.opened += 1

    def read(self):
        if self.breaks_at is not None and self.given >= self.breaks_at:
            raise CameraLostError
        time.sleep(0.002)
        self.given += 1
        return Frame.of_pixels(self._pixels, AT, "film", self.given)

    def close(self):
        self.closed += 1


class SlowReader:
    """Takes its time, and remembers which frames it was given and how many at once."""

    name = "slow"

    def __init__(self):
        self.seen, self.at_once, self.most = [], 0, 0

    def read(self, frame):
        self.at_once += 1
        self.most = max(self.most, self.at_once)
        self.seen.append(frame.sequence)
        time.sleep(0.1)
        self.at_once -= 1
        return ()

    def close(self):
        pass


@pytest.fixture
def worker(qapp):
    made = FrameWorker()
    yield made
    assert made.stop()


def test_the_newest_frame_is_read_one_at_a_time_and_the_picture_goes_on(qtbot, worker):
    film, reader, shown, read = Film(), SlowReader(), [], []
    worker.shown.connect(shown.append)
    worker.read.connect(read.append)
    began = time.monotonic()
    worker.start(lambda: film, reader)
    qtbot.waitUntil(lambda: len(read) >= 4)
    took = time.monotonic() - began
    assert worker.stop()
    assert reader.most == 1
    assert reader.seen == sorted(set(reader.seen))
    assert film.given > 3 * len(reader.seen)
    assert 1 <= len(shown) <= took * 15 + 2
    assert shown[0].pixelColor(1, 1).red() == 200
    assert (film.opened, film.closed) == (1, 1)


def test_nothing_is_read_while_reading_is_off_and_a_rescan_reads_the_newest(qtbot, worker):
    film, reader, shown = Film(), SlowReader(), []
    worker.shown.connect(shown.append)
    worker.start(lambda: film, reader)
    worker.read_frames(False)
    qtbot.waitUntil(lambda: len(shown) >= 3)
    before = len(reader.seen)
    qtbot.wait(150)
    assert len(reader.seen) - before <= 1
    worker.read_again()
    qtbot.waitUntil(lambda: len(reader.seen) > before)
    assert worker.newest() is not None


def test_a_camera_that_stops_is_told_once_and_let_go(qtbot, worker):
    film, failed, running = Film(breaks_at=5), [], []
    worker.failed.connect(failed.append)
    worker.running.connect(running.append)
    worker.start(lambda: film, None)
    qtbot.waitUntil(lambda: running == [True, False])
    assert [type(error) for error in failed] == [CameraLostError]
    assert film.closed == 1


def test_a_source_that_cannot_be_made_is_told(qtbot, worker):
    failed = []
    worker.failed.connect(failed.append)

    def make():
        raise CameraLostError

    worker.start(make, None)
    qtbot.waitUntil(lambda: bool(failed) and not worker.is_running)


def test_an_answer_of_a_source_that_was_stopped_is_not_todays_document(qtbot, worker):
    reader, read = SlowReader(), []
    worker.read.connect(read.append)
    worker.start(lambda: Film(), reader)
    qtbot.waitUntil(lambda: reader.at_once == 1)
    worker.stop()
    heard = len(read)
    qtbot.wait(200)
    assert len(read) == heard


def test_signals_of_the_worker_come_on_the_screens_thread(qtbot, worker):
    threads = []
    worker.shown.connect(lambda _image: threads.append(QThread.currentThread()))
    worker.start(lambda: Film(), None)
    qtbot.waitUntil(lambda: bool(threads))
    assert threads[0] is QCoreApplication.instance().thread()


def test_settings_come_back_as_they_were_kept(tmp_path):
    kept = DesktopSettings("dark", "en", {"decide": "Shift+F11"}, camera="0", direction="EXIT", idle_minutes=5)
    save_settings(tmp_path, kept)
    assert load_settings(tmp_path) == (kept, None)
    assert (tmp_path / "desktop.json").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("text", "bad"),
    [
        ("", "*"),
        ("[]", "*"),
        ("[" * 100_000, "*"),
        ('{"theme": "pink", "language": "en"}', "theme"),
        ('{"idle_minutes": 0, "language": "en"}', "idle_minutes"),
        ('{"idle_minutes": true, "language": "en"}', "idle_minutes"),
        ('{"keys": {"decide": "F9"}, "language": "en"}', "keys"),
        ('{"keys": [1], "camera": 7, "language": "en"}', "keys, camera"),
    ],
)
def test_a_bad_part_gives_its_default_and_is_named(tmp_path, text, bad):
    (tmp_path / "desktop.json").write_text(text)
    settings, problem = load_settings(tmp_path)
    assert problem.facts == {"fields": bad}
    assert settings == (DesktopSettings() if bad == "*" else DesktopSettings(language="en"))


def test_settings_that_are_no_text_give_defaults(tmp_path):
    (tmp_path / "desktop.json").write_bytes(b"\xff\xfe\x00")
    settings, problem = load_settings(tmp_path)
    assert (settings, problem.code) == (DesktopSettings(), "BMIS-220")


def test_settings_that_cannot_be_written_are_a_coded_error(tmp_path):
    with pytest.raises(SettingsNotSavedError):
        save_settings(tmp_path / "nowhere", DesktopSettings())
