"""How far a long count is, in view, with a way to stop it."""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.widgets.asking import AskingDialog
from ui.desktop.widgets.plain import Button
from ui.desktop.workers.aside_model import AsideModel


def writing_stopped_words() -> str:
    """Return what is said when writing was called off. What was already whole cannot be called back."""
    return _("Writing was stopped. If the file is there all the same, it was whole already and is in the audit.")


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
        self.retranslate()
        self._show(done, of, _("{done} of {count} crossings counted"))

    def show_written(self, done: int, of: int) -> None:
        """Show how many rows are written."""
        self.cancel.say(_("Stop writing"))
        self.bar.setAccessibleName(_("Writing"))
        self._show(done, of, _("{done} of {count} rows written"))

    def _show(self, done: int, of: int, words: str) -> None:
        self.bar.setRange(0, max(of, 1))
        self.bar.setValue(min(done, of))
        self.bar.setFormat(words.format(done=done, count=of))
        self.show()

    def stops(self) -> bool:
        """Call the question off where one is in view; return whether one was."""
        shown = not self.isHidden()
        if shown:
            self._cancel()
        return shown

    def on_busy(self, busy: bool) -> None:
        """Hide it when nothing is awaited any more: the form then says what was wrong."""
        if not busy:
            self.end()

    def end(self) -> None:
        """Hide it."""
        self.hide()


def written_in(dialog: AskingDialog, model: AsideModel, stopped: Callable[[], None]) -> Counting:
    """Return how far the model writes what a form asked for, shown in it; who leaves the form calls the writing off.

    ``stopped`` is called where it was.
    """
    counting, row = Counting(dialog.reject), QVBoxLayout()
    row.addWidget(counting)
    dialog.add_row(row)
    model.progressed.connect(counting.show_progress)
    model.wrote.connect(counting.show_written)
    model.busy.connect(counting.on_busy)

    def left() -> None:
        if model.is_busy and not dialog.ok.isEnabled():
            model.cancel()
            stopped()

    dialog.rejected.connect(left)
    return counting
