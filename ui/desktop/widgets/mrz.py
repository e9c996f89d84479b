"""The machine-readable lines in OCR-B, with the cells that do not prove marked by colour, underline and words."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFontMetrics, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QTextEdit, QWidget

from bmis.kernel.i18n import translate as _
from ui.desktop.theme import current_theme, mrz_font

_OUTSIDE = re.compile(r"[^A-Z0-9<\n]")
Cell = tuple[int, int]  # line, column, from 0


class MrzField(QPlainTextEdit):
    """Two or three lines of an MRZ, typed or shown. ``edited`` carries a tuple of lines after the officer's change."""

    edited = Signal(object)

    def __init__(self, columns: int = 44, rows: int = 2, parent: QWidget | None = None, *, widest: int = 0) -> None:
        """``widest`` in pixels: the letters shrink to it, down to 14; 0 leaves that to the field's own width."""
        super().__init__(parent)
        self._widest = widest
        self._failing: tuple[Cell, ...] = ()
        self._unsure: tuple[Cell, ...] = ()
        self.setTabChangesFocus(True)
        self.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUndoRedoEnabled(True)
        self._fit(columns, rows)
        self.textChanged.connect(self._on_text)
        self._taking = False
        self.retranslate()

    def lines(self) -> tuple[str, ...]:
        """Return the lines that are not empty."""
        return tuple(line for line in self.toPlainText().split("\n") if line)

    def set_lines(self, lines: Sequence[str], columns: int | None = None) -> None:
        """Show lines without saying that they changed; marks are cleared."""
        self._taking = True
        self.setPlainText("\n".join(lines))
        self._taking = False
        if lines:
            self._fit(columns or max(map(len, lines)), max(2, len(lines)))
        self.mark()

    def mark(self, failing: Sequence[Cell] = (), unsure: Sequence[Cell] = ()) -> None:
        """Mark check digits that fail (red, wavy line) and cells read with doubt (amber, dotted line)."""
        self._failing, self._unsure = tuple(failing), tuple(unsure)
        self._show_marks()

    def marked(self) -> tuple[Cell, ...]:
        """Return the cells that carry a mark of failure."""
        return self._failing

    def retranslate(self) -> None:
        """Say how to type, and what is marked."""
        self.setPlaceholderText(_("Type the machine-readable lines, or scan again"))
        self._show_marks()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language and the theme."""
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()
        elif event.type() == QEvent.Type.StyleChange and hasattr(self, "_taking"):
            self._show_marks()
        super().changeEvent(event)

    def _fit(self, columns: int, rows: int) -> None:
        font = mrz_font(20)
        widest = self._widest or max(1000 if self.width() <= 100 else self.width(), 560)
        while font.pixelSize() > 14 and QFontMetrics(font).horizontalAdvance("<" * columns) + 40 > widest:
            font.setPixelSize(font.pixelSize() - 1)
        self.setStyleSheet(f"font-family: '{font.family()}'; font-size: {font.pixelSize()}px;")
        self.setFont(font)
        metrics = QFontMetrics(font)
        self.setMinimumWidth(metrics.horizontalAdvance("<" * columns) + 40)
        self.setFixedHeight(metrics.lineSpacing() * rows + 32)

    def _on_text(self) -> None:
        if self._taking:
            return
        text = self.toPlainText()
        clean = _OUTSIDE.sub("", text.upper().replace(" ", "<"))
        if clean != text:
            at = min(self.textCursor().position(), len(clean))
            self._taking = True
            self.setPlainText(clean)
            self._taking = False
            cursor = self.textCursor()
            cursor.setPosition(at)
            self.setTextCursor(cursor)
        self._failing = self._unsure = ()
        self._show_marks()
        self.edited.emit(self.lines())

    def _show_marks(self) -> None:
        marks = [self._selection(cell, "amber", QTextCharFormat.UnderlineStyle.DotLine) for cell in self._unsure]
        marks += [self._selection(cell, "red", QTextCharFormat.UnderlineStyle.WaveUnderline) for cell in self._failing]
        self.setExtraSelections([mark for mark in marks if mark is not None])
        said = ""
        if self._failing:
            places = ", ".join(f"{line + 1}:{column + 1}" for line, column in self._failing)
            said = _("Check digit fails at {places}").format(places=places)
        self.setAccessibleDescription(said)

    def _selection(
        self, cell: Cell, token: str, underline: QTextCharFormat.UnderlineStyle
    ) -> QTextEdit.ExtraSelection | None:
        block = self.document().findBlockByNumber(cell[0])
        if not block.isValid() or cell[1] >= block.length() - 1:
            return None
        cursor = QTextCursor(block)
        cursor.setPosition(block.position() + cell[1])
        cursor.setPosition(block.position() + cell[1] + 1, QTextCursor.MoveMode.KeepAnchor)
        mark = QTextEdit.ExtraSelection()
        mark.cursor = cursor
        look = QTextCharFormat()
        look.setForeground(current_theme().colour(token))
        look.setBackground(current_theme().colour(f"{token}_bg"))
        look.setUnderlineStyle(underline)
        look.setUnderlineColor(current_theme().colour(token))
        mark.format = look
        return mark
