"""A dose that was given at the post, what came after it, and the certificate numbers. What a person says lies apart."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from bmis.documents.dates import PartialDate
from poe_health.certificates.vaccination import Consent, EventOutcome
from poe_health.keeping.event import KeptEvent
from poe_health.rules.answer import Answer


class Site(StrEnum):
    """Where on the body."""

    LEFT_ARM = "LEFT_ARM"
    RIGHT_ARM = "RIGHT_ARM"
    LEFT_THIGH = "LEFT_THIGH"
    RIGHT_THIGH = "RIGHT_THIGH"


@dataclass(frozen=True, slots=True)
class Vaccinee:
    """Who it is, as the model certificate asks (IHR Annex 6). ``document``: kind and number of an identity paper."""

    name: str
    birth_date: PartialDate | None = None
    sex: str | None = None
    nationality: str | None = None
    document: str | None = None
    guardian: str | None = None


@dataclass(frozen=True, slots=True)
class DoseClinical:
    """What was asked and done: the part that clinicians read."""

    consent: Consent
    answers: Mapping[str, Answer]
    site: Site
    vvm: int | None = None
    age_years: int | None = None
    clinician_reason: str | None = None
    screening_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseGiven(KeptEvent):
    """A dose: codes and counts, nobody's name and no answer. ``day``: of the post; ``valid_on``: day 10."""

    request_id: UUID
    item: str
    lot: str
    product: str
    disease: str
    given_at: datetime
    day: date
    valid_on: date
    expires_on: date
    vial_opened_at: datetime
    movement_id: UUID
    certificate_number: str | None = None
    series_id: UUID | None = None
    rule: str = ""
    post_code: str = ""
    training: bool = False

    @property
    def ref(self) -> str:
        """Its identifier, as text."""
        return str(self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseAnnulled(KeptEvent):
    """A dose that was entered by mistake. ``reason`` is a code.

    The number of its certificate is never given again; the ledger is put right by counting.
    """

    reason: str
    certificate_number: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AefiReported(KeptEvent):
    """An event after a dose; its symptoms lie apart. ``due_at``: told to the district by then at the latest."""

    request_id: UUID
    lot: str
    serious: Answer
    due_at: datetime | None
    within_window: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AefiTold(KeptEvent):
    """The district was told of an adverse event."""

    aefi_id: UUID
    told_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class DoseErased(KeptEvent):
    """A rule of retention took parts of a dose and of the adverse events after it."""

    rule: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AefiClinical:
    """What happened, for clinicians. A report, not a finding that the vaccine was the cause."""

    onset_at: datetime
    symptoms: tuple[str, ...]
    outcome: EventOutcome
    description: str | None = None


DoseEvent = DoseGiven | DoseAnnulled | AefiReported | AefiTold | DoseErased


@dataclass(frozen=True, slots=True)
class AefiView:
    """An adverse event as it stands."""

    reported: AefiReported
    told_at: datetime | None

    def overdue(self, now: datetime) -> bool:
        """Return whether the district should have been told."""
        return self.told_at is None and self.reported.due_at is not None and now > self.reported.due_at


@dataclass(frozen=True, slots=True)
class DoseView:
    """A dose as its events leave it: no name, no answer."""

    given: DoseGiven
    annulled: DoseAnnulled | None
    aefi: tuple[AefiView, ...]
    erased: frozenset[str] = frozenset()

    @property
    def counts(self) -> bool:
        """Return whether the dose stands."""
        return self.annulled is None


@dataclass(frozen=True, slots=True, kw_only=True)
class NumbersReceived(KeptEvent):
    """A block of printed booklets: numbers ``first`` to ``last`` behind a prefix, with ``digits`` digits."""

    request_id: UUID
    prefix: str
    first: int
    last: int
    digits: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberSpoiled(KeptEvent):
    """A booklet that was torn, miswritten, missing; ``reason`` is a code. ``record_id``: of its block."""

    number: str
    reason: str


NumberEvent = NumbersReceived | NumberSpoiled


@dataclass(frozen=True, slots=True)
class BlockView:
    """A block of numbers: how many are left, used and spoiled, and numbers that were passed over."""

    id: UUID
    first: str
    last: str
    remaining: int
    used: int
    spoiled: int
    gaps: tuple[str, ...]
    next: str | None
