"""Registering, checking and stepping equipment; looking at all of it with its state."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.identifiers import new_id
from bmis.store.unit import OpenUnit
from poe_health.equipment.item import Checked, Equipment, EquipmentState, Reading, Registered, Stepped, judged
from poe_health.equipment.records import SqlEquipment
from poe_health.equipment.settings import FAILED_CHECK, Method, known_kind, limit_of, reasons_out
from poe_health.keeping.errors import EquipmentStateError, StoreConflictError, StoreFieldError, StoreItemError
from poe_health.keeping.event import DETAIL, LONGEST_TEXT, KeptEvent
from poe_health.store.records.parts import NewPart

_MARK = re.compile(r"[A-Z0-9][A-Z0-9./_-]{0,29}", re.ASCII)
LONGEST_MARK = 60
_BACK = timedelta(days=7)  # a check of the last days may be written down later


@dataclass(frozen=True, slots=True)
class RegisterRequest:
    """Something that came. ``mark``: what is written on it at the post."""

    request_id: UUID
    mark: str
    kind: str
    serial: str | None = None


@dataclass(frozen=True, slots=True)
class CheckRequest:
    """A check. ``works`` for what is only seen to work; ``reference``: the instrument it was compared with."""

    request_id: UUID
    mark: str
    checked_at: datetime
    readings: tuple[Reading, ...] = ()
    reference: str | None = None
    works: bool | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class KeepEquipment:
    """Keeps what happens to equipment. ``today`` is the post's day."""

    open_unit: OpenUnit
    now: Clock
    today: Callable[[], date]
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def register(self, request: RegisterRequest, by: Actor) -> Equipment:
        """Return the equipment as kept; for a request that was kept before, the same.

        Raises:
            NotAllowedError: the role does not keep the stock. StoreItemError: a kind that is none.
            StoreFieldError: the mark cannot be. StoreConflictError: another one has the mark, or the request.
        """
        require(by, Permission.KEEP_HEALTH_STOCK)
        known_kind(request.kind)
        mark, serial = _mark(request.mark), (request.serial or "").strip()
        if len(serial) > LONGEST_MARK:
            raise StoreFieldError("serial")
        with self.open_unit() as unit:
            store = SqlEquipment(unit)
            kept = store.by_request(request.request_id)
            if kept is not None:
                same = isinstance(kept, Registered) and (kept.mark, kept.equipment) == (mark, request.kind)
                if not same:
                    raise StoreConflictError
                return store.get(kept.record_id)
            if store.is_marked(mark):
                raise StoreConflictError
            identifier = new_id(self.now())
            store.add(
                Registered(
                    id=identifier,
                    record_id=identifier,
                    by=by.name,
                    request_id=request.request_id,
                    mark=mark,
                    equipment=request.kind,
                    serial=serial or None,
                )
            )
            unit.commit()
            return store.get(identifier)

    def check(self, request: CheckRequest, by: Actor) -> Equipment:
        """Return the equipment after a check; what fails goes out of service in the same step.

        Raises:
            NotAllowedError: nobody of health. KeptUnknownError: no such equipment.
            EquipmentStateError: it was retired. StoreFieldError: a reading, a moment or a note that cannot be.
            StoreConflictError: the request was kept with another content.
        """
        require(by, Permission.SCREEN_HEALTH)
        mark = _mark(request.mark)
        note, reference = (request.note or "").strip(), (request.reference or "").strip()
        if len(note) > LONGEST_TEXT or len(reference) > LONGEST_MARK:
            raise StoreFieldError("note")
        now = self.now()
        if not now - _BACK <= request.checked_at <= now:
            raise StoreFieldError("checked_at")
        with self.open_unit() as unit:
            store = SqlEquipment(unit)
            one = store.by_mark(mark)
            kept = store.by_request(request.request_id)
            if kept is not None:
                if not isinstance(kept, Checked) or _content(kept) != (one.id, request.checked_at, request.readings):
                    raise StoreConflictError
                return one
            if one.state is EquipmentState.RETIRED:
                raise EquipmentStateError(one.state.value)
            event = self._judged(request, one, reference or None, by)
            parts = (NewPart.of(DETAIL, {"note": note}),) if note else ()
            store.add(replace(event, digests={part.part: part.digest for part in parts}), parts)
            if not event.passed and one.state is EquipmentState.IN_SERVICE:
                store.add(_stepped(one, EquipmentState.OUT_OF_SERVICE, FAILED_CHECK, new_id(now), by))
            unit.commit()
            return store.get(one.id)

    def step(self, mark: str, to: EquipmentState, reason: str | None, by: Actor) -> Equipment:
        """Return the equipment after it went out of service, came back or was retired.

        Raises:
            NotAllowedError: nobody of health; only who keeps the stock retires. KeptUnknownError: no such equipment.
            StoreItemError: a reason that is none. EquipmentStateError: it stands so already, was retired, or comes
                back without having passed a check since (not_checked).
        """
        retires = to is EquipmentState.RETIRED
        require(by, Permission.KEEP_HEALTH_STOCK if retires else Permission.SCREEN_HEALTH)
        if (to is EquipmentState.IN_SERVICE) != (reason is None):
            raise StoreFieldError("reason")
        if reason is not None and reason not in reasons_out():
            raise StoreItemError("reason", reason)
        with self.open_unit() as unit:
            store = SqlEquipment(unit)
            one = store.by_mark(_mark(mark))
            if one.state in {to, EquipmentState.RETIRED}:
                raise EquipmentStateError(one.state.value)
            if to is EquipmentState.IN_SERVICE and not one.good_since_out:
                raise EquipmentStateError("not_checked")
            store.add(_stepped(one, to, reason, new_id(self.now()), by))
            unit.commit()
            return store.get(one.id)

    def _judged(self, request: CheckRequest, one: Equipment, reference: str | None, by: Actor) -> Checked:
        day = local(request.checked_at, self.utc_offset_minutes).date()
        event = Checked(
            id=new_id(self.now()),
            record_id=one.id,
            by=by.name,
            request_id=request.request_id,
            checked_at=request.checked_at,
            day=day,
            passed=False,
            readings=request.readings,
            reference=reference,
        )
        if one.kind.method is Method.WORKS:
            if request.works is None or request.readings:
                raise StoreFieldError("works")
            return replace(event, passed=request.works)
        if request.works is not None:
            raise StoreFieldError("works")
        if one.kind.method is Method.COMPARE and reference is None:
            raise StoreFieldError("reference")
        limit = limit_of(one.kind.code, day)
        passed, worst = judged(one.kind, request.readings, limit)
        return replace(event, passed=passed, worst_c=worst, limit_from=limit.valid_from, limit_source=limit.source)


