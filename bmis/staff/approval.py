"""The second pair of eyes on one action: given at once, or owed and settled later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from bmis.kernel.identifiers import made_at
from bmis.staff.errors import ApprovalMismatchError


class ApprovalKind(StrEnum):
    """What happened to an approval."""

    GIVEN = "given"
    DEFERRED = "deferred"
    APPROVED = "approved"
    REJECTED = "rejected"


@dataclass(frozen=True, slots=True)
class Approval:
    """A second signature on ``action`` for ``subject_id``: given by ``second``, or owed until ``due_at``.

    It is kept by ``record_approval`` in the unit of work of the action itself. ``second_key`` and ``signature``
    (Ed25519) prove that the second person's own slot was open.
    """

    id: UUID
    action: str
    subject_id: UUID
    by: str
    second: str | None
    due_at: datetime | None
    second_key: bytes | None = None
    signature: bytes | None = None

    @property
    def is_deferred(self) -> bool:
        """Whether the second person still has to look."""
        return self.second is None

    def covering(self, action: str, subject_id: UUID, by: str) -> "Approval":
        """Return this approval if it is for exactly that.

        Raises:
            ApprovalMismatchError: it was given for something else.
        """
        if (self.action, self.subject_id, self.by) != (action, subject_id, by):
            raise ApprovalMismatchError(action=action)
        return self


def statement(approval_id: UUID, action: str, subject_id: UUID, by: str, second: str) -> bytes:
    """Return what the second person signs."""
    return f"bmis approval|{approval_id}|{action}|{subject_id}|{by}|{second}".encode()


@dataclass(frozen=True, slots=True)
class ApprovalEvent:
    """One append-only row. ``by`` wrote it: the person who acted, or the one who settled."""

    id: UUID
    kind: ApprovalKind
    approval_id: UUID
    action: str
    subject_id: UUID
    by: str
    second: str | None = None
    due_at: datetime | None = None
    reason: str | None = None
    second_key: bytes | None = None
    signature: bytes | None = None

    @property
    def recorded_at(self) -> datetime:
        """When it happened, UTC."""
        return made_at(self.id)

    def payload(self) -> Mapping[str, object]:
        """The content that the audit chain covers."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "approval_id": self.approval_id,
            "action": self.action,
            "subject_id": self.subject_id,
            "by": self.by,
            "second": self.second,
            "due_at": self.due_at,
            "reason": self.reason,
            "second_key": None if self.second_key is None else self.second_key.hex(),
            "signature": None if self.signature is None else self.signature.hex(),
        }


@dataclass(frozen=True, slots=True)
class PendingApproval:
    """A deferred approval that nobody has settled."""

    id: UUID
    action: str
    subject_id: UUID
    by: str
    asked_at: datetime
    due_at: datetime
    overdue: bool


def pending_after(events: Iterable[ApprovalEvent], now: datetime) -> list[PendingApproval]:
    """Return what still waits, the oldest first."""
    waiting: dict[UUID, PendingApproval] = {}
    for event in events:
        if event.kind is ApprovalKind.DEFERRED and event.due_at is not None:
            waiting[event.approval_id] = PendingApproval(
                event.approval_id,
                event.action,
                event.subject_id,
                event.by,
                event.recorded_at,
                event.due_at,
                now > event.due_at,
            )
        else:
            waiting.pop(event.approval_id, None)
    return list(waiting.values())
