"""The crossing as a noun: everything of border.md 2.1, filled as the capabilities that know it are built.

``None`` is unknown, never no. All moments are aware UTC.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bmis.crossings.decision import Decision, Direction, RecordMode
from bmis.crossings.finding import Finding
from bmis.documents.travel_document import TravelDocument


class PhotoAnswer(StrEnum):
    """What the officer said on seeing the two photos side by side."""

    SAME = "same"
    NOT_SAME = "not_same"
    UNSURE = "unsure"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class Place:
    """Where and on what the crossing was processed; the post of record may differ from the place (one-stop, truck)."""

    post_code: str
    post_list_version: str
    processing_place: str
    host_country: str
    lane: str
    site_id: str
    desk_id: str
    utc_offset_minutes: int
    clock_source: str
    clock_set_back: bool
    clock_drift_s: int | None = None
    position: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """What is asked of the person beyond the document."""

    traveller_class: str | None = None
    further_nationalities: tuple[str, ...] = ()
    birth_country: str | None = None
    birth_place: str | None = None
    residence_country: str | None = None
    occupation: str | None = None
    contact: str | None = None


@dataclass(frozen=True, slots=True)
class Journey:
    """How, from where, to where, why, for how long. Modes and purposes are codes of resources/codes.

    ``coming_from`` and ``going_to`` name the country (or, for a national at home, the place) as statistics count it;
    the ``_place`` beside each is the town.
    """

    travel_mode: str | None = None
    carrier: str | None = None
    vehicle: str | None = None
    group_id: str | None = None
    manifest_id: str | None = None
    coming_from: str | None = None
    coming_from_place: str | None = None
    going_to: str | None = None
    going_to_place: str | None = None
    purpose: str | None = None
    intended_days: int | None = None
    accommodation: str | None = None
    travels_with: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class StayAuthority:
    """What allows the stay. Typed by the officer with its authority, never invented.

    ``stay_calculated`` is what a rule computed, once rules exist; ``override_reason`` says why ``stay_until`` differs.
    """

    kind: str | None = None
    number: str | None = None
    valid_until: date | None = None
    entries_allowed: int | None = None
    entries_used: int | None = None
    stay_until: date | None = None
    typed_authority: str | None = None
    stay_calculated: date | None = None
    override_reason: str | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the officer saw beside the document. ``entry_stamp`` is the "entrada por carimbo": post, day, number."""

    photo_answer: PhotoAnswer = PhotoAnswer.NOT_COMPARED
    traveller_photo_id: UUID | None = None
    document_photo_id: UUID | None = None
    page_image_id: UUID | None = None
    fingerprint_ids: tuple[UUID, ...] = ()
    viz_compared: Mapping[str, bool] = field(default_factory=dict)
    entry_stamp: str | None = None
    neighbour_exit_evidence: str | None = None
    health_step_done: bool | None = None
    watchlist_version: str | None = None
    watchlist_age_s: int | None = None


@dataclass(frozen=True, slots=True)
class Refusal:
    """What refusing asked and did. ``protection_claim`` has no default: it is the officer's answer."""

    protection_claim: bool | None = None
    notice_signed: bool | None = None
    refused_to_sign: bool | None = None
    consulate_informed: bool | None = None
    carrier_informed: bool | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was paid, stamped and passed on with the decision. What is printed later is an event."""

    fee_receipts: tuple[str, ...] = ()
    stamp_placed: bool | None = None
    referral_ids: tuple[UUID, ...] = ()


@dataclass(frozen=True, slots=True)
class CrossingRequest:
    """What the desk puts together for one traveller. The same ``request_id`` is the same crossing, always."""

    request_id: UUID
    direction: Direction
    document: TravelDocument
    journey: Journey = Journey()
    person: PersonDetails = PersonDetails()
    stay: StayAuthority = StayAuthority()
    evidence: Evidence = Evidence()
    carried_over: frozenset[str] = frozenset()  # fields taken from an earlier crossing ...
    confirmed: frozenset[str] = frozenset()  # ... and those the officer confirmed
    note: str | None = None
    occurred_at: datetime | None = None  # training and back-fill only
    paper_form: str | None = None  # number of the contingency form
    written_by: str | None = None  # who wrote the form; the actor is who typed it


@dataclass(frozen=True, slots=True)
class Verdict:
    """The officer's decision with what was shown and accepted when it was taken."""

    decision: Decision
    reasons: tuple[str, ...] = ()
    reason_text: str | None = None
    acknowledged: frozenset[str] = frozenset()  # names of checks; "*" is all
    refusal: Refusal = Refusal()
    shown: tuple[Finding, ...] | None = None  # None: nothing was shown (a script); then nothing can have changed
    approval_id: UUID | None = None
    outcome: Outcome = Outcome()


class ImageKind(StrEnum):
    """What a kept picture shows."""

    TRAVELLER = "traveller"
    DOCUMENT_PHOTO = "document_photo"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class KeptImage:
    """A picture kept with a crossing. The SHA-256 of its JPEG is here, so that the audit chain covers it."""

    id: UUID
    kind: ImageKind
    sha256: str


@dataclass(frozen=True, slots=True)
class Crossing:
    """One kept crossing. Never changed: corrections are ``CrossingEvent`` that name it."""

    id: UUID
    seq: int
    request: CrossingRequest
    verdict: Verdict
    findings: tuple[Finding, ...]
    place: Place
    record_mode: RecordMode
    crossed_at: datetime  # the officer's time
    recorded_at: datetime  # inside the id
    by: str
    traveller_id: UUID
    second_officer: str | None = None
    closes: UUID | None = None  # the pending crossing that this one decides
    images: tuple[KeptImage, ...] = ()

    @property
    def decision(self) -> Decision:
        """Return the stored decision."""
        return self.verdict.decision

    @property
    def direction(self) -> Direction:
        """Return the direction."""
        return self.request.direction

    @property
    def document(self) -> TravelDocument:
        """Return the document that was shown."""
        return self.request.document


class EventKind(StrEnum):
    """Corrections and follow-ups of a crossing, all events."""

    AMENDED = "crossing.amended"
    ANNULLED = "crossing.annulled"
    UNDONE = "crossing.undone"
    CLOSED = "crossing.closed"
    REOPENED = "crossing.reopened"  # the crossing that had closed it was undone or annulled
    LINKED = "traveller.linked"
    UNLINKED = "traveller.unlinked"
    PRINTED = "crossing.printed"


@dataclass(frozen=True, slots=True)
class CrossingEvent:
    """What happened to a crossing after it was kept. ``changes``: field -> (before, after)."""

    id: UUID
    kind: EventKind
    crossing_id: UUID
    by: str
    recorded_at: datetime
    reason: str
    changes: Mapping[str, tuple[object, object]] = field(default_factory=dict)
    second_officer: str | None = None
    other_id: UUID | None = None
