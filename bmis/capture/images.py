"""Untrusted picture files to frames: bounded in bytes, pixels and memory, whatever the file says of itself."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, UnidentifiedImageError

from bmis.capture.errors import ImageDamagedError, ImageEmptyError, ImageNotAnImageError, ImageTooLargeError
from bmis.capture.frame import Frame
from bmis.capture.untrusted_file import FileKind, content_of, kind_of
from bmis.kernel.clock import Clock

FULL_PIXELS = 25_000_000  # up to here every pixel is kept; a larger picture is decoded at 1/2, 1/4 or 1/8
MAX_PIXELS = 50_000_000  # of a picture that must be decoded whole before it can be made smaller
MAX_JPEG_PIXELS = 170_000_000  # a JPEG is made smaller while it is decoded
MAX_WEBP_PIXELS = 25_000_000  # its decoder holds up to three copies
MAX_COEFFICIENTS = 250_000_000  # bytes that a progressive JPEG keeps until its last scan
MAX_TURNING = 8  # frames of a moving picture that are looked at
MAX_SHEETS = 12  # pages of a TIFF that are looked at
MIN_SIDE = 16  # pixels; no zone, face or page can be seen in less
FORMATS = ("JPEG", "PNG", "TIFF", "WEBP", "BMP", "GIF")
SUFFIXES = (".jpg", ".jpeg", ".png", ".tif", ".tiff", ".webp", ".bmp", ".gif", ".heic", ".heif")
_ORIENTATION = 0x0112  # EXIF 2.32, 4.6.4 A
_STRIP = 128  # rows that are converted at once
_SIXTEEN_TO_EIGHT = 257  # 65535 to 255


def load_image(path: Path, clock: Clock) -> Frame:
    """Return the picture in ``path`` as it is meant to be seen: turned by its EXIF mark, its first frame, in RGB.

    For files of our own or of a camera's folder; what an officer chooses is decoded by ``file_reader``, in a process
    with limits.

    Raises:
        ImageMissingError: no such file, or no right to read it. NotAFileError: a folder, a pipe, a device.
        ImageEmptyError: no bytes, or fewer than 16 pixels on a side.
        ImageTooLargeError: more bytes or pixels than are read; it is not decoded.
        ImageNotAnImageError: not JPEG, PNG, TIFF, WebP, BMP, GIF or HEIC.
        ImageDamagedError: the format is right and the contents are not.
    """
    return decode_image(content_of(path), clock, source="file")


def decode_image(untrusted: bytes, clock: Clock, source: str, sequence: int = 0) -> Frame:
    """Return the first picture in ``untrusted``. Raises as ``load_image``, but for the missing file."""
    return next(decode_images(untrusted, clock, source, sequence))


def decode_images(untrusted: bytes, clock: Clock, source: str, sequence: int = 0) -> Iterator[Frame]:
    """Yield the first 12 pages of a TIFF, the first 8 frames of a moving picture, or the one picture there is.

    Facts of each: ``format``, ``width`` and ``height`` as the file has them, ``turned`` (EXIF mark), ``reduced`` (the
    divisor, where it was decoded smaller), and ``page`` or ``frame`` from 1 where there are several.
    Raises as ``decode_image``; what breaks after the first picture ends them.
    """
    if not untrusted:
        raise ImageEmptyError
    if kind_of(untrusted) is FileKind.HEIF:
        from bmis.capture.heif import decode_heif  # loaded with the first such file

        yield decode_heif(untrusted, clock, source, sequence)
        return
    with _careful():
        picture = _opened(untrusted)
        several = _several(picture)
    if not several:
        with _careful(), picture:
            frame = _frame(picture, untrusted, {}, clock, source, sequence)
        del picture, untrusted  # up to 200 MB that a reader can use
        yield frame
        return
    with picture:
        for number in range(1, (MAX_SHEETS if several == "page" else MAX_TURNING) + 1):
            try:
                with _careful():
                    _turn_to(picture, number)
                    frame = _frame(picture, untrusted, {several: number}, clock, source, sequence)
            except (EOFError, ImageTooLargeError, ImageEmptyError, ImageDamagedError):
                if number == 1:
                    raise
                return
            yield frame


def _turn_to(picture: Image.Image, number: int) -> None:
    try:
        picture.seek(number - 1)
    except (EOFError, MemoryError):
        raise
    except Exception as problem:  # a list of pages that breaks the parser
        raise ImageDamagedError(format=str(picture.format)) from problem


def _frame(
    picture: Image.Image, untrusted: bytes, which: dict[str, int], clock: Clock, source: str, sequence: int
) -> Frame:
    facts: dict[str, str | int] = {"format": _format(picture), "width": picture.width, "height": picture.height}
    facts |= which
    return Frame.of_pixels(_pixels(picture, untrusted, facts), clock(), source, sequence, facts)


def divisor_for(width: int, height: int) -> int:
    """Return 1, 2, 4 or 8: by what a picture of that size is divided so that at most 25 megapixels remain."""
    return next((each for each in (1, 2, 4) if width * height <= FULL_PIXELS * each * each), 8)


def _format(picture: Image.Image) -> str:
    return "JPEG" if picture.format == "MPO" else str(picture.format)  # a JPEG with previews behind it


def _several(picture: Image.Image) -> str:
    """Return what its pictures are called where it has more than one to look at."""
    if picture.format == "MPO":  # behind the picture are previews and depth maps
        return ""
    try:
        many = getattr(picture, "n_frames", 1) > 1
    except Exception:  # a broken list of pages leaves the first one
        return ""
    if not many:
        return ""
    return "page" if picture.format == "TIFF" else "frame"


def _pixels(picture: Image.Image, untrusted: bytes, facts: dict[str, str | int]) -> NDArray[np.uint8]:
    from bmis.capture import opencv

    width, height = picture.size
    _refuse_size(picture)
    divisor = divisor_for(width, height)
    if divisor > 1:
        facts["reduced"] = divisor
    try:
        if facts["format"] == "JPEG" and picture.mode in {"RGB", "L"}:
            pixels = _jpeg(untrusted, divisor)
        elif facts["format"] == "WEBP" and picture.mode == "RGB" and "frame" not in facts:
            pixels = _decoded(untrusted, divisor, "WEBP")
        else:
            if facts["format"] == "JPEG" and divisor > 1:
                picture.draft(None, (width // divisor, height // divisor))
                divisor = divisor_for(*picture.size)
            picture.load()
            pixels = _strip_by_strip(picture, divisor)
        mark = picture.getexif().get(_ORIENTATION)  # after load(): a TIFF is turned while it is loaded
    except MemoryError:
        raise
    except ImageDamagedError:
        raise
    except Image.DecompressionBombError as bomb:
        raise ImageTooLargeError from bomb
    except Exception as problem:  # Pillow's decoders raise whatever they stumble on
        raise ImageDamagedError(format=str(facts["format"])) from problem
    facts["turned"] = mark if isinstance(mark, int) and 1 <= mark <= 8 else 1
    return opencv.turned(pixels, int(facts["turned"]))


def _refuse_size(picture: Image.Image) -> None:
    width, height = picture.size
    pixels = width * height
    most = {"JPEG": MAX_JPEG_PIXELS, "MPO": MAX_JPEG_PIXELS, "WEBP": MAX_WEBP_PIXELS}.get(
        str(picture.format), MAX_PIXELS
    )
    if pixels > most or ("progressive" in picture.info and pixels * _coefficients(picture) > MAX_COEFFICIENTS):
        raise ImageTooLargeError(megapixels=pixels // 1_000_000)
    if min(width, height) < MIN_SIDE:
        raise ImageEmptyError(width=width, height=height)


def _coefficients(picture: Image.Image) -> float:
    """Return the bytes a pixel of a JPEG's coefficients: two a sample, fewer samples where colour is coarser."""
    factors = [(int(layer[1]), int(layer[2])) for layer in getattr(picture, "layer", ())]
    if not factors:
        return 6.0
    finest = max(across for across, _ in factors) * max(down for _, down in factors)
    return 2 * sum(across * down for across, down in factors) / finest


