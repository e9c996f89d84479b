"""The parts of a record that can be taken away: answers, and who it was. The record keeps only their salted digests.

So the audit chain proves every part while it is there and nothing of it afterwards: without the salt, which goes with
the part, nobody can try names against the digest.
"""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, String, Text, delete, insert, select
from sqlalchemy.orm import Mapped, mapped_column

from bmis.store.base import Base
from bmis.store.canonical import canonical
from bmis.store.unit import UnitOfWork

CLINICAL, PERSON = "clinical", "person"


class HealthPartRow(Base):
    """One part of a record, or of the event that replaced it. The only rows of this store that are ever deleted."""

    __tablename__ = "health_part"

    owner_id: Mapped[UUID] = mapped_column(primary_key=True)
    part: Mapped[str] = mapped_column(String(10), primary_key=True)
    record_id: Mapped[UUID] = mapped_column(index=True)
    salt: Mapped[str] = mapped_column(String(64))
    content: Mapped[str] = mapped_column(Text)


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part that is about to be kept, with the digest for the payload of its owner."""

    part: str
    salt: str
    content: str

    @classmethod
    def of(cls, part: str, content: Mapping[str, object]) -> "NewPart":
        """Return the part with a fresh salt."""
        return cls(part, secrets.token_hex(32), canonical(content))

    @property
    def digest(self) -> str:
        """Return the salted digest, in hexadecimal."""
        return part_digest(self.salt, self.content)


def part_digest(salt: str, content: str) -> str:
    """Return HMAC-SHA-256 of the content under the salt."""
    return hmac.new(bytes.fromhex(salt), content.encode(), hashlib.sha256).hexdigest()


class SqlParts:
    """Parts inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection: Connection = unit.connection

    def add(self, owner_id: UUID, record_id: UUID, parts: Iterable[NewPart]) -> None:
        """Keep the parts of one record or event."""
        rows = [
            {"owner_id": owner_id, "record_id": record_id, "part": one.part, "salt": one.salt, "content": one.content}
            for one in parts
        ]
        if rows:
            self._connection.execute(insert(HealthPartRow), rows)

    def of_record(self, record_id: UUID) -> dict[UUID, dict[str, str]]:
        """Return what is left of the record: owner to part to content."""
        found: dict[UUID, dict[str, str]] = {}
        asked = select(HealthPartRow.__table__).where(HealthPartRow.record_id == record_id)
        for row in self._connection.execute(asked):
            found.setdefault(row.owner_id, {})[row.part] = row.content
        return found

    def erase(self, record_id: UUID, parts: Iterable[str]) -> bool:
        """Take the parts of a record and of all its events away; return whether there was anything."""
        taken = delete(HealthPartRow).where(
            HealthPartRow.record_id == record_id, HealthPartRow.part.in_(sorted(set(parts)))
        )
        return self._connection.execute(taken).rowcount > 0


def part_digests(connection: Connection) -> Iterator[tuple[UUID, str, str]]:
    """Yield (owner, part, digest made again) of everything that is kept."""
    for row in connection.execution_options(yield_per=500).execute(select(HealthPartRow.__table__)):
        yield row.owner_id, row.part, part_digest(row.salt, row.content)
