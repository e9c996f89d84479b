"""The steps of a transfer. Each has the moment it happened (``at``), which is not that of its recording."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from uuid import UUID

from poe_health.referrals.note import ReferralNote


@dataclass(frozen=True, slots=True)
class Opened:
    """The guia was begun. ``identity_seal`` proves who ``identity_id`` is without saying it."""

    at: datetime
    number: str
    note: ReferralNote
    identity_id: UUID
    identity_seal: str
    settings_version: str
    rules_digest: str


@dataclass(frozen=True, slots=True)
class Amended:
    """What the guia says changed before departure; ``identity_id`` None: who it is stays. ``reason``: why."""

    at: datetime
    note: ReferralNote
    identity_id: UUID | None = None
    identity_seal: str = ""
    reason: str = ""  # guias amended before the reason was asked have none


@dataclass(frozen=True, slots=True)
class Answered:
    """What a health unit said when it was asked. ``person``: who spoke for it, with the function.

    ``facility_source``: where the directory has the unit from, so that the guia can say it. ``next_facility``: whom a
    unit that refuses names instead. NO_ANSWER is not a refusal.
    """

    at: datetime
    facility: str
    facility_name: str
    facility_source: str
    answer: str
    means: str
    person: str = ""
    why: str = ""
    remark: str = ""
    next_facility: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """The patient left for the unit that accepted. ``escort``: who goes along."""

    at: datetime
    transport: str
    escort: str
    vehicle: str = ""


@dataclass(frozen=True, slots=True)
class LeftInEmergency:
    """The patient left before any unit accepted: why no answer could be waited for, and towards which unit."""

    at: datetime
    transport: str
    escort: str
    facility: str
    facility_name: str
    facility_source: str
    reason: str
    vehicle: str = ""


@dataclass(frozen=True, slots=True)
class Arrived:
    """The unit has the patient: who received, and how the post knows."""

    at: datetime
    person: str
    means: str


@dataclass(frozen=True, slots=True)
class DiedOnWay:
    """The patient died before arriving."""

    at: datetime
    person: str
    means: str


@dataclass(frozen=True, slots=True)
class NotArrived:
    """The unit said that the patient is not there: who said it. Silence is not this step."""

    at: datetime
    person: str
    means: str
    done_about_it: str


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """The counter-referral: what the unit found and did. NOT_STATED is what the slip leaves out."""

    at: datetime
    person: str
    classification: str
    outcome: str
    diagnosis: str = ""
    disease: str = ""


@dataclass(frozen=True, slots=True)
class Cancelled:
    """The transfer will not happen."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Closed:
    """Nothing more is expected: no slip came, or the search ended."""

    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A copy of the guia was made: ``copy`` A travels with the patient, B stays."""

    at: datetime
    copy: str


@dataclass(frozen=True, slots=True)
class IdentityForgotten:
    """Who it was is no longer kept; ``parts``: what else went, by the rule of retention of that code."""

    at: datetime
    rule: str = ""
    parts: tuple[str, ...] = ()


Step = (
    Opened
    | Amended
    | Answered
    | Left
    | LeftInEmergency
    | Arrived
    | DiedOnWay
    | NotArrived
    | ReturnSlip
    | Cancelled
    | Closed
    | Printed
    | IdentityForgotten
)

STEPS: Mapping[str, type[Step]] = MappingProxyType(
    {
        "opened": Opened,
        "amended": Amended,
        "answered": Answered,
        "left": Left,
        "left_in_emergency": LeftInEmergency,
        "arrived": Arrived,
        "died_on_way": DiedOnWay,
        "not_arrived": NotArrived,
        "return_slip": ReturnSlip,
        "cancelled": Cancelled,
        "closed": Closed,
        "printed": Printed,
        "identity_forgotten": IdentityForgotten,
    }
)
NAMES: Mapping[type[Step], str] = MappingProxyType({kind: name for name, kind in STEPS.items()})
