"""A list whose choice is taken by Enter or the mouse: arrows only look."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QWidget


class TakenBox(QComboBox):
    """``taken`` carries the code, once it is meant: an arrow key passing over a line takes nothing."""

    taken = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._popped = False
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activated.connect(self._on_activated)

    def showPopup(self) -> None:
        """Open the list: what is chosen in it is meant."""
        self._popped = True
        super().showPopup()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the line by Enter."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._take()
            return
        self._popped = False
        super().keyPressEvent(event)

    def _on_activated(self, _at: int) -> None:
        if self._popped:
            self._popped = False
            self._take()

    def _take(self) -> None:
        if code := self.currentData():
            self.taken.emit(str(code))
