"""The event of a step: what the audit chain, the outbox and the table keep. It names nobody but the staff at work.

What was asked, measured or written lies apart; what a visit found stays as a code.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import ClassVar

from poe_health.followup.steps import (
    STEPS,
    Ended,
    HandoverAcknowledged,
    HandoverDeclined,
    HandoverSent,
    Replanned,
    Started,
    Step,
    Told,
    Visited,
)
from poe_health.store.records.steps import StepEvent

_APART: Mapping[type, Mapping[str, str | None]] = MappingProxyType(
    {
        Started: {"exposure": None, "going_to": None},
        Visited: {
            "asked_none": None,
            "symptoms": None,
            "temp_am": None,
            "temp_pm": None,
            "where_now": None,
            "remark": None,
        },
        Told: {"person": "", "decided": ""},
        HandoverSent: {"authority": "", "contact": "", "reason": ""},
        HandoverAcknowledged: {"person": "", "their_number": None},
        HandoverDeclined: {"person": "", "reason": ""},
        Replanned: {"reason": ""},
        Ended: {"reason": ""},
    }
)


class MonitoringEvent(StepEvent[Step]):
    """A step of a monitoring as it was recorded, by whom."""

    __slots__ = ()
    PREFIX: ClassVar[str] = "monitoring."
    SUBJECT: ClassVar[str] = "monitoring_id"
    STEPS: ClassVar[Mapping[str, type]] = STEPS
    APART: ClassVar[Mapping[type, Mapping[str, str | None]]] = _APART
