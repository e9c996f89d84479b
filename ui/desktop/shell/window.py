"""The one window: first run, sign-in or the frame of a session in it."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QWidget

if TYPE_CHECKING:
    from ui.desktop.shell.help import HelpPanel

SMALLEST = (1366, 768)


class ShellWindow(QMainWindow):
    """``painted`` fires once, when the first page has been drawn; ``may_close`` is asked before it closes."""

    painted = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._seen = False
        self._help: HelpPanel | None = None
        self._before_help: QWidget | None = None
        self.may_close: Callable[[], bool] = lambda: True
        self.setWindowTitle("BMIS")
        self.pages = _Pages()
        self.pages.painted.connect(self._on_painted)
        self.setCentralWidget(self.pages)
        self.setMinimumSize(1024, 700)
        self.resize(*SMALLEST)

    def show_page(self, page: QWidget) -> None:
        """Bring a page to the front, adding it when it is new."""
        if self.pages.indexOf(page) < 0:
            self.pages.addWidget(page)
        self.pages.setCurrentWidget(page)

    def show_help(self, topic: str | None) -> None:
        """Show help over the page: the pages before sign-in have no place of their own for it."""
        if self._help is None:
            from ui.desktop.shell.help import HelpPanel  # late: the first window needs none

            self._help = HelpPanel(self.pages)
            self._help.closed.connect(self._on_help_closed)
        self._before_help = QApplication.focusWidget()
        self._place_help()
        self._help.show_topic(topic)
        self._help.raise_()

    def dismiss_help(self) -> bool:
        """Close the help; return whether it was open."""
        if self._help is None or self._help.isHidden():
            return False
        self._help.dismiss()
        return True

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the help at its side."""
        super().resizeEvent(event)
        self._place_help()

    def _place_help(self) -> None:
        if self._help is not None:
            wide = self._help.width()
            self._help.setGeometry(self.pages.width() - wide - 16, 40, wide, self.pages.height() - 56)

    def _on_help_closed(self) -> None:
        if self._before_help is not None and self._before_help.isVisible():
            self._before_help.setFocus()
        self._before_help = None

    def drop_page(self, page: QWidget) -> None:
        """Take a page away for good."""
        self.pages.removeWidget(page)
        page.hide()
        page.deleteLater()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Close only when nothing would be lost."""
        if self.may_close():
            self.closed.emit()
            event.accept()
        else:
            event.ignore()

    def _on_painted(self) -> None:
        if not self._seen:
            self._seen = True
            QTimer.singleShot(0, self.painted.emit)


class _Pages(QStackedWidget):
    painted = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted.emit()
