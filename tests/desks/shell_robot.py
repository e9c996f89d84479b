"""A person at the keyboard of the shell, and rooms that answer from memory."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout

from bmis.kernel.actor import Actor, Role
from bmis.staff.errors import LockedOutError, ReleaseRefusedError
from bmis.store.errors import WrongPasswordError
from ui.desktop.parts import (
    CameraChoice,
    DeskState,
    FirstRunResult,
    HomeFacts,
    ListAge,
    PortChoice,
    PostChoice,
    RecoveryWords,
)
from ui.desktop.shell.desk import Desk, DeskEntry, PaletteAction
from ui.desktop.shell.desktop import Desktop, Doors
from ui.desktop.shortcuts import Key
from ui.desktop.widgets.bars import DecisionBar, DecisionButton
from ui.desktop.widgets.fields import CountryField, DateField, State
from ui.desktop.widgets.findings import FindingList, ShownFinding
from ui.desktop.widgets.mrz import MrzField
from ui.desktop.widgets.pictures import LiveView, PhotoPair
from ui.desktop.widgets.plain import LabelledField
from ui.desktop.widgets.status import Banner
from ui.desktop.workers.runner import InlineRunner
from ui.words.errors import describe

NOW = datetime(2026, 11, 22, 8, 15, tzinfo=UTC)
POSTS = (
    PostChoice("MZ.L.RSG", "Ressano Garcia", "land", "Maputo Província", True),
    PostChoice("MZ.T.COB", "Cóbuè", "lake", "Niassa", False),
    PostChoice("MZ.A.MPM", "Aeroporto Internacional de Maputo", "air", "Maputo Cidade", True),
)


@dataclass(frozen=True)
class FakeSession:
    actor: Actor


@dataclass
class _Memory:
    tries: int = 0
    last_officer: bool = True
    calls: list[str] = field(default_factory=list)
    state: DeskState = field(default_factory=DeskState)


class FakeRooms:
    """The home of officer ``ana`` (password ``a palavra certa``); the fourth wrong try waits 30 seconds."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.memory = folder, _Memory()
        self.memory.state = DeskState(4, (ListAge("watchlist", NOW - timedelta(hours=3), 24),))

    def facts(self):
        return HomeFacts(self.folder, "MZ.L.RSG", "Ressano Garcia", "3", training=True, direction="ENTRY")

    def sign_in(self, name, password):
        self._prove(name, password)
        self.memory.calls.append("sign_in")
        return FakeSession(Actor("ana", Role.OFFICER))

    def cameras(self):
        return (CameraChoice("2", "USB document camera"),)

    def swipe_ports(self):
        return (PortChoice("usb:0403:6001:A1", "Swipe reader (/dev/ttyUSB0)"),)

    def release_lockout(self, name, reason):
        if not self.memory.last_officer:
            raise ReleaseRefusedError
        self.memory.tries = 0
        self.memory.calls.append(f"release {name}: {reason}")

    def unlock(self, session, password):
        self._prove(session.actor.name, password)

    def sign_out(self, session):
        self.memory.calls.append("sign_out")

    def state(self, session):
        return self.memory.state

    def close(self):
        self.memory.calls.append("close")

    def _prove(self, name, password):
        if (name, password) != ("ana", "a palavra certa"):
            self.memory.tries += 1
            if self.memory.tries > 3:
                raise LockedOutError(seconds=30)
            raise WrongPasswordError


class FakeFirstRun:
    def __init__(self, folder: Path) -> None:
        self.folder, self.request = folder, None

    def posts(self):
        return POSTS

    def cameras(self):
        return (CameraChoice("0", "USB document camera"),)

    def create(self, request):
        self.request = request
        self.folder.mkdir(parents=True, exist_ok=True)
        recovery = () if request.training else (RecoveryWords("border", "ABCD-EFGH-JKLM", "NPQR-STUV-WXYZ"),)
        return FirstRunResult(
            HomeFacts(self.folder, request.post_code, "Ressano Garcia", request.lane, request.training), recovery
        )


