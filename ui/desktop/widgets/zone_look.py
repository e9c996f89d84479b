"""The print of a zone above what was read of it, cell by cell; the cells in doubt are boxed and carry a mark."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QImage, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.theme import current_theme, mrz_font

Cell = tuple[int, int]  # line, column, from 0
_AROUND = 5  # cells left and right of the one that is looked at
_LEAST, _MOST = 40, 96  # pixels of the print; between them it keeps its proportions
_TOP, _TEXT, _GAP = 12, 44, 6  # pixels: above the print, the characters below it, between the two
_USUAL = 512  # pixels across, before the widget has its place
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789<"


class ZoneLook(QWidget):
    """One cell in doubt with its neighbours, large: the print above, what was read below.

    Left and Right step to the doubt before and after, Enter says that the cell is right, a character puts it right.
    Signals: ``confirmed`` a cell, ``corrected`` a cell and a character, ``stepped`` the cell that is looked at now,
    ``finished`` Enter where nothing is in doubt.
    """

    confirmed = Signal(object)
    corrected = Signal(object, str)
    stepped = Signal()
    finished = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines: tuple[str, ...] = ()
        self._pictures: tuple[QImage | None, ...] = ()
        self._doubtful: tuple[Cell, ...] = ()
        self._corrected: frozenset[Cell] = frozenset()
        self._other: tuple[str, ...] = ()
        self._at: Cell | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_zone(
        self,
        lines: Sequence[str],
        pictures: Sequence[QImage | None],
        doubtful: Sequence[Cell],
        corrected: Sequence[Cell] = (),
        other: Sequence[str] = (),
    ) -> None:
        """Show a zone. ``other`` are the lines of a second reader; where they differ its character stands below."""
        self._lines, self._pictures, self._doubtful = tuple(lines), tuple(pictures), tuple(doubtful)
        self._corrected, self._other = frozenset(corrected), tuple(other)
        if self._at not in self._doubtful:
            later = [cell for cell in self._doubtful if self._at is None or cell > self._at]
            self._at = next(iter(later or self._doubtful), None)
        self.updateGeometry()
        self._say()

    def cell(self) -> Cell | None:
        """Return the cell in doubt that is looked at, None where nothing is in doubt."""
        return self._at

    def other_char(self) -> str:
        """Return what the second reader has there: "" where it has the same or was not asked, a space for nothing."""
        if self._at is None:
            return ""
        row, at = self._at
        char = self._other[row][at] if row < len(self._other) and at < len(self._other[row]) else ""
        return "" if char == self._lines[row][at] else char

    def words(self) -> str:
        """Return in words which cell is looked at and what was read there."""
        if self._at is None:
            return _("Nothing in the zone is in doubt any more.")
        row, at = self._at
        said = _("Line {line}, character {column}: read as {char}").format(
            line=row + 1, column=at + 1, char=self._lines[row][at]
        )
        other = self.other_char()
        if not other:
            return said
        nothing = other == " "
        return f"{said} · " + (
            _("second reader: nothing there") if nothing else _("second reader: {char}").format(char=other)
        )

    def sizeHint(self) -> QSize:
        """Return the room for print and text."""
        drawn = max((self._print_height(one, row) for row, one in enumerate(self._pictures)), default=0)
        return QSize(360, _TOP + _TEXT + 12 + (drawn + _GAP if drawn else 0))

    def minimumSizeHint(self) -> QSize:
        """Nothing is cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step, confirm or correct; other keys go on to the desk."""
        key, char = event.key(), event.text().upper()
        plain = not event.modifiers() & ~(Qt.KeyboardModifier.ShiftModifier | Qt.KeyboardModifier.KeypadModifier)
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and plain:
            self._step(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and plain and not event.isAutoRepeat():
            if self._at is None:
                self.finished.emit()
            else:
                self.confirmed.emit(self._at)
        elif plain and len(char) == 1 and char in _LETTERS and self._at is not None and not event.isAutoRepeat():
            self.corrected.emit(self._at, char)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the print the height that its width asks for."""
        self.updateGeometry()
        super().resizeEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        if event.type() in (QEvent.Type.LanguageChange, QEvent.Type.StyleChange):
            self._say()
        super().changeEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the print and the characters of the cells around."""
        if self._at is None:
            return
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        row, at = self._at
        line = self._lines[row]
        shown = self._shown(row)
        first = min(max(0, at - _AROUND), len(line) - shown)
        wide = self.width() / shown
        top = float(_TOP)
        picture = self._pictures[row] if row < len(self._pictures) else None
        if picture is not None:
            strip = QRectF(0, top, self.width(), self._print_height(picture, row))
            self._paint_print(painter, picture, strip, first, shown, len(line))
            top += strip.height() + _GAP
        font = QFont(mrz_font(28))
        painter.setFont(font)
        for column in range(first, first + shown):
            cell, place = (row, column), QRectF((column - first) * wide, top, wide, _TEXT)
            ink = theme.colour("text")
            if cell in self._doubtful or cell in self._corrected:
                ink = theme.colour("amber" if cell in self._doubtful else "accent")
                painter.setPen(QPen(ink, 1.5, Qt.PenStyle.DotLine if cell in self._doubtful else Qt.PenStyle.SolidLine))
                painter.setBrush(theme.colour("amber_bg") if cell in self._doubtful else Qt.BrushStyle.NoBrush)
                painter.drawRect(place.adjusted(3, 2, -3, -2))
            painter.setPen(ink)
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), line[column])
            if cell in self._doubtful:
                self._paint_mark(painter, place, ink)
        self._paint_frame(painter, QRectF((at - first) * wide, 6, wide, top + _TEXT), theme.colour("accent"))
        painter.end()

    def _shown(self, row: int) -> int:
        return min(2 * _AROUND + 1, len(self._lines[row]))

    def _print_height(self, picture: QImage | None, row: int) -> int:
        if picture is None or row >= len(self._lines):
            return 0
        across = picture.width() * self._shown(row) / len(self._lines[row])
        tall = picture.height() * (self.width() if self.width() > _USUAL / 2 else _USUAL) / max(across, 1)
        return round(min(max(tall, _LEAST), _MOST))

    def _paint_print(
        self, painter: QPainter, picture: QImage, strip: QRectF, first: int, shown: int, length: int
    ) -> None:
        part = picture.width() / length
        painter.drawImage(strip, picture, QRectF(first * part, 0, shown * part, picture.height()))

    def _paint_mark(self, painter: QPainter, place: QRectF, ink: QColor) -> None:
        small, before = QFont(self.font()), painter.font()
        small.setPixelSize(13)
        small.setWeight(QFont.Weight.Bold)
        painter.setFont(small)
        painter.setPen(ink)
        painter.drawText(place.adjusted(0, 3, -7, 0), int(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight), "?")
        painter.setFont(before)

    def _paint_frame(self, painter: QPainter, place: QRectF, ink: QColor) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(ink, 3.0 if self.hasFocus() else 1.5))
        painter.drawRect(place.adjusted(1, 0, -1, 0))

    def _step(self, by: int) -> None:
        if self._at is None or not self._doubtful:
            return
        place = self._doubtful.index(self._at)
        self._at = self._doubtful[(place + by) % len(self._doubtful)]
        self._say()
        self.stepped.emit()

    def _say(self) -> None:
        self.setAccessibleName(_("Characters in doubt"))
        self.setAccessibleDescription(self.words())
        self.update()
