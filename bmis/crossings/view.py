"""A crossing as it stands now: what was kept, and what happened to it since."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bmis.crossings.crossing import Crossing, CrossingEvent, EventKind
from bmis.crossings.decision import Decision, Direction
from bmis.crossings.payload import crossing_of, crossing_payload, with_changes


class RecordState(StrEnum):
    """Whether the record counts. Undone and annulled ones stay in view and count nowhere."""

    STANDING = "standing"
    UNDONE = "undone"
    ANNULLED = "annulled"


@dataclass(frozen=True, slots=True)
class CrossingView:
    """The crossing with its corrections applied, and the events that made them, in the order they were kept."""

    crossing: Crossing
    state: RecordState
    closed_by: UUID | None
    events: tuple[CrossingEvent, ...]

    @property
    def is_open(self) -> bool:
        """Return whether it still waits for a decision."""
        return (
            self.crossing.decision is Decision.PENDING_SECONDARY
            and self.closed_by is None
            and self.state is RecordState.STANDING
        )


@dataclass(frozen=True, slots=True)
class CrossingSummary:
    """One line of a list. Names as a person should see them; moments aware UTC."""

    id: UUID
    seq: int
    request_id: UUID
    direction: Direction
    decision: Decision
    state: RecordState
    document_kind: str
    document_number: str | None
    issuing_state: str | None
    surname: str | None
    given_names: str | None
    birth_date: str | None
    nationality: str | None
    sex: str | None
    crossed_at: datetime
    recorded_at: datetime
    stay_until: date | None
    post_code: str
    desk_id: str
    by: str
    traveller_id: UUID
    closed_by: UUID | None


def fold(crossing: Crossing, events: Iterable[CrossingEvent]) -> CrossingView:
    """Return how the crossing stands after the events, given in the order they were kept.

    Raises:
        ValueError: a change that makes no crossing. TypeError: likewise.
    """
    kept = tuple(events)
    changes: dict[str, object] = {}
    state, closed_by = RecordState.STANDING, None
    for event in kept:
        if event.kind is EventKind.AMENDED:
            changes |= {f"request.{name}": after for name, (_, after) in event.changes.items()}
        elif event.kind is EventKind.UNDONE:
            state = RecordState.UNDONE
        elif event.kind is EventKind.ANNULLED:
            state = RecordState.ANNULLED
        elif event.kind is EventKind.CLOSED:
            closed_by = event.other_id
        elif event.kind is EventKind.REOPENED:
            closed_by = None
    if changes:
        crossing = crossing_of(with_changes(crossing_payload(crossing), changes))
    return CrossingView(crossing, state, closed_by, kept)
