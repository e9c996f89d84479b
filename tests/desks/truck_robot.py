"""The crew of a truck: the whole desktop on a real SQLCipher home, one screen, by keys and by touch."""

from pathlib import Path

from lane_robot import Officer, WordCamera
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from bmis.capture.machine import MachineState, ReadMachine
from bmis.passes.records.uses import SqlPassUses
from ui.compose import border_desk
from ui.desktop.truck.view import TruckDesk
from ui.desktop.truck.view_model import TruckModel
from ui.desktop.workers.frames import FrameWorker
from ui.office.truck import GpsChoice, JoinedTruck

ENTER, ESC, F6, F8 = Qt.Key.Key_Return, Qt.Key.Key_Escape, Qt.Key.Key_F6, Qt.Key.Key_F8
F9, F12 = Qt.Key.Key_F9, Qt.Key.Key_F12


class Machine(ReadMachine):
    """A machine whose battery and disk the test fills; frozen parts are set from outside."""

    told = MachineState(80, True, 50_000_000_000, 100_000_000_000)

    def __call__(self) -> MachineState:
        return type(self).told


class Crew(Officer):
    """A shift in the truck. ``truck`` is its desk; ``rooms`` wraps its parts."""

    def __init__(self, qtbot, home: Path, *, gps: GpsChoice | None = None, rooms=None, source=None, **how) -> None:
        self._gps, self._wrap, self._table = gps or GpsChoice(), rooms, source
        super().__init__(qtbot, home, source=source, **{"direction": "EXIT"} | how)

    def _build(self, context) -> TruckDesk:
        desk = border_desk(context.session)
        make = (lambda: self._table()) if self._table else (lambda: None)
        self.joined = JoinedTruck(context.session, desk, make, self._gps, Machine(context.session.home.path))
        self.parts = self.joined.lane
        parts = self._wrap(self.joined) if self._wrap else self.joined
        frames = FrameWorker() if self._table else WordCamera()
        model = TruckModel(parts, context.runner, self.clock, self._direction, frames=frames)
        model.noticed.connect(self.notices.append)
        self.lane = self.truck = TruckDesk(model, context, self._now_ms)
        return self.lane

    @property
    def word(self) -> str:
        """The one word on the screen."""
        return self.truck.word.text()

    @property
    def lines(self) -> tuple[str, ...]:
        """The three lines."""
        return tuple(line.text() for line in self.truck.lines)

    def touches(self, button) -> "Crew":
        """Press a button with a finger."""
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()
        return self

    def frame_notice_off(self) -> None:
        """Close the notice over the desk."""
        self.desktop.frame.notice.clear()

    def waits(self) -> "Crew":
        """Let the three seconds after a saved PASSA go by."""
        self.truck.model._free.timeout.emit()
        self.settle()
        return self


def uses(crew, serial):
    with crew.joined.lane.desk.session.store.read() as unit:
        return SqlPassUses(unit).of_serial("MZ-MW", serial)


def adds(crew, product, quantity, value, currency="USD"):
    """F8, the line, Enter."""
    crew.presses(F8)
    dialog = crew.truck.carried.asking.dialog
    fields = dialog.fields
    for name, code in (("product", product), ("currency", currency)):
        fields[name].setCurrentIndex(fields[name].findData(code))
    fields["quantity"].setText(quantity)
    fields["value"].setText(value)
    fields["currency"].setFocus()  # the last one: Enter adds the line
    crew.presses(ENTER)
    return dialog
