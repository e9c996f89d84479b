"""Frames of an untrusted film file: few of them, of a bounded size, however long and large the film says it is."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from bmis.capture.errors import FilmDamagedError, FilmTooLargeError
from bmis.capture.frame import Frame
from bmis.kernel.clock import Clock

if TYPE_CHECKING:
    from bmis.capture.opencv import Film

MAX_FRAME_PIXELS = 9_500_000  # 4096x2304; a decoder keeps up to sixteen of them
LOOKS_A_SECOND = 6  # a document lies still for seconds
DENSE_LOOKS = 60  # the first ten seconds; then one look a second
MAX_LOOKS = 90  # the first forty seconds of a film
USUAL_RATE = 30.0  # frames a second of a film that does not say it
HIGHEST_RATE = 240.0  # of a telephone's slow motion; a film that says more is not believed
MIN_SIDE = 16
# a playlist is no film: FFmpeg opens no address, no other file, and no format but those that were recognised
FFMPEG_OPTIONS = "protocol_whitelist;file|format_whitelist;mov,mp4,m4a,3gp,3g2,mj2,avi,matroska,webm"


def _open(path: str) -> "Film":
    os.environ["OPENCV_FFMPEG_CAPTURE_OPTIONS"] = FFMPEG_OPTIONS
    from bmis.capture.opencv import Film  # a picture never needs FFmpeg

    return Film.of_untrusted_file(path)


def decode_film(path: Path, clock: Clock, source: str, open_film: Callable[[str], "Film"] = _open) -> Iterator[Frame]:
    """Yield six frames a second of the first ten seconds and one a second of the next thirty.

    Facts: ``format``, ``frame`` from 1 as the film counts them, ``width``, ``height``.

    Raises:
        FilmDamagedError: it cannot be opened or has no frame. FilmTooLargeError: a frame has more than 9.5 megapixels.
    """
    film = open_film(str(path))
    try:
        if not film.opened:
            raise FilmDamagedError
        _refuse_size(*film.size)
        rate = min(film.frames_a_second or USUAL_RATE, HIGHEST_RATE)
        number = 0
        for look in range(MAX_LOOKS):
            if look:
                step = max(1, round(rate / LOOKS_A_SECOND)) if look < DENSE_LOOKS else max(1, round(rate))
                for _ in range(step - 1):
                    if not film.skip():
                        return
                    number += 1
            pixels = film.next()
            if pixels is None:
                if not look:
                    raise FilmDamagedError
                return
            number += 1
            height, width = pixels.shape[:2]
            _refuse_size(width, height)
            facts: dict[str, str | int] = {"format": "FILM", "frame": number, "width": width, "height": height}
            yield Frame.of_pixels(pixels, clock(), source, number, facts)
    finally:
        film.release()


def _refuse_size(width: int, height: int) -> None:
    if width * height > MAX_FRAME_PIXELS:
        raise FilmTooLargeError(megapixels=width * height // 1_000_000)
    if min(width, height) < MIN_SIDE:
        raise FilmDamagedError
