"""The flow map on the screen, drawn from outlines that come with the program; keys move and zoom it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QPolygonF,
    QTransform,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from bmis.paper.map_layout import AREA, Box, Curve, Label, MapLayout, View, lay_out, post_radius
from bmis.paper.map_sheet import ARROW, MARK, POSTS, TONE, KeyRow, MapArea, MapSheet, arrow_width
from ui.desktop.supervisor.view_charts import mixed
from ui.desktop.theme import current_theme

NEAREST, STEP, MOVE = 16.0, 1.25, 64
_TEXT, _KEY_ROW, _KEY_SIGN = 12, 18.0, 40.0
_MOVES = {
    Qt.Key.Key_Left: (-MOVE, 0),
    Qt.Key.Key_Right: (MOVE, 0),
    Qt.Key.Key_Up: (0, -MOVE),
    Qt.Key.Key_Down: (0, MOVE),
}


@dataclass(frozen=True, slots=True)
class _Laid:
    """A layout, and the size and view that it is of."""

    view: View
    layout: MapLayout


class MapCanvas(QWidget):
    """Arrow keys move the map, + and - zoom, 0 shows it whole, Enter asks for the list."""

    list_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sheet: MapSheet | None = None
        self._outlines: tuple[tuple[MapArea, QPainterPath], ...] = ()
        self._zoom, self._moved = 1.0, (0.0, 0.0)  # pixels at that zoom, from the whole window in the middle
        self._laid: _Laid | None = None
        self.chosen: int | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(320, 260)

    def sizeHint(self) -> QSize:
        """Return a comfortable size."""
        return QSize(600, 620)

    def show_map(self, sheet: MapSheet | None, name: str, words: str) -> None:
        """Show a map, whole; ``words`` say what is on it to who cannot see it."""
        self._sheet, self.chosen = sheet, None
        self._outlines = () if sheet is None else tuple((area, _outline(area)) for area in sheet.areas)
        self.setAccessibleName(name)
        self.setAccessibleDescription(words)
        self.see_whole()

    def choose(self, arrow: int | None) -> None:
        """Make one arrow stand out; None: none."""
        if arrow != self.chosen:
            self.chosen = arrow
            self.update()

    def see_whole(self) -> None:
        """Show the whole window."""
        self._zoom, self._moved = 1.0, (0.0, 0.0)
        self.update()

    def zoom(self, times: float) -> None:
        """Come nearer or go back, about the middle."""
        zoom = min(max(self._zoom * times, 1.0), NEAREST)
        self._moved = (self._moved[0] * zoom / self._zoom, self._moved[1] * zoom / self._zoom)
        self._zoom = zoom
        self._hold()

    def move_by(self, across: float, down: float) -> None:
        """Move over the map; its edge is the end."""
        self._moved = (self._moved[0] + across, self._moved[1] + down)
        self._hold()

    def view(self) -> View:
        """Return the part of the world that is shown."""
        window = self._sheet.window if self._sheet is not None else (0.0, 0.0, 1.0, 1.0)
        return View.of(window, self.width(), self.height()).nearer(self._zoom).moved(*self._moved)

    def laid(self) -> MapLayout | None:
        """Return where everything is, None while there is no map."""
        sheet = self._sheet
        if sheet is None:
            return None
        view = self.view()
        if self._laid is None or self._laid.view != view:
            self._laid = _Laid(view, lay_out(sheet, view, _measure, (self._key_box(sheet),)))
        return self._laid.layout

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move, zoom, or ask for the list."""
        key = Qt.Key(event.key())
        if key in _MOVES:
            self.move_by(*_MOVES[key])
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(STEP)
        elif key == Qt.Key.Key_Minus:
            self.zoom(1 / STEP)
        elif key == Qt.Key.Key_0:
            self.see_whole()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if not event.isAutoRepeat():
                self.list_wanted.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw areas, arrows, posts, names and the legend."""
        painter, theme = QPainter(self), current_theme()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("surface_alt"))
        sheet, layout = self._sheet, self.laid()
        if sheet is not None and layout is not None:
            self._draw_areas(painter)
            self._draw_arrows(painter, layout.curves)
            for point in sheet.points:
                _dot(painter, QPointF(*self.view().place(point.at)), post_radius(point.size) * 1.4)
            for label in layout.labels:
                _lead(painter, label)
            for label in layout.labels:
                _write(painter, label)
            self._draw_key(painter, sheet)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("focus" if self.hasFocus() else "border"), 3 if self.hasFocus() else 1))
        painter.drawRect(QRectF(self.rect()).adjusted(1, 1, -1, -1))
        painter.end()

    def _hold(self) -> None:
        """Keep the middle of the picture on the map."""
        across, down = (side / 2 * (self._zoom - 0.5) for side in (self.width(), self.height()))
        x, y = self._moved
        self._moved = (min(max(x, -across), across), min(max(y, -down), down))
        self.update()

    def _draw_areas(self, painter: QPainter) -> None:
        theme, turn = current_theme(), _turned(self.view())
        paths = [(area, turn.map(path)) for area, path in self._outlines]
        for area, path in paths:
            painter.setPen(QPen(theme.colour("field_border"), 0.8))
            painter.setBrush(_ground(area.tone))
            painter.drawPath(path)
        for area, path in paths:
            if area.marked:
                _mark(painter, path)

    def _draw_arrows(self, painter: QPainter, curves: Sequence[Curve]) -> None:
        theme = current_theme()
        for at, curve in enumerate(curves):
            colour = theme.colour("focus" if at == self.chosen else "amber")
            colour.setAlphaF(1.0 if at == self.chosen else 0.55)
            path = QPainterPath(QPointF(*curve.start))
            path.quadTo(QPointF(*curve.bend), QPointF(*curve.end))
            pen = QPen(colour, curve.width + (2 if at == self.chosen else 0))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(pen)
            painter.drawPath(path)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in curve.tip()]))

    def _key_box(self, sheet: MapSheet) -> Box:
        """Return where the legend is: at the foot, over the sea."""
        letters = QFontMetricsF(_font())
        wide = max((letters.horizontalAdvance(row.words) for row in sheet.key), default=0) + _KEY_SIGN + 18
        high = _KEY_ROW * len(sheet.key) + 10
        return Box(self.width() - wide - 6, self.height() - high - 6, self.width() - 6, self.height() - 6)

    def _draw_key(self, painter: QPainter, sheet: MapSheet) -> None:
        box, theme = self._key_box(sheet), current_theme()
        painter.setPen(QPen(theme.colour("border"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRect(QRectF(QPointF(box.left, box.top), QPointF(box.right, box.bottom)))
        painter.setFont(_font())
        for at, row in enumerate(sheet.key):
            middle = box.top + 5 + _KEY_ROW * (at + 0.5)
            _sign(painter, row, sheet.most, QRectF(box.left + 7, middle - 6, _KEY_SIGN - 10, 12))
            painter.setPen(theme.colour("text"))
            place = QRectF(box.left + _KEY_SIGN + 6, middle - _KEY_ROW / 2, box.right - box.left, _KEY_ROW)
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, row.words)


def _font(*, bold: bool = False) -> QFont:
    font = QFont()
    font.setPixelSize(_TEXT)
    font.setWeight(QFont.Weight.DemiBold if bold else QFont.Weight.Normal)
    return font


def _measure(words: str, kind: str) -> tuple[float, float]:
    letters = QFontMetricsF(_font(bold=kind != AREA))
    return letters.horizontalAdvance(words) + 4, letters.height()


def _outline(area: MapArea) -> QPainterPath:
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.OddEvenFill)
    for ring in area.rings:
        path.addPolygon(QPolygonF([QPointF(*one) for one in ring]))
        path.closeSubpath()
    return path


def _turned(view: View) -> QTransform:
    """Return what brings degrees to where ``View.place`` says."""
    across = view.shrink * view.scale
    return QTransform(across, 0, 0, -view.scale, -view.west * across, view.north * view.scale)


def _ground(tone: float | None) -> QColor:
    theme = current_theme()
    return (
        theme.colour("surface") if tone is None else mixed(theme.colour("surface"), theme.colour("accent"), tone * 0.6)
    )


def _mark(painter: QPainter, path: QPainterPath) -> None:
    colour = current_theme().colour("red")
    painter.setBrush(QBrush(colour, Qt.BrushStyle.BDiagPattern))
    painter.setPen(QPen(colour, 1.8, Qt.PenStyle.DashLine))
    painter.drawPath(path)


def _dot(painter: QPainter, at: QPointF, radius: float) -> None:
    theme = current_theme()
    painter.setPen(QPen(theme.colour("surface"), 1))
    painter.setBrush(theme.colour("text"))
    painter.drawEllipse(at, radius, radius)


def _lead(painter: QPainter, label: Label) -> None:
    if label.leads_to is not None:
        box, (x, y) = label.box, label.leads_to
        painter.setPen(QPen(current_theme().colour("text_muted"), 0.8))
        near = QPointF(min(max(x, box.left), box.right), min(max(y, box.top), box.bottom))
        painter.drawLine(near, QPointF(x, y))


def _write(painter: QPainter, label: Label) -> None:
    """Write with an edge of the ground around the letters: they lie over lines."""
    theme = current_theme()
    words = [(label.words, "text_muted" if label.kind == AREA else "text", label.kind != AREA)]
    if label.under:
        words.append((label.under, "red", True))
    foot = label.box.top
    for text, colour, bold in words:
        letters = QFontMetricsF(_font(bold=bold))
        left = (label.box.left + label.box.right - letters.horizontalAdvance(text)) / 2
        path = QPainterPath()
        path.addText(QPointF(left, foot + letters.ascent()), _font(bold=bold), text)
        painter.strokePath(path, QPen(theme.colour("surface"), 3, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.fillPath(path, theme.colour(colour))
        foot += letters.height()


def _sign(painter: QPainter, row: KeyRow, most: int, place: QRectF) -> None:
    theme = current_theme()
    if row.kind == ARROW:
        painter.setPen(QPen(theme.colour("amber"), arrow_width(row.value, most), c=Qt.PenCapStyle.FlatCap))
        painter.drawLine(QPointF(place.left(), place.center().y()), QPointF(place.right(), place.center().y()))
    elif row.kind == POSTS:
        _dot(painter, place.center(), 4)
    else:
        painter.setPen(QPen(theme.colour("field_border"), 0.8))
        painter.setBrush(_ground(row.value if row.kind == TONE else None))
        painter.drawRect(place)
        if row.kind == MARK:
            path = QPainterPath()
            path.addRect(place)
            _mark(painter, path)
