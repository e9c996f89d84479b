"""Putting a database under another key, without a moment in which neither key opens it."""

import os
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from bmis.kernel.whole_file import sync_folder
from bmis.store.engine import error_of, set_key
from bmis.store.errors import StoreBusyError, StoreDamagedError
from bmis.store.home import disk_error

_TAIL = "SELECT seq, hash FROM audit ORDER BY seq DESC LIMIT 1"


def rekey_file(path: Path, old: bytes, new: bytes) -> None:
    """Replace the file by a copy under ``new``; at every moment the name leads to a whole database.

    The home is held alone by the caller, and nothing has the file open.

    Raises:
        StoreDamagedError: the old key does not open it, or the copy does not prove.
        StoreFullError, StoreReadOnlyError, StoreInputOutputError: the disk; the old file stays.
    """
    aside = path.with_name(f".{path.name}.rekey")
    try:
        forget_leftovers(path)
        tail = _copy(path, aside, old, new)
        if _proved_tail(aside, new) != tail:
            raise StoreDamagedError(file=path.name)
        _sync(aside)
        os.replace(aside, path)
        sync_folder(path.parent)
    except sqlcipher.Error as error:
        raise error_of(error, path.name) from error
    except OSError as error:
        raise disk_error(error, path.name) from error
    finally:
        aside.unlink(missing_ok=True)


def opens(path: Path, key: bytes) -> bool:
    """Return whether the key opens the file."""
    connection = sqlcipher.connect(str(path), isolation_level=None)
    try:
        set_key(connection, key)
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except sqlcipher.DatabaseError:
        return False
    else:
        return True
    finally:
        connection.close()


def forget_leftovers(path: Path) -> None:
    """Remove what an interrupted rekey left beside the file."""
    for leftover in path.parent.glob(f".{path.name}.rekey*"):
        leftover.unlink(missing_ok=True)


def _copy(path: Path, aside: Path, old: bytes, new: bytes) -> object:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    try:
        set_key(connection, old)
        # the write-ahead log belongs to the old key: left behind, it would be played into the new file
        if connection.execute("PRAGMA journal_mode = DELETE").fetchone()[0] != "delete":
            raise StoreBusyError(file=path.name)
        connection.execute("ATTACH DATABASE ? AS fresh KEY \"x'" + new.hex() + "'\"", (str(aside),))
        connection.execute("SELECT sqlcipher_export('fresh')").fetchall()
        tail = connection.execute(_TAIL).fetchone()
        connection.execute("DETACH DATABASE fresh")
    finally:
        connection.close()
    return tail


def _proved_tail(path: Path, key: bytes) -> object:
    connection = sqlcipher.connect(str(path), isolation_level=None)
    try:
        set_key(connection, key)
        if connection.execute("PRAGMA quick_check").fetchall() != [("ok",)]:
            raise StoreDamagedError(file=path.name)
        return connection.execute(_TAIL).fetchone()
    finally:
        connection.close()


def _sync(path: Path) -> None:
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def pages_prove(connection: Any) -> bool:
    """Return whether every page's own code proves and the database hangs together."""
    if connection.execute("PRAGMA cipher_integrity_check").fetchall():
        return False
    return bool(connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)])