def _jpeg(untrusted: bytes, divisor: int) -> NDArray[np.uint8]:
    if not _is_complete(untrusted):
        raise ImageDamagedError(format="JPEG")
    return _decoded(untrusted, divisor, "JPEG")


def _decoded(untrusted: bytes, divisor: int, kind: str) -> NDArray[np.uint8]:
    from bmis.capture import opencv

    pixels = opencv.decoded_picture(untrusted, divisor)
    if pixels is None:
        raise ImageDamagedError(format=kind)
    return pixels


def _is_complete(untrusted_jpeg: bytes) -> bool:
    """Return whether the JPEG's end mark follows its picture: a decoder fills what is missing with grey."""
    at = 2
    while at + 4 <= len(untrusted_jpeg) and untrusted_jpeg[at] == 0xFF:  # ITU-T T.81, B.1.1.4: segments to the scan
        mark = untrusted_jpeg[at + 1]
        if mark == 0xDA:
            break
        if mark == 0xFF or 0xD0 <= mark <= 0xD8 or mark == 0x01:  # filling, and marks without a length
            at += 1 if mark == 0xFF else 2
            continue
        at += 2 + int.from_bytes(untrusted_jpeg[at + 2 : at + 4], "big")
    return untrusted_jpeg.rfind(b"\xff\xd9") > at


