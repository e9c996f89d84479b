"""The secrets that only health's own file holds: the key that signs clearance, the key behind pseudonyms."""

import secrets
from datetime import datetime
from typing import cast
from uuid import UUID

from sqlalchemy import String, Text, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.kernel.identifiers import new_id
from bmis.store.base import Base
from bmis.store.canonical import Message
from bmis.store.unit import UnitOfWork

MADE = "health.key_made"


class HealthSecretRow(Base):
    """One secret of 32 bytes. ``payload``, which the audit covers, has no secret."""

    __tablename__ = "health_secret"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    purpose: Mapped[str] = mapped_column(String(20))
    made_at: Mapped[datetime]
    secret: Mapped[str] = mapped_column(String(64))
    payload: Mapped[str] = mapped_column(Text)


class SqlSecrets:
    """Secrets inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._unit = unit

    def every(self, purpose: str) -> list[tuple[datetime, bytes]]:
        """Return when each was made and the secret, the newest first."""
        asked = select(HealthSecretRow.made_at, HealthSecretRow.secret).where(HealthSecretRow.purpose == purpose)
        rows = self._unit.connection.execute(asked.order_by(HealthSecretRow.made_at.desc(), HealthSecretRow.id.desc()))
        return [(cast(datetime, row.made_at), bytes.fromhex(row.secret)) for row in rows]

    def make(self, purpose: str, at: datetime, by: str) -> bytes:
        """Return a new secret, kept and linked to the audit; the hub hears nothing of it."""
        secret, identifier = secrets.token_bytes(32), new_id(at)
        kept = Message.of(identifier, by, {"id": str(identifier), "purpose": purpose, "by": by})
        row = {"id": identifier, "purpose": purpose, "made_at": at, "secret": secret.hex(), "payload": kept.text}
        self._unit.connection.execute(insert(HealthSecretRow), row)
        self._unit.audit.add(MADE, kept)
        return secret
