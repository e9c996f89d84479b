"""A file that somebody gives: what it is by its first bytes, and its contents, without ever waiting for a pipe."""

import os
import stat
from enum import StrEnum
from pathlib import Path

from bmis.capture.errors import ImageEmptyError, ImageMissingError, ImageTooLargeError, NotAFileError

MAX_BYTES = 100_000_000  # of a picture or a PDF, which are read into memory
HEAD = 64  # bytes that tell the kind


class FileKind(StrEnum):
    """How a file is read."""

    PICTURE = "picture"
    HEIF = "heif"
    PDF = "pdf"
    FILM = "film"
    UNKNOWN = "unknown"


_PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+", b"BM", b"GIF8")
_HEIF_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")  # ISO/IEC 23008-12, annex B
_MOVIE_BOXES = (b"ftyp", b"moov", b"mdat", b"free", b"wide", b"skip")  # ISO/IEC 14496-12; old cameras have no ftyp
_MATROSKA = b"\x1a\x45\xdf\xa3"  # RFC 8794, EBML


def kind_of(head: bytes) -> FileKind:
    """Return the kind of file that begins with ``head``; its name is not asked."""
    if head.startswith(_PICTURES) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP"):
        return FileKind.PICTURE
    if head[4:8] == b"ftyp" and (head[8:12] in _HEIF_BRANDS):
        return FileKind.HEIF
    if head.lstrip().startswith(b"%PDF-"):
        return FileKind.PDF
    if head[4:8] in _MOVIE_BOXES or head.startswith(_MATROSKA) or (head[:4] == b"RIFF" and head[8:12] == b"AVI "):
        return FileKind.FILM
    return FileKind.UNKNOWN


def head_of(path: Path) -> bytes:
    """Return the first bytes of the file. Raises as ``content_of``, but never for its size."""
    return _read(path, HEAD)


def content_of(path: Path) -> bytes:
    """Return the contents of the file.

    Raises:
        ImageMissingError: no such file, or no right to read it.
        NotAFileError: a folder, a pipe, a device; it is not opened, or not waited for.
        ImageEmptyError: no bytes. ImageTooLargeError: more than 100 MB.
    """
    content = _read(path, MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise ImageTooLargeError(megabytes=len(content) // 1_000_000)
    return content


def _read(path: Path, most: int) -> bytes:
    try:
        if not stat.S_ISREG(path.stat().st_mode):  # before opening: to open a device may already move it
            raise NotAFileError
        flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
        with os.fdopen(os.open(path, flags), "rb") as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):  # exchanged meanwhile
                raise NotAFileError
            if status.st_size > MAX_BYTES and most > MAX_BYTES:
                raise ImageTooLargeError(megabytes=status.st_size // 1_000_000)
            content = file.read(most)
    except (OSError, ValueError) as problem:  # ValueError: a NUL in the name
        raise ImageMissingError from problem
    if not content:
        raise ImageEmptyError
    return content
