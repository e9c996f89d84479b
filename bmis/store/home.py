"""The folder of one desk: which post and lane it is, its two databases, its keys, its locks."""

import errno
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import portalocker

from bmis.kernel.whole_file import put
from bmis.store.errors import (
    HomeDamagedError,
    HomeExistsError,
    HomeInUseError,
    HomeMissingError,
    StoreFullError,
    StoreReadOnlyError,
)

_FORMAT = 1


@dataclass(frozen=True, slots=True)
class Home:
    """A desk's folder. ``desk_id`` differs for two machines that serve the same lane, so their sequences never mix."""

    path: Path
    post_code: str
    lane: str
    desk_id: str
    training: bool

    @property
    def site_id(self) -> str:
        """Who the hub thinks is speaking: the post."""
        return self.post_code

    @property
    def keys_path(self) -> Path:
        """Slots, and no traveller's data."""
        return self.path / "keys.json"

    def database(self, file_name: str) -> Path:
        """Return the path of one of the home's databases."""
        return self.path / file_name

    @classmethod
    def create(cls, path: Path, *, post_code: str, lane: str, training: bool) -> "Home":
        """Return a new home in an absent or empty folder, readable by its owner alone.

        Raises:
            HomeExistsError: the folder is not empty.
            StoreReadOnlyError: the folder cannot be made or written.
        """
        try:
            path.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.chmod(0o700)
            if any(path.iterdir()):
                raise HomeExistsError
        except (NotADirectoryError, FileExistsError) as error:
            raise HomeExistsError from error
        except OSError as error:
            raise StoreReadOnlyError from error
        home = cls(path, post_code, lane, f"{post_code}-{lane}-{secrets.token_hex(4)}", training)
        write_private(path / "home.json", home_text(home))
        return home

    @classmethod
    def open(cls, path: Path) -> "Home":
        """Return the home in the folder.

        Raises:
            HomeMissingError: there is none.
            HomeDamagedError: its description cannot be read.
        """
        try:
            text = (path / "home.json").read_text("utf-8")
        except UnicodeDecodeError as error:
            raise HomeDamagedError(file="home.json") from error
        except OSError as error:
            raise HomeMissingError from error
        try:
            said = json.loads(text)
            if said["format"] != _FORMAT:
                raise HomeDamagedError(file="home.json")
            return cls(path, str(said["post_code"]), str(said["lane"]), str(said["desk_id"]), bool(said["training"]))
        except (ValueError, KeyError, TypeError, RecursionError) as error:
            raise HomeDamagedError(file="home.json") from error

    def moved(self, post_code: str) -> "Home":
        """Return the home as it is from now on, at another post; who has it open works on as before.

        Raises:
            StoreFullError, StoreReadOnlyError: it stays where it is.
        """
        home = replace(self, post_code=post_code)
        write_private(self.path / "home.json", home_text(home))
        return home

    @contextmanager
    def held(self, name: str, *, alone: bool) -> Iterator[None]:
        """Hold a lock of the home: ``desktop`` (one at a time) or ``use`` (shared; restore and migrate hold it alone).

        Raises:
            HomeInUseError: somebody else holds it.
        """
        how = portalocker.LockFlags.EXCLUSIVE if alone else portalocker.LockFlags.SHARED
        try:
            file = open(self.path / f"{name}.lock", "a+")  # noqa: SIM115 - the lock lives as long as the handle
        except OSError as error:
            raise StoreReadOnlyError from error
        try:
            portalocker.lock(file, how | portalocker.LockFlags.NON_BLOCKING)
        except portalocker.exceptions.LockException as error:
            file.close()
            raise HomeInUseError(lock=name) from error
        try:
            yield
        finally:
            portalocker.unlock(file)
            file.close()


def home_text(home: Home) -> str:
    """Return the content of ``home.json``."""
    said = {
        "format": _FORMAT,
        "post_code": home.post_code,
        "lane": home.lane,
        "desk_id": home.desk_id,
        "training": home.training,
    }
    return json.dumps(said, indent=1)


def write_private(path: Path, text: str) -> None:
    """Put the whole text in the file, or leave the old file as it was: written aside, synced, renamed.

    Raises:
        StoreFullError: the disk is full.
        StoreReadOnlyError: the folder cannot be written.
    """
    try:
        put(path, text.encode())
    except OSError as error:
        raise disk_error(error, path.name) from error


def disk_error(error: OSError, file: str) -> StoreFullError | StoreReadOnlyError:
    """Return what the operating system's refusal to write means here."""
    full = error.errno in {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
    return StoreFullError(file=file) if full else StoreReadOnlyError(file=file)
