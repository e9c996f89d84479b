"""Icons drawn by this project, in any colour of the theme."""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap

from bmis.kernel.resources import resource
from ui.desktop.theme import current_theme

STATUS_ICONS = {"green": "conform", "amber": "attention", "red": "stop", "grey": "unchecked"}


def paint_icon(painter: QPainter, name: str, colour: QColor, within: QRectF) -> None:
    """Draw the icon inside the rectangle."""
    from PySide6.QtSvg import QSvgRenderer  # late: the first window draws no icon

    QSvgRenderer(QByteArray(_source(name, colour.name()))).render(painter, within)


def pixmap(name: str, token: str, size: int, ratio: float = 1.0) -> QPixmap:
    """Return the icon as a picture in the colour of the token; ``size`` in pixels of the layout."""
    picture = QPixmap(round(size * ratio), round(size * ratio))
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_icon(painter, name, current_theme().colour(token), QRectF(0, 0, size * ratio, size * ratio))
    painter.end()
    picture.setDevicePixelRatio(ratio)
    return picture


def icon(name: str, ink: str = "text", size: int = 24) -> QIcon:
    """Return the icon for a button."""
    return QIcon(pixmap(name, ink, size, 2.0))


@lru_cache(maxsize=128)
def _source(name: str, colour: str) -> bytes:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8").replace("currentColor", colour).encode()
