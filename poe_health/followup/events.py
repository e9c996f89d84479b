"""The event of a step: what the audit chain, the outbox and the table keep. It names nobody but the staff."""

from collections.abc import Mapping
from typing import ClassVar

from poe_health.followup.steps import STEPS, Step
from poe_health.store.records.steps import StepEvent


class MonitoringEvent(StepEvent[Step]):
    """A step of a monitoring as it was recorded, by whom."""

    __slots__ = ()
    PREFIX: ClassVar[str] = "monitoring."
    SUBJECT: ClassVar[str] = "monitoring_id"
    STEPS: ClassVar[Mapping[str, type]] = STEPS
