"""Somebody at the desk of observation, with a clock that goes on, driven by keys only."""

from datetime import UTC, datetime, timedelta

from office_robot import ENTER, Office
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit

NOW = datetime(2026, 11, 22, 8, 0, 20, tzinfo=UTC)  # 10:00 in Maputo
F6, F9, F12 = Qt.Key.Key_F6, Qt.Key.Key_F9, Qt.Key.Key_F12
BACKSPACE = Qt.Key.Key_Backspace


class Watch:
    """A clock that is moved by hand."""

    def __init__(self, at: datetime = NOW) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def goes_on(self, minutes: float) -> None:
        self.at += timedelta(minutes=minutes)


class Enumerator(Office):
    """Signs somebody in and goes to the desk."""

    def __init__(self, qtbot, home, role="officer", *, at=NOW, language="pt") -> None:
        self.watch, self._gone = Watch(at), False
        super().__init__(qtbot, home, role, at=self.watch, language=language)
        self.frame.show_desk("observation")

    def ends(self) -> None:
        if not self._gone:
            self._gone = True
            super().ends()

    @property
    def counter(self):
        return self.desk.counter

    def passes(self, minutes: float) -> "Enumerator":
        """Let time go by in front of the counter: its timer beats as it would."""
        for _minute in range(int(minutes)):
            self.watch.goes_on(1)
            self.counter.beat()
        return self

    def page(self, number: int) -> "Enumerator":
        self.goes_to(number)
        return self

    def puts(self, section: str, **texts: str) -> "Enumerator":
        """Go to fields and type into them, as somebody who tabs there would."""
        fields = self.section(section).fields
        for name, text in texts.items():
            widget = fields[name].field
            widget.setFocus()
            if isinstance(widget, QComboBox):
                self.types(text)
                continue
            assert isinstance(widget, QLineEdit)
            widget.selectAll()
            self.types(text) if text else self.presses(BACKSPACE)
            if widget.completer():
                self.presses(ENTER)
        return self
