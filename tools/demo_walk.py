"""Walks the main job in the real window, by keyboard, on the training frames, where there is no display.

``python -m tools.demo_walk --out DIR`` makes a training home, signs in, reads a passport with the real recogniser from
the replay frames, decides, prints the slip, types an identity card that has no machine readable zone, and refuses a
third traveller. It leaves a picture of each step, the papers as PDF, and the crossings as the store holds them.
"""

import argparse
import json
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QWidget

from bmis.capture.errors import FramesEndedError
from bmis.capture.frame import Frame
from bmis.capture.images import load_image
from bmis.capture.own_reader import OwnReader
from bmis.crossings.payload import crossing_payload
from bmis.kernel.clock import system_clock
from bmis.kernel.resources import resource
from bmis.store.canonical import canonical
from ui.compose import border_desk, create_home
from ui.desktop.desks import DESKS, _session
from ui.desktop.lane.drafting import Phase
from ui.desktop.lane.view import LaneDesk
from ui.desktop.lane.view_model import LaneModel
from ui.desktop.main import application, early_facts, room_doors
from ui.desktop.shell.desk import Desk, DeskContext, DeskEntry
from ui.desktop.shell.desktop import Desktop
from ui.desktop.widgets.refusal import RefusalDialog
from ui.desktop.workers.checks import ThreadChecks
from ui.desktop.workers.runner import ThreadRunner
from ui.office.lane import DeskCapture, JoinedLane
from ui.words.errors import describe

_Dialog = TypeVar("_Dialog", bound=QWidget)
LONGEST_WAIT_S = 60.0
BETWEEN_KEYS_MS = 60  # slower than a swipe reader, which the desk would tell apart
WINDOW = (1366, 768)


class WalkStoppedError(Exception):
    """A step did not come: the walk says which, and what the window said."""


class Glass:
    """The document camera: shows the training frame that the walk laid on the glass, ten times a second."""

    name, kind = "training glass", "folder"

    def __init__(self) -> None:
        self._frame: Frame | None = None
        self._sequence = 0
        self.lay("001-empty.jpg")

    def lay(self, frame: str) -> None:
        """Put a frame of the replay in view."""
        self._frame = load_image(resource("training", "replay", frame), system_clock)

    def open(self) -> None:
        """Nothing to make ready."""

    def read(self) -> Frame:
        """Return what is in view."""
        time.sleep(0.1)
        if self._frame is None:
            raise FramesEndedError
        return self._frame

    def close(self) -> None:
        """Nothing to give back."""


