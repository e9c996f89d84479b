"""A person at the desks behind the lane: the whole desktop on a real SQLCipher home, driven by keys only."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox

from bmis.crossings.crossing import CrossingRequest, Evidence, Journey, PhotoAnswer, Verdict
from bmis.crossings.decision import Decision, Direction
from bmis.documents.dates import PartialDate
from bmis.documents.travel_document import from_fields
from bmis.kernel.clock import fixed_clock
from ui import compose
from ui.desktop.desks import DESKS
from ui.desktop.main import early_facts
from ui.desktop.rooms import HomeRooms
from ui.desktop.shell.desktop import Desktop, Doors
from ui.desktop.workers.runner import InlineRunner
from ui.words.errors import describe

NOW = datetime(2026, 3, 14, 8, 0, tzinfo=UTC)
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
ONE_WORD_MS, BETWEEN_WORDS_MS = 600_000, 60
ENTER, ESCAPE = Qt.Key.Key_Return, Qt.Key.Key_Escape


@dataclass
class Tray:
    """A printer that keeps what it is given."""

    papers: list[tuple[str, bytes]] = field(default_factory=list)

    def __call__(self, pdf: bytes, title: str) -> str:
        self.papers.append((title, pdf))
        return "tray"


class Office:
    """Signs a role in and reads and types at its desks."""

    def __init__(self, qtbot, home: Path, role: str, *, at=NOW, language="pt", password="treino") -> None:
        self.bot, self.ms, self.home = qtbot, 0.0, home
        self.clock = at if callable(at) else fixed_clock(at)
        self.desktop = Desktop(
            QApplication.instance(),
            home,
            early_facts(home),
            Doors(self._open, lambda path: None),
            InlineRunner(),
            clock=self.clock,
            describe=describe,
            desks=[entry for entry in DESKS if entry.code != "lane"],
            language=language,
            now_ms=self._now_ms,
        )
        self.desktop.start()
        self.window = self.desktop.window
        self.window.activateWindow()
        qtbot.waitUntil(lambda: self.desktop._parts is not None and QApplication.focusWidget() is not None)
        self.types(role).presses(ENTER).types(password).presses(ENTER)

    def _open(self, path: Path) -> HomeRooms:
        rooms = HomeRooms(path, None)
        object.__setattr__(rooms.parts, "now", self.clock)
        return rooms

    def _now_ms(self) -> float:
        self.ms += 200.0
        return self.ms

    # --- the keyboard

    @property
    def dialog(self):
        """The form in front, None when there is none."""
        return QApplication.activeModalWidget()

    def focus(self):
        """The widget that hears the keys."""
        if self.dialog is not None:
            return self.dialog.focusWidget() or self.dialog
        if QApplication.focusWidget() is None:  # the offscreen screen has no window manager to wake the window
            self.window.activateWindow()
            self.bot.waitUntil(lambda: QApplication.focusWidget() is not None)
        return QApplication.focusWidget()

    def types(self, text: str) -> "Office":
        combo = isinstance(self.focus(), QComboBox)
        if combo:  # it takes letters that come close together for one word; how fast this machine is says nothing
            self.bot.wait(2)
            QApplication.setKeyboardInputInterval(0)
        for place, char in enumerate(text):
            if combo and place == 1:
                QApplication.setKeyboardInputInterval(ONE_WORD_MS)
            if char.isascii():
                QTest.keyClick(self.focus(), char)
            else:  # QTest knows no key for these; a keyboard sends their text
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(self.focus(), QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, char))
        QCoreApplication.processEvents()
        if combo:
            QApplication.setKeyboardInputInterval(BETWEEN_WORDS_MS)
        return self

    def presses(self, key, modifier=Qt.KeyboardModifier.NoModifier, times=1) -> "Office":
        for _time in range(times):
            QTest.keyClick(self.focus(), key, modifier)
        QCoreApplication.processEvents()
        return self

    def fills(self, *texts: str) -> "Office":
        """Type each text and go on by Enter; "" leaves a field as it is."""
        for text in texts:
            if text:
                self.presses(Qt.Key.Key_A, CONTROL) if hasattr(self.focus(), "selectAll") else None
                self.types(text)
            self.presses(ENTER)
        return self

    def goes_to(self, section: int) -> "Office":
        return self.presses(getattr(Qt.Key, f"Key_{section}"), ALT)

    def takes(self, words: str) -> "Office":
        """Choose an action of the palette by its words."""
        self.presses(Qt.Key.Key_K, CONTROL)
        return self.types(words).presses(ENTER)

    # --- the screen

    @property
    def frame(self):
        return self.desktop.frame

    @property
    def desk(self):
        return self.frame.desk

    def at(self, code: str):
        """Bring a desk to the front by the palette and return it."""
        for _round in range(len(self.frame._desks)):
            if self.frame._code == code:
                return self.desk
            self.takes(f"Ir para: {self.frame._desks[code].title()}")
        raise AssertionError(code)

    def section(self, code: str):
        return self.desk.section(code)

    def reads(self) -> str:
        """What the bar over the desk says."""
        return self.frame.notice.text()

    def ends(self) -> None:
        if self.dialog is not None:
            self.dialog.close()
        self.desktop.stop()
        self.window.close()
        self.window.deleteLater()
        self.desktop.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class Colleague:
    """Works through the use cases, as another desk would."""

    def __init__(self, home: Path, role: str, at: datetime = NOW) -> None:
        self.session = compose.open_home(home, at).sign_in(role, "treino")
        self.desk = compose.border_desk(self.session)
        self.by = self.session.actor

    def __enter__(self) -> "Colleague":
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    def records(
        self,
        number: str = "U1234567",
        surname: str = "SITOE",
        given: str = "ALBERTO",
        decision: Decision = Decision.ADMITTED,
        *,
        born: str = "1990-05-12",
        until: str = "2031-05-01",
        state: str = "UTO",
        direction: Direction = Direction.ENTRY,
        note: str | None = None,
        owed: bool = False,
        asked: bool = True,
        face: PhotoAnswer = PhotoAnswer.NOT_COMPARED,
    ):
        """Return the crossing that was kept."""
        document = from_fields(
            "passport",
            issuing_state=state,
            number=number,
            surname=surname,
            given_names=given,
            nationality=state,
            birth_date=PartialDate.parse(born),
            sex="M",
            expiry_date=PartialDate.parse(until),
            manual_reason="leitor avariado",
        )
        journey = Journey("road", coming_from="ZAF", purpose="tourism", intended_days=10, accommodation="Hotel Utopia")
        request = CrossingRequest(
            uuid4(),
            direction,
            document,
            journey if asked else Journey(),
            note=note,
            evidence=Evidence(photo_answer=face),
        )
        approval = self.desk.second.deferred("crossing.let_through", request.request_id, self.by) if owed else None
        verdict = Verdict(decision, acknowledged=frozenset({"*"}))
        return self.desk.record(request, verdict, self.by, approval=approval)


def an_hour_ago(minutes: int = 60) -> datetime:
    return NOW - timedelta(minutes=minutes)
