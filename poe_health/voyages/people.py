"""People of a voyage: who is in charge, who is on board, who is a contact. These lie in parts that can be erased."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from uuid import UUID

from poe_health.referrals.people.identity import PatientIdentity
from poe_health.rules.answer import Answer
from poe_health.voyages.contacts import Near, Occupant, OnBoard
from poe_health.voyages.seats import Seat


@dataclass(frozen=True, slots=True)
class PersonAboard:
    """Somebody whom the desk lists. ``ref`` None: new; else the person is listed anew. Seats: all that were used.

    ``served``: a crew member near the case; ``companion``: travels with it. ``screening_id``: the person's own.
    """

    who: PatientIdentity
    seats: tuple[Seat, ...] = ()
    role: OnBoard = OnBoard.PASSENGER
    served: Answer = Answer.UNKNOWN
    companion: bool = False
    screening_id: UUID | None = None
    ref: UUID | None = None


@dataclass(frozen=True, slots=True)
class OccupantFact:
    """What stays of a listed person when the name is gone."""

    ref: UUID
    role: OnBoard = OnBoard.PASSENGER
    served: Answer = Answer.UNKNOWN
    companion: bool = False
    screening_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class WhoSits:
    """Who, and where: what is kept in the part of a list."""

    who: PatientIdentity
    seats: tuple[Seat, ...] = ()


@dataclass(frozen=True, slots=True)
class Aboard:
    """Somebody on board, from whichever record; ``who`` None: nobody said, or it was erased."""

    ref: UUID
    who: PatientIdentity | None = None
    seats: tuple[Seat, ...] = ()
    role: OnBoard = OnBoard.PASSENGER
    served: Answer = Answer.UNKNOWN
    companion: bool = False
    screening_ids: tuple[UUID, ...] = ()
    source: str = "listed"  # listed, locator, screened
    at_risk: Answer = Answer.UNKNOWN
    same_source: Answer = Answer.UNKNOWN

    @property
    def occupant(self) -> Occupant:
        """Return the person as the presets judge them: a reference, no name."""
        return Occupant(
            str(self.ref), self.seats, self.role, self.served, self.companion, self.at_risk, self.same_source
        )


@dataclass(frozen=True, slots=True)
class ContactFact:
    """A contact who was chosen: ``near`` says why; ``by_hand``: the preset did not propose the person."""

    id: UUID
    ref: UUID
    near: Near
    by_hand: bool = False
    screening_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class DeclaredPeople:
    """Who stands in a declaration: the master or pilot, the ill by the reference of the schedule, who joined."""

    signed_by: str | None = None
    surgeon: str | None = None
    ill: Mapping[str, PatientIdentity] = field(default_factory=lambda: MappingProxyType({}))
    joined: tuple[str, ...] = ()
