"""A file stands whole on the disk, readable by its owner alone, or not at all; nothing half is left beside it."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path


@contextlib.contextmanager
def staged(path: Path, content: bytes) -> Iterator[None]:
    """Write the file beside its place, do the block, then put it in place; if anything fails nothing is left.

    Raises:
        OSError: it cannot be written or put in place, or the name cannot be one.
    """
    _require_name(path)
    handle, aside = tempfile.mkstemp(prefix=".bmis-", dir=path.parent)
    try:
        _fill(handle, content)
        yield
        os.replace(aside, path)
        sync_folder(path.parent)
    finally:
        Path(aside).unlink(missing_ok=True)


def put(path: Path, content: bytes) -> None:
    """Write the file; one of that name is replaced at once, or stays as it was. Raises OSError."""
    with staged(path, content):
        pass


def create(path: Path, content: bytes) -> None:
    """Write a new file, never over another, never through a link.

    Raises:
        FileExistsError: there is one of that name.
        OSError: it cannot be written, or the name cannot be one.
    """
    _require_name(path)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        _fill(handle, content)
    except OSError:
        path.unlink(missing_ok=True)
        raise


def sync_folder(folder: Path) -> None:
    """Put a folder's list of names on the disk, so that a rename outlives a power cut."""
    if os.name == "nt":
        return  # Windows has no handle to sync for a folder
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _require_name(path: Path) -> None:
    if "\0" in str(path):  # the system's calls would raise ValueError, which no caller awaits
        raise OSError(errno.EINVAL, os.strerror(errno.EINVAL))


def _fill(handle: int, content: bytes) -> None:
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
