"""A kept screening as a noun. What a person said and who they are lies apart from the facts that are counted.

``None`` is not asked or not known, never no. All moments are aware UTC. ``erased``: a rule of retention took it away.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Any
from uuid import UUID

from bmis.documents.dates import PartialDate
from bmis.kernel.clearance import ClearanceOutcome
from poe_health.rules.answer import Answer
from poe_health.screening.context import HealthContext
from poe_health.screening.form import ScreeningForm
from poe_health.surveillance.screened import Cell


class Kind(StrEnum):
    """What a record is. A count is a crowd: persons, and nobody of them known."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    COUNT = "count"


class ConsentAnswer(StrEnum):
    """What the traveller, or the guardian, said when asked before the examination (IHR art. 23(3))."""

    GIVEN = "GIVEN"
    GIVEN_BY_GUARDIAN = "GIVEN_BY_GUARDIAN"
    REFUSED = "REFUSED"
    NOT_ABLE = "NOT_ABLE"  # unconscious, too ill: care first, with the reason


@dataclass(frozen=True, slots=True)
class Consent:
    """The answer, when it was given, and in which words it was asked. ``reason`` is needed for NOT_ABLE."""

    answer: ConsentAnswer
    at: datetime
    language: str | None = None
    notice_version: str | None = None
    read_aloud: bool | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Compulsion:
    """An order against a refusal: imminent risk, national law, and why less is not enough (IHR art. 31(2))."""

    legal_basis: str
    imminent_risk: str
    least_intrusive: str


@dataclass(frozen=True, slots=True)
class Measured:
    """One measured temperature, in degrees Celsius. A retake is another one: both are kept."""

    celsius: float
    method: str | None = None
    device: str | None = None
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RapidTest:
    """A rapid test done at the post. A finger prick is invasive: it needs consent."""

    test: str
    result: str
    lot: str | None = None


@dataclass(frozen=True, slots=True)
class Examination:
    """What was found by examining: pulse and breaths a minute, oxygen in per cent, pressure as 120/80."""

    at: datetime
    pulse: int | None = None
    breaths: int | None = None
    oxygen: int | None = None
    pressure: str | None = None
    tests: tuple[RapidTest, ...] = ()
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Charge:
    """Something that was charged for, as the list of charges names it (IHR art. 40). Meticais, whole."""

    kind: str
    amount_mzn: int
    requirement_published_on: date | None = None  # for a vaccine


@dataclass(frozen=True, slots=True)
class Companion:
    """Somebody who travels with the traveller."""

    name: str
    sex: str | None = None
    age_years: int | None = None
    relation: str | None = None
    ill: Answer = Answer.UNKNOWN


@dataclass(frozen=True, slots=True)
class Person:
    """Who it is: only where the result is not PASS. Kept apart from everything else, and erased first."""

    surname: str | None = None
    given_names: str | None = None
    birth_date: PartialDate | None = None
    sex: str | None = None
    nationality: str | None = None
    document_kind: str | None = None
    document_country: str | None = None
    document_number: str | None = None
    occupation: str | None = None
    phones: tuple[str, ...] = ()
    address_next: str | None = None
    emergency_contact: str | None = None
    seat: str | None = None
    companions: tuple[Companion, ...] = ()


@dataclass(frozen=True, slots=True)
class Travel:
    """The voyage as it is carried over from traveller to traveller. ``voyage_key`` as ``Voyage.key`` gives it."""

    conveyance: str | None = None
    conveyance_id: str | None = None
    voyage_key: str | None = None
    origin_country: str | None = None
    age_band: str | None = None  # where primary asks no age


@dataclass(frozen=True, slots=True)
class Secondary:
    """What secondary adds. ``disposition`` None: the case is open. Codes of resources/health."""

    consent: Consent | None = None
    examination: Examination | None = None
    compulsion: Compulsion | None = None
    language: str | None = None
    interpreter: bool | None = None
    pregnant: Answer = Answer.UNKNOWN
    health_worker: Answer = Answer.UNKNOWN
    antipyretic_8h: Answer = Answer.UNKNOWN
    onset_on: date | None = None
    residence_seeker: Answer = Answer.UNKNOWN
    care: tuple[str, ...] = ()
    charges: tuple[Charge, ...] = ()
    actions_done: tuple[str, ...] = ()
    working_diagnosis: str | None = None
    risk_level: str | None = None
    disposition: str | None = None
    note: str | None = None  # of the case; what was found by examining stands with the examination


