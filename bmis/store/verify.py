"""Proving a store: its pages, its audit chain, its records against the chain, its messages."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Protocol, TypeVar
from uuid import UUID

import sqlcipher3.dbapi2 as sqlcipher
from sqlalchemy import Connection, func, select

from bmis.store.audit import ChainReport, verify_chain
from bmis.store.canonical import digest
from bmis.store.engine import error_of
from bmis.store.errors import OutboxGapError, RecordChangedError, StoreDamagedError
from bmis.store.records import AuditRow, OutboxRow
from bmis.store.rekey import pages_prove
from bmis.store.unit import Store

_BATCH = 400
_Item = TypeVar("_Item")


class Redigest(Protocol):
    """A room's way of making the digests of its rows again."""

    @property
    def kinds(self) -> frozenset[str]:
        """The audit kinds of which each event has a row in this room."""
        ...

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each row's event identifier and the digest of its canonical payload, made from the row itself."""
        ...


@dataclass(frozen=True, slots=True)
class StoreReport:
    """What a verification saw."""

    chain: ChainReport
    records: int  # rows whose digest was made again
    messages: int
    unsent: int


def verify_store(store: Store, rooms: Iterable[Redigest] = (), anchors: Sequence[str] = ()) -> StoreReport:
    """Return what the store holds, after all of it was proved.

    Raises:
        StoreDamagedError: a page does not prove.
        AuditBrokenError: the chain does not.
        RecordChangedError: a record is not what was audited, or is gone.
        OutboxGapError: a message is missing or was changed.
    """
    _prove_pages(store)
    with store.read() as unit:
        chain = verify_chain(unit.connection, anchors)
        records = sum(_prove_records(unit.connection, room) for room in rooms)
        messages, unsent = _prove_outbox(unit.connection)
    return StoreReport(chain, records, messages, unsent)


def _prove_pages(store: Store) -> None:
    raw = store.engine.raw_connection()
    try:
        if not pages_prove(raw.driver_connection):
            raise StoreDamagedError(file=store.home.path.name)
    except sqlcipher.Error as error:
        raise error_of(error, store.home.path.name) from error
    finally:
        raw.close()


def _prove_records(connection: Connection, room: Redigest) -> int:
    count = 0
    for batch in _batches(room(connection)):
        count += len(batch)
        _compare(connection, batch)
    audited = connection.execute(
        select(func.count(AuditRow.event_id.distinct())).where(AuditRow.kind.in_(sorted(room.kinds)))
    ).scalar_one()
    if audited != count:
        raise RecordChangedError(missing=audited - count)
    return count


def _compare(connection: Connection, batch: list[tuple[UUID, str]]) -> None:
    asked = select(AuditRow.event_id, AuditRow.digest).where(AuditRow.event_id.in_([event for event, _ in batch]))
    audited = {(row.event_id, row.digest) for row in connection.execute(asked)}
    for one in batch:
        if one not in audited:
            raise RecordChangedError(event=str(one[0]))


def _prove_outbox(connection: Connection) -> tuple[int, int]:
    expected, unsent = 1, 0
    asked = select(OutboxRow.seq, OutboxRow.event_id, OutboxRow.payload, OutboxRow.acknowledged_at)
    rows = connection.execute(asked.order_by(OutboxRow.seq), execution_options={"yield_per": 2000})
    for batch in _batches(rows):
        for row in batch:
            if row.seq != expected:
                raise OutboxGapError(seq=expected)
            expected += 1
            unsent += row.acknowledged_at is None
        try:
            _compare(connection, [(row.event_id, digest(row.payload)) for row in batch])
        except RecordChangedError as error:
            raise OutboxGapError(seq=batch[0].seq) from error
    return expected - 1, unsent


def _batches(items: Iterable[_Item]) -> Iterator[list[_Item]]:
    walking = iter(items)
    while batch := list(islice(walking, _BATCH)):
        yield batch
