"""One picture from a camera, a film, a folder or a file. Its pixels stay in this room; others get bytes."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from bmis.capture.boxes import Box, Point, Quad

_SIGNATURE_SIDE = 16
_LEAST_QUALITY = 35
_PAINT = 128


@dataclass(frozen=True, slots=True)
class RgbBytes:
    """Pixels for a screen: three bytes each, red first, ``stride`` bytes a row."""

    pixels: bytes
    width: int
    height: int
    stride: int


@dataclass(frozen=True, slots=True, eq=False)
class Frame:
    """A picture and where it came from. Frozen and safe in any thread."""

    _pixels: NDArray[np.uint8] = field(repr=False)  # blue, green, red; read-only
    taken_at: datetime
    source: str  # the source's name: "camera 0", a file's kind; never a traveller's data
    sequence: int = 0
    facts: Mapping[str, str | int] = field(default_factory=dict)  # format, EXIF turn

    @classmethod
    def of_pixels(
        cls,
        pixels: NDArray[np.uint8],
        taken_at: datetime,
        source: str,
        sequence: int = 0,
        facts: Mapping[str, str | int] | None = None,
    ) -> "Frame":
        """Return a frame of ``pixels`` (rows, columns, blue-green-red), which nobody may change afterwards.

        Raises:
            ValueError: not such an array.
        """
        if pixels.ndim != 3 or pixels.shape[2] != 3 or pixels.size == 0 or pixels.dtype != np.uint8:
            raise ValueError("a frame needs rows, columns and three bytes a pixel")
        own = pixels.view()
        own.flags.writeable = False
        return cls(own, taken_at, source, sequence, dict(facts or {}))

    def from_source(self, source: str, sequence: int) -> "Frame":
        """Return the same picture as the ``sequence``-th of ``source``."""
        return Frame(self._pixels, self.taken_at, source, sequence, self.facts)

    @property
    def width(self) -> int:
        """Return pixels across."""
        return int(self._pixels.shape[1])

    @property
    def height(self) -> int:
        """Return pixels down."""
        return int(self._pixels.shape[0])

    def to_rgb_bytes(self, max_width: int | None = None, max_height: int | None = None) -> RgbBytes:
        """Return the pixels for a screen, shrunk to fit (never enlarged), proportions kept."""
        from bmis.capture import opencv  # loaded with the first picture that is shown, not with the program

        width, height = fitted(self.width, self.height, max_width, max_height)
        pixels = self._pixels
        if (width, height) != (self.width, self.height):
            pixels = opencv.resized(pixels, width, height)
        return RgbBytes(opencv.red_first(pixels).tobytes(), width, height, width * 3)

    def to_blue_first_bytes(self) -> bytes:
        """Return the pixels as ``of_pixels`` takes them, row after row, for another process of this room."""
        return self._pixels.tobytes()

    def to_jpeg(self, quality: int = 85, max_side: int | None = None, max_bytes: int | None = None) -> bytes:
        """Return a JPEG file without any metadata, of lower quality or size where ``max_bytes`` asks for it."""
        picture = self._picture()
        if max_side is not None:
            picture.thumbnail((max_side, max_side), Image.Resampling.LANCZOS)
        while True:
            sink = io.BytesIO()
            picture.save(sink, "JPEG", quality=quality, optimize=True)
            if max_bytes is None or sink.tell() <= max_bytes or min(picture.size) <= 16:
                return sink.getvalue()
            if quality - 10 >= _LEAST_QUALITY:
                quality -= 10
            else:
                picture = picture.reduce(2)

    def to_png(self) -> bytes:
        """Return a PNG file without loss."""
        sink = io.BytesIO()
        self._picture().save(sink, "PNG")
        return sink.getvalue()

    def crop(self, box: Box) -> "Frame | None":
        """Return the part of the frame in ``box``, or nothing where they do not meet."""
        inside = box.within(self.width, self.height)
        if inside is None:
            return None
        part = self._pixels[inside.top : inside.bottom, inside.left : inside.right].copy()
        return Frame.of_pixels(part, self.taken_at, self.source, self.sequence, self.facts)

    def cut(self, quad: Quad, max_side: int = 1200) -> "Frame":
        """Return what lies in ``quad``, turned upright."""
        scale = min(1.0, max_side / max(quad.width, quad.height, 1.0))
        size = (max(1, round(quad.width * scale)), max(1, round(quad.height * scale)))
        corners = (quad.upper_left, quad.lower_left, quad.lower_right, quad.upper_right)  # Pillow's order
        flat = tuple(value for corner in corners for value in corner)
        upright = self._picture().transform(size, Image.Transform.QUAD, flat, Image.Resampling.BICUBIC)
        return Frame.of_pixels(pixels_of(upright), self.taken_at, self.source, self.sequence, self.facts)

    def painted_over(self, places: Sequence[Sequence[Point]], margin: float = 0.15) -> "Frame":
        """Return the frame with what lies around each of the places (corners in pixels) made one even grey.

        Args:
            margin: so much of a place's longer side is painted over beyond it on every side.
        """
        pixels = self._pixels.copy()
        for corners in places:
            columns, rows = [x for x, _ in corners], [y for _, y in corners]
            more = margin * max(max(columns) - min(columns), max(rows) - min(rows))
            top, left = max(0, int(min(rows) - more)), max(0, int(min(columns) - more))
            pixels[top : int(max(rows) + more) + 1, left : int(max(columns) + more) + 1] = _PAINT
        return Frame.of_pixels(pixels, self.taken_at, self.source, self.sequence, self.facts)

    def bgr(self) -> NDArray[np.uint8]:
        """Return the pixels themselves, blue first, read-only; for this room only."""
        return self._pixels

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """Return the read-only pixels (rows, columns, blue-green-red); for this room only."""
        return self._pixels

    def grey(self) -> NDArray[np.uint8]:
        """Return the brightness of each pixel; for this room only."""
        from bmis.capture import opencv  # half the memory and a tenth of the time of a converted copy

        return opencv.grey_of(self._pixels)

    def signature(self) -> bytes:
        """Return 256 bytes of brightness, a tiny picture by which two views are compared (see ``presence``)."""
        step = max(1, min(self.width, self.height) // (_SIGNATURE_SIDE * 8))  # a sample is enough
        sample = Image.fromarray(np.ascontiguousarray(self._pixels[::step, ::step, ::-1])).convert("L")
        return sample.resize((_SIGNATURE_SIDE, _SIGNATURE_SIDE), Image.Resampling.BOX).tobytes()

    def brightness(self) -> float:
        """Return the mean brightness, 0 to 255."""
        return float(self._pixels[::4, ::4].mean())

    def _picture(self) -> Image.Image:
        return Image.fromarray(np.ascontiguousarray(self._pixels[..., ::-1]))


def pixels_of(picture: Image.Image) -> NDArray[np.uint8]:
    """Return blue-green-red pixels of ``picture``; for this room only."""
    return np.ascontiguousarray(np.asarray(picture.convert("RGB"), dtype=np.uint8)[..., ::-1])


def fitted(width: int, height: int, max_width: int | None, max_height: int | None) -> tuple[int, int]:
    """Return the largest size of those proportions within the limits, at least one pixel each way."""
    scale = min(1.0, (max_width or width) / width, (max_height or height) / height)
    return max(1, round(width * scale)), max(1, round(height * scale))
