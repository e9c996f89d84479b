"""How far a long count is, in view, with a way to stop it."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.widgets.plain import Button


def stopped_words() -> str:
    """Return what is said when counting was called off."""
    return _("Counting was stopped. What was counted until then stays; the numbers are as of the last full count.")


class Counting(QWidget):
    """How far a long question is, and a way to call it off; hidden while nothing is asked."""

    def __init__(self, cancel: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._cancel = cancel
        self.bar, self.cancel = QProgressBar(), Button()
        self.bar.setTextVisible(True)
        self.bar.setMinimumHeight(32)
        self.cancel.setMinimumHeight(44)
        self.cancel.clicked.connect(cancel)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(16)
        row.addWidget(self.bar, 1)
        row.addWidget(self.cancel)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Word it."""
        self.cancel.say(_("Stop counting"))
        self.bar.setAccessibleName(_("Counting"))

    def show_progress(self, done: int, of: int) -> None:
        """Show how many are counted."""
        self.bar.setRange(0, max(of, 1))
        self.bar.setValue(min(done, of))
        self.bar.setFormat(_("{done} of {count} crossings counted").format(done=done, count=of))
        self.show()

    def stops(self) -> bool:
        """Call the question off where one is in view; return whether one was."""
        shown = not self.isHidden()
        if shown:
            self._cancel()
        return shown

    def end(self) -> None:
        """Hide it."""
        self.hide()
