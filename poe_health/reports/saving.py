"""Writing a paper of health: readable by its owner alone, never over another file, nothing left of a failed try."""

import os
import re
from pathlib import Path

from poe_health.referrals.errors import HealthFolderError, HealthPaperError

_PLAIN = re.compile(r"[A-Za-z0-9-]{1,80}", re.ASCII)


def require_folder(folder: Path) -> None:
    """Refuse a folder that takes no paper, before something is done that only the paper makes useful.

    Raises:
        HealthFolderError: it is not there. HealthPaperError: it is no folder, or this user may not write into it.
    """
    try:
        if not folder.exists():
            raise HealthFolderError
        takes = folder.is_dir() and os.access(folder, os.W_OK | os.X_OK)
    except (OSError, ValueError) as error:  # a name that no disk takes; a NUL in it
        raise HealthPaperError from error
    if not takes:
        raise HealthPaperError


def save_paper(folder: Path, name: str, pdf: bytes) -> Path:
    """Return the path of the PDF. ``name`` is a kind and a number of ours, which name nobody.

    Raises:
        HealthPaperError: it is there already, or the folder cannot be written; nothing was left behind.
        ValueError: the name is not made of letters, digits and hyphens.
    """
    if not _PLAIN.fullmatch(name):
        raise ValueError("a paper's name is a kind and a number")
    path = folder / f"{name}.pdf"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the folder's name
        raise HealthPaperError from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise HealthPaperError from error
    return path