@dataclass(frozen=True, slots=True)
class ReadEquipment:
    """Answers the equipment of the post."""

    open_read: OpenUnit

    def __call__(self, by: Actor, *, retired: bool = False) -> tuple[Equipment, ...]:
        """Return all of it, what is out of service or overdue for a check by the list's reader to judge.

        Raises:
            NotAllowedError: nobody of health.
        """
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            found = SqlEquipment(unit).everything()
        return tuple(one for one in found if retired or one.state is not EquipmentState.RETIRED)

    def history(self, mark: str, by: Actor) -> tuple[KeptEvent, ...]:
        """Return everything that happened to one piece, in order. Raises NotAllowedError, KeptUnknownError."""
        require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            store = SqlEquipment(unit)
            return tuple(store.events_of(store.by_mark(_mark(mark)).id))


def _mark(untrusted: str) -> str:
    mark = untrusted.strip().upper()
    if not _MARK.fullmatch(mark):
        raise StoreFieldError("mark")
    return mark


def _stepped(one: Equipment, to: EquipmentState, reason: str | None, identifier: UUID, by: Actor) -> Stepped:
    return Stepped(id=identifier, record_id=one.id, by=by.name, to=to, reason=reason)


def _content(kept: Checked) -> tuple[object, ...]:
    return kept.record_id, kept.checked_at, kept.readings
