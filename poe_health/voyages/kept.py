"""A voyage as its events leave it: what is counted and ordered. No name, no answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar
from uuid import UUID

from poe_health.rules.answer import Answer
from poe_health.voyages.conveyance_measures import ConveyanceMeasure, Duties, Limits, duties, limits
from poe_health.voyages.events import (
    ContactFollowed,
    ContactsChosen,
    ContactsHandedOver,
    ConveyanceJudged,
    DiseaseSuspected,
    EvidenceGiven,
    MeasureDone,
    MeasureOrdered,
    NextPostTold,
    PaperDeclared,
    PeopleListed,
    PratiqueTaken,
    SanitationKept,
    VoyageCorrected,
    VoyageErased,
    VoyageEvent,
    VoyageRecorded,
)
from poe_health.voyages.free_pratique import PratiqueEvent, PratiqueState, pratique_of
from poe_health.voyages.people import ContactFact, OccupantFact
from poe_health.voyages.sheet import VoyageSheet

_Kind = TypeVar("_Kind", bound=VoyageEvent)


@dataclass(frozen=True, slots=True)
class ListedContact:
    """A contact with the choice that made it one, and the monitoring where there is one."""

    fact: ContactFact
    choice: ContactsChosen
    monitoring_id: UUID | None


@dataclass(frozen=True, slots=True)
class OrderedMeasure:
    """An order and what became of it."""

    order: MeasureOrdered
    measure: ConveyanceMeasure


@dataclass(frozen=True, slots=True)
class KeptVoyage:
    """The events of one voyage, in order; the first records it."""

    recorded: VoyageRecorded
    events: tuple[VoyageEvent, ...]

    @property
    def id(self) -> UUID:
        """Return its identifier."""
        return self.recorded.record_id

    @property
    def number(self) -> str:
        """Return the number on its papers."""
        return self.recorded.number

    @property
    def opened_at(self) -> datetime:
        """Return when it was recorded."""
        return self.recorded.recorded_at

    @property
    def sheet(self) -> VoyageSheet:
        """Return the sheet as it stands."""
        return self.last(VoyageCorrected).sheet if self.has(VoyageCorrected) else self.recorded.sheet

    @property
    def keys(self) -> tuple[str, ...]:
        """Return every key it ever had: who was screened under a plate that was misread was on board all the same."""
        sheets = [self.recorded.sheet, *(event.sheet for event in self.of(VoyageCorrected))]
        return tuple(dict.fromkeys(sheet.key for sheet in reversed(sheets)))

    @property
    def erased(self) -> frozenset[str]:
        """Return the parts that retention took away."""
        return frozenset(part for event in self.of(VoyageErased) for part in event.parts)

    @property
    def occupants(self) -> tuple[OccupantFact, ...]:
        """Return who was listed, each as last listed."""
        found = {one.ref: one for event in self.of(PeopleListed) for one in event.people}
        return tuple(found.values())

    @property
    def contacts(self) -> tuple[ListedContact, ...]:
        """Return every contact who was chosen; chosen twice for one case, the last choice counts."""
        followed = {event.contact_id: event.monitoring_id for event in self.of(ContactFollowed)}
        found = {one.id: (one, event) for event in self.of(ContactsChosen) for one in event.contacts}
        return tuple(ListedContact(one, event, followed.get(one.id)) for one, event in found.values())

    @property
    def handed_over(self) -> tuple[ContactsHandedOver, ...]:
        """Return to whom the list went."""
        return tuple(self.of(ContactsHandedOver))

    @property
    def suspected(self) -> tuple[str, ...]:
        """Return the diseases of which somebody outside told."""
        return tuple(dict.fromkeys(event.disease for event in self.of(DiseaseSuspected)))

    @property
    def declared(self) -> PaperDeclared | None:
        """Return the newest declaration."""
        return self.last(PaperDeclared) if self.has(PaperDeclared) else None

    @property
    def sanitation(self) -> SanitationKept | None:
        """Return the newest sanitation certificate."""
        return self.last(SanitationKept) if self.has(SanitationKept) else None

    @property
    def affected(self) -> Answer:
        """Return whether it counts as affected; nobody has said: unknown."""
        return self.last(ConveyanceJudged).affected if self.has(ConveyanceJudged) else Answer.UNKNOWN

    @property
    def limits(self) -> Limits:
        """Return whether measures may be applied."""
        judged = self.last(ConveyanceJudged) if self.has(ConveyanceJudged) else None
        area = judged.from_affected_area if judged else Answer.UNKNOWN
        return limits(self.sheet.passage, from_affected_area=area, affected=self.affected)

    @property
    def measures(self) -> tuple[OrderedMeasure, ...]:
        """Return the orders with what became of them."""
        done = {event.measure_id: event.at for event in self.of(MeasureDone)}
        given = {one for event in self.of(EvidenceGiven) for one in event.measure_ids}
        return tuple(
            OrderedMeasure(
                event,
                ConveyanceMeasure(
                    event.measure, event.basis, event.at, event.by, done.get(event.id), event.id in given
                ),
            )
            for event in self.of(MeasureOrdered)
        )

    def duties(self, *, leaves: Answer = Answer.YES) -> Duties:
        """Return what is left to do for it."""
        ordered = tuple(one.measure for one in self.measures)
        return duties(self.affected, ordered, leaves=leaves, next_told=self.has(NextPostTold))

    @property
    def pratique_events(self) -> tuple[PratiqueEvent, ...]:
        """Return the steps of free pratique as the rules read them; reasons lie apart."""
        return tuple(PratiqueEvent(event.step, event.at, event.by) for event in self.of(PratiqueTaken))

    @property
    def pratique(self) -> PratiqueState:
        """Return where free pratique stands."""
        return pratique_of(self.pratique_events)

    def event(self, request_id: UUID) -> VoyageEvent | None:
        """Return what was kept for the request."""
        return next((event for event in self.events if event.request_id == request_id), None)

    def of(self, kind: type[_Kind]) -> Iterator[_Kind]:
        """Return the events of one kind, in order."""
        return (event for event in self.events if isinstance(event, kind))

    def has(self, kind: type[VoyageEvent]) -> bool:
        """Return whether there is an event of the kind."""
        return any(isinstance(event, kind) for event in self.events)

    def last(self, kind: type[_Kind]) -> _Kind:
        """Return the newest event of a kind that there is. Raises IndexError."""
        return [event for event in self.events if isinstance(event, kind)][-1]


def voyage_of(events: Sequence[VoyageEvent]) -> KeptVoyage | None:
    """Return the voyage of its events, None where they do not begin one."""
    if not events or not isinstance(events[0], VoyageRecorded):
        return None
    return KeptVoyage(events[0], tuple(events))
