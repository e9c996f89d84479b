"""PDFs that leave the program: to the file that a person names, or to the printer. Never anywhere else."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from bmis.kernel.whole_file import create
from ui.desktop.errors import FileNotSavedError, FileTakenError, FolderMissingError

SendToPrinter = Callable[[bytes, str], str]
"""Takes a PDF and its title, answers where it went; raises a BmisError when no printer takes it."""


def suggested_path(file_name: str) -> str:
    """Return a path for a new file in the person's documents."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return str(Path(folder or Path.home()) / file_name)


def typed_path(untrusted_path: str, suffix: str) -> Path:
    """Return the path that was typed, absolute and with its ending.

    Raises:
        FolderMissingError: its folder is not there.
    """
    path = Path(untrusted_path.strip()).expanduser()
    if path.suffix.lower() != suffix:
        path = path.with_name(path.name + suffix)
    if not path.is_absolute() or not path.parent.is_dir():
        raise FolderMissingError
    return path


def save_paper(path: Path, content: bytes) -> Path:
    """Return the path of the new file, which only its owner may read: a paper names people.

    Raises:
        FileTakenError: there is one of that name.
        FileNotSavedError: the disk refuses.
    """
    try:
        create(path, content)
    except FileExistsError as error:
        raise FileTakenError from error
    except OSError as error:
        raise FileNotSavedError from error
    return path
