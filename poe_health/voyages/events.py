"""What happens to a voyage: each is kept once, audited and sent. They name nobody but the staff.

Names lie in the part ``person``, what papers declare in ``clinical`` (both can be erased), what staff wrote of the
conveyance (reasons, methods) in ``detail``. ``at`` is the moment it happened, not that of its recording.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from poe_health.keeping.event import KeptEvent
from poe_health.rules.answer import Answer
from poe_health.voyages.declarations import Reading
from poe_health.voyages.free_pratique import PratiqueState, Step
from poe_health.voyages.people import ContactFact, OccupantFact
from poe_health.voyages.sanitation import SanitationCertificate, SanitationState
from poe_health.voyages.sheet import VoyageSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class VoyageEvent(KeptEvent):
    """``request_id``: the same request again is the same event."""

    request_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class VoyageRecorded(VoyageEvent):
    """A conveyance came, or is expected. Its part ``person`` says who is in charge of it."""

    number: str
    serial: int
    sheet: VoyageSheet
    post_code: str
    lists_version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoyageCorrected(VoyageEvent):
    """The sheet as it is from here on."""

    sheet: VoyageSheet


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleListed(VoyageEvent):
    """Who is on board, by reference; a reference that was listed before is listed anew."""

    people: tuple[OccupantFact, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DiseaseSuspected(VoyageEvent):
    """Somebody outside this desk says that there was disease on board; who said it lies in ``detail``."""

    disease: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class LocatorEntered(VoyageEvent):
    """A passenger locator form; ``missing`` names the fields that it should have and has not."""

    missing: tuple[str, ...]
    members: int
    ref: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsChosen(VoyageEvent):
    """Contacts of one case, chosen by a person. ``case_id``: its screening, None where the case is not ours.

    ``last_contact_on`` None: not known; then the day of the voyage is only a guess, and none is made.
    """

    disease: str
    preset: str
    presets_version: str
    contacts: tuple[ContactFact, ...]
    case_id: UUID | None = None
    last_contact_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactFollowed(VoyageEvent):
    """A contact is monitored from now on."""

    contact_id: UUID
    monitoring_id: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactsHandedOver(VoyageEvent):
    """The list went to an authority; ``receiver`` as in the choices of monitoring, ``place`` its code."""

    receiver: str
    place: str
    at: datetime
    contacts: int
    acknowledged_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperDeclared(VoyageEvent):
    """What a declaration comes to; what it says lies in ``clinical``, who stands in it in ``person``."""

    paper: str  # SHIP (Annex 8) or AIRCRAFT (Annex 9)
    day: date
    reading: Reading
    open_questions: int
    lacking: tuple[str, ...] = ()
    waived: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SanitationKept(VoyageEvent):
    """A ship sanitation certificate as it was seen or extended, and what it is worth on the day."""

    certificate: SanitationCertificate
    state: SanitationState
    valid_until: date
    extended_here: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveyanceJudged(VoyageEvent):
    """Whether it counts as affected (art. 27) and comes from an affected area (arts 25, 26); why is in ``detail``."""

    affected: Answer
    from_affected_area: Answer


@dataclass(frozen=True, slots=True)
class AreaSeen:
    """What was found in one area (Annex 3). ``sample``: whether a sample was positive."""

    area: str
    evidence: Answer = Answer.UNKNOWN
    sample: Answer = Answer.UNKNOWN
    papers_seen: Answer = Answer.UNKNOWN
    measure: str | None = None
    reinspect_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConveyanceInspected(VoyageEvent):
    """An inspection; remarks of each area lie in ``detail``."""

    at: datetime
    areas: tuple[AreaSeen, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureOrdered(VoyageEvent):
    """An order. ``basis`` by code; ``article`` limited it, or None; reason and words of the law in ``detail``."""

    measure: str
    basis: str
    at: datetime
    article: str | None = None
    second: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MeasureDone(VoyageEvent):
    """The measure was carried out; who did it and how is in ``detail``."""

    measure_id: UUID
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceGiven(VoyageEvent):
    """The operator has the written evidence of the measures (Annex 4)."""

    measure_ids: tuple[UUID, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextPostTold(VoyageEvent):
    """The next point of entry knows that the conveyance left untreated (art. 27)."""

    place: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PratiqueTaken(VoyageEvent):
    """A step of free pratique, where it leads, and who signed as the second."""

    step: Step
    state: PratiqueState
    at: datetime
    second: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VoyagePrinted(VoyageEvent):
    """A paper was made: contacts, measures or pratique."""

    paper: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VoyageErased(VoyageEvent):
    """A rule of retention took parts away."""

    rule: str
    parts: tuple[str, ...]


KINDS: Mapping[str, type[VoyageEvent]] = MappingProxyType(
    {
        "voyage.recorded": VoyageRecorded,
        "voyage.corrected": VoyageCorrected,
        "voyage.people_listed": PeopleListed,
        "voyage.disease_suspected": DiseaseSuspected,
        "voyage.locator_entered": LocatorEntered,
        "voyage.contacts_chosen": ContactsChosen,
        "voyage.contact_followed": ContactFollowed,
        "voyage.contacts_handed_over": ContactsHandedOver,
        "voyage.paper_declared": PaperDeclared,
        "voyage.sanitation_kept": SanitationKept,
        "voyage.conveyance_judged": ConveyanceJudged,
        "voyage.inspected": ConveyanceInspected,
        "voyage.measure_ordered": MeasureOrdered,
        "voyage.measure_done": MeasureDone,
        "voyage.evidence_given": EvidenceGiven,
        "voyage.next_post_told": NextPostTold,
        "voyage.pratique_taken": PratiqueTaken,
        "voyage.printed": VoyagePrinted,
        "voyage.erased": VoyageErased,
    }
)
