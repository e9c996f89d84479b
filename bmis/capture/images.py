"""Untrusted picture files to frames: bounded in bytes, pixels and time, whatever the file says of itself."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from bmis.capture.errors import (
    ImageDamagedError,
    ImageEmptyError,
    ImageMissingError,
    ImageNotAnImageError,
    ImageTooLargeError,
)
from bmis.capture.frame import Frame, pixels_of
from bmis.kernel.clock import Clock

MAX_PIXELS = 25_000_000
MAX_BYTES = 60_000_000  # an uncompressed picture of the pixel limit in 16-bit grey
MIN_SIDE = 16  # pixels; no zone, face or page can be seen in less
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP")
SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp")
_ORIENTATION = 0x0112  # EXIF 2.32, 4.6.4 A
_DEPTH_TO_BYTE = 1 / 257  # 65535 to 255


def load_image(path: Path, clock: Clock) -> Frame:
    """Return the picture in ``path`` as it is meant to be seen: turned by its EXIF mark, its first frame, in RGB.

    Raises:
        ImageMissingError: no such file, a folder, or no right to read it.
        ImageEmptyError: no bytes, or fewer than 16 pixels on a side.
        ImageTooLargeError: more than 60 MB or 25 megapixels; it is not decoded.
        ImageNotAnImageError: not JPEG, PNG, TIFF, WebP or BMP.
        ImageDamagedError: the format is right and the contents are not.
    """
    try:
        size = path.stat().st_size
        if not path.is_file():
            raise ImageMissingError
        if size > MAX_BYTES:
            raise ImageTooLargeError(megabytes=size // 1_000_000)
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the name
        raise ImageMissingError from problem
    return decode_image(content, clock, source="file")


def decode_image(untrusted: bytes, clock: Clock, source: str, sequence: int = 0) -> Frame:
    """Return the picture in ``untrusted``. Raises as ``load_image``, but for the missing file."""
    if not untrusted:
        raise ImageEmptyError
    if len(untrusted) > MAX_BYTES:
        raise ImageTooLargeError(megabytes=len(untrusted) // 1_000_000)
    with _careful(), _opened(untrusted) as picture:
        width, height = picture.size
        if width * height > MAX_PIXELS:
            raise ImageTooLargeError(megapixels=width * height // 1_000_000)
        if min(width, height) < MIN_SIDE:
            raise ImageEmptyError(width=width, height=height)
        facts: dict[str, str | int] = {"format": str(picture.format)}
        try:
            picture.load()
            turned = picture.getexif().get(_ORIENTATION)
            facts["turned"] = turned if isinstance(turned, int) else 1
            upright = ImageOps.exif_transpose(picture)
            pixels = pixels_of(_eight_bits(upright if upright is not None else picture))
        except Image.DecompressionBombError as bomb:
            raise ImageTooLargeError from bomb
        except Exception as problem:  # Pillow's decoders raise whatever they stumble on
            raise ImageDamagedError(format=str(picture.format)) from problem
    return Frame.of_pixels(pixels, clock(), source, sequence, facts)


@contextmanager
def _careful() -> Iterator[None]:
    """Within the block a header that promises too much, or contradicts itself, is an error."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a decoder's remarks on odd but readable files
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        yield


def _opened(untrusted: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(untrusted), formats=FORMATS)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise ImageTooLargeError from bomb
    except UnidentifiedImageError as problem:
        raise (ImageDamagedError if _looks_like_one(untrusted) else ImageNotAnImageError) from problem
    except Exception as problem:  # a header that breaks the parser is no picture
        raise ImageDamagedError from problem


def _looks_like_one(untrusted: bytes) -> bool:
    marks = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"BM")
    return untrusted.startswith(marks) or (untrusted[:4] == b"RIFF" and untrusted[8:12] == b"WEBP")


def _eight_bits(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith(("I", "F")):
        values = np.asarray(picture, dtype=np.float64)
        if picture.mode == "F" or float(values.max(initial=0)) <= 255:
            return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
        return Image.fromarray(np.clip(values * _DEPTH_TO_BYTE, 0, 255).astype(np.uint8))
    if "A" in picture.mode or "transparency" in picture.info:
        seen = picture.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    return picture.convert("RGB")
