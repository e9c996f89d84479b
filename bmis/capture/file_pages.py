"""Whatever file is given, its pages or frames one after another; each kind's decoder is loaded with its first file."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from bmis.capture.errors import ImageNotAnImageError
from bmis.capture.frame import Frame
from bmis.capture.images import decode_images
from bmis.capture.untrusted_file import FileKind, content_of, head_of, kind_of
from bmis.kernel.clock import Clock

_PILLOW = ("Jpeg", "Mpo", "Png", "Tiff", "WebP", "Bmp", "Gif")
_DECODERS = {
    FileKind.PICTURE: ("bmis.capture.opencv", *(f"PIL.{each}ImagePlugin" for each in _PILLOW)),
    FileKind.HEIF: ("bmis.capture.heif", "bmis.capture.opencv"),
    FileKind.PDF: ("bmis.capture.pdf_pages", "bmis.capture.opencv"),
    FileKind.FILM: ("bmis.capture.film_frames", "bmis.capture.opencv"),
}


def prepare(path: Path) -> FileKind:
    """Return the kind of the file, its decoder loaded, so that decoding can be timed alone.

    Raises:
        ImageNotAnImageError: none of the kinds that are read. ImageMissingError, NotAFileError, ImageEmptyError.
    """
    kind = kind_of(head_of(path))
    if kind is FileKind.UNKNOWN:
        raise ImageNotAnImageError
    for module in _DECODERS[kind]:
        import_module(module)
    return kind


def pages_of(path: Path, kind: FileKind, clock: Clock) -> Iterator[Frame]:
    """Yield what is to be looked at in the file; ``Frame.facts`` says which ``page`` or ``frame`` it is.

    Raises as ``decode_images``, ``decode_pdf`` and ``decode_film``.
    """
    if kind is FileKind.FILM:
        from bmis.capture.film_frames import decode_film

        yield from decode_film(path, clock, "film")
    elif kind is FileKind.PDF:
        from bmis.capture.pdf_pages import decode_pdf

        yield from decode_pdf(content_of(path), clock, "pdf")
    else:
        yield from decode_images(content_of(path), clock, "file")
