"""Cutting the portrait out of a picture: a frame of 4 by 5 with an oval for the face, moved by keys or mouse."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from bmis.capture.boxes import Box
from ui.desktop.theme import current_theme

SHAPE = 4 / 5  # width by height of a portrait (ISO/IEC 19794-5 leaves 3:4 to 4:5)
_STEP, _SMALLEST = 0.02, 0.15
FACE_HIGH, FACE_WIDE = 0.62, 0.62  # of the portrait's height and width


class CropView(QWidget):
    """Arrows move, plus and minus make larger and smaller. ``moved`` carries the Box in pixels of the picture."""

    moved = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._image: QImage | None = None
        self._size = (1, 1)  # of the picture itself: the image may be smaller
        self._high, self._x, self._y = 1.0, 0.5, 0.5  # share of the largest frame; its middle
        self._held: QPointF | None = None
        self.setMinimumSize(560, 380)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setObjectName("passes.crop")

    def show_picture(self, image: QImage, width: int, height: int) -> None:
        """Show a picture of ``width`` by ``height`` pixels with the largest frame in its middle."""
        self._image, self._size = image, (width, height)
        self._high, self._x, self._y = 0.9, 0.5, 0.5
        self._tell()

    def show_live(self, image: QImage | None) -> None:
        """Show the newest frame of the camera; the oval says where the face goes."""
        self._image = image
        if image is not None:
            self._size = (image.width(), image.height())
        self.update()

    def box(self) -> Box:
        """Return the frame in pixels of the picture."""
        width, height = self._size
        high = self._high * min(height, width / SHAPE)
        wide = high * SHAPE
        left = min(max(self._x * width - wide / 2, 0), width - wide)
        top = min(max(self._y * height - high / 2, 0), height - high)
        return Box(round(left), round(top), max(1, round(wide)), max(1, round(high)))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move and resize; all other keys go on."""
        step = {
            Qt.Key.Key_Left: (-_STEP, 0.0),
            Qt.Key.Key_Right: (_STEP, 0.0),
            Qt.Key.Key_Up: (0.0, -_STEP),
            Qt.Key.Key_Down: (0.0, _STEP),
        }.get(Qt.Key(event.key()))
        if step is not None:
            self._move(*step)
        elif event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self._resize(1.06)
        elif event.key() == Qt.Key.Key_Minus:
            self._resize(1 / 1.06)
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Resize by the wheel."""
        self._resize(1.06 if event.angleDelta().y() > 0 else 1 / 1.06)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the frame."""
        self._held = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Pull the frame along."""
        if self._held is not None:
            way, self._held = event.position() - self._held, event.position()
            place = self._place()
            self._move(way.x() / max(place.width(), 1), way.y() / max(place.height(), 1))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture, what is left out of it darker, the frame and the oval."""
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.SmoothPixmapTransform | QPainter.RenderHint.Antialiasing)
        painter.fillRect(self.rect(), theme.colour("stage"))
        if self._image is not None:
            place = self._place()
            painter.drawImage(place, self._image)
            frame = self._on_screen(place)
            shade = theme.colour("stage")
            shade.setAlpha(150)
            for rest in (
                QRectF(place.left(), place.top(), place.width(), frame.top() - place.top()),
                QRectF(place.left(), frame.bottom(), place.width(), place.bottom() - frame.bottom()),
                QRectF(place.left(), frame.top(), frame.left() - place.left(), frame.height()),
                QRectF(frame.right(), frame.top(), place.right() - frame.right(), frame.height()),
            ):
                painter.fillRect(rest, shade)
            painter.setPen(QPen(theme.colour("stage_text"), 2))
            painter.drawRect(frame)
            painter.setPen(QPen(theme.colour("stage_text"), 2, Qt.PenStyle.DashLine))
            wide, high = frame.width() * FACE_WIDE, frame.height() * FACE_HIGH
            painter.drawEllipse(QRectF(frame.center().x() - wide / 2, frame.top() + frame.height() * 0.1, wide, high))
        painter.end()

    def _place(self) -> QRectF:
        """Where the picture lies on the widget."""
        width, height = self._size
        scale = min(self.width() / width, self.height() / height)
        wide, high = width * scale, height * scale
        return QRectF((self.width() - wide) / 2, (self.height() - high) / 2, wide, high)

    def _on_screen(self, place: QRectF) -> QRectF:
        box, scale = self.box(), place.width() / self._size[0]
        return QRectF(
            place.left() + box.left * scale, place.top() + box.top * scale, box.width * scale, box.height * scale
        )

    def _move(self, right: float, down: float) -> None:
        box, (width, height) = self.box(), self._size
        self._x = (box.left + box.width / 2) / width + right  # from where it really is: an edge swallows nothing
        self._y = (box.top + box.height / 2) / height + down
        self._tell()

    def _resize(self, by: float) -> None:
        self._high = min(1.0, max(_SMALLEST, self._high * by))
        self._tell()

    def _tell(self) -> None:
        self.update()
        self.moved.emit(self.box())