@dataclass(frozen=True, slots=True)
class ScreeningRequest:
    """What a desk puts together. The same ``request_id`` is the same record, always.

    ``result``: of primary, what staff chose (None: as proposed). ``reason`` documents what differs from the proposal,
    or a HIGH or CRITICAL case that is neither isolated nor referred. ``temperatures``: every measurement in order; the
    last one is the form's. ``context`` in training homes only. ``card``: the number of a card signed beforehand.
    ``desk_full``: who may go on waits a short while, because there is no room or hand for the rest of the step.
    """

    request_id: UUID
    form: ScreeningForm
    travel: Travel = Travel()
    temperatures: tuple[Measured, ...] = ()
    result: str | None = None
    reason: str | None = None
    person: Person | None = None
    secondary: Secondary | None = None
    primary_id: UUID | None = None
    cholera_id: UUID | None = None
    card: int | None = None
    desk_full: bool = False
    context: HealthContext | None = None
    occurred_at: datetime | None = None  # training homes only


@dataclass(frozen=True, slots=True)
class CrowdCount:
    """So many people passed while there was no time for a card each: a number, and what all of them have in common."""

    request_id: UUID
    persons: int
    cell: Cell
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Override:
    """Where a person differed from the rules: ``of`` is result, disposition, diagnosis, risk or clearance."""

    of: str
    proposed: str | None
    chosen: str
    reason: str


class State(StrEnum):
    """Whether a record counts."""

    STANDING = "standing"
    VOIDED = "voided"


@dataclass(frozen=True, slots=True)
class Facts:
    """What is counted, told to the hub and kept for ever: codes and yes or no, never a person or a measurement."""

    cell: Cell
    result: str | None
    disposition: str | None
    clearance: ClearanceOutcome | None
    persons: int = 1
    threshold_reached: bool | None = None
    outbreak_threshold_reached: bool | None = None
    area: bool = False
    alert: bool = False
    suspected: tuple[str, ...] = ()
    red_flags: tuple[str, ...] = ()
    signals: tuple[str, ...] = ()
    certificate: str | None = None
    risk_level: str | None = None
    samples: int = 0
    follow_up: bool = False
    overridden: bool = False
    drawn: bool | None = None  # by lot, to wait for a second look; None: no lot was drawn
    desk_full: bool = False  # waits because the desk was full

    @property
    def waits_for_second_look(self) -> bool:
        """Return whether somebody who may go on waits a short while: by lot, or at a full desk."""
        return self.clearance is ClearanceOutcome.H_WAIT and (self.drawn is True or self.desk_full)


@dataclass(frozen=True, slots=True)
class Clinical:
    """The inputs and everything the rules said of them: the part that clinicians read."""

    form: ScreeningForm
    travel: Travel
    temperatures: tuple[Measured, ...]
    secondary: Secondary | None
    overrides: tuple[Override, ...]
    outcome: Mapping[str, Any]  # as resources/schemas/health-screen-out.json
    context: HealthContext
    asked_result: str | None = None
    reason: str | None = None
    pseudonym: str | None = None


@dataclass(frozen=True, slots=True)
class Screening:
    """One kept record, as it was kept. Never changed: corrections are events that name it."""

    id: UUID
    seq: int
    request_id: UUID
    kind: Kind
    facts: Facts
    screened_at: datetime
    recorded_at: datetime  # inside the id
    day: date  # on the wall clock of the post
    post_code: str
    lane: str
    site_id: str
    desk_id: str
    training: bool
    by: str
    rules_digest: str | None = None
    list_version: str | None = None
    voyage_key: str | None = None
    primary_id: UUID | None = None
    cholera_id: UUID | None = None
    digests: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))  # of each part, salted


class EventKind(StrEnum):
    """What may happen to a record."""

    VOIDED = "screening.voided"
    AMENDED = "screening.amended"
    CLOSED = "screening.closed"
    ERASED = "screening.erased"
    RELEASED = "screening.released"  # after the short second look


@dataclass(frozen=True, slots=True)
class ScreeningEvent:
    """What happened to a record after it was kept. ``changed`` names the fields; their values lie with the parts."""

    id: UUID
    kind: EventKind
    screening_id: UUID
    by: str
    recorded_at: datetime
    reason: str
    facts: Facts | None = None  # as they are from here on
    changed: tuple[str, ...] = ()
    parts: tuple[str, ...] = ()  # erased ones
    rules_digest: str | None = None
    list_version: str | None = None
    digests: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    cholera_id: UUID | None = None  # the express record whose form the case is from here on


@dataclass(frozen=True, slots=True)
class ScreeningView:
    """A record as it stands now: its own facts or those of the last event. No person, no answer."""

    record: Screening
    state: State
    facts: Facts
    events: tuple[ScreeningEvent, ...] = ()
    erased: frozenset[str] = frozenset()
    named: bool = False  # somebody's name is kept with it

    @property
    def id(self) -> UUID:
        """Return its identifier."""
        return self.record.id

    @property
    def cholera_id(self) -> UUID | None:
        """Return the express record of cholera whose form it is."""
        bound = [event.cholera_id for event in self.events if event.cholera_id is not None]
        return bound[-1] if bound else self.record.cholera_id

    @property
    def is_open(self) -> bool:
        """Return whether it is a secondary case without its disposition."""
        return self.state is State.STANDING and self.record.kind is Kind.SECONDARY and self.facts.disposition is None
