"""The second reader at a live desk, tried whole: a folder for a camera, our reader, PassportEye in its own process."""

import json
import os
import time
from pathlib import Path

import pytest
from clipping import clipped, settle
from lane_robot import START, Ticking
from PIL import Image, ImageFilter
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bmis.capture.images import load_image
from bmis.capture.own_reader import OwnReader
from bmis.capture.passporteye_reader import PassportEyeReader
from bmis.capture.tesseract import tesseract_path
from bmis.kernel.clock import fixed_clock
from bmis.kernel.resources import resource
from ui.desktop.desks import DESKS
from ui.desktop.lane.view import LaneDesk
from ui.desktop.main import early_facts
from ui.desktop.rooms import HomeRooms
from ui.desktop.shell.desktop import Desktop, Doors
from ui.desktop.workers.runner import ThreadRunner
from ui.words.errors import describe

PICTURES = 180  # one a second: they outlast the slowest machine's second reader
PAGE = resource("training", "specimens", "td3-passport.png")
PRINTED = ("P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<", "AB12345671UTO8804123F3209158110100456789B<52")
SLOW_S = 120  # PassportEye takes seven seconds to begin and three a picture; a busy machine more


@pytest.fixture(scope="module")
def zone_place():
    """Where the zone lies on the specimen page."""
    picture = load_image(Path(PAGE), Ticking())
    reader = OwnReader()
    (reading,) = reader.read(picture)
    reader.close()
    assert reading.lines == PRINTED
    return reading.box


def smeared(cells, place, blur=5.0, fade=0.7):
    """Return the page with these cells of its zone rubbed, as by a thumb: no check digit covers them."""
    page = Image.open(PAGE).convert("RGB")
    wide, tall = place.width / 44, place.height
    for row, at in cells:
        x, y = place.upper_left[0] + (at + 0.5) * wide, place.upper_left[1] + tall * (row * 0.5 + 0.25)
        box = tuple(int(value) for value in (x - 0.6 * wide, y - 0.28 * tall, x + 0.6 * wide, y + 0.28 * tall))
        part = page.crop(box).filter(ImageFilter.GaussianBlur(blur))
        page.paste(Image.blend(part, Image.new("RGB", part.size, (225, 225, 220)), fade), box[:2])
    return page


def printed_wrong(place):
    """Return the page with its 3 printed over the check digit of the number, which is 1."""

    def cell(at):
        wide, tall = place.width / 44, place.height
        x, y = place.upper_left[0] + at * wide, place.upper_left[1] + 0.5 * tall
        return tuple(round(value) for value in (x, y - 2, x + wide, y + 0.5 * tall + 2))

    page = Image.open(PAGE).convert("RGB")
    over = cell(9)
    page.paste(page.crop(cell(4)).resize((over[2] - over[0], over[3] - over[1])), over[:2])
    return page


class LiveDesk:
    """The program as it runs for an officer: its own threads, its own lane, a folder of pictures for a camera."""

    def __init__(self, qtbot, home: Path, folder: Path, language: str) -> None:
        settings = home / "desktop.json"
        said = json.loads(settings.read_text("utf-8")) if settings.exists() else {}
        settings.write_text(json.dumps(said | {"camera": f"folder:{folder}", "direction": "ENTRY"}), "utf-8")
        self.bot, self.notices, self.runner = qtbot, [], ThreadRunner()
        self.desktop = Desktop(
            QApplication.instance(),
            home,
            early_facts(home),
            Doors(lambda path: HomeRooms(path, START), lambda path: None),
            self.runner,
            clock=fixed_clock(START),
            describe=describe,
            desks=[one for one in DESKS if one.code in ("lane", "account")],
            language=language,
        )
        self.desktop.start()
        self.window = self.desktop.window
        qtbot.waitUntil(lambda: self.desktop._parts is not None, timeout=SLOW_S * 1000)
        for text in ("officer", "treino"):
            QTest.keyClicks(QApplication.focusWidget(), text)
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: isinstance(getattr(self.desktop.frame, "desk", None), LaneDesk), timeout=SLOW_S * 1000)
        self.lane = self.desktop.frame.desk
        self.model = self.lane.model
        self.model.noticed.connect(self.notices.append)

    def settle(self) -> None:
        for _time in range(5):
            QApplication.processEvents()

    def ends(self) -> None:
        self.desktop.stop()
        self.runner.stop()
        self.window.close()
        self.window.deleteLater()
        self.desktop.deleteLater()
        self.settle()


@pytest.fixture
def at_work(qtbot, training_home, tmp_path):
    shifts = []

    def begin(page, language="pt"):
        folder = tmp_path / "camera"
        folder.mkdir()
        for number in range(PICTURES):
            page.save(folder / f"{number:03}.png")
        shifts.append(LiveDesk(qtbot, training_home, folder, language))
        return shifts[-1]

    yield begin
    for shift in shifts:
        shift.ends()


