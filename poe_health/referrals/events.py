"""The event of a step: what the audit chain, the outbox and the table keep. It names nobody but the staff at work.

What somebody wrote or measured lies apart: reasons, vital signs, care, who spoke for a unit. Codes stay.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from poe_health.referrals.steps import (
    STEPS,
    Amended,
    Answered,
    Arrived,
    Cancelled,
    Closed,
    DiedOnWay,
    Left,
    LeftInEmergency,
    NotArrived,
    Opened,
    ReturnSlip,
    Step,
)
from poe_health.store.records.steps import StepEvent

_NOTE = {
    "note.reason": "",
    "note.belongings": "",
    "note.vitals": None,
    "note.no_vitals_why": None,
    "note.given_care": None,
    "note.companions": None,
}
_APART: Mapping[type, Mapping[str, str | None]] = MappingProxyType(
    {
        Opened: _NOTE,
        Amended: _NOTE | {"reason": None},
        Answered: {"person": None, "remark": None},
        Left: {"escort": "", "vehicle": None},
        LeftInEmergency: {"escort": "", "vehicle": None, "reason": ""},
        Arrived: {"person": ""},
        DiedOnWay: {"person": ""},
        NotArrived: {"person": "", "done_about_it": ""},
        ReturnSlip: {"person": "", "diagnosis": None},
        Cancelled: {"reason": ""},
        Closed: {"reason": ""},
    }
)


class ReferralEvent(StepEvent[Step]):
    """A step of a transfer as it was recorded, by whom."""

    __slots__ = ()
    PREFIX: ClassVar[str] = "referral."
    SUBJECT: ClassVar[str] = "referral_id"
    STEPS: ClassVar[Mapping[str, type]] = STEPS
    APART: ClassVar[Mapping[type, Mapping[str, str | None]]] = _APART
