"""Who a traveller may be: known by the document, proposed by name and birth date, linked by an officer's word.

A proposal is a question to the officer. It carries no stay, no refusal and no hit across, and nothing is ever merged:
a link is an event that can be taken back.
"""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bmis.crossings.case import Past
from bmis.crossings.crossing import CrossingEvent, EventKind
from bmis.crossings.errors import LinkRefusedError, ReasonNeededError
from bmis.crossings.identity import Identity
from bmis.crossings.keeping import existing, keep_event, new_event
from bmis.crossings.records import SqlCrossings, SqlHistory, SqlSearches
from bmis.crossings.records.history import linked_to
from bmis.crossings.records.searches import Wanted
from bmis.crossings.view import CrossingSummary
from bmis.documents.travel_document import TravelDocument
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.store.unit import OpenUnit

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class KnownTraveller:
    """Somebody seen before. ``last_crossing_id`` is the newest crossing on which the answer rests."""

    traveller_id: UUID
    last_crossing_id: UUID
    last_seen_at: datetime
    last_post: str
    times: int


@dataclass(frozen=True, slots=True)
class TravellerProposal:
    """Somebody of the same name and birth date on another document.

    ``born_on_new_year``: many people are registered as born on 1 January, so the date says little.
    ``document_ends`` are the last characters of the other document's number, for the officer to ask about it.
    """

    traveller: KnownTraveller
    born_on_new_year: bool
    issuing_state: str | None
    document_ends: str | None
    sex_differs: bool


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """Who shows the document: known by it, or perhaps one of ``proposals``."""

    known: KnownTraveller | None
    proposals: tuple[TravellerProposal, ...]


@dataclass(frozen=True, slots=True)
class FindTraveller:
    """Looks a document's holder up."""

    open_read: OpenUnit

    def __call__(self, document: TravelDocument, by: Actor) -> Acquaintance:
        """Return whom the document is known by, and who else it may be.

        Raises:
            NotAllowedError: the role does not read crossings.
        """
        require(by, Permission.READ_CROSSINGS)
        identity, history = Identity.of(document), SqlHistory(self.open_read)
        known = None
        if document.number and document.issuing_state:
            same = [
                past
                for past in history.by_document(document.issuing_state, document.number)
                if not past.identity.differs_in(identity)
            ]
            known = _known(same, same[0].traveller_id) if same else None
        namesakes = list(history.by_name_and_birth(identity)) if identity.is_named_and_born else []
        linked: frozenset[UUID] = frozenset()
        if known is not None:
            with self.open_read() as unit:
                linked = linked_to(unit, frozenset({known.traveller_id}))
        strangers = dict.fromkeys(past.traveller_id for past in namesakes if past.traveller_id not in linked)
        return Acquaintance(known, tuple(_proposal(identity, namesakes, one) for one in strangers))


@dataclass(frozen=True, slots=True)
class ListHistory:
    """Looks up the earlier crossings of a traveller who is known, links included."""

    open_read: OpenUnit

    def __call__(self, traveller_id: UUID, by: Actor, limit: int = 20) -> tuple[CrossingSummary, ...]:
        """Return the newest crossings, undone and annulled ones included: they say what they are.

        Raises:
            NotAllowedError: the role does not read crossings.
        """
        require(by, Permission.READ_CROSSINGS)
        with self.open_read() as unit:
            everybody = linked_to(unit, frozenset({traveller_id}))
            found, _ = SqlSearches(unit).find(Wanted(traveller_ids=everybody, limit=limit))
        return found


@dataclass(frozen=True, slots=True)
class LinkTravellers:
    """Says that the traveller of a crossing is a traveller known otherwise, and takes that back."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, crossing_id: UUID, other_traveller_id: UUID, reason: str, by: Actor) -> CrossingEvent:
        """Return the link.

        Raises:
            NotAllowedError: the role does not link travellers.
            ReasonNeededError: no reason, or one too long.
            CrossingUnknownError: there is no such crossing.
            LinkRefusedError: ``why`` is unknown or linked.
        """
        said = _checked(by, reason)
        with self.open_unit() as unit:
            store = SqlCrossings(unit)
            mine = existing(store, crossing_id).crossing.traveller_id
            if not store.traveller_exists(other_traveller_id):
                raise LinkRefusedError(why="unknown")
            if other_traveller_id in linked_to(unit, frozenset({mine})):
                raise LinkRefusedError(why="linked")
            event = new_event(EventKind.LINKED, crossing_id, by.name, self.now(), said, other_id=other_traveller_id)
            keep_event(unit, event)
            store.add_link(event, mine, other_traveller_id, event.id)
            unit.commit()
        return event

    def take_back(self, link_id: UUID, reason: str, by: Actor) -> CrossingEvent:
        """Return the event that takes the link back; it names the link.

        Raises:
            NotAllowedError: the role does not link travellers.
            ReasonNeededError: no reason, or one too long.
            LinkRefusedError: ``why`` is unlinked: there is no such link, or it was taken back.
        """
        said = _checked(by, reason)
        with self.open_unit() as unit:
            store = SqlCrossings(unit)
            link = store.link(link_id)
            if link is None:
                raise LinkRefusedError(why="unlinked")
            crossing_id, mine, other = link
            event = new_event(EventKind.UNLINKED, crossing_id, by.name, self.now(), said, other_id=link_id)
            keep_event(unit, event)
            store.add_link(event, mine, other, link_id)
            unit.commit()
        return event


def _checked(by: Actor, reason: str) -> str:
    require(by, Permission.LINK_TRAVELLERS)
    said = reason.strip()
    if not said or len(said) > LONGEST_REASON:
        raise ReasonNeededError(longest=LONGEST_REASON)
    return said


def _known(crossings: list[Past], traveller_id: UUID) -> KnownTraveller:
    theirs = [past for past in crossings if past.traveller_id == traveller_id]
    newest = theirs[0]
    return KnownTraveller(traveller_id, newest.id, newest.crossed_at, newest.post_code, len(theirs))


def _proposal(identity: Identity, namesakes: list[Past], traveller_id: UUID) -> TravellerProposal:
    newest = next(past for past in namesakes if past.traveller_id == traveller_id)
    birth = newest.identity.birth_date
    return TravellerProposal(
        traveller=_known(namesakes, traveller_id),
        born_on_new_year=birth is not None and (birth.month, birth.day) in ((1, 1), (None, None)),
        issuing_state=newest.issuing_state,
        document_ends=newest.document_number[-3:] if newest.document_number else None,
        sex_differs={identity.sex, newest.identity.sex} == {"F", "M"},
    )
