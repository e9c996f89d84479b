"""A file that a command was asked to write: new, for its owner alone, whole or not at all."""

from pathlib import Path

from bmis.kernel.whole_file import create
from ui.cli.errors import OutputRefusedError


def write_new(path: Path, content: bytes) -> None:
    """Return after the file stands on the disk. Never over a file, never through a link.

    Raises:
        OutputRefusedError: it is there already, or cannot be written; nothing half is left.
    """
    try:
        create(path, content)
    except OSError as error:
        raise OutputRefusedError from error
