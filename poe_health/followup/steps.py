"""The steps of a monitoring. Each has the moment it happened (``at``), which is not that of its recording."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from types import MappingProxyType
from uuid import UUID

from poe_health.rules.answer import Answer

SEEN, NOT_REACHED, REFUSED, MOVED = "SEEN", "NOT_REACHED", "REFUSED", "MOVED"
CONTACT = frozenset({SEEN, NOT_REACHED, REFUSED, MOVED})


@dataclass(frozen=True, slots=True)
class Started:
    """The monitoring began. ``day0`` is the last exposure, or the arrival where that is not known.

    ``consent``: to being contacted. ``earlier``: days that another post saw, by ISO day. ``taken_from``: its number.
    """

    at: datetime
    number: str
    disease: str
    day0: date
    reckoned_from: str
    days: int
    identity_id: UUID
    identity_seal: str
    post_code: str
    rules_digest: str
    settings_version: str
    consent: Answer = Answer.UNKNOWN
    exposure: str = ""
    going_to: str = ""
    screening_id: UUID | None = None
    taken_from: str = ""
    earlier: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Visited:
    """One try to see the person. ``asked_none``: every symptom was asked and there is none.

    ``symptoms``: those answered one by one; what is not in it was not asked. Temperatures in degrees Celsius. Only of
    a person who was SEEN are there answers. ``moved_to``: a country (ISO 3166-1 alpha-3), "" inside this one.
    ``found``: what the answers made of the day when it was recorded; it stays when they are erased.
    """

    at: datetime
    method: str
    contact: str
    asked_none: bool = False
    symptoms: Mapping[str, Answer] = field(default_factory=dict)
    temp_am: float | None = None
    temp_pm: float | None = None
    where_now: str = ""
    moved_to: str = ""
    remark: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A finding was passed on: to whom, how, and what was decided."""

    at: datetime
    finding: str
    person: str
    means: str
    decided: str


@dataclass(frozen=True, slots=True)
class HandoverSent:
    """Another authority was told (IHR art. 30). ``place``: a country, a district or a post, by its code."""

    at: datetime
    receiver: str
    place: str
    authority: str
    contact: str
    means: str
    reason: str


@dataclass(frozen=True, slots=True)
class HandoverAcknowledged:
    """The other authority took the person over; ``their_number`` is what it calls the case."""

    at: datetime
    person: str
    means: str
    their_number: str = ""


@dataclass(frozen=True, slots=True)
class HandoverDeclined:
    """The other authority does not take the person: the monitoring goes on here."""

    at: datetime
    person: str
    means: str
    reason: str


@dataclass(frozen=True, slots=True)
class Replanned:
    """The day it is reckoned from was wrong, or there was a later exposure."""

    at: datetime
    day0: date
    reckoned_from: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ended:
    """The monitoring is over here; ``referral_id`` is the transfer of who became ill."""

    at: datetime
    ending: str
    reason: str
    referral_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """A telephone, an address or a name was put right."""

    at: datetime
    identity_id: UUID
    identity_seal: str


@dataclass(frozen=True, slots=True)
class PersonForgotten:
    """Who it was is no longer kept; ``parts``: what else went, by the rule of retention of that code."""

    at: datetime
    rule: str = ""
    parts: tuple[str, ...] = ()


Step = (
    Started
    | Visited
    | Told
    | HandoverSent
    | HandoverAcknowledged
    | HandoverDeclined
    | Replanned
    | Ended
    | PersonChanged
    | PersonForgotten
)

STEPS: Mapping[str, type[Step]] = MappingProxyType(
    {
        "started": Started,
        "visited": Visited,
        "told": Told,
        "handover_sent": HandoverSent,
        "handover_acknowledged": HandoverAcknowledged,
        "handover_declined": HandoverDeclined,
        "replanned": Replanned,
        "ended": Ended,
        "person_changed": PersonChanged,
        "person_forgotten": PersonForgotten,
    }
)
NAMES: Mapping[type[Step], str] = MappingProxyType({kind: name for name, kind in STEPS.items()})
