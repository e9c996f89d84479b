"""A SQLCipher database as a SQLAlchemy engine: keyed, WAL, every commit on the disk, errors of ours."""

from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import Connection, ExceptionContext
from sqlalchemy.pool import QueuePool

from bmis.kernel.errors import SiteError
from bmis.store.errors import (
    StoreBusyError,
    StoreDamagedError,
    StoreFullError,
    StoreInputOutputError,
    StoreReadOnlyError,
)

BUSY_TIMEOUT_MS = 15_000
_WORDS: tuple[tuple[str, type[SiteError]], ...] = (
    # SQLite's own English messages (sqlite.org/rescode.html), the only thing the driver passes on
    ("is full", StoreFullError),
    ("readonly", StoreReadOnlyError),
    ("unable to open", StoreReadOnlyError),
    ("locked", StoreBusyError),
    ("busy", StoreBusyError),
    ("not a database", StoreDamagedError),
    ("malformed", StoreDamagedError),
    ("disk i/o", StoreInputOutputError),
)


def open_engine(path: Path, key: bytes, *, create: bool = False) -> Engine:
    """Return an engine over the encrypted file; ``key`` is 32 raw bytes.

    A write begins with BEGIN IMMEDIATE (option ``write`` of the connection), so that what it reads cannot change
    before it commits.

    Raises:
        StoreDamagedError: the file is absent, or not a database under this key.
        StoreReadOnlyError: the disk cannot be written.
    """
    if not create and not path.exists():
        raise StoreDamagedError(file=path.name)
    if create:
        try:
            path.touch(mode=0o600)  # its journal files take the same mode
        except OSError as error:
            raise StoreReadOnlyError(file=path.name) from error

    def connect() -> Any:
        connection = None
        try:
            connection = sqlcipher.connect(str(path), isolation_level=None, check_same_thread=False)
            set_key(connection, key)
            connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA cache_size = -64000")  # warm look-ups as fast as plain SQLite
            connection.execute("PRAGMA temp_store = MEMORY")  # no traveller's name in a temporary file
        except sqlcipher.Error as error:
            if connection is not None:
                connection.close()
            raise error_of(error, path.name) from error
        return connection

    engine = create_engine("sqlite://", module=sqlcipher, creator=connect, poolclass=QueuePool, pool_size=4)

    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        writing = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")

    @event.listens_for(engine, "handle_error")
    def _ours(context: ExceptionContext) -> None:
        error = context.original_exception
        if isinstance(error, sqlcipher.Error) and (ours := _ours_for(error, path.name)):
            raise ours from error

    return engine


def set_key(connection: Any, key: bytes) -> None:
    """Unlock a raw connection, silently: SQLCipher would log to the terminal."""
    connection.execute("PRAGMA cipher_log_level = NONE").fetchall()
    connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"").fetchall()


def error_of(error: Exception, file: str) -> SiteError:
    """Return our error for one that the driver raised on a connection of its own."""
    return _ours_for(error, file) or StoreDamagedError(file=file)


def _ours_for(error: Exception, file: str) -> SiteError | None:
    said = str(error).lower()
    return next((kind(file=file) for words, kind in _WORDS if words in said), None)
