"""Overwriting what was deleted: SQLite leaves it on free pages and in the write-ahead log until it needs them."""

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Engine

from bmis.store.engine import BUSY_TIMEOUT_MS, error_of
from bmis.store.errors import StoreBusyError, StoreFullError, StoreInputOutputError, StoreReadOnlyError

_WAIT_MS = 2_000  # a lane that reads goes first


def swept(engine: Engine) -> bool:
    """Return whether the file and its log now hold only what is kept.

    Raises:
        StoreDamagedError: the file cannot be read.
    """
    raw = engine.raw_connection()
    connection = raw.driver_connection
    assert connection is not None  # it was just taken from the pool
    try:
        connection.execute(f"PRAGMA busy_timeout = {_WAIT_MS}")
        connection.execute("VACUUM")
        (busy, _, _) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    except sqlcipher.Error as error:
        ours = error_of(error, "")
        if isinstance(ours, StoreBusyError | StoreFullError | StoreInputOutputError | StoreReadOnlyError):
            return False
        raise ours from error
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_TIMEOUT_MS}")
        raw.close()
