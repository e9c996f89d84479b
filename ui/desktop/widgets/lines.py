"""A list of lines with columns, worked by keyboard: arrows move, Enter opens, a letter acts."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QStackedWidget, QTableView, QVBoxLayout, QWidget

from ui.desktop.widgets.icons import STATUS_ICONS, pixmap
from ui.desktop.widgets.plain import Card, PlainLabel

ROW_HEIGHT = 44
_Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Line:
    """One line. ``key`` names it to the desk; ``status`` (green, amber, red, grey) puts its icon first."""

    key: object
    cells: tuple[str, ...]
    status: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's words. ``wide``: it shares what the others leave; else it is as wide as its words."""

    words: str
    wide: bool = False


class _Lines(QAbstractTableModel):
    def __init__(self) -> None:
        super().__init__()
        self.headings: tuple[Heading, ...] = ()
        self.lines: tuple[Line, ...] = ()

    def show(self, headings: tuple[Heading, ...], lines: tuple[Line, ...]) -> None:
        self.beginResetModel()
        self.headings, self.lines = headings, lines
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.lines)

    def columnCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self.headings)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.lines[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            text = line.cells[index.column()]
            return text.replace("<", "&lt;") if role == Qt.ItemDataRole.ToolTipRole else text
        if role == Qt.ItemDataRole.DecorationRole and index.column() == 0 and line.status:
            return _status_icon(line.status)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return line.cells[index.column()]
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is Qt.Orientation.Horizontal and section < len(self.headings):
            if role == Qt.ItemDataRole.DisplayRole:
                return self.headings[section].words
            if role == Qt.ItemDataRole.TextAlignmentRole:
                return int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        return None


def _status_icon(status: str) -> QIcon:
    """The icon in its colour, and in that of the text where the line is chosen: else it would vanish there."""
    found = QIcon(pixmap(STATUS_ICONS[status], status, 20, 2.0))
    found.addPixmap(pixmap(STATUS_ICONS[status], "on_selection", 20, 2.0), QIcon.Mode.Selected)
    return found


class _View(QTableView):
    entered_line = Signal()

    def __init__(self, letters: Mapping[int, Callable[[], None]]) -> None:
        super().__init__()
        self._letters = letters

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, letters act once each; the rest is Qt's."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.entered_line.emit()
            return
        if not _acted(event, self._letters):
            super().keyPressEvent(event)


def _acted(event: QKeyEvent, letters: Mapping[int, Callable[[], None]]) -> bool:
    """Return whether a letter was pressed; it acts once, however long it is held."""
    act = letters.get(event.key())
    if act is None or event.modifiers() not in (
        Qt.KeyboardModifier.NoModifier,
        Qt.KeyboardModifier.ShiftModifier,
        Qt.KeyboardModifier.KeypadModifier,
    ):
        return False
    if not event.isAutoRepeat():
        act()
    return True


class LineList(QWidget):
    """Lines, or words that say why there is none. ``opened`` carries the key of the line on which Enter was pressed,
    ``moved`` that of the line where one is (None: nowhere)."""

    opened = Signal(object)
    moved = Signal(object)

    def __init__(self, letters: Mapping[int, Callable[[], None]] | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Lines()
        self._headings: tuple[Heading, ...] = ()
        self._letters = letters or {}
        self.view = _View(self._letters)
        self.view.setModel(self._model)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setTabKeyNavigation(False)
        self.view.setShowGrid(False)
        self.view.setAlternatingRowColors(True)
        self.view.setWordWrap(False)
        self.view.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.view.verticalHeader().hide()
        self.view.verticalHeader().setDefaultSectionSize(ROW_HEIGHT)
        self.view.horizontalHeader().setHighlightSections(False)
        self.view.horizontalHeader().setSectionsClickable(False)
        self.view.setCornerButtonEnabled(False)
        self._nothing = PlainLabel(kind="muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._stack = QStackedWidget()
        around = Card("card-plain")
        around.column.addWidget(self._nothing, 1)
        self._stack.addWidget(self.view)
        self._stack.addWidget(around)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._stack)
        self._take_focus(with_lines=True)
        self.view.entered_line.connect(self._on_entered)
        self.view.doubleClicked.connect(lambda _index: self._on_entered())
        self.view.selectionModel().currentRowChanged.connect(self._on_moved)

    def say(self, name: str, headings: Sequence[Heading], nothing: str) -> None:
        """Set the words: the list's name, its headings, and what an empty list says."""
        self.view.setAccessibleName(name)
        self._headings = tuple(headings)
        self._nothing.setText(nothing)
        if self._headings != self._model.headings:
            row = self.view.currentIndex().row()
            self._model.show(self._headings, self._model.lines)
            if row >= 0:
                self.view.selectRow(row)  # a model that begins anew stands nowhere
        self._lay_columns()

    def show_lines(self, lines: Sequence[Line], at: object = None) -> None:
        """Show these lines; one stays on the line of key ``at``, or where one was."""
        before = self.key() if at is None else at
        self._model.show(self._headings, tuple(lines))
        self._lay_columns()
        self._take_focus(with_lines=bool(lines))
        keys = [line.key for line in lines]
        if lines:
            self.view.selectRow(keys.index(before) if before in keys else 0)
        else:
            self.moved.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """An empty list hears the letters too."""
        if not _acted(event, self._letters):
            super().keyPressEvent(event)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Go to the lines, or where there is none to the words; no proxy: Tab stands still at a hidden one."""
        if self._model.lines:
            self.view.setFocus(reason)
        else:
            super().setFocus(reason)

    def _take_focus(self, *, with_lines: bool) -> None:
        """Let Tab come to the lines, or where there is none to the list itself."""
        focused = self.window().focusWidget() in (self, self.view)  # also while a form or the palette is before it
        self._stack.setCurrentIndex(0 if with_lines else 1)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if with_lines else Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("" if with_lines else f"{self.view.accessibleName()}: {self._nothing.text()}")
        if focused:
            self.setFocus()

    def lines(self) -> tuple[Line, ...]:
        """Return what is shown."""
        return self._model.lines

    def nothing(self) -> str:
        """Return what an empty list says."""
        return self._nothing.text()

    def key(self) -> object:
        """Return the key of the line where one is, None for nowhere."""
        row = self.view.currentIndex().row()
        return self._model.lines[row].key if 0 <= row < len(self._model.lines) else None

    def go_to(self, key: object) -> None:
        """Move to a line."""
        for row, line in enumerate(self._model.lines):
            if line.key == key:
                self.view.selectRow(row)

    def _lay_columns(self) -> None:
        header = self.view.horizontalHeader()
        for at, heading in enumerate(self._headings):
            mode = QHeaderView.ResizeMode.Stretch if heading.wide else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(at, mode)

    def _on_entered(self) -> None:
        if (key := self.key()) is not None:
            self.opened.emit(key)

    def _on_moved(self, _now: QModelIndex, _before: QModelIndex) -> None:
        self.moved.emit(self.key())