class Ticks:
    """Counts how long the screen's own thread ever kept a timer waiting."""

    def __init__(self) -> None:
        self._last, self.longest_s, self.count = time.monotonic(), 0.0, 0
        self._timer = QTimer()
        self._timer.timeout.connect(self._tick)
        self._timer.start(10)

    def _tick(self) -> None:
        now = time.monotonic()
        self.longest_s = max(self.longest_s, now - self._last)
        self._last, self.count = now, self.count + 1

    def stop(self) -> float:
        self._timer.stop()
        return self.longest_s


def chip(officer):
    return officer.lane.doubt.opinion.text(), officer.lane.doubt.opinion.status


def workers():
    """Return the processes of PassportEye that this one has started."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                command = (entry / "cmdline").read_bytes()
                parent = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
            except (OSError, ValueError, IndexError):
                continue  # it ended meanwhile
            if b"passporteye_worker" in command and parent == os.getpid():
                found.append(int(entry.name))
    return found


def opinion_of(officer):
    return officer.model.doubting.opinion(officer.model.draft.zone) if officer.model.draft else None


needs_tesseract = pytest.mark.skipif(tesseract_path() is None, reason="Tesseract is not installed here")
needs_proc = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are looked for in /proc")


@needs_tesseract
@needs_proc
def test_a_smeared_letter_is_seen_by_both_readers_and_the_screen_never_waits(at_work, zone_place, qtbot, request):
    officer = at_work(smeared([(0, 8)], zone_place))
    qtbot.waitUntil(lambda: officer.model.doubting.is_asking, timeout=SLOW_S * 1000)
    assert officer.model.document is not None  # the officer works on while it looks
    assert chip(officer) == ("O segundo leitor está a ver…", "grey")
    ticks = Ticks()
    qtbot.waitUntil(lambda: not officer.model.doubting.is_asking, timeout=SLOW_S * 1000)
    during = ticks.stop()
    ticks_after = Ticks()
    qtbot.wait(3000)  # the camera goes on, nobody is asked
    after = ticks_after.stop()
    request.config.get_terminal_writer().line(
        f"\nlongest gap of a 10 ms timer: {during * 1000:.0f} ms while the second reader looked ({ticks.count} ticks), "
        f"{after * 1000:.0f} ms without it ({ticks_after.count} ticks)"
    )
    officer.settle()

    assert ticks.count > 100
    assert officer.model.draft.zone.unsure == ((0, 8),)
    said = opinion_of(officer)
    assert said.reader == PassportEyeReader.name
    assert said.differs_at == ((0, 8),)  # it leaves the letter out, and the rest of its line moves up
    assert chip(officer) == ("O segundo leitor lê outra coisa", "amber")
    assert officer.lane.doubt.differs.text() == "Difere em: linha 1 carácter 9."
    assert officer.model.doubtful == ((0, 8),)
    assert "segundo leitor: " in officer.lane.doubt.words.text()
    (process,) = workers()
    officer.model.close()
    qtbot.waitUntil(lambda: not Path(f"/proc/{process}").exists(), timeout=SLOW_S * 1000)


@needs_tesseract
def test_a_check_digit_that_is_printed_wrong_is_read_the_same_by_both(at_work, zone_place, qtbot):
    officer = at_work(printed_wrong(zone_place))
    qtbot.waitUntil(lambda: opinion_of(officer) is not None, timeout=SLOW_S * 1000)
    officer.settle()

    assert officer.model.draft.zone.lines == (PRINTED[0], PRINTED[1][:9] + "3" + PRINTED[1][10:])
    assert opinion_of(officer).lines == officer.model.draft.zone.lines
    assert chip(officer) == ("O segundo leitor lê o mesmo", "green")
    settle(officer.window)
    assert clipped(officer.window) == []


def test_without_tesseract_the_desk_says_so_in_words_and_works_on(at_work, zone_place, qtbot, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(tmp_path / "nothing"))
    officer = at_work(smeared([(0, 8)], zone_place))
    qtbot.waitUntil(lambda: opinion_of(officer) is not None, timeout=SLOW_S * 1000)
    officer.settle()

    assert chip(officer) == ("Sem segundo leitor: o Tesseract não está instalado", "grey")
    assert officer.notices == []
    assert officer.model.document is not None
    assert officer.model.doubtful == ((0, 8),)
    assert workers() == []


@needs_tesseract
@needs_proc
def test_the_desk_that_closes_in_the_middle_of_a_look_leaves_no_process_behind(at_work, zone_place, qtbot):
    officer = at_work(smeared([(0, 8)], zone_place))
    qtbot.waitUntil(lambda: officer.model.doubting.is_asking and bool(workers()), timeout=SLOW_S * 1000)
    officer.model.close()
    qtbot.waitUntil(lambda: workers() == [], timeout=SLOW_S * 1000)
    assert not officer.model.doubting.is_asking
