"""The events of a signal as plain values: what the store, the audit chain and the outbox hold."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType
from typing import Any
from uuid import UUID

from bmis.kernel.identifiers import made_at
from bmis.kernel.plain import plain, value_of
from poe_health.events.errors import EventOrderError, SignalFieldError, SignalHistoryError
from poe_health.events.signal import (
    Assessed,
    Closed,
    FocalPointDecided,
    ImportEvidence,
    MeasureBegan,
    RepliedWho,
    Responded,
    Signal,
    SignalEvent,
    ToldFocalPoint,
    ToldProvince,
    ToldWho,
    Triaged,
    WhoAsked,
)

PREFIX, REPORTED = "signal.", "signal.reported"
STEPS: Mapping[str, type[SignalEvent]] = MappingProxyType(
    {
        "triaged": Triaged,
        "assessed": Assessed,
        "told_focal_point": ToldFocalPoint,
        "told_province": ToldProvince,
        "focal_point_decided": FocalPointDecided,
        "told_who": ToldWho,
        "responded": Responded,
        "closed": Closed,
        "import_evidence": ImportEvidence,
        "who_asked": WhoAsked,
        "replied_who": RepliedWho,
        "measure_began": MeasureBegan,
    }
)
NAMES: Mapping[type, str] = MappingProxyType({kind: name for name, kind in STEPS.items()})
KINDS = frozenset({REPORTED, *(PREFIX + name for name in STEPS)})


@dataclass(frozen=True, slots=True)
class Reported:
    """The signal as it came in. ``number`` is what people call it by; the same ``request_id`` is the same signal."""

    number: str
    serial: int
    request_id: UUID
    signal: Signal


@dataclass(frozen=True, slots=True)
class KeptSignalEvent:
    """One event of one signal, as it was recorded."""

    id: UUID
    signal_id: UUID
    by: str
    said: Reported | SignalEvent

    @property
    def kind(self) -> str:
        """Its kind, as the audit chain and the outbox name it."""
        return REPORTED if isinstance(self.said, Reported) else PREFIX + NAMES[type(self.said)]

    @property
    def recorded_at(self) -> datetime:
        """When it was recorded; ``said.at`` is when it happened."""
        return made_at(self.id)

    def payload(self) -> Mapping[str, object]:
        """Return plain values."""
        about = {"id": str(self.id), "kind": self.kind, "signal_id": str(self.signal_id), "by": self.by}
        return {**about, "facts": plain(self.said)}


def signal_event_of(said: Mapping[str, Any]) -> KeptSignalEvent:
    """Return the event of a kept payload.

    Raises:
        SignalHistoryError: it is none of ours.
    """
    try:
        kind = said["kind"]
        noun: type[Any] = Reported if kind == REPORTED else STEPS[kind.removeprefix(PREFIX)]
        return KeptSignalEvent(UUID(said["id"]), UUID(said["signal_id"]), said["by"], value_of(noun, said["facts"]))
    except (KeyError, TypeError, ValueError, AttributeError, SignalFieldError, EventOrderError) as error:
        raise SignalHistoryError(0) from error
