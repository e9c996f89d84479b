"""A health supervisor, or whoever screens, at the desk of the post, driven by keys only."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

from office_robot import ALT, CONTROL, ENTER, Office
from PySide6.QtCore import Qt

from poe_health.screening.form import ScreeningForm, Stage, Temperature
from poe_health.screening.record import Measured, ScreeningRequest, Travel
from ui import compose, compose_health
from ui.desktop.widgets.plain import Button

NOW = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
DAY = NOW.date()
SPACE, TAB = Qt.Key.Key_Space, Qt.Key.Key_Tab
F2, F5, F8, F9, F12 = Qt.Key.Key_F2, Qt.Key.Key_F5, Qt.Key.Key_F8, Qt.Key.Key_F9, Qt.Key.Key_F12
TRIP = Travel("BUS", "MMM123MC", "BUS||MMM123MC|2026-11-23|LILONGWE|TETE", "MWI")


class Doctor:
    """Works through the use cases of port health, as another desk would."""

    def __init__(self, home: Path, role: str = "health-supervisor", at: datetime = NOW) -> None:
        self.session = compose.open_home(home, at).sign_in(role, "treino")
        self.by = self.session.actor
        self.desk, self.day = compose_health.health_desk(self.session), compose_health.health_day(self.session)
        self.stores = compose_health.health_stores(self.session)

    @property
    def voyages(self):
        return compose_health.voyage_desk(self.session)

    def __enter__(self) -> "Doctor":
        return self

    def __exit__(self, *_: object) -> None:
        self.session.close()

    def screens(self, count: int = 1, *, at: datetime = NOW, temperature: float = 36.8, **form):
        """Return what was kept of so many travellers."""
        kept = []
        for _one in range(count):
            said = {"sex": "F", "direction": "ENTRY", "appearance": "WELL"} | form
            asked = ScreeningRequest(
                uuid4(),
                ScreeningForm(Stage.PRIMARY, at.date(), temperature=Temperature(temperature, "IR_FOREHEAD"), **said),
                travel=TRIP,
                temperatures=(Measured(temperature, "IR_FOREHEAD", "T1", at - timedelta(minutes=20)),),
                occurred_at=at - timedelta(minutes=20),
            )
            kept.append(self.desk.record(asked, self.by).view)
        return kept


class Post(Office):
    """Signs a person in at the desk of the post."""

    def __init__(self, qtbot, home: Path, role="health-supervisor", *, at=NOW, desk="health_supervisor", **more):
        super().__init__(qtbot, home, role, at=at, **more)
        self.is_over = False
        self.frame.show_desk(desk)

    def goes(self, section: str, page: int = 1) -> "Post":
        """Go to a section by Alt and its digit, and to a page of it by Ctrl and a digit."""
        at = list(self.desk._sections).index(section)
        self.presses(getattr(Qt.Key, f"Key_{at + 1}"), ALT)
        return self.presses(getattr(Qt.Key, f"Key_{page}"), CONTROL)

    @property
    def page(self):
        return self.desk.in_front.page

    def line(self, wanted: object) -> "Post":
        """Go by Tab to the list and down to the line of this key, or whose first column says this."""
        for _step in range(60):
            if self.focus() is self.page.list.view:
                break
            self.presses(TAB)
        lines = self.page.list.lines()
        keys = [one.key for one in lines]
        at = keys.index(wanted) if wanted in keys else [one.cells[0] for one in lines].index(wanted)
        return self.presses(Qt.Key.Key_Home, CONTROL).presses(Qt.Key.Key_Down, times=at)

    def does(self, name: str) -> "Post":
        """Go by Tab to a button of the page and press it."""
        wanted = self.page.buttons[name]
        for _step in range(60):
            if self.focus() is wanted:
                return self.presses(SPACE)
            self.presses(TAB)
        raise AssertionError(name)

    def answers(self, **said: str) -> "Post":
        """Fill the form in front from its first field to its last by keys; Enter on the last gives the answers."""
        names = list(self.dialog.fields)
        self.dialog.fields[names[0]].setFocus()
        for name in names:
            text = said.pop(name, "")
            if text:
                if hasattr(self.focus(), "selectAll"):
                    self.presses(Qt.Key.Key_A, CONTROL)
                self.types(text)
            self.presses(ENTER)
        assert not said, said
        return self

    def agrees(self) -> "Post":
        """Say yes to the question in front: No has the focus, so one goes over to Yes."""
        return self.presses(TAB, Qt.KeyboardModifier.ShiftModifier).presses(SPACE)

    def prints(self) -> "Post":
        """Press the print button of the form that offers a paper."""
        button = next(one for one in self.dialog.findChildren(Button) if one.text() == "Imprimir")
        button.setFocus()
        return self.presses(SPACE)

    def ends(self) -> None:
        """Leave, once."""
        if not self.is_over:
            self.is_over = True
            super().ends()

    def shoots(self, name: str) -> "Post":
        self.window.resize(1366, 768)
        self.window.grab().save(f"/tmp/w/{name}.png")
        return self
