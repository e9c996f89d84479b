"""What a check is given, and what it must be."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Protocol
from uuid import UUID

from bmis.crossings.crossing import CrossingRequest, Place
from bmis.crossings.decision import Decision, Direction
from bmis.crossings.finding import Finding
from bmis.crossings.identity import Identity
from bmis.documents.travel_document import TravelDocument
from bmis.kernel.clock import local
from bmis.store.unit import CLOCK_TOLERANCE

NATIONAL = "MOZ"


@dataclass(frozen=True, slots=True)
class Past:
    """An earlier crossing that stands, as far as checks need it."""

    id: UUID
    seq: int
    desk_id: str
    direction: Direction
    decision: Decision
    crossed_at: datetime
    post_code: str
    traveller_id: UUID
    closed_by: UUID | None
    document_number: str | None
    issuing_state: str | None
    identity: Identity


class History(Protocol):
    """What checks ask of the past; the newest first. Must be safe in any thread."""

    def by_document(self, issuing_state: str, number: str) -> tuple[Past, ...]:
        """Return the standing crossings on that document."""
        ...

    def by_name_and_birth(self, identity: Identity) -> tuple[Past, ...]:
        """Return the standing crossings of people of exactly that name and birth date."""
        ...

    def of_travellers(self, travellers: Iterable[UUID]) -> tuple[Past, ...]:
        """Return the standing crossings of these travellers and of those linked to them."""
        ...


@dataclass(frozen=True)
class Case:
    """One traveller before the desk. ``records_complete_since``: from when the post's own records miss nothing.

    None is the usual answer: nobody has said so, and what is missing proves nothing.
    """

    request: CrossingRequest
    history: History
    now: datetime
    place: Place
    training: bool
    last_seen_at: datetime | None = None
    records_complete_since: datetime | None = None
    closes: UUID | None = None

    @property
    def document(self) -> TravelDocument:
        """Return the document shown."""
        return self.request.document

    @property
    def direction(self) -> Direction:
        """Return the direction."""
        return self.request.direction

    @property
    def at(self) -> datetime:
        """Return when the traveller crosses."""
        return self.request.occurred_at or self.now

    @property
    def clock_set_back(self) -> bool:
        """Return whether the store has seen a later moment than the clock shows."""
        return self.last_seen_at is not None and self.now < self.last_seen_at - CLOCK_TOLERANCE

    @property
    def day(self) -> date:
        """Return the day to judge dates by, at the post: the later one when the clock was set back."""
        moment = self.at
        if self.request.occurred_at is None and self.last_seen_at is not None and self.clock_set_back:
            moment = self.last_seen_at
        return local(moment, self.place.utc_offset_minutes).date()

    @property
    def identity(self) -> Identity:
        """Return whom the document names."""
        return Identity.of(self.document)

    @property
    def is_national(self) -> bool:
        """Return whether the traveller is known to be a national of Mozambique."""
        return is_national(self.request)

    @cached_property
    def same_document(self) -> tuple[Past, ...]:
        """Return the earlier crossings on the same document, whoever showed it; none without issuer and number."""
        document = self.document
        if not document.number or not document.issuing_state:
            return ()
        return self._before(self.history.by_document(document.issuing_state, document.number))

    @cached_property
    def same_person(self) -> tuple[Past, ...]:
        """Return the earlier crossings of the person: known by the document, and by links from there."""
        known = frozenset(
            past.traveller_id for past in self.same_document if not past.identity.differs_in(self.identity)
        )
        return self._before(self.history.of_travellers(known)) if known else ()

    def covered_by_records(self, since: datetime) -> bool:
        """Return whether the post's records are known to miss nothing from ``since`` on."""
        return self.records_complete_since is not None and self.records_complete_since <= since

    def _before(self, found: tuple[Past, ...]) -> tuple[Past, ...]:
        if self.request.occurred_at is None:
            return found  # a clock set back must not hide what was kept
        return tuple(past for past in found if past.crossed_at <= self.at)


class Check(Protocol):
    """One question about a case. ``timeout_s`` None: arithmetic that cannot hang, run at once."""

    @property
    def name(self) -> str:
        """What findings, acknowledgements and words call it."""
        ...

    @property
    def mandatory(self) -> bool:
        """Whether deciding waits for it."""
        ...

    @property
    def timeout_s(self) -> float | None:
        """How long it may take."""
        ...

    @property
    def rule(self) -> str:
        """Its name and version, for a finding that the check itself could not give."""
        ...

    def __call__(self, case: Case) -> Iterable[Finding]:
        """Return at least one finding."""
        ...


def is_national(request: CrossingRequest) -> bool:
    """Return whether the traveller is known to be a national of Mozambique, by any nationality held."""
    return NATIONAL in (request.document.nationality, *request.person.further_nationalities)


def is_or_may_be_under(request: CrossingRequest, years: int, day: date) -> bool | None:
    """Return whether the traveller may be younger than that; None where the birth date is not known at all."""
    birth = request.document.birth_date
    return None if birth is None else birth.age_on(day)[0] < years


def seconds_between(one: datetime, other: datetime) -> int:
    """Return the whole seconds between two moments, whichever came first."""
    return abs(one - other) // timedelta(seconds=1)
