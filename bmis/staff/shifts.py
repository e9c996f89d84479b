"""Opening and closing the shift of a desk."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.staff.errors import NoShiftError, ShiftOpenError
from bmis.staff.records import SqlStaff
from bmis.staff.second_pair_of_eyes import pending_approvals
from bmis.staff.shift import Shift, ShiftEvent, ShiftFacts, ShiftKind, ShiftReport
from bmis.store.audit import Checkpoint, checkpoint_after
from bmis.store.home import Home
from bmis.store.outbox import waiting
from bmis.store.unit import OpenUnit, UnitOfWork


def current_shift(unit: UnitOfWork) -> Shift | None:
    """Return the desk's open shift; None tells the person who signs in to open one."""
    last = SqlStaff(unit).last_shift_event()
    if last is None or last.kind is ShiftKind.CLOSED:
        return None
    return Shift(last.shift_id, last.lane, last.recorded_at, last.by)


@dataclass(frozen=True, slots=True)
class OpenShift:
    """Opens the one shift that a desk can have."""

    home: Home
    open_unit: OpenUnit
    now: Clock

    def __call__(self, by: Actor, lane: str | None = None) -> Shift:
        """Return the open shift; the lane is the home's unless another is given.

        Raises:
            NotAllowedError: the role does not open shifts.
            ShiftOpenError: one is open.
        """
        require(by, Permission.OPEN_SHIFT)
        at = self.now()
        with self.open_unit() as unit:
            if current_shift(unit) is not None:
                raise ShiftOpenError
            event = ShiftEvent(new_id(at), ShiftKind.OPENED, new_id(at), lane or self.home.lane, by.name)
            SqlStaff(unit).add_shift(event)
            unit.commit()
        return Shift(event.shift_id, event.lane, event.recorded_at, event.by)


@dataclass(frozen=True, slots=True)
class CloseShift:
    """Counts the shift's work, closes it and signs the audit chain, all in one unit of work."""

    home: Home
    open_unit: OpenUnit
    facts: ShiftFacts
    now: Clock

    def __call__(self, by: Actor) -> ShiftReport:
        """Return the page to print and sign.

        Raises:
            NotAllowedError: the role does not close shifts.
            NoShiftError: none is open.
            AuditBrokenError: nobody with a signing key is at work.
        """
        require(by, Permission.CLOSE_SHIFT)
        at = self.now()
        with self.open_unit() as unit:
            shift, staff = current_shift(unit), SqlStaff(unit)
            if shift is None:
                raise NoShiftError
            counts = self.facts(unit, shift.opened_at)
            deferred = tuple(pending_approvals(unit, at))
            names = sorted(staff.worked_since(shift.opened_at) | {shift.opened_by, by.name})
            said = {
                **counts.payload(),
                "officers": names,
                "deferred": [str(owed.id) for owed in deferred],
                "unsent": waiting(unit.connection),
                "failed_sign_ins": staff.failures_since(shift.opened_at),
            }
            event = ShiftEvent(new_id(at), ShiftKind.CLOSED, shift.id, shift.lane, by.name, said)
            staff.add_shift(event)
            checkpoint = unit.audit.checkpoint(at)
            members = staff.everybody().members
            report = ShiftReport(
                shift=shift,
                post_code=self.home.post_code,
                desk_id=self.home.desk_id,
                training=self.home.training,
                closed_at=event.recorded_at,
                closed_by=by.name,
                officers=tuple((name, members[name].full_name if name in members else name) for name in names),
                counts=counts,
                failed_sign_ins=staff.failures_since(shift.opened_at),
                unsent=waiting(unit.connection),
                deferred=deferred,
                checkpoint=checkpoint,
            )
            unit.commit()
        return report


@dataclass(frozen=True, slots=True)
class ClosedShift:
    """A closed shift as its closing kept it. ``counts``: code to number; None: nobody counted, which is not nought.

    ``anchor`` is the printed text of the first checkpoint that covers the closing. Officers are user names.
    """

    id: UUID
    lane: str
    opened_at: datetime | None
    opened_by: str | None
    closed_at: datetime
    closed_by: str
    officers: tuple[str, ...]
    counts: Mapping[str, int | None]
    anchor: str | None


@dataclass(frozen=True, slots=True)
class ReadShifts:
    """Answers which shifts were closed."""

    open_read: OpenUnit

    def __call__(self, start: datetime, end: datetime) -> list[ClosedShift]:
        """Return the shifts closed from ``start`` until before ``end``, in order."""
        with self.open_read() as unit:
            return [
                _closed(opening, closing, checkpoint_after(unit.connection, closing.id))
                for opening, closing in SqlStaff(unit).shifts_closed(start, end)
            ]


def _closed(opening: ShiftEvent | None, closing: ShiftEvent, mark: Checkpoint | None) -> ClosedShift:
    said: Any = closing.counts or {}
    others = dict(said.get("others", {}))
    counts: dict[str, int | None] = {name: others.pop(name, None) for name in ("entries", "exits")}
    counts |= dict(sorted(said.get("decisions", {}).items()))
    counts |= {name: said.get(name) for name in ("in_secondary", "open_drafts")}
    counts |= others
    counts |= {name: said.get(name) for name in ("failed_sign_ins", "unsent")}
    counts["deferred"] = len(said["deferred"]) if "deferred" in said else None
    return ClosedShift(
        closing.shift_id,
        closing.lane,
        opening.recorded_at if opening else None,
        opening.by if opening else None,
        closing.recorded_at,
        closing.by,
        tuple(said.get("officers", ())),
        counts,
        mark.anchor if mark else None,
    )
