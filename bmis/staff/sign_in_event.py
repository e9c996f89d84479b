"""What happened at the door of a home, and to the home as a whole, for the audit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bmis.kernel.identifiers import made_at


class SignInKind(StrEnum):
    """What can happen there. Failures and releases are written by the next person who gets in."""

    SIGNED_IN = "signed_in"
    SIGNED_OUT = "signed_out"
    FAILURES = "failures"
    LOCKOUT_RELEASED = "lockout_released"
    RECOVERY_OPENED = "recovery_opened"
    BACKED_UP = "backed_up"
    RESTORED = "restored"
    MIGRATED = "migrated"


@dataclass(frozen=True, slots=True)
class SignInEvent:
    """One append-only row. ``name`` is empty for names that nobody has: what was typed may have been a password."""

    id: UUID
    kind: SignInKind
    name: str
    by: str
    count: int = 1
    first_at: datetime | None = None
    last_at: datetime | None = None
    reason: str | None = None

    @property
    def recorded_at(self) -> datetime:
        """When the row was written, UTC."""
        return made_at(self.id)

    def payload(self) -> Mapping[str, object]:
        """The content that the audit chain covers."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "name": self.name,
            "by": self.by,
            "count": self.count,
            "first_at": self.first_at,
            "last_at": self.last_at,
            "reason": self.reason,
        }
