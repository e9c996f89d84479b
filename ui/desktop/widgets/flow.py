"""Enter goes to the next empty required field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget


@dataclass(frozen=True, slots=True)
class Step:
    """A field on the way. ``filled`` says whether it needs no more; ``required`` whether Enter stops at it."""

    field: QWidget
    filled: Callable[[], bool]
    required: Callable[[], bool] = lambda: True


class EnterFlow(QObject):
    """Watches the fields; ``finished`` when Enter is pressed and no required field is empty."""

    finished = Signal()

    def __init__(self, steps: Sequence[Step], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._steps = tuple(steps)
        for step in self._steps:
            step.field.installEventFilter(self)

    def next_empty(self, after: QWidget | None = None) -> QWidget | None:
        """Return the next required field that is empty, from the one after ``after`` and round to it."""
        fields = [step.field for step in self._steps]
        start = fields.index(after) + 1 if after in fields else 0
        for step in self._steps[start:] + self._steps[:start]:
            if step.required() and not step.filled() and step.field.isEnabled() and not step.field.isHidden():
                return step.field
        return None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter on a watched field."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.isAutoRepeat():
            return False
        if isinstance(watched, QComboBox) and watched.view().isVisible():
            return False
        found = self.next_empty(watched if isinstance(watched, QWidget) else None)
        if found is None or found is watched:
            if found is None:
                self.finished.emit()
            return True
        found.setFocus(Qt.FocusReason.TabFocusReason)
        return True
