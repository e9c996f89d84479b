"""Messages for the hub, written in the same transaction as what they tell."""

from collections.abc import Iterable

from sqlalchemy import Connection, func, insert, select

from bmis.kernel.identifiers import made_at
from bmis.store.canonical import Event, text_of
from bmis.store.home import Home
from bmis.store.records import OutboxRow

SCHEMA_VERSION = 1
_ADD = insert(OutboxRow)
_LAST = select(func.max(OutboxRow.seq))


class Outbox:
    """The desk's numbered messages inside one unit of work."""

    def __init__(self, connection: Connection, home: Home) -> None:
        self._connection = connection
        self._home = home
        self._seq: int | None = None

    def add(self, kind: str, event: Event) -> None:
        """Number the event and keep it for sending."""
        self.add_many(kind, [event])

    def add_many(self, kind: str, events: Iterable[Event]) -> None:
        """Number the events in order."""
        if self._seq is None:
            self._seq = self._connection.execute(_LAST).scalar() or 0
        rows = []
        for event in events:
            self._seq += 1
            rows.append(
                {
                    "seq": self._seq,
                    "event_id": event.id,
                    "site_id": self._home.site_id,
                    "desk_id": self._home.desk_id,
                    "kind": kind,
                    "schema_version": SCHEMA_VERSION,
                    "recorded_at": made_at(event.id),
                    "payload": text_of(event),
                    "acknowledged_at": None,
                }
            )
        if rows:
            self._connection.execute(_ADD, rows)


def waiting(connection: Connection) -> int:
    """Return how many messages the hub has not acknowledged."""
    asked = select(func.count()).select_from(OutboxRow).where(OutboxRow.acknowledged_at.is_(None))
    return connection.execute(asked).scalar_one()
