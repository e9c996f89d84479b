"""A file that a command was asked to write: new, for its owner alone, whole or not at all."""

import os
from pathlib import Path

from ui.cli.errors import OutputRefusedError


def write_new(path: Path, content: bytes) -> None:
    """Return after the file stands on the disk. Never over a file, never through a link.

    Raises:
        OutputRefusedError: it is there already, or cannot be written; nothing half is left.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        raise OutputRefusedError from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise OutputRefusedError from error
