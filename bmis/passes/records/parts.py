"""The parts that can be erased. Events keep their salted digests: provable while they are there, nothing afterwards."""

import hashlib
import hmac
import secrets
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from bmis.passes.records.tables import PassPartRow
from bmis.store.unit import UnitOfWork

WHO, PHOTO, NOTE, SEAL = "who", "photo", "note", "seal"
CONSENT = "consent"  # the name of who agreed that children travel on the pass
CHILD = "child_"  # a dependant's photo, by place


@dataclass(frozen=True, slots=True)
class NewPart:
    """A part that is about to be kept."""

    part: str
    salt: str
    content: bytes

    def __repr__(self) -> str:
        return f"NewPart({self.part})"  # what it holds never reaches a log

    @classmethod
    def of(cls, part: str, content: bytes) -> "NewPart":
        """Return the part with a fresh salt."""
        return cls(part, secrets.token_hex(32), content)

    @property
    def digest(self) -> str:
        """Return the salted digest, in hexadecimal."""
        return part_digest(self.salt, self.content)


def part_digest(salt: str, content: bytes) -> str:
    """Return HMAC-SHA-256 of the content under the salt."""
    return hmac.new(bytes.fromhex(salt), content, hashlib.sha256).hexdigest()


def digests(parts: Iterable[NewPart]) -> dict[str, str]:
    """Return what an event says of its parts."""
    return {one.part: one.digest for one in parts}


class SqlPassParts:
    """Parts inside one unit of work."""

    def __init__(self, unit: UnitOfWork) -> None:
        self._connection = unit.connection

    def add(self, owner: UUID, subject: UUID, person: UUID, parts: Iterable[NewPart]) -> None:
        """Keep the parts of the event ``owner``."""
        rows = [
            {
                "owner_id": owner,
                "part": one.part,
                "subject_id": subject,
                "person_id": person,
                "salt": one.salt,
                "content": one.content,
            }
            for one in parts
        ]
        if rows:
            self._connection.execute(insert(PassPartRow), rows)

    def newest(self, subject: UUID, part: str) -> bytes | None:
        """Return the newest such part of the application or the pass."""
        asked = (
            select(PassPartRow.content)
            .where(PassPartRow.subject_id == subject, PassPartRow.part == part)
            .order_by(PassPartRow.seq.desc())
            .limit(1)
        )
        return self._connection.execute(asked).scalar_one_or_none()

    def all_of(self, subject: UUID) -> dict[str, bytes]:
        """Return the newest of each part."""
        asked = select(PassPartRow.part, PassPartRow.content).where(PassPartRow.subject_id == subject)
        return {row.part: row.content for row in self._connection.execute(asked.order_by(PassPartRow.seq))}

    def of_owner(self, owner: UUID, part: str) -> bytes | None:
        """Return that part of one event."""
        asked = select(PassPartRow.content).where(PassPartRow.owner_id == owner, PassPartRow.part == part)
        return self._connection.execute(asked).scalar_one_or_none()

    def erase(self, person: UUID) -> int:
        """Take everything of the person away; return how many parts there were."""
        return int(self._connection.execute(delete(PassPartRow).where(PassPartRow.person_id == person)).rowcount)


def kept_parts(connection: Connection) -> Iterator[tuple[UUID, str, UUID, str]]:
    """Yield (owner, part, person, digest made again) of everything that is kept."""
    rows = connection.execution_options(yield_per=200).execute(select(PassPartRow.__table__))
    for row in rows:
        yield row.owner_id, row.part, row.person_id, part_digest(row.salt, row.content)
