"""The express record of cholera: treatment first, the form later. Plans A, B, C follow the dehydration (WHO, GTFCC)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from poe_health.keeping.event import KeptEvent

PLANS = ("A", "B", "C")


class Dehydration(StrEnum):
    """What was seen: none, some, severe."""

    NONE = "none"
    SOME = "some"
    SEVERE = "severe"


PLAN_OF: Mapping[Dehydration, str] = MappingProxyType(
    {Dehydration.NONE: "A", Dehydration.SOME: "B", Dehydration.SEVERE: "C"}
)


@dataclass(frozen=True, slots=True)
class CholeraAnswers:
    """What is asked and seen at once. ``token`` is the number that the patient carries; nobody is named.

    ``onset_at`` and ``ors_at`` are moments; None: not known, not given yet.
    """

    token: str
    dehydration: Dehydration
    sex: str | None = None
    age_years: float | None = None
    village: str | None = None
    onset_at: datetime | None = None
    plan: str | None = None  # None: as the dehydration says
    plan_reason: str | None = None
    ors_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CholeraRecord:
    """One kept express record; its answers lie apart and may be erased."""

    id: UUID
    seq: int
    request_id: UUID
    day: date
    recorded_at: datetime
    dehydration: Dehydration
    plan: str
    ors_given: bool
    post_code: str
    site_id: str
    desk_id: str
    by: str
    digest: str  # of the answers, salted
    sex: str | None = None
    age_band: str | None = None
    training: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CholeraErased(KeptEvent):
    """A rule of retention took the answers of an express record; its codes and its digest stay."""

    rule: str
    parts: tuple[str, ...]
