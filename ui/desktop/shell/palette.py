"""Ctrl+K: every action of the screen by its words."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.shell.desk import PaletteAction
from ui.desktop.shortcuts import KeyTable, shown_key
from ui.desktop.widgets.plain import PlainLabel


def folded(text: str) -> str:
    """Return text without accents and case, so that ``accao`` finds ``Acção``."""
    apart = unicodedata.normalize("NFD", text.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def matching(actions: Sequence[PaletteAction], query: str) -> list[PaletteAction]:
    """Return the actions that hold every word of the query; those that begin with it come first."""
    words = folded(query).split()
    found = [action for action in actions if all(word in folded(action.words) for word in words)]
    return sorted(found, key=lambda action: not folded(action.words).startswith(folded(query).strip()))


class Palette(QDialog):
    """A list that narrows while one types; Enter runs the chosen line after the palette has closed."""

    def __init__(self, actions: Sequence[PaletteAction], keys: KeyTable, parent: QWidget | None = None) -> None:
        super().__init__(parent, Qt.WindowType.FramelessWindowHint | Qt.WindowType.Dialog)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setFixedSize(600, 440)
        self.setProperty("kind", "palette")
        self._actions, self._keys = tuple(actions), keys
        self._shown: list[PaletteAction] = []
        self._title = PlainLabel(kind="heading")
        self.query = QLineEdit()
        self.query.setObjectName("palette.query")
        self.list = QListWidget()
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemActivated.connect(self._run)
        self.list.itemClicked.connect(self._run)
        self.query.textChanged.connect(self._narrow)
        self.query.installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 16, 24, 24)
        column.setSpacing(8)
        for widget in (self._title, self.query, self.list):
            column.addWidget(widget)
        self.retranslate()
        self.query.setFocus()

    def lines(self) -> list[str]:
        """Return the lines shown."""
        return [self.list.item(at).text() for at in range(self.list.count())]

    def retranslate(self) -> None:
        """Word the palette; the actions are worded by who registered them."""
        self._title.setText(_("Actions"))
        self.setWindowTitle(_("Actions"))
        self.query.setPlaceholderText(_("Type part of an action"))
        self.query.setAccessibleName(_("Find an action"))
        self.list.setAccessibleName(_("Actions"))
        self._narrow(self.query.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows and Enter work the list while the query keeps the focus."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.list.count():
            step = 1 if event.key() == Qt.Key.Key_Down else -1
            self.list.setCurrentRow((self.list.currentRow() + step) % self.list.count())
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self._run(self.list.currentItem())
            return True
        return False

    def _narrow(self, query: str) -> None:
        self._shown = matching(self._actions, query)
        self.list.clear()
        for action in self._shown:
            key = f"    {shown_key(self._keys.sequence(action.key))}" if action.key else ""
            self.list.addItem(QListWidgetItem(action.words + key))
        self.list.setCurrentRow(0)

    def _run(self, item: QListWidgetItem | None) -> None:
        at = self.list.row(item) if item is not None else -1
        if at < 0:
            return
        action = self._shown[at]
        self.accept()
        action.run()
