"""A piece of equipment as its events leave it, and the judgement of a check."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from poe_health.equipment.settings import EquipmentKind, Limit, Method, known_kind
from poe_health.keeping.errors import KeptDamagedError, StoreFieldError
from poe_health.keeping.event import KeptEvent


class EquipmentState(StrEnum):
    """Whether it may be used."""

    IN_SERVICE = "IN_SERVICE"
    OUT_OF_SERVICE = "OUT_OF_SERVICE"
    RETIRED = "RETIRED"


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading in °C; ``reference_c`` of the instrument that it is compared with."""

    device_c: float
    reference_c: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered(KeptEvent):
    """It came to the post. ``mark``: what is written on it at the post, unique."""

    request_id: UUID
    mark: str
    equipment: str
    serial: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked(KeptEvent):
    """It was checked. ``worst_c``: the largest difference, or the reading furthest outside; None for works."""

    request_id: UUID
    checked_at: datetime
    day: date
    passed: bool
    readings: tuple[Reading, ...] = ()
    reference: str | None = None
    worst_c: float | None = None
    limit_from: date | None = None
    limit_source: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Stepped(KeptEvent):
    """It went out of service, came back, or was retired; ``reason`` is a code."""

    to: EquipmentState
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Equipment:
    """It as it stands. ``due_on``: the last day on which its check holds; None: it was never checked or failed.

    ``good_since_out``: a check passed after it went out of service.
    """

    id: UUID
    mark: str
    kind: EquipmentKind
    serial: str | None
    state: EquipmentState
    since: datetime
    reason: str | None = None
    last_check: Checked | None = None
    good_since_out: bool = False

    @property
    def due_on(self) -> date | None:
        """Return the last day on which the last check holds."""
        if self.last_check is None or not self.last_check.passed:
            return None
        return self.last_check.day + timedelta(days=self.kind.every_days)

    def overdue(self, today: date) -> bool:
        """Return whether it is in service without a check that holds."""
        return self.state is EquipmentState.IN_SERVICE and (self.due_on is None or today > self.due_on)


def equipment_of(events: Iterable[KeptEvent]) -> Equipment:
    """Return the equipment after all its events.

    Raises:
        KeptDamagedError: they do not begin with its registration.
    """
    found: Equipment | None = None
    for one in events:
        if isinstance(one, Registered) and found is None:
            state = EquipmentState.IN_SERVICE
            found = Equipment(one.id, one.mark, known_kind(one.equipment), one.serial, state, one.recorded_at)
        elif found is None:
            raise KeptDamagedError
        elif isinstance(one, Checked):
            found = replace(found, last_check=one, good_since_out=one.passed)
        elif isinstance(one, Stepped):
            found = replace(found, state=one.to, since=one.recorded_at, reason=one.reason, good_since_out=False)
    if found is None:
        raise KeptDamagedError
    return found


def judged(kind: EquipmentKind, readings: Sequence[Reading], limit: Limit) -> tuple[bool, float]:
    """Return whether the readings pass, and the worst: a difference for compare, a reading for range.

    Raises:
        StoreFieldError: too few readings, one that no instrument gives, or one without its reference.
    """
    if not kind.least_readings <= len(readings) <= 20:
        raise StoreFieldError("readings")
    for one in readings:
        values = [one.device_c] if one.reference_c is None else [one.device_c, one.reference_c]
        if (one.reference_c is None) != (kind.method is Method.RANGE):
            raise StoreFieldError("readings.reference_c")
        if not all(kind.lowest <= value <= kind.highest for value in values):
            raise StoreFieldError("readings")
    if kind.method is Method.COMPARE:
        # hundredths: 36.6 - 36.3 is 0.3 for a person and 0.30000000000000426 for a machine
        worst = max((round(one.device_c - (one.reference_c or 0.0), 2) for one in readings), key=abs)
        return limit.most_c is not None and abs(worst) <= limit.most_c, worst
    low, high = limit.from_c, limit.to_c
    if low is None or high is None:
        raise StoreFieldError("readings")
    middle = (low + high) / 2
    furthest = max((one.device_c for one in readings), key=lambda value: abs(value - middle))
    return low <= furthest <= high, furthest
