"""Frames and photographs as images for the screen."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QImage

if TYPE_CHECKING:
    from bmis.capture.frame import Frame


def image_of(frame: "Frame") -> QImage:
    """Return the frame as an image of the screen's size."""
    small = frame.to_rgb_bytes(960, 720)
    return QImage(small.pixels, small.width, small.height, small.stride, QImage.Format.Format_RGB888).copy()


def photo_of(jpeg: bytes | None) -> QImage | None:
    """Return the photograph, None where there is none or it cannot be shown."""
    if jpeg is None:
        return None
    image = QImage.fromData(jpeg)
    return None if image.isNull() else image
