"""Writing files whole or not at all: aside, synced, put in place; a full disk leaves nothing behind."""

import errno
import os
import secrets
from collections.abc import Mapping
from pathlib import Path

from bmis.kernel.whole_file import sync_folder
from poe_health.exchange.errors import ExportFileError
from poe_health.exchange.package import Package

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NO_LINKS = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EMLINK, errno.ENOSYS})


def paths_of(package: Package, main: Path) -> dict[Path, bytes]:
    """Return where each file of a package goes: ``P.csv``, and ``P.dictionary.csv`` beside it. The main one is last.

    Raises:
        ExportFileError: the path names no file.
    """
    if main.name in {"", ".."}:
        raise ExportFileError("file_unwritable")
    beside = {main.with_name(f"{main.stem}.{name}{main.suffix}"): content for name, content in package.beside.items()}
    return {**beside, main: package.main}


class StagedFiles:
    """Files that lie on the disk under other names until ``publish``. Readable by their owner alone.

    Raises:
        ExportFileError: one is there already and ``replace`` is not asked, the disk is full, or cannot be written.
    """

    def __init__(self, files: Mapping[Path, bytes], *, replace: bool = False) -> None:
        self._replace = replace
        self._aside: dict[Path, Path] = {}
        try:
            if not replace and any(os.path.lexists(path) for path in files):
                raise ExportFileError("file_exists")
            for path, content in files.items():
                self._aside[path] = _staged(path, content)
        except (OSError, ValueError) as error:  # ValueError: a NUL in the name
            self.discard()
            raise _trouble(error) from error
        except BaseException:
            self.discard()
            raise

    def publish(self) -> None:
        """Put every file in its place, the main one last; where one cannot be, none is left that was not there before.

        Raises:
            ExportFileError: somebody wrote a file of that name meanwhile, or the folder cannot be written.
        """
        placed: list[Path] = []
        try:
            for path, aside in self._aside.items():
                _place(aside, path, replace=self._replace)
                placed.append(path)
            for folder in {path.parent for path in self._aside}:
                sync_folder(folder)
        except OSError as error:
            if not self._replace:
                for path in placed:
                    path.unlink(missing_ok=True)
            raise _trouble(error) from error
        finally:
            self.discard()

    def discard(self) -> None:
        """Leave nothing of what was not published."""
        for aside in self._aside.values():
            aside.unlink(missing_ok=True)
        self._aside = {}


def _staged(path: Path, content: bytes) -> Path:
    aside = path.with_name(f".{path.name[:200]}.{secrets.token_hex(4)}")
    handle = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return aside


def _place(aside: Path, path: Path, *, replace: bool) -> None:
    if replace:
        os.replace(aside, path)
        return
    try:
        os.link(aside, path)  # unlike a rename it never takes the place of another file
    except FileExistsError:
        raise
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        if os.path.lexists(path):  # FAT and some shares have no links
            raise FileExistsError(errno.EEXIST, "exists") from error
        os.rename(aside, path)


def _trouble(error: Exception) -> ExportFileError:
    if isinstance(error, ExportFileError):
        return error
    if isinstance(error, FileExistsError):
        return ExportFileError("file_exists")
    full = isinstance(error, OSError) and error.errno in _FULL
    return ExportFileError("file_full" if full else "file_unwritable")
