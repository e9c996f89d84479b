"""A traveller from frames of a replay to the slip, by keyboard only, with the real recogniser and a real store."""

import shutil
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bmis.crossings.decision import Decision
from bmis.kernel.resources import resource
from ui.desktop.lane.drafting import Phase
from ui.desktop.main import early_facts, room_doors
from ui.desktop.settings import DesktopSettings, save_settings
from ui.desktop.shell.desktop import Desktop
from ui.desktop.workers.runner import ThreadRunner
from ui.words.errors import describe

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("tesseract") is None, reason="the first recogniser needs tesseract"),
]
READ_WITHIN_MS = 90_000  # the recogniser takes seconds of CPU to start and more for each frame


class Traveller:
    """The whole program on real threads; nothing is called but keys."""

    def __init__(self, qtbot, home: Path, clock) -> None:
        self.bot = qtbot
        self.runner = ThreadRunner()
        self.ms = 0.0
        self.desktop = Desktop(
            QApplication.instance(),
            home,
            early_facts(home),
            room_doors(clock()),
            self.runner,
            clock=clock,
            describe=describe,
            desks=_lane_only(),
            language="pt",
            now_ms=self._now_ms,
        )
        self.desktop.start()
        self.bot.waitUntil(lambda: self.desktop._parts is not None, timeout=20_000)

    def _now_ms(self) -> float:
        self.ms += 200.0
        return self.ms

    def key(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        if QApplication.activeModalWidget() is None and not self.desktop.window.isActiveWindow():
            self.desktop.window.activateWindow()  # no window manager gives it back here
            QTest.qWait(30)
        QTest.keyClick(QApplication.focusWidget() or self.desktop.window, key, modifier)
        return self._rests()

    def types(self, text):
        for char in text:
            QTest.keyClick(QApplication.focusWidget() or self.desktop.window, char)
            self._rests()
        return self

    def _rests(self):
        """A person's pause: longer than any reader's, and until the filter of readers has given the key on."""
        QTest.qWait(60)
        if self.desktop.frame is not None and hasattr(self.lane, "wedge"):
            self.bot.waitUntil(lambda: not self.lane.wedge.is_holding, timeout=20_000)
        return self

    def enters(self, text):
        return self.types(text).key(Qt.Key.Key_Return)

    @property
    def lane(self):
        return self.desktop.frame.desk

    @property
    def model(self):
        return self.lane.model

    def waits(self, until, timeout=READ_WITHIN_MS):
        self.bot.waitUntil(until, timeout=timeout)
        return self

    def ends(self):
        self.desktop.stop()
        assert self.runner.stop()
        window = self.desktop.window
        window.close()
        window.deleteLater()
        self.desktop.deleteLater()
        QApplication.processEvents()


def _lane_only():
    from ui.desktop.desks import DESKS

    return tuple(entry for entry in DESKS if entry.code == "lane")


def _replay(tmp_path: Path, *names: str) -> str:
    folder = tmp_path / "replay"
    folder.mkdir()
    for at, name in enumerate(names):
        shutil.copy(resource("training", "replay", name), folder / f"{at:03d}-{name}")
    return f"folder:{folder}"


@pytest.fixture
def program(qtbot, training_home, clock, tmp_path):
    held = "003-passport-held.jpg"
    camera = _replay(tmp_path, *(["001-empty.jpg"] + [held] * 120))
    save_settings(training_home, DesktopSettings(camera=camera))
    traveller = Traveller(qtbot, training_home, clock)
    yield traveller
    traveller.ends()


def test_from_replayed_frames_to_the_slip_by_keyboard(program, tmp_path):
    program.enters("officer").enters("treino")
    program.waits(lambda: program.desktop.frame is not None, 30_000)
    program.waits(lambda: program.model.opening is not None, 20_000)
    program.key(Qt.Key.Key_Space)  # the direction: entry
    program.waits(lambda: program.model.document is not None)
    program.waits(lambda: program.model.checking.examined is not None, 20_000)

    assert program.model.document.number == "AB1234567"
    program.waits(lambda: len(program.model.draft.pictures) == 2, 20_000)  # its page and its photograph
    program.key(Qt.Key.Key_F4)
    program.enters("zaf")
    for _line in range(40):
        if QApplication.focusWidget().currentData() == "tourism":
            break
        program.key(Qt.Key.Key_Down)
    program.key(Qt.Key.Key_Return).enters("10").enters("Hotel Exemplo")
    while program.lane.checks.findings.first_unaccepted() is not None:
        program.key(Qt.Key.Key_Space)
    program.key(Qt.Key.Key_F12)
    program.waits(lambda: program.model.phase is Phase.SAVED, 20_000)
    crossing = program.model.last_saved.crossing
    assert crossing.decision is Decision.ADMITTED
    assert crossing.images
    program.key(Qt.Key.Key_F5)
    program.waits(
        lambda: bool(program.lane.saved.printed.text()) or QApplication.activeModalWidget() is not None, 20_000
    )
    if (dialog := QApplication.activeModalWidget()) is not None:  # no printer here: the officer names a file
        dialog.fields["path"].setFocus()
        dialog.fields["path"].selectAll()
        program.enters(str(tmp_path / "talao.pdf"))
        program.waits(lambda: (tmp_path / "talao.pdf").exists(), 20_000)
    program.key(Qt.Key.Key_Return)
    program.waits(lambda: program.model.phase is Phase.IDLE, 10_000)
    assert sys.modules["sqlcipher3"]
    assert b"MACHAVA" not in b"".join(
        path.read_bytes() for path in program.desktop._folder.rglob("*") if path.is_file()
    )
