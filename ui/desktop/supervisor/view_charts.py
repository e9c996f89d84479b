"""Bars of a day and the heat of a week, drawn here: figures stand beside the colours, and all of it in words."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.desktop.theme import contrast, current_theme
from ui.words.figures import in_figures

HOURS = 24
_SMALL, _TINY = 12, 11


class _Drawn(QWidget):
    """A picture with a title that assistive technology reads with its numbers."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = ""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def text(self) -> str:
        """Return what the picture says, in words."""
        return self.accessibleDescription()

    def _begin(self) -> QPainter:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        theme = current_theme()
        painter.setPen(QPen(theme.colour("focus" if self.hasFocus() else "border"), 2 if self.hasFocus() else 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        painter.setPen(theme.colour("text"))
        painter.setFont(_font(14, bold=True))
        painter.drawText(QRectF(12, 6, self.width() - 24, 22), Qt.AlignmentFlag.AlignVCenter, self._title)
        return painter


def _font(pixels: int, *, bold: bool = False) -> QFont:
    font = QFont()
    font.setPixelSize(pixels)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


class HourBars(_Drawn):
    """Two series over the 24 hours, one full and one hatched; the sum stands over each pair."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._series: tuple[tuple[str, tuple[int, ...]], ...] = ()
        self._now = HOURS
        self.setMinimumHeight(120)

    def show_hours(self, title: str, series: Sequence[tuple[str, Sequence[int]]], full_hours: int, words: str) -> None:
        """Show a name and 24 numbers of each series; hours after ``full_hours`` have not passed."""
        self._title, self._now = title, full_hours
        self._series = tuple((name, tuple(values)) for name, values in series)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(640, 180)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw legend, bars, sums and hours."""
        painter, theme = self._begin(), current_theme()
        right = float(self.width() - 12)
        painter.setFont(_font(_SMALL))
        for at, (name, _values) in reversed(list(enumerate(self._series))):
            wide = painter.fontMetrics().horizontalAdvance(name)
            painter.setPen(theme.colour("text"))
            painter.drawText(QRectF(right - wide, 6, wide + 2, 22), Qt.AlignmentFlag.AlignVCenter, name)
            self._bar(painter, at, QRectF(right - wide - 20, 11, 14, 12))
            right -= wide + 36
        room = QRectF(16, 46, self.width() - 32, self.height() - 46 - 26)
        highest = max((sum(values[hour] for _n, values in self._series) for hour in range(HOURS)), default=0)
        step = room.width() / HOURS
        for hour in range(HOURS):
            left = room.left() + hour * step
            painter.setPen(theme.colour("text" if hour <= self._now else "text_muted"))
            painter.setFont(_font(_TINY, bold=hour == self._now))
            painter.drawText(QRectF(left, room.bottom() + 4, step, 16), Qt.AlignmentFlag.AlignCenter, f"{hour:02d}")
            self._column(painter, QRectF(left, room.top(), step, room.height()), hour, max(highest, 1))
        painter.setPen(theme.colour("border"))
        painter.drawLine(room.bottomLeft(), room.bottomRight())
        painter.end()

    def _column(self, painter: QPainter, room: QRectF, hour: int, highest: int) -> None:
        numbers = [values[hour] for _name, values in self._series]
        bottom, total = room.bottom(), sum(numbers)
        for at, number in enumerate(numbers):
            high = (room.height() - 4) * number / highest
            if number:
                self._bar(painter, at, QRectF(room.left() + 3, bottom - high, room.width() - 6, high))
            bottom -= high
        if total:
            painter.setPen(current_theme().colour("text"))
            painter.drawText(
                QRectF(room.left() - 6, bottom - 16, room.width() + 12, 16), Qt.AlignmentFlag.AlignCenter, str(total)
            )

    def _bar(self, painter: QPainter, at: int, place: QRectF) -> None:
        colour = current_theme().colour("accent")
        painter.setPen(QPen(colour, 1))
        painter.setBrush(QBrush(colour, Qt.BrushStyle.SolidPattern if at == 0 else Qt.BrushStyle.BDiagPattern))
        painter.drawRect(place)


class HeatMap(_Drawn):
    """Rows of 24 squares. Each square has its number too; a value that is not known is hatched and has a dash."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[tuple[str, tuple[float | None, ...]], ...] = ()
        self._legend = ""
        self.setMinimumHeight(184)

    def show_rows(
        self, title: str, legend: str, rows: Sequence[tuple[str, Sequence[float | None]]], words: str
    ) -> None:
        """Show a name and 24 values of each row."""
        self._title, self._legend = title, legend
        self._rows = tuple((name, tuple(values)) for name, values in rows)
        self.setAccessibleName(title)
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(640, 230)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the squares."""
        painter, theme = self._begin(), current_theme()
        painter.setFont(_font(_SMALL))
        painter.setPen(theme.colour("text_muted"))
        painter.drawText(
            QRectF(12, 6, self.width() - 24, 22),
            Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight,
            self._legend,
        )
        names = 44.0
        room = QRectF(12 + names, 32, self.width() - 24 - names, self.height() - 32 - 22)
        step, high = room.width() / HOURS, room.height() / max(len(self._rows), 1)
        largest = max((value or 0 for _name, values in self._rows for value in values), default=0)
        painter.setFont(_font(_TINY))
        for at, (name, values) in enumerate(self._rows):
            painter.setPen(theme.colour("text"))
            painter.drawText(QRectF(12, room.top() + at * high, names - 6, high), Qt.AlignmentFlag.AlignVCenter, name)
            for hour, value in enumerate(values):
                place = QRectF(room.left() + hour * step, room.top() + at * high, step, high)
                self._square(painter, place.adjusted(1, 1, -1, -1), value, largest or 1)
        painter.setPen(theme.colour("text"))
        for hour in range(HOURS):
            painter.drawText(
                QRectF(room.left() + hour * step, room.bottom() + 2, step, 16),
                Qt.AlignmentFlag.AlignCenter,
                f"{hour:02d}",
            )
        painter.end()

    def _square(self, painter: QPainter, place: QRectF, value: float | None, largest: float) -> None:
        theme = current_theme()
        if value is None:
            painter.fillRect(place, QBrush(theme.colour("grey"), Qt.BrushStyle.BDiagPattern))
            painter.setPen(theme.colour("text"))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "—")
            return
        ground = mixed(theme.colour("surface_alt"), theme.colour("accent"), (value / largest) ** 0.7)
        painter.fillRect(place, ground)
        words = max(("text", "on_accent"), key=lambda name: contrast(theme.colours[name], ground.name()))
        painter.setPen(theme.colour(words))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, short_number(value))


def short_number(value: float) -> str:
    """Return a number that fits a square: 0, <1, 7, 120, 1,2k."""
    if 0 < value < 0.5:
        return "<1"
    if value < 1000:
        return str(round(value))
    return f"{decimal(value / 1000)}k"


def decimal(value: float) -> str:
    """Return a number with one decimal, as the language in force writes it."""
    return in_figures(value, 1)


def mixed(one: QColor, other: QColor, share: float) -> QColor:
    """Return a colour that share of the way from one to the other."""

    def part(low: int, high: int) -> int:
        return round(low + (high - low) * share)

    return QColor(part(one.red(), other.red()), part(one.green(), other.green()), part(one.blue(), other.blue()))
