"""One store of a home, and the unit of work in which everything that belongs together is kept or nothing is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.engine import RootTransaction

from bmis.kernel.clock import Clock
from bmis.store.audit import AuditTrail
from bmis.store.engine import open_engine
from bmis.store.errors import SchemaNewerError, SchemaOlderError, StoreClosedError, StoreDamagedError
from bmis.store.home import Home
from bmis.store.outbox import Outbox
from bmis.store.records import AuditRow
from bmis.store.sweep import swept

CLOCK_TOLERANCE = timedelta(minutes=2)  # ordinary drift corrections are smaller; a clock set back is larger


@dataclass(frozen=True, slots=True)
class StoreKind:
    """What tells the border's database from health's: its file and the newest revision of its schema."""

    service: str
    file_name: str
    head: Callable[[], str]


class UnitOfWork:
    """A transaction with the three things a use case may touch. Without ``commit`` everything rolls back."""

    def __init__(self, engine: Engine, home: Home, signer: Ed25519PrivateKey | None, by: str, *, write: bool) -> None:
        self._engine = engine.execution_options(write=True) if write else engine
        self._home, self._signer, self._by = home, signer, by

    def __enter__(self) -> Self:
        self.connection: Connection = self._engine.connect()
        try:
            self._transaction: RootTransaction = self.connection.begin()
        except BaseException:
            self.connection.close()  # busy: __exit__ is not called for what was never entered
            raise
        self.audit = AuditTrail(self.connection, self._signer, self._by)
        self.outbox = Outbox(self.connection, self._home)
        return self

    def last_seen_at(self) -> datetime | None:
        """Return the latest moment that the store knows of."""
        return self.connection.execute(select(func.max(AuditRow.recorded_at))).scalar()

    def judged_at(self, now: datetime) -> datetime:
        """Return the moment to judge days by: the later of now and what was seen: a clock set back gives nothing."""
        seen = self.last_seen_at()
        return now if seen is None else max(now, seen)

    def commit(self) -> None:
        """Keep everything, on the disk, before returning."""
        self._transaction.commit()

    def __exit__(self, *_: object) -> None:
        try:
            if self._transaction.is_active:
                self._transaction.rollback()
        finally:
            self.connection.close()


class OpenUnit(Protocol):
    """What a use case that writes needs of the store."""

    def __call__(self) -> UnitOfWork:
        """Return a unit that begins with BEGIN IMMEDIATE when entered."""
        ...


class Store:
    """One opened database of a home, at work for one signed-in person (or for recovery, who cannot sign)."""

    def __init__(self, home: Home, engine: Engine, clock: Clock, by: str, signer: Ed25519PrivateKey | None) -> None:
        self.home = home
        self._engine: Engine | None = engine
        self.now = clock
        self.by = by
        self._signer = signer

    @classmethod
    def open(
        cls,
        home: Home,
        kind: StoreKind,
        keys: tuple[bytes, ...],
        clock: Clock,
        by: str,
        signer: Ed25519PrivateKey | None,
    ) -> "Store":
        """Return the store under the first key that fits (two while a rekey is under way).

        Raises:
            StoreDamagedError: no key fits, or the file is damaged.
            SchemaNewerError: a newer BMIS wrote it.
            SchemaOlderError: it must be migrated.
        """
        engine = _fitting(home, kind, keys)
        found = schema_of(engine)
        if found != kind.head():
            engine.dispose()
            raise SchemaOlderError(found=found) if found < kind.head() else SchemaNewerError(found=found)
        return cls(home, engine, clock, by, signer)

    @property
    def engine(self) -> Engine:
        """The engine under the key.

        Raises:
            StoreClosedError: the person has signed out; the key is gone.
        """
        if self._engine is None:
            raise StoreClosedError
        return self._engine

    def move_to(self, engine: Engine) -> None:
        """Go on with another engine: the file was rekeyed. Whoever holds this store need not know."""
        if self._engine is not None:
            self._engine.dispose()
        self._engine = engine

    def write(self) -> UnitOfWork:
        """Return a unit that begins with BEGIN IMMEDIATE."""
        return UnitOfWork(self.engine, self.home, self._signer, self.by, write=True)

    def read(self) -> UnitOfWork:
        """Return a unit that only looks."""
        return UnitOfWork(self.engine, self.home, None, self.by, write=False)

    def last_seen_at(self) -> datetime | None:
        """Return the latest moment that the store knows of."""
        with self.read() as unit:
            return unit.last_seen_at()

    def clock_is_set_back(self) -> bool:
        """Return whether the machine's clock is behind what the store has already seen."""
        seen = self.last_seen_at()
        return seen is not None and self.now() < seen - CLOCK_TOLERANCE

    def sweep(self) -> bool:
        """Rewrite the file so that no page, and no page of its journal, holds what was deleted.

        Returns False where it could not: somebody else reads or writes, or there is no room. Nothing is lost by it.
        """
        return swept(self.engine)

    def close(self) -> None:
        """Forget the connections, and with them the key."""
        if self._engine is not None:
            self._engine.dispose()
        self._engine = None
        self._signer = None


@contextmanager
def closing(store: Store) -> Iterator[Store]:
    """Close the store at the end of the block."""
    try:
        yield store
    finally:
        store.close()


def schema_of(engine: Engine) -> str:
    """Return the revision that the database says it has ("" when it has none yet)."""
    with engine.connect() as connection:
        if not connection.dialect.has_table(connection, "alembic_version"):
            return ""
        return str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar() or "")


def _fitting(home: Home, kind: StoreKind, keys: tuple[bytes, ...]) -> Engine:
    trouble: StoreDamagedError = StoreDamagedError(file=kind.file_name)
    for key in keys:
        engine = open_engine(home.database(kind.file_name), key)
        try:
            schema_of(engine)
        except StoreDamagedError as error:
            engine.dispose()
            trouble = error
        else:
            return engine
    raise trouble
