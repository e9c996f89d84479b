"""An officer at the lane: real rooms on a SQLCipher home, a document laid under a camera that is made of words."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from bmis.capture.frame import Frame
from bmis.capture.images import load_image
from bmis.capture.mrz_reader import MrzReading
from bmis.capture.wedge import keystrokes
from ui.desktop.desks import DESKS
from ui.desktop.lane.view import LaneDesk
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.main import early_facts
from ui.desktop.rooms import HomeRooms
from ui.desktop.shell.desk import DeskEntry
from ui.desktop.shell.desktop import Desktop, Doors
from ui.desktop.workers.checks import InlineChecks
from ui.desktop.workers.frames import FrameRead, FrameWorker
from ui.desktop.workers.runner import InlineRunner
from ui.office.lane import DeskCapture, JoinedLane
from ui.words.errors import describe

START = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)

DOCUMENTS = {
    "td3": (
        "P<UTOMACHAVA<SPECIMEN<<ANABELA<JOANA<<<<<<<<",
        "AB12345671UTO8804123F3209158110100456789B<52",
    ),
    "moz": (
        "P<MOZCOSSA<SPECIMEN<<JOAO<PEDRO<<<<<<<<<<<<<",
        "",
    ),
}


def zone(
    number: str = "XK4400112",
    surname: str = "SITOE<SPECIMEN",
    given: str = "MARIA",
    state: str = "UTO",
    born: str = "900515",
    until: str = "330515",
    sex: str = "F",
) -> tuple[str, str]:
    """Return the two lines of an invented passport whose check digits are right."""
    from bmis.documents.check_digit import check_digit

    first = f"P<{state:<3}{surname}<<{given}".replace(" ", "<").ljust(44, "<")[:44]
    number9 = number.ljust(9, "<")
    optional = "<" * 14
    parts = [number9, str(check_digit(number9)), state.ljust(3, "<"), born, str(check_digit(born)), sex]
    parts += [until, str(check_digit(until)), optional, "<"]
    second = "".join(parts)
    covered = second[0:10] + second[13:20] + second[21:43]
    return first, second + str(check_digit(covered))


class WordCamera:
    """Stands for the frame worker: the robot says what is in view, no thread runs."""

    def __new__(cls):
        from PySide6.QtCore import QObject, Signal

        class Worker(QObject):
            shown = Signal(object)
            read = Signal(object)
            failed = Signal(object)
            running = Signal(bool)

            def __init__(self) -> None:
                super().__init__()
                self.is_running = False
                self.view: tuple[tuple[str, ...], ...] = ()
                self.hints = ()
                self.tokens: tuple[str, ...] = ()
                self.again = 0

            def start(self, make_source, reader):
                self.is_running = True
                self.running.emit(True)

            def stop(self, timeout_s=0.0):
                self.is_running = False
                self.running.emit(False)
                return True

            def newest(self):
                return frame_of(self.view)

            def read_again(self):
                self.again += 1
                self.look()

            def look(self):
                if not self.is_running:
                    return
                from ui.desktop.workers.pictures import image_of

                frame = frame_of(self.view)
                self.shown.emit(image_of(frame))
                self.read.emit(FrameRead(frame, tuple(map(reading_of, self.view)), self.hints, self.tokens))

        return Worker()


def frame_of(view: tuple[tuple[str, ...], ...]) -> Frame:
    """Return a picture whose light differs with what lies in view."""
    light = 40 + sum(map(ord, "".join("".join(reading_of(one).lines) for one in view))) % 180
    return Frame.of_pixels(np.full((120, 160, 3), light, np.uint8), START, "words")


def reading_of(lines: tuple[str, ...] | MrzReading) -> MrzReading:
    if isinstance(lines, MrzReading):
        return lines
    sure = tuple(tuple(1.0 for _char in line) for line in lines)
    return MrzReading(lines, sure, (), None, "words", 1, 1)


@dataclass
class Ticking:
    """A clock that the robot moves on."""

    at: datetime = START

    def __call__(self) -> datetime:
        return self.at


@dataclass
class Tray:
    """A printer that keeps what it is given."""

    papers: list[tuple[str, bytes]] = field(default_factory=list)
    absent: bool = False

    def __call__(self, pdf: bytes, title: str) -> str:
        if self.absent:
            from ui.desktop.lane.errors import PrinterAbsentError

            raise PrinterAbsentError
        self.papers.append((title, pdf))
        return "tray"


class Officer:
    """A shift at the lane, by keyboard. Words read like the shift: shows a document, types, accepts, decides."""

    def __init__(
        self,
        qtbot,
        home: Path,
        *,
        direction="ENTRY",
        role="officer",
        language="pt",
        rooms=None,
        extra_checks=(),
        training_camera=False,
        reader=None,
        second_reader=None,
        aside=None,
        source=None,
    ) -> None:
        self.bot, self.ms = qtbot, 0.0
        self.clock, self.tray = Ticking(), Tray()
        self._source, self.camera = source, FrameWorker() if source else WordCamera()
        self.notices: list[Exception] = []
        self.lane: LaneDesk | None = None
        self.home, self._rooms, self._extra = home, rooms, extra_checks
        self._training_camera, self._reader = training_camera, reader
        self._second_reader, self._aside = second_reader, aside or InlineRunner()
        facts = early_facts(home)
        self._direction = direction
        entry = next(one for one in DESKS if one.code == "lane")
        others = [one for one in DESKS if one.code in ("account",)]
        self.desktop = Desktop(
            QApplication.instance(),
            home,
            facts,
            Doors(self._open_home, lambda path: None),
            InlineRunner(),
            clock=self.clock,
            describe=describe,
            desks=(DeskEntry("lane", entry.fits, self._build), *others),
            language=language,
            now_ms=self._now_ms,
        )
        self.desktop.start()
        self.window = self.desktop.window
        qtbot.waitUntil(lambda: self.desktop._parts is not None)
        self.types(role).presses(Qt.Key.Key_Return).types("treino").presses(Qt.Key.Key_Return)
        assert self.lane is not None

    def _open_home(self, path: Path) -> HomeRooms:
        rooms = HomeRooms(path, START)
        object.__setattr__(rooms.parts, "now", self.clock)
        return rooms

    def _build(self, context) -> LaneDesk:
        from ui.compose import border_desk

        desk = border_desk(context.session)
        if self._extra:
            from dataclasses import replace

            checks = (*desk.checks, *self._extra)
            check = replace(desk.check, checks=checks)
            desk = replace(desk, checks=checks, check=check, record=replace(desk.record, check=check))
        load = (lambda path: load_image(path, self.clock)) if self._reader else (lambda path: frame_of(()))
        capture = DeskCapture(
            self._reader,
            self._source or (lambda: None),
            load,
            is_training=self._training_camera,
            second_reader=self._second_reader,
        )
        self.capture = capture
        parts = JoinedLane(desk, capture, self.tray)
        self.parts = self._rooms(parts) if self._rooms else parts
        direction = self._direction or context.home.direction
        model = LaneModel(
            self.parts,
            context.runner,
            InlineChecks(),
            self.clock,
            direction,
            frames=self.camera,
            aside=self._aside,
        )
        model.noticed.connect(self.notices.append)
        self.lane = LaneDesk(model, context, self._now_ms)
        return self.lane

    def _now_ms(self) -> float:
        return self.ms

    # --- the document

    def shows(self, *documents) -> "Officer":
        """Lay documents under the camera; two frames are read."""
        self.camera.view = tuple(documents)
        self.camera.look()
        self.camera.look()
        self.settle()
        return self

    def scans(self, text: str, pace_ms=4, end="\r") -> "Officer":
        """Hold a code before a scanner that types."""
        return self.swipes((text,), pace_ms, end)

    def takes_away(self) -> "Officer":
        """Clear the glass; it takes three frames to be sure."""
        self.camera.view = ()
        for _time in range(3):
            self.camera.look()
        self.settle()
        return self

    def swipes(self, lines, pace_ms=4, end="\r") -> "Officer":
        """Pull a document through a reader that types."""
        self.ms += 500
        start = int(self.ms)
        for stroke in keystrokes(lines, start, pace_ms, end):
            self.ms = stroke.at_ms
            key = Qt.Key.Key_Return if stroke.text == "\r" else None
            target = QApplication.focusWidget() or self.window
            QTest.keyClick(target, key) if key else QTest.keyClick(target, stroke.text)
        self._quiet()
        return self

    # --- keys

    def presses(self, key, modifier=Qt.KeyboardModifier.NoModifier) -> "Officer":
        """Press one key as a person does."""
        self.ms += 200
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self._quiet()
        return self

    def holds_down(self, key, times=20) -> "Officer":
        """Hold a key: the keyboard repeats it."""
        from PySide6.QtCore import QEvent
        from PySide6.QtGui import QKeyEvent

        for _time in range(times):
            self.ms += 30
            target = QApplication.focusWidget() or self.window
            event = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "", True)
            QCoreApplication.sendEvent(target, event)
        self._quiet()
        return self

    def types(self, text: str) -> "Officer":
        """Type as a person does."""
        for char in text:
            self.ms += 120
            QTest.keyClick(QApplication.focusWidget() or self.window, char)
            self._quiet()
        return self

    def enters(self, text: str) -> "Officer":
        """Type, then Enter."""
        return self.types(text).presses(Qt.Key.Key_Return)

    def picks(self, code: str) -> "Officer":
        """Choose a code in the list that has the focus, by arrows, then Enter."""
        combo = QApplication.focusWidget()
        target = combo.findData(code)
        assert target >= 0, code
        for _line in range(target - combo.currentIndex()):
            self.presses(Qt.Key.Key_Down)
        assert combo.currentData() == code
        return self.presses(Qt.Key.Key_Return)

    def accepts_all(self) -> "Officer":
        """Accept check after check with Space."""
        self.lane._focus_next()
        for _time in range(10):
            if self.lane.checks.findings.first_unaccepted() is None:
                break
            self.lane.checks.focus_unaccepted()
            self.presses(Qt.Key.Key_Space)
        return self

    def decides(self) -> "Officer":
        """F12."""
        return self.presses(Qt.Key.Key_F12)

    # --- what is seen

    @property
    def model(self) -> LaneModel:
        return self.lane.model

    @property
    def dialog(self):
        return QApplication.activeModalWidget()

    def focus(self) -> str:
        """Return the object name of what has the focus."""
        widget = QApplication.focusWidget()
        return widget.objectName() if widget else ""

    def kept(self):
        """Return the crossings of this shift as stored, newest first."""
        return self.parts.shift().crossings

    def stored(self):
        """Return the last crossing as stored, whole."""
        return self.parts.show(self.kept()[0].id).crossing

    def owed(self) -> list[tuple[str, object]]:
        """Return what somebody must still sign: the action and its subject."""
        from bmis.staff.second_pair_of_eyes import pending_approvals

        with self.parts.desk.session.store.read() as unit:
            return [(one.action, one.subject_id) for one in pending_approvals(unit, self.clock())]

    def codes(self) -> list[str]:
        """Return the codes of what was said since the last look."""
        said = [getattr(error, "code", type(error).__name__) for error in self.notices]
        self.notices.clear()
        return said

    def later(self, **how) -> "Officer":
        """Let time pass."""
        self.clock.at += timedelta(**how)
        return self

    def settle(self) -> None:
        for _time in range(3):
            QApplication.processEvents()
        if QApplication.activeModalWidget() is None and not self.window.isActiveWindow():
            self.window.activateWindow()  # a dialog that closed gives the window its keys back
            QApplication.processEvents()

    def ends(self) -> None:
        """Close the program as a person does."""
        self.desktop.stop()
        self.window.close()
        self.window.deleteLater()
        self.desktop.deleteLater()
        self.settle()

    def _quiet(self) -> None:
        """No key comes for a while: what the wedge filter held goes on."""
        self.ms += 150
        if self.lane is not None:
            self.lane.wedge._on_idle()
        self.settle()