class SampleDesk(Desk):
    """A desk with every shared widget on it. Its own words are data, the same in every language."""

    def __init__(self) -> None:
        super().__init__()
        self.pressed: list[Key] = []
        self.draft = False
        self.events: list[str] = []
        self.banner, self.findings, self.bar = Banner(), FindingList(), DecisionBar()
        self.birth, self.mrz, self.pair, self.live = DateField(partial=True), MrzField(), PhotoPair(), LiveView()
        self.country = CountryField(lambda: (State("MOZ", "Moçambique"), State("ZAF", "África do Sul")))
        self.fields = (LabelledField(self.birth), LabelledField(self.country))
        for widget, name in ((self.birth, "sample.birth"), (self.country, "sample.country")):
            widget.setObjectName(name)
        column = QVBoxLayout(self)
        for widget in (self.banner, *self.fields, self.mrz, self.findings, self.bar):
            column.addWidget(widget)
        self.retranslate()

    def title(self):
        return "L898902C"

    def key_actions(self):
        keys = (Key.RESCAN, Key.SECONDARY, Key.REFUSE, Key.DECIDE, Key.UNDO, Key.BACK)
        return {key: lambda key=key: self.pressed.append(key) for key in keys}

    def palette_actions(self):
        return (PaletteAction("Acção de amostra", lambda: self.events.append("sample")),)

    def first_field(self):
        return self.birth

    def retranslate(self):
        for field_, words in zip(self.fields, ("1990", "1991"), strict=True):
            field_.say(words)
        self.banner.show_verdict("amber", "L898902C3")
        self.findings.show_findings(
            [
                ShownFinding("check_digits", "1", "green", "9303", landed=True),
                ShownFinding("document_dates", "2", "amber", "9303", landed=True),
                ShownFinding("watchlist", "3"),
            ]
        )
        self.bar.show_decisions([DecisionButton("ADMITTED", "12", "F12", "primary"), DecisionButton("R", "9", "F9")])

    def opened(self):
        self.events.append("opened")

    def locking(self):
        self.events.append("locking")

    def unlocked(self):
        self.events.append("unlocked")

    def has_draft(self):
        return self.draft

    def closing(self):
        self.events.append("closing")


class Shift:
    """The whole desktop on fake rooms, driven by keys only."""

    def __init__(self, qtbot, folder: Path, *, new: bool = False, language: str = "pt", desks=None) -> None:
        self.bot, self.ticks, self.pace_ms = qtbot, 0.0, 200.0
        self.rooms, self.first_run_rooms = FakeRooms(folder), FakeFirstRun(folder)
        self.sample = SampleDesk()
        self.contexts = []
        entries = (DeskEntry("sample", lambda actor: True, self._build),) if desks is None else desks
        home = None if new else HomeFacts(folder, "MZ.L.RSG", "", "3", training=True)
        self.desktop = Desktop(
            QApplication.instance(),
            folder,
            home,
            Doors(lambda path: self.rooms, lambda path: self.first_run_rooms),
            InlineRunner(),
            clock=lambda: NOW,
            describe=describe,
            desks=entries,
            language=language,
            now_ms=self._now_ms,
        )
        self.desktop.start()
        self.window = self.desktop.window
        self.window.activateWindow()
        qtbot.waitUntil(lambda: self._begun() and QApplication.focusWidget() is not None)

    def _build(self, context):
        self.contexts.append(context)
        return self.sample

    def _begun(self) -> bool:
        return self.desktop.first_run is not None or self.desktop._parts is not None

    def _now_ms(self) -> float:
        self.ticks += self.pace_ms
        return self.ticks

    def focus(self):
        return QApplication.focusWidget()

    def types(self, text: str):
        QTest.keyClicks(self.focus(), text)
        return self

    def presses(self, key, modifier=Qt.KeyboardModifier.NoModifier):
        QTest.keyClick(self.focus() or self.window, key, modifier)
        return self

    def signs_in(self, name="ana", password="a palavra certa"):
        return self.types(name).presses(Qt.Key.Key_Return).types(password).presses(Qt.Key.Key_Return)

    @property
    def frame(self):
        return self.desktop.frame

    def ends(self) -> None:
        self.desktop.stop()
        self.window.close()
        self.window.deleteLater()
        self.desktop.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