@dataclass
class Walk:
    """One walk: its window, its keys, and what it leaves in ``out``."""

    out: Path
    glass: Glass = field(default_factory=Glass)
    left: list[Path] = field(default_factory=list)
    lane: LaneDesk | None = None
    parts: JoinedLane | None = None

    def __post_init__(self) -> None:
        self._home = self.out / "home"
        create_home(self._home, post_code="MZ.L.RSG", lane="1", training=True)
        self._app = application()
        self._runner = ThreadRunner()
        self._reader = OwnReader()
        lane = next(entry for entry in DESKS if entry.code == "lane")
        self.desktop = Desktop(
            self._app,
            self._home,
            early_facts(self._home),
            room_doors(),
            self._runner,
            clock=system_clock,
            describe=describe,
            desks=(DeskEntry("lane", lane.fits, self._build),),
            language="pt",
        )
        self.desktop.window.resize(*WINDOW)
        self.desktop.start()

    def _build(self, context: DeskContext) -> Desk:
        capture = DeskCapture(self._reader, lambda: self.glass, lambda path: load_image(path, system_clock))
        self.parts = JoinedLane(border_desk(_session(context)), capture, self._print)
        model = LaneModel(self.parts, context.runner, ThreadChecks(), context.clock, context.home.direction)
        self.lane = LaneDesk(model, context)
        return self.lane

    def _print(self, pdf: bytes, title: str) -> str:
        path = self.out / f"{len(self.left) + 1:02d}-{title.rpartition('/')[2].replace(' ', '-')}.pdf"
        path.write_bytes(pdf)
        self.left.append(path)
        return path.name

    # --- what a person does

    def keys(self, *keys: Qt.Key, text: str = "") -> None:
        """Press keys, or type text, where the focus is."""
        for key in keys:
            QTest.keyClick(self._target(), key)
            QTest.qWait(BETWEEN_KEYS_MS)
        for char in text:
            QTest.keyClicks(self._target(), char)
            QTest.qWait(BETWEEN_KEYS_MS)

    def enters(self, text: str, at: str) -> None:
        """Type into the named field and press Enter."""
        self.until(lambda: self.focus() == at, f"focus on {at}")
        self.keys(text=text)
        self.keys(Qt.Key.Key_Return)

    def picks(self, code: str, at: str) -> None:
        """Go down the named list to a code, and press Enter."""
        self.until(lambda: self.focus() == at, f"focus on {at}")
        chosen = QApplication.focusWidget()
        if not isinstance(chosen, QComboBox):
            raise WalkStoppedError(f"{at} is no list")
        while chosen.currentData() != code:
            before = chosen.currentIndex()
            if before == chosen.count() - 1:
                raise WalkStoppedError(f"{at} has no {code}")
            self.keys(Qt.Key.Key_Down)
            self.until(lambda: chosen.currentIndex() != before, f"the next line of {at}")  # noqa: B023 - waited for here
        self.keys(Qt.Key.Key_Return)

    def accepts_all(self) -> None:
        """Accept each finding that is not green, with Space, as the desk leads the focus there."""
        desk = self.desk
        self.until(lambda: not desk.model.checking.is_running, "checks landed")
        for _each in range(10):
            if desk.checks.findings.first_unaccepted() is None:
                return
            desk.checks.focus_unaccepted()
            self.keys(Qt.Key.Key_Space)
        raise WalkStoppedError("findings left unaccepted")

    def tabs_to(self, wanted: QWidget) -> None:
        """Go on by Tab until a widget has the focus."""
        for _each in range(80):
            before = QApplication.focusWidget()
            if before is wanted:
                return
            self.keys(Qt.Key.Key_Tab)
            self.until(lambda: QApplication.focusWidget() is not before, "Tab to go on")  # noqa: B023 - waited for here
        raise WalkStoppedError(f"Tab does not reach {wanted.objectName() or wanted.metaObject().className()}")

    def dialog(self, kind: type[_Dialog]) -> _Dialog:
        """Return the dialog in front, once it is there."""
        self.until(lambda: isinstance(QApplication.activeModalWidget(), kind), kind.__name__)
        found = QApplication.activeModalWidget()
        if not isinstance(found, kind):
            raise WalkStoppedError(kind.__name__)
        return found

    # --- what is seen

    @property
    def desk(self) -> LaneDesk:
        """Return the lane desk, once it is there."""
        if self.lane is None:
            raise WalkStoppedError("no lane desk yet")
        return self.lane

    def focus(self) -> str:
        """Return the name of the field that has the focus."""
        widget = QApplication.focusWidget()
        return widget.objectName() if widget else ""

    def until(self, come: Callable[[], bool], what: str) -> None:
        """Wait for something to come, the event loop running."""
        until = time.monotonic() + LONGEST_WAIT_S
        while not come():
            if time.monotonic() > until:
                raise WalkStoppedError(f"waited for: {what}; focus is on {self.focus()!r}")
            QTest.qWait(40)

    def picture(self, name: str) -> None:
        """Leave a picture of what is in front."""
        QTest.qWait(250)
        shown = QApplication.activeModalWidget()
        path = self.out / f"{len(self.left) + 1:02d}-{name}.png"
        self.desktop.window.grab().save(str(path))
        self.left.append(path)
        if shown is not None:
            dialog = path.with_name(f"{path.stem}-janela.png")
            shown.grab().save(str(dialog))
            self.left.append(dialog)

    def stored(self) -> dict[str, object]:
        """Return the last crossing as the store holds it, and leave it as JSON."""
        if self.parts is None:
            raise WalkStoppedError("no session")
        newest = self.parts.shift().crossings[0]
        crossing = self.parts.show(newest.id).crossing
        held: dict[str, object] = json.loads(canonical(crossing_payload(crossing)))
        path = self.out / f"{len(self.left) + 1:02d}-passagem-{crossing.seq}.json"
        path.write_text(json.dumps(held, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        self.left.append(path)
        return held

    def end(self) -> None:
        """Close the window as a person would."""
        self.desktop.stop()
        self._runner.stop()
        self._reader.close()
        window = self.desktop.window
        window.close()
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def _target(self) -> QWidget:
        return QApplication.focusWidget() or QApplication.activeModalWidget() or self.desktop.window


def walk(out: Path) -> list[Path]:
    """Return what the walk left in ``out``.

    Raises:
        WalkStoppedError: a step did not come.
    """
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    going = Walk(out)
    try:
        _sign_in(going)
        _passport(going)
        _identity_card(going)
        _refusal(going)
    except WalkStoppedError:
        going.picture("parou-aqui")
        raise
    finally:
        going.end()
    return going.left


def _sign_in(going: Walk) -> None:
    going.until(lambda: going.focus() != "", "the sign-in window")
    going.picture("iniciar-sessao")
    going.keys(text="officer")
    going.keys(Qt.Key.Key_Return)
    going.keys(text="treino")
    going.keys(Qt.Key.Key_Return)
    going.until(lambda: going.lane is not None and going.desk.isVisible(), "the lane")
    going.until(lambda: going.focus() == "lane.direction", "the question of direction")
    going.picture("sentido-da-via")
    going.keys(Qt.Key.Key_Space)
    going.picture("via")


def _passport(going: Walk) -> None:
    """A foreigner with a passport is read, checked, admitted; the slip is printed; the document leaves."""
    desk = going.desk
    going.glass.lay("003-passport-held.jpg")
    going.until(lambda: desk.model.document is not None, "the passport to be read")
    going.picture("passaporte-lido")
    _answers(going)
    going.accepts_all()
    going.picture("verificado")
    going.keys(Qt.Key.Key_F12)
    going.until(lambda: desk.model.phase is Phase.SAVED, "the crossing to be kept")
    going.picture("guardado")
    held = going.stored()
    going.keys(Qt.Key.Key_F5)
    going.until(lambda: any(path.suffix == ".pdf" for path in going.left), "the slip")
    if "AB1234567" not in json.dumps(held):
        raise WalkStoppedError("the store does not hold the number that was read")
    going.keys(Qt.Key.Key_Return)
    going.glass.lay("011-empty.jpg")
    going.until(lambda: not desk.model.reading.holding, "the passport to leave the glass")


def _answers(going: Walk) -> None:
    """What is asked of a foreigner on entry."""
    going.enters("zaf", "lane.coming_from")
    going.picks("tourism", "lane.purpose")
    going.enters("10", "lane.intended_days")
    going.enters("Casa Exemplo, Maputo", "lane.accommodation")


def _identity_card(going: Walk) -> None:
    """An identity card without a machine readable zone is typed."""
    desk = going.desk
    going.glass.lay("018-identity-card-held.jpg")
    QTest.qWait(1500)
    if desk.model.document is not None:
        raise WalkStoppedError("something was read where nothing is printed")
    desk.idle.kind.setFocus()
    going.picks("identity_card_moz", desk.idle.kind.objectName())
    for text, at in (
        ("sem leitor", "lane.document.manual_reason"),
        ("110200334455M", "lane.document.number"),
        ("uto", "lane.document.issuing_state"),
        ("MONDLANE SPECIMEN", "lane.document.surname"),
        ("HELENA", "lane.document.given_names"),
        ("uto", "lane.document.nationality"),
        ("15031991", "lane.document.birth_date"),
    ):
        going.enters(text, at)
    going.picks("F", "lane.document.sex")
    going.enters("15032029", "lane.document.expiry_date")
    _answers(going)
    going.accepts_all()
    going.picture("bilhete-de-identidade")
    going.keys(Qt.Key.Key_F12)
    going.until(lambda: desk.model.phase is Phase.SAVED, "the card's crossing to be kept")
    going.picture("bilhete-guardado")
    going.stored()
    going.keys(Qt.Key.Key_Return)
    going.glass.lay("021-empty.jpg")
    QTest.qWait(1500)


def _refusal(going: Walk) -> None:
    """A traveller is refused: reasons, the question on protection with no default, the notice."""
    desk = going.desk
    going.glass.lay("013-card-held.jpg")
    going.until(lambda: desk.model.document is not None, "the card to be read")
    going.until(lambda: not desk.model.checking.is_running, "checks landed")
    going.accepts_all()
    going.keys(Qt.Key.Key_F9)
    dialog = going.dialog(RefusalDialog)
    going.until(lambda: going.focus() == "refusal.codes", "the field of reasons")
    going.keys(text="e1")
    going.until(lambda: dialog.codes.text() == "e1", "the reason to stand there")
    going.keys(Qt.Key.Key_Return)
    going.until(lambda: going.focus() == "refusal.protection", "the question on protection")
    going.picture("recusa")
    going.keys(Qt.Key.Key_Tab, Qt.Key.Key_Space)  # from Yes, where nothing is chosen, to No
    going.until(lambda: dialog.claim is False, "the answer")
    going.picture("recusa-respondida")
    going.tabs_to(dialog.ok)
    going.keys(Qt.Key.Key_Space)
    going.until(lambda: desk.model.phase is Phase.SAVED, "the refusal to be kept")
    going.until(lambda: any("notice" in path.name for path in going.left), "the notice")
    going.picture("recusa-guardada")
    going.stored()


def main() -> int:
    """Walk, and say where everything is."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--out", type=Path, default=Path("build/demo"))
    out = asked.parse_args().out
    began = datetime.now(UTC)
    try:
        left = walk(out)
    except WalkStoppedError as error:
        print(f"O percurso parou: {error}", file=sys.stderr)
        return 1
    print(f"Percurso concluído em {(datetime.now(UTC) - began).seconds} s. Ficou em {out}:")
    for path in left:
        print(f"  {path}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