def _strip_by_strip(picture: Image.Image, divisor: int) -> NDArray[np.uint8]:
    """Return blue-green-red pixels of a loaded picture, ``divisor`` times smaller, without a second whole copy."""
    from bmis.capture import opencv

    width, height = picture.size
    deep = picture.mode == "F" or (picture.mode.startswith("I") and _brightest(picture) > 255)
    sixteen = deep and picture.mode != "F"
    pixels = np.empty((-(-height // divisor), -(-width // divisor), 3), dtype=np.uint8)
    for top in range(0, height, _STRIP):
        strip = _eight_bits(picture.crop((0, top, width, min(top + _STRIP, height))), sixteen=sixteen)
        if divisor > 1:
            strip = strip.reduce(divisor)
        at = top // divisor
        pixels[at : at + strip.height] = opencv.blue_first(np.asarray(strip, dtype=np.uint8))
    return pixels


def _brightest(picture: Image.Image) -> float:
    highest = picture.getextrema()[1]
    return float(highest) if isinstance(highest, int | float) else 0.0


def _eight_bits(strip: Image.Image, *, sixteen: bool) -> Image.Image:
    if strip.mode.startswith(("I", "F")):
        values = np.asarray(strip)
        if sixteen:
            values = values // _SIXTEEN_TO_EIGHT
        return Image.fromarray(np.clip(values, 0, 255).astype(np.uint8))
    if strip.mode in {"1", "L"} and "transparency" not in strip.info:
        return strip.convert("L")
    if "A" in strip.mode or "a" in strip.mode or "transparency" in strip.info:
        seen = strip.convert("RGBA")
        paper = Image.new("RGBA", seen.size, "white")
        return Image.alpha_composite(paper, seen).convert("RGB")
    return strip.convert("RGB")


@contextmanager
def _careful() -> Iterator[None]:
    """Within the block a decoder's remarks on odd but readable files are not heard; sizes are judged here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _opened(untrusted: bytes) -> Image.Image:
    try:
        return Image.open(io.BytesIO(untrusted), formats=FORMATS)
    except Image.DecompressionBombError as bomb:
        raise ImageTooLargeError from bomb
    except UnidentifiedImageError as problem:
        is_one = kind_of(untrusted) is FileKind.PICTURE
        raise (ImageDamagedError if is_one else ImageNotAnImageError) from problem
    except MemoryError:
        raise
    except Exception as problem:  # a header that breaks the parser is no picture
        raise ImageDamagedError from problem
