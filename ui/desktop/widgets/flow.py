"""Enter goes to the next empty required field, or along a paper from field to field."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QComboBox, QLineEdit, QWidget


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


class EnterAlong(QObject):
    """Enter goes to the next open field, empty or not, as the paper is read; after the last ``done`` is called."""

    def __init__(self, fields: Sequence[QWidget], done: Callable[[], None], parent: QObject) -> None:
        super().__init__(parent)
        self._fields, self._done = list(fields), done
        self._lists: dict[QWidget, QAbstractItemView] = {}  # a field's list of proposals would keep Enter to itself
        for field in self._fields:
            field.installEventFilter(self)
            completer = field.completer() if isinstance(field, QLineEdit) else None
            popup = completer.popup() if completer is not None else None
            if popup is not None:
                self._lists[field] = popup
                popup.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take Enter; where the arrows chose a proposal, that is taken first."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            return False
        field = next((one for one, popup in self._lists.items() if popup is watched), watched)
        if field not in self._fields:
            return False
        popup = self._lists.get(field) if isinstance(field, QWidget) else None
        if popup is not None and popup.isVisible():
            if popup.currentIndex().isValid():
                return False
            popup.hide()
            QTimer.singleShot(0, self, lambda: self._go_on(self._fields.index(field)))  # the window wakes up first
        elif not event.isAutoRepeat():
            self._go_on(self._fields.index(field))
        return True

    def _go_on(self, at: int) -> None:
        following = next((one for one in self._fields[at + 1 :] if one.isEnabled()), None)
        if following is None:
            self._done()
        else:
            following.setFocus(Qt.FocusReason.TabFocusReason)
