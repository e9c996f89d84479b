"""The digests of openings and of made keys, made again from their rows, for the audit chain to prove them."""

import json
from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Connection, select

from bmis.kernel.identifiers import made_at
from bmis.store.canonical import canonical, digest
from poe_health.store.records.access import Access, AccessKind, HealthAccessRow
from poe_health.store.records.secret_keys import MADE, HealthSecretRow

NOT_PROVED = digest("not what the columns say")  # the digest of no payload: those are JSON objects


class RedigestAccess:
    """Makes the digests of the openings of records again."""

    kinds = frozenset(kind.value for kind in AccessKind)

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each opening and the digest of its content."""
        for row in connection.execute(select(HealthAccessRow.__table__).order_by(HealthAccessRow.number)):
            if row.kind not in self.kinds or made_at(row.id) != row.recorded_at:
                yield row.id, NOT_PROVED
                continue
            one = Access(row.id, AccessKind(row.kind), row.record_id, row.by, row.role, row.reason)
            yield row.id, digest(canonical(one.payload()))


class RedigestSecrets:
    """Makes the digests of the making of keys again. No digest is of the secret itself."""

    kinds = frozenset({MADE})

    def __call__(self, connection: Connection) -> Iterator[tuple[UUID, str]]:
        """Yield each making and the digest of its content."""
        asked = select(HealthSecretRow.id, HealthSecretRow.purpose, HealthSecretRow.payload)
        for row in connection.execute(asked):
            try:
                said = json.loads(row.payload)
                agrees = (said["id"], said["purpose"]) == (str(row.id), row.purpose)
            except (ValueError, KeyError, TypeError):
                agrees = False
            yield row.id, digest(row.payload) if agrees else NOT_PROVED
