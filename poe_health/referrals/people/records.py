"""The table of identities. A row is forgotten by emptying it; the events that name it stay as they are."""

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, String, Text, insert, select, update
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base
from bmis.store.canonical import canonical
from bmis.store.unit import UnitOfWork
from poe_health.referrals.errors import ReferralHistoryError
from poe_health.referrals.people.identity import PatientIdentity, SealedIdentity, seal_of


class HealthIdentityRow(Base):
    """Who somebody is, and the salt without which the seal in the events tells nothing."""

    __tablename__ = "health_identity"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    salt: Mapped[str] = mapped_column(String(64))
    content: Mapped[str | None] = mapped_column(Text)
    kept_at: Mapped[datetime]
    forgotten_at: Mapped[datetime | None]


class SqlIdentities:
    """The identities inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection

    def add(self, sealed: SealedIdentity, at: datetime) -> None:
        """Keep a new identity."""
        content = None if sealed.identity is None else canonical(sealed.identity.plain())
        row = {"id": sealed.id, "salt": sealed.salt, "content": content, "kept_at": at, "forgotten_at": None}
        self._connection.execute(insert(HealthIdentityRow), row)

    def find(self, identifier: UUID, seal: str) -> PatientIdentity | None:
        """Return who it is; None: forgotten.

        Raises:
            ReferralHistoryError: there is no such row, or it is not what the event sealed.
        """
        asked = select(HealthIdentityRow.__table__).where(HealthIdentityRow.id == identifier)
        row = self._connection.execute(asked).one_or_none()
        if row is None or (row.content is None) != (row.forgotten_at is not None):
            raise ReferralHistoryError(0)
        if row.content is None:
            return None
        if seal_of(row.salt, row.content) != seal:
            raise ReferralHistoryError(0)
        return PatientIdentity.of(json.loads(row.content))

    def forget(self, identifier: UUID, at: datetime) -> bool:
        """Empty the row and its salt; return whether there was anything to forget."""
        done = self._connection.execute(
            update(HealthIdentityRow)
            .where(HealthIdentityRow.id == identifier, HealthIdentityRow.content.is_not(None))
            .values(content=None, salt="", forgotten_at=at)
        )
        return done.rowcount > 0


def unlike_sealed(
    connection: Connection, sealed: Iterable[tuple[UUID, UUID, str]], forgotten: Collection[UUID]
) -> frozenset[UUID]:
    """Return the events whose person is not what they sealed: changed, gone, or empty though no event says so.

    ``sealed``: event, identity, seal. ``forgotten``: the identities that an event let go.
    """
    asked = select(HealthIdentityRow.id, HealthIdentityRow.salt, HealthIdentityRow.content)
    made = {
        row.id: None if row.content is None else seal_of(row.salt, row.content) for row in connection.execute(asked)
    }
    wrong = set()
    for event, identity, seal in sealed:
        wanted = None if identity in forgotten else seal
        if identity not in made or made[identity] != wanted:
            wrong.add(event)
    return frozenset(wrong)
