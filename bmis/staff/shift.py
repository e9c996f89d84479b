"""Shifts at a desk, and the page that closes one."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol
from uuid import UUID

from bmis.kernel.identifiers import made_at
from bmis.staff.approval import PendingApproval
from bmis.store.audit import Checkpoint
from bmis.store.unit import UnitOfWork


class ShiftKind(StrEnum):
    """The two ends of a shift."""

    OPENED = "opened"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class ShiftCounts:
    """What the rooms above know of a shift. Codes and numbers, no traveller."""

    decisions: Mapping[str, int]  # decision code -> how many
    lanes: tuple[str, ...]  # where they were taken
    open_drafts: int
    in_secondary: int
    others: Mapping[str, int]  # a code each (typed by hand, undone, missing forms) -> how many

    def payload(self) -> dict[str, object]:
        """The counts as plain values."""
        return {
            "decisions": dict(self.decisions),
            "lanes": list(self.lanes),
            "open_drafts": self.open_drafts,
            "in_secondary": self.in_secondary,
            "others": dict(self.others),
        }


class ShiftFacts(Protocol):
    """Counts the work of a shift; written by the room that owns the work, wired in compose."""

    def __call__(self, unit: UnitOfWork, since: datetime) -> ShiftCounts:
        """Return the counts of this desk since then, read inside ``unit``."""
        ...


@dataclass(frozen=True, slots=True)
class ShiftEvent:
    """One append-only row. The closing carries the counts, the officers and the approvals still owed."""

    id: UUID
    kind: ShiftKind
    shift_id: UUID
    lane: str
    by: str
    counts: Mapping[str, object] | None = None

    @property
    def recorded_at(self) -> datetime:
        """When it happened, UTC."""
        return made_at(self.id)

    def payload(self) -> Mapping[str, object]:
        """The content that the audit chain covers."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "shift_id": self.shift_id,
            "lane": self.lane,
            "by": self.by,
            "counts": self.counts,
        }


@dataclass(frozen=True, slots=True)
class Shift:
    """An open shift of this desk."""

    id: UUID
    lane: str
    opened_at: datetime
    opened_by: str


@dataclass(frozen=True, slots=True)
class ShiftReport:
    """All that the one page to sign says. Officers are (user name, full name)."""

    shift: Shift
    post_code: str
    desk_id: str
    training: bool
    closed_at: datetime
    closed_by: str
    officers: tuple[tuple[str, str], ...]
    counts: ShiftCounts
    failed_sign_ins: int
    unsent: int
    deferred: tuple[PendingApproval, ...]  # the mandatory line: said also when there is none
    checkpoint: Checkpoint

    @property
    def overdue(self) -> tuple[PendingApproval, ...]:
        """The deferred approvals whose time has run out."""
        return tuple(waiting for waiting in self.deferred if waiting.overdue)
