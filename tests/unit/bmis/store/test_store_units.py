"""Units of work: all of it or nothing, numbered without gaps, errors of ours."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import event, text

from bmis.kernel.actor import Role
from bmis.kernel.identifiers import new_id
from bmis.store.engine import open_engine
from bmis.store.errors import StoreBusyError, StoreClosedError, StoreDamagedError, StoreFullError, StoreReadOnlyError
from bmis.store.outbox import waiting


@dataclass(frozen=True)
class Sent:
    id: UUID
    by: str
    text: str = "x"

    def payload(self):
        return {"id": self.id, "text": self.text}


@pytest.fixture
def store(signed_in):
    return signed_in(Role.OFFICER).store


def send(store, text="x"):
    with store.write() as unit:
        one = Sent(new_id(store.now()), store.by, text)
        unit.audit.add("sent", one)
        unit.outbox.add("sent", one)
        unit.commit()


def sequence(store):
    with store.read() as unit:
        return list(unit.connection.execute(text("SELECT seq FROM outbox ORDER BY seq")).scalars())


def on_connect(store, statement):
    def run(connection, _):
        connection.execute(statement)

    store.engine.dispose()
    event.listen(store.engine, "connect", run)
    return lambda: (event.remove(store.engine, "connect", run), store.engine.dispose())


def test_without_commit_neither_record_nor_link_nor_message_is_kept(store):
    send(store)
    with store.write() as unit:
        unit.audit.add("sent", Sent(new_id(store.now()), store.by))
        unit.outbox.add("sent", Sent(new_id(store.now()), store.by))
    send(store)

    assert sequence(store) == [1, 2]
    with store.read() as unit:
        assert waiting(unit.connection) == 2


def test_on_a_full_disk_the_officer_is_told_and_nothing_is_half_kept(store):
    send(store)
    room_again = on_connect(store, "PRAGMA max_page_count = 1")

    with pytest.raises(StoreFullError):
        send(store, "x" * 500_000)
    room_again()

    assert sequence(store) == [1]
    send(store)
    assert sequence(store) == [1, 2]


def test_on_a_disk_that_cannot_be_written_the_officer_is_told(store):
    send(store)
    writable_again = on_connect(store, "PRAGMA query_only = ON")

    with pytest.raises(StoreReadOnlyError):
        send(store)
    writable_again()

    assert sequence(store) == [1]


def test_a_store_that_another_holds_too_long_says_so_and_the_next_try_works(store):
    relaxed = on_connect(store, "PRAGMA busy_timeout = 50")
    with store.write(), pytest.raises(StoreBusyError):
        send(store)
    relaxed()

    send(store)
    assert sequence(store) == [1]


def test_a_signed_out_store_opens_nothing_more(store):
    store.close()

    with pytest.raises(StoreClosedError):
        store.write()
    store.close()


def test_a_clock_set_back_is_seen_against_what_the_store_knows(store):
    send(store)
    at = store.now()

    assert not store.clock_is_set_back()
    store.now = lambda: at - timedelta(minutes=1)
    assert not store.clock_is_set_back()
    store.now = lambda: at - timedelta(minutes=3)
    assert store.clock_is_set_back()


@pytest.mark.parametrize("content", [b"", b"SQLite format 3\0" + b"\0" * 4096, b"\xff" * 8192])
def test_a_file_that_is_no_database_of_ours_is_damaged(tmp_path, content):
    path = tmp_path / "border.db"
    if content:
        path.write_bytes(content)

    with pytest.raises(StoreDamagedError), open_engine(path, b"k" * 32).connect():
        pass


def test_the_disk_keeps_every_commit_and_no_temporary_file(store):
    with store.read() as unit:
        settings = {
            name: unit.connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "temp_store")
        }
    assert settings == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "temp_store": 2}
