"""HEIC and HEIF pictures, by libheif (pi_heif): the main picture, turned as its container says."""

import io

import numpy as np
import pi_heif

from bmis.capture import opencv
from bmis.capture.errors import ImageDamagedError, ImageEmptyError, ImageTooLargeError
from bmis.capture.frame import Frame
from bmis.capture.images import MAX_PIXELS, MIN_SIDE, divisor_for
from bmis.kernel.clock import Clock

pi_heif.options.DECODE_THREADS = 1
pi_heif.options.THUMBNAILS = False
pi_heif.options.AUX_IMAGES = False
pi_heif.options.DEPTH_IMAGES = False


def decode_heif(untrusted: bytes, clock: Clock, source: str, sequence: int = 0) -> Frame:
    """Return the main picture in ``untrusted``. Raises as ``decode_image``."""
    try:
        opened = pi_heif.open_heif(io.BytesIO(untrusted), convert_hdr_to_8bit=True, bgr_mode=True)
        picture = opened[opened.primary_index]
        width, height = picture.size
    except MemoryError:
        raise
    except Exception as problem:  # libheif says whatever it stumbles on
        raise ImageDamagedError(format="HEIF") from problem
    if width * height > MAX_PIXELS:
        raise ImageTooLargeError(megapixels=width * height // 1_000_000)
    if min(width, height) < MIN_SIDE:
        raise ImageEmptyError(width=width, height=height)
    facts: dict[str, str | int] = {"format": "HEIF", "width": width, "height": height}
    divisor = divisor_for(width, height)
    try:
        decoded = np.asarray(picture)
    except MemoryError:
        raise
    except Exception as problem:  # decoded only now
        raise ImageDamagedError(format="HEIF") from problem
    if divisor > 1:
        facts["reduced"] = divisor
        decoded = opencv.resized(decoded, width // divisor, height // divisor)
    pixels = np.array(_on_paper(decoded), order="C")  # a copy: libheif's memory goes with its picture
    return Frame.of_pixels(pixels, clock(), source, sequence, facts)


def _on_paper(pixels: opencv.Pixels) -> opencv.Pixels:
    """Return blue-green-red ``pixels``; grey becomes colour, what is clear becomes white paper."""
    if pixels.ndim == 2:
        return opencv.blue_first(pixels)
    if pixels.shape[2] == 3:
        return pixels
    alpha = pixels[..., 3:].astype(np.uint16)
    return ((pixels[..., :3] * alpha + 255 * (255 - alpha)) // 255).astype(np.uint8)
