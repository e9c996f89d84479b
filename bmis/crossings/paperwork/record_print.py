"""That something was printed about a crossing: an event, so that nobody has two slips unseen."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from bmis.crossings.crossing import CrossingEvent, EventKind
from bmis.crossings.keeping import existing, keep_event, new_event
from bmis.crossings.records import SqlCrossings
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.store.unit import OpenUnit


class Printed(StrEnum):
    """What was printed; the ``reason`` of the event."""

    SLIP = "slip"
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class RecordPrint:
    """Keeps that a paper of a crossing was sent to the printer."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, crossing_id: UUID, what: Printed, by: Actor) -> CrossingEvent:
        """Return the event.

        Raises:
            CrossingUnknownError: there is no such crossing.
        """
        require(by, Permission.RECORD_CROSSING)
        with self.open_unit() as unit:
            existing(SqlCrossings(unit), crossing_id)
            event = new_event(EventKind.PRINTED, crossing_id, by.name, self.now(), what.value)
            keep_event(unit, event)
            unit.commit()
        return event


@dataclass(frozen=True, slots=True)
class CountPrints:
    """Counts what was printed before."""

    open_read: OpenUnit

    def __call__(self, crossing_id: UUID, what: Printed) -> int:
        """Return how often that paper of the crossing was printed; the next one is the copy after."""
        with self.open_read() as unit:
            return sum(
                event.kind is EventKind.PRINTED and event.reason == what.value
                for event in SqlCrossings(unit).events_of(crossing_id)
            )
