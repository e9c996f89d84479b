"""Who on a voyage may be a contact: a proposal by preset; a person chooses. An unknown seat never means "not near"."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from poe_health.codes import ContactPreset, contact_presets
from poe_health.rules.answer import Answer
from poe_health.voyages.errors import SeatsNotNumberedError, VoyageCodeError
from poe_health.voyages.seats import Seat, SeatPlan
from poe_health.voyages.voyage import Seating, Voyage


class OnBoard(StrEnum):
    """What somebody did on board."""

    PASSENGER = "passenger"
    CREW = "crew"  # cabin crew, driver and helper, ship's crew
    CLEANER = "cleaner"


@dataclass(frozen=True, slots=True)
class Occupant:
    """Somebody on the voyage. ``served``: whether a crew member served near the case, or a cleaner cleaned there.

    ``seats`` are all seats in which the person sat; () is not known. ``companion``: said to travel with the case.
    ``at_risk``: under one year, pregnant or immunocompromised; ``same_source``: exposed as the case was.
    """

    ref: str
    seats: tuple[Seat, ...] = ()
    role: OnBoard = OnBoard.PASSENGER
    served: Answer = Answer.UNKNOWN
    companion: bool = False
    at_risk: Answer = Answer.UNKNOWN
    same_source: Answer = Answer.UNKNOWN


class Near(StrEnum):
    """Why somebody is proposed, or not."""

    COMPANION = "companion"
    SEAT = "seat"
    SERVED = "served"
    CREW = "crew"
    ON_BOARD = "on_board"
    SEAT_UNKNOWN = "seat_unknown"
    SERVED_UNKNOWN = "served_unknown"
    AT_RISK = "at_risk"
    AT_RISK_UNKNOWN = "at_risk_unknown"
    SAME_SOURCE = "same_source"
    SAME_SOURCE_UNKNOWN = "same_source_unknown"
    JOURNEY_UNKNOWN = "journey_unknown"  # near, and nobody knows whether the journey was long enough
    SHORT_JOURNEY = "short_journey"
    BY_HAND = "by_hand"  # the preset names nobody: a person chooses
    NOT_NEAR = "not_near"


@dataclass(frozen=True, slots=True)
class Proposed:
    """``contact`` YES: proposed; UNKNOWN: must be asked; NO: not by this preset."""

    ref: str
    contact: Answer
    near: Near


@dataclass(frozen=True, slots=True)
class ContactProposal:
    """Everybody on board but the case, with what the preset says. ``empty_seats`` near the case hold nobody we know."""

    preset: str
    of_voyage: str
    occupants: tuple[Proposed, ...]
    empty_seats: tuple[Seat, ...]

    def those(self, contact: Answer) -> tuple[str, ...]:
        """Return who is proposed (YES), must be asked (UNKNOWN), or is not (NO)."""
        return tuple(one.ref for one in self.occupants if one.contact is contact)


def propose_contacts(
    voyage: Voyage, preset: str, case_seats: Iterable[Seat], occupants: Iterable[Occupant], disease: str = ""
) -> ContactProposal:
    """Return who the preset names, of that disease. ``case_seats``: every seat in which the case sat.

    Raises:
        VoyageCodeError: no such preset. SeatUnknownError: a seat of the case is not in the plan.
        SeatsNotNumberedError: the preset goes by seat, and there are no numbered seats or the case's is not known.
    """
    found = contact_presets().get(preset)
    if found is None:
        raise VoyageCodeError("rule", preset)
    near = _near_seats(voyage, found, tuple(case_seats))
    people = tuple(occupants)
    taken = {seat for one in people for seat in one.seats}
    free = () if near is None else tuple(sorted(near - taken - set(case_seats)))
    hours = found.hours_of.get(disease)
    long_enough = Answer.YES if hours is None else voyage.lasted(hours)
    judged = (_judged(one, found, near, voyage.sits, long_enough) for one in people)
    if disease in found.at_risk_of:
        judged = (_with_risk(one, said) for one, said in zip(people, tuple(judged), strict=True))
    return ContactProposal(preset, voyage.key, tuple(judged), free)


def _with_risk(one: Occupant, said: Proposed) -> Proposed:
    """Return who is at risk as proposed, and whoever may be as to be asked: a seat far away does not protect them."""
    if said.contact is Answer.YES or (one.at_risk is not Answer.YES and said.contact is Answer.UNKNOWN):
        return said
    if one.at_risk is Answer.NO:
        return said
    return Proposed(one.ref, one.at_risk, Near.AT_RISK if one.at_risk is Answer.YES else Near.AT_RISK_UNKNOWN)


def _of_source(one: Occupant) -> Proposed:
    """Return who was exposed to the same source; who travels with the case is asked, and nobody else."""
    if one.same_source is Answer.YES:
        return Proposed(one.ref, Answer.YES, Near.SAME_SOURCE)
    if one.companion and one.same_source is Answer.UNKNOWN:
        return Proposed(one.ref, Answer.UNKNOWN, Near.SAME_SOURCE_UNKNOWN)
    return Proposed(one.ref, Answer.NO, Near.NOT_NEAR)


def _near_seats(voyage: Voyage, preset: ContactPreset, case: tuple[Seat, ...]) -> frozenset[Seat] | None:
    if preset.rows is None:
        return None
    plan = voyage.sits
    if not isinstance(plan, SeatPlan) or not case:
        raise SeatsNotNumberedError
    return frozenset().union(*(plan.around(seat, rows=preset.rows, seats=preset.seats) for seat in case))


def _judged(
    one: Occupant, preset: ContactPreset, near: frozenset[Seat] | None, plan: Seating | None, long_enough: Answer
) -> Proposed:
    if preset.same_source:
        return _of_source(one)
    if one.companion:
        return Proposed(one.ref, Answer.YES, Near.COMPANION)
    if preset.whole:
        return Proposed(one.ref, Answer.YES, Near.ON_BOARD)
    if near is None and preset.crew == "none":
        return Proposed(one.ref, Answer.UNKNOWN, Near.BY_HAND)
    if one.role is not OnBoard.PASSENGER:
        return _of_crew(one, preset)
    if near is None:
        return Proposed(one.ref, Answer.NO, Near.NOT_NEAR)
    if long_enough is Answer.NO:
        return Proposed(one.ref, Answer.NO, Near.SHORT_JOURNEY)
    if not near.isdisjoint(one.seats):
        return Proposed(one.ref, long_enough, Near.SEAT if long_enough is Answer.YES else Near.JOURNEY_UNKNOWN)
    known = isinstance(plan, SeatPlan) and bool(one.seats) and all(seat in plan for seat in one.seats)
    if not known:  # a seat that the plan does not have was misread: it proves nothing
        return Proposed(one.ref, Answer.UNKNOWN, Near.SEAT_UNKNOWN)
    return Proposed(one.ref, Answer.NO, Near.NOT_NEAR)


def _of_crew(one: Occupant, preset: ContactPreset) -> Proposed:
    if preset.crew == "all":
        return Proposed(one.ref, Answer.YES, Near.CREW)
    if preset.crew == "served" and one.served is not Answer.NO:
        return Proposed(one.ref, one.served, Near.SERVED if one.served is Answer.YES else Near.SERVED_UNKNOWN)
    return Proposed(one.ref, Answer.NO, Near.NOT_NEAR)


WHOLE, BY_HAND = "WHOLE_VEHICLE", "CUSTOM"


def preset_for(disease: str, voyage: Voyage) -> str:
    """Return the preset to begin with: that of the disease where seats have numbers, else everybody on board.

    Nobody said how people sit: everybody, for a seat that is not known is not far away. A disease that does not pass
    between people: nobody by seat. A disease of no preset, with numbered seats, and one whose seats count only on a
    longer journey, is chosen by hand.
    """
    found = next((one for one in contact_presets().values() if disease in one.diseases), None)
    if found is not None and found.same_source:
        return found.code
    if found is not None and disease in found.hours_of and voyage.lasted(found.hours_of[disease]) is Answer.NO:
        return BY_HAND
    if not isinstance(voyage.sits, SeatPlan):
        return WHOLE
    return BY_HAND if found is None else found.code
