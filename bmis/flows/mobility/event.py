"""What happened to a record of mobility: said, corrected or taken back. An event is never changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bmis.kernel.identifiers import made_at


class MobilityKind(StrEnum):
    """Kinds of event, as the audit chain and the outbox name them."""

    SLOT_OBSERVED = "mobility.slot_observed"
    FMP_HOURS_SET = "mobility.fmp_hours_set"
    FMP_DAY_SAID = "mobility.fmp_day_said"
    EXERCISE_HELD = "mobility.exercise_held"
    PLACE_MAPPED = "mobility.place_mapped"
    ROUTE_MAPPED = "mobility.route_mapped"
    POST_STATUS_SET = "mobility.post_status_set"
    POST_ITEM_SEEN = "mobility.post_item_seen"
    SURVEY_TAKEN = "mobility.survey_taken"
    SURVEY_REFUSED = "mobility.survey_refused"
    HANDED_OVER = "mobility.handed_over"
    WITHDRAWN = "mobility.withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PointDay:
    """What is said of one flow-monitoring point (``fmp``: its code) and one local day."""

    fmp: str
    day: date

    @property
    def subject(self) -> str:
        """The point."""
        return self.fmp

    @property
    def first(self) -> date:
        """The day."""
        return self.day

    @property
    def last(self) -> date:
        """The day."""
        return self.day


@dataclass(frozen=True, slots=True)
class MobilityEvent:
    """One event. ``record_id`` is the id of the record's first event; a later one of the same kind corrects it.

    ``subject``: the code of the point, place, route, exercise or post. ``first`` and ``last``: local days it is of.
    """

    id: UUID
    kind: MobilityKind
    record_id: UUID
    subject: str
    first: date
    last: date
    by: str
    facts: Mapping[str, object]
    request_id: UUID | None = None

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded, UTC."""
        return made_at(self.id)

    def payload(self) -> dict[str, object]:
        """Return plain values."""
        return {
            "id": self.id,
            "kind": self.kind.value,
            "record": self.record_id,
            "subject": self.subject,
            "first": self.first,
            "last": self.last,
            "by": self.by,
            "facts": dict(self.facts),
            "request": self.request_id,
        }
