"""Starting and ending outbreak mode, switching to symptoms only, approving the lists. Two people where it is heavy."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from bmis.documents.states import iso3
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import made_at, new_id
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.events.raised import raised_clusters
from poe_health.outbreaks.errors import (
    ListRefusedError,
    LoadChangedError,
    OutbreakModeError,
    SecondSignatureError,
)
from poe_health.outbreaks.expected_load import expected_load
from poe_health.outbreaks.outbreak import (
    ExpectedLoad,
    ListedArea,
    ListedEmergency,
    ListedOutbreak,
    OutbreakEvent,
    OutbreakEventKind,
    OutbreakState,
    state_on,
)
from poe_health.outbreaks.records import SqlOutbreaks
from poe_health.rules.definitions import rule_set
from poe_health.screening.context import HealthContext
from poe_health.screening.errors import SHORTEST_REASON
from poe_health.screening.record import Travel

START_MODE, END_MODE = "outbreak.start_mode", "outbreak.end_mode"
APPROVE_LIST = "outbreak.approve_list"
"""The actions that a second person signs; the subject is the identifier given with the request."""


@dataclass(frozen=True, slots=True)
class ModeRequest:
    """Outbreak mode as it is asked for. ``shown`` is the expected load that was looked at, whole."""

    subject_id: UUID
    diseases: tuple[str, ...]
    valid_from: date
    valid_to: date | None
    areas_to_secondary: bool
    reason: str
    shown: ExpectedLoad | None


@dataclass(frozen=True, slots=True)
class RunOutbreakMode:
    """Begins, ends and eases outbreak mode. ``today`` is the post's day."""

    open_unit: OpenUnit
    now: Clock
    today: Callable[[], date]

    def start(self, asked: ModeRequest, by: Actor, approval: Approval | None = None) -> OutbreakEvent:
        """Return the event with which outbreak mode holds.

        Raises:
            NotAllowedError: the role does not decide on outbreak mode.
            OutbreakModeError: ``why`` is running (or one begins later), days, disease or reason.
            LoadChangedError: the expected load was not shown, or is another by now.
            SecondSignatureError: nobody else signed. ApprovalMismatchError: for something else.
        """
        require(by, Permission.MANAGE_OUTBREAKS)
        reason = _reason(asked.reason)
        today = self.today()
        if asked.valid_from < today or (asked.valid_to is not None and asked.valid_to < asked.valid_from):
            raise OutbreakModeError(why="days")
        if not asked.diseases or any(code not in rule_set(today).diseases for code in asked.diseases):
            raise OutbreakModeError(why="disease")
        with self.open_unit() as unit:
            state = state_on(today, SqlOutbreaks(unit).recorded())
            if state.mode is not None or state.ahead is not None:
                raise OutbreakModeError(why="running")
            rooms = asked.shown.rooms if asked.shown else 1
            load = expected_load(unit, today, areas_to_secondary=asked.areas_to_secondary, rooms=rooms)
            if asked.shown != load:
                raise LoadChangedError
            second = _second(unit, approval, START_MODE, asked.subject_id, by, self.now())
            event = _event(
                OutbreakEventKind.STARTED,
                by,
                self.now(),
                reason,
                second=second,
                valid_from=asked.valid_from,
                valid_to=asked.valid_to,
                diseases=asked.diseases,
                areas_to_secondary=asked.areas_to_secondary,
                expected=load,
            )
            SqlOutbreaks(unit).add(event)
            unit.commit()
        return event

    def end(self, subject_id: UUID, reason: str, by: Actor, approval: Approval | None = None) -> OutbreakEvent:
        """Return the event that ends outbreak mode today, or takes back one that begins on a later day.

        Raises:
            NotAllowedError. OutbreakModeError: not_running, reason. SecondSignatureError: nobody else signed.
        """
        require(by, Permission.MANAGE_OUTBREAKS)
        said = _reason(reason)
        with self.open_unit() as unit:
            self._running(unit, or_ahead=True)
            second = _second(unit, approval, END_MODE, subject_id, by, self.now())
            event = _event(OutbreakEventKind.ENDED, by, self.now(), said, second=second, valid_from=self.today())
            SqlOutbreaks(unit).add(event)
            unit.commit()
        return event

    def symptoms_only(self, on: bool, reason: str, by: Actor) -> OutbreakEvent:
        """Return the event of the switch: the room is full (or no longer), so no sign of illness is advice only.

        Raises:
            NotAllowedError: it is the supervisor's. OutbreakModeError: not_running, reason.
        """
        require(by, Permission.ORDER_HEALTH_MEASURE)
        said = _reason(reason)
        with self.open_unit() as unit:
            self._running(unit)
            event = _event(
                OutbreakEventKind.SYMPTOMS_ONLY, by, self.now(), said, symptoms_only=on, valid_from=self.today()
            )
            SqlOutbreaks(unit).add(event)
            unit.commit()
        return event

    def _running(self, unit: UnitOfWork, *, or_ahead: bool = False) -> None:
        state = state_on(self.today(), SqlOutbreaks(unit).recorded())
        if state.mode is None and not (or_ahead and state.ahead is not None):
            raise OutbreakModeError(why="not_running")


@dataclass(frozen=True, slots=True)
class ApproveLists:
    """Puts a whole new version of a list in force. An empty list says that there are none; no list says nothing."""

    open_unit: OpenUnit
    now: Clock
    today: Callable[[], date]

    def outbreaks(
        self,
        subject_id: UUID,
        listed: Sequence[ListedOutbreak],
        valid_from: date,
        reason: str,
        by: Actor,
        approval: Approval | None = None,
    ) -> OutbreakEvent:
        """Return the event with the new version.

        Raises:
            NotAllowedError. ListRefusedError: an entry or the reason. SecondSignatureError: nobody else signed.
        """
        for place, one in enumerate(listed):
            _require_entry(f"outbreaks[{place}]", one.disease, one.source, one.since, one.until, self.today())
        kind = OutbreakEventKind.OUTBREAKS
        return self._approve(kind, subject_id, valid_from, reason, by, approval, {"outbreaks": tuple(listed)})

    def areas(
        self,
        subject_id: UUID,
        listed: Sequence[ListedArea],
        valid_from: date,
        reason: str,
        by: Actor,
        approval: Approval | None = None,
    ) -> OutbreakEvent:
        """Return the event with the new version. Raises as ``outbreaks``."""
        for place, one in enumerate(listed):
            area, where = one.area, f"areas[{place}]"
            _require_entry(where, area.disease, one.source, area.since, area.until, self.today())
            if iso3(area.country) != area.country:
                raise ListRefusedError(where=where, why="country")
        kind = OutbreakEventKind.AREAS
        return self._approve(kind, subject_id, valid_from, reason, by, approval, {"areas": tuple(listed)})

    def emergencies(
        self,
        subject_id: UUID,
        listed: Sequence[ListedEmergency],
        valid_from: date,
        reason: str,
        by: Actor,
        approval: Approval | None = None,
    ) -> OutbreakEvent:
        """Return the event with what WHO determined, as its source says. Raises as ``outbreaks``."""
        for place, one in enumerate(listed):
            where = f"emergencies[{place}]"
            _require_entry(where, one.disease, one.source, one.determined_on, one.ended_on, self.today())
            if max(one.determined_on, one.ended_on or one.determined_on) > self.today():
                raise ListRefusedError(where=where, why="days")
        kind = OutbreakEventKind.EMERGENCIES
        return self._approve(kind, subject_id, valid_from, reason, by, approval, {"emergencies": tuple(listed)})

    def _approve(
        self,
        kind: OutbreakEventKind,
        subject_id: UUID,
        valid_from: date,
        reason: str,
        by: Actor,
        approval: Approval | None,
        content: Mapping[str, Any],
    ) -> OutbreakEvent:
        require(by, Permission.MANAGE_OUTBREAKS)
        if len(reason.strip()) < SHORTEST_REASON:
            raise ListRefusedError(where="reason", why="reason")
        with self.open_unit() as unit:
            store = SqlOutbreaks(unit)
            version = 1 + max((event.version or 0 for event in store.recorded() if event.kind is kind), default=0)
            second = _second(unit, approval, APPROVE_LIST, subject_id, by, self.now())
            event = _event(
                kind, by, self.now(), reason.strip(), second=second, valid_from=valid_from, version=version, **content
            )
            store.add(event)
            unit.commit()
        return event


@dataclass(frozen=True, slots=True)
class ReadOutbreaks:
    """What holds, and everything that ever did."""

    open_read: OpenUnit

    def __call__(self, day: date) -> OutbreakState:
        """Return what holds on the day. Everybody of health may know."""
        with self.open_read() as unit:
            return state_on(day, SqlOutbreaks(unit).recorded())

    def context(self, day: date, travel: Travel) -> HealthContext:
        """Return what a screening of the day, of somebody who travels like this, is held against."""
        with self.open_read() as unit:
            return context_on(unit, day, travel)

    def history(self) -> tuple[OutbreakEvent, ...]:
        """Return every event, the oldest first."""
        with self.open_read() as unit:
            return tuple(SqlOutbreaks(unit).recorded())


def context_on(unit: UnitOfWork, day: date, travel: Travel) -> HealthContext:
    """Return what a screening of the day is held against, read in the unit of its record.

    Of the clusters that the post raised only those count that are of the traveller's own voyage or origin.
    """
    said = raised_clusters(unit, day).said_of(travel.voyage_key, travel.origin_country)
    return state_on(day, SqlOutbreaks(unit).recorded()).context(day, said.holds, said.unsure)


def _event(kind: OutbreakEventKind, by: Actor, at: datetime, reason: str, **content: Any) -> OutbreakEvent:
    identifier = new_id(at)
    return OutbreakEvent(identifier, kind, by.name, made_at(identifier), reason, **content)


def _second(unit: UnitOfWork, approval: Approval | None, action: str, subject_id: UUID, by: Actor, at: datetime) -> str:
    """Return who signed as the second, and keep the signature; nothing is committed here."""
    if approval is None or approval.second is None:
        raise SecondSignatureError(action)
    record_approval(unit, approval.covering(action, subject_id, by.name), at)
    return approval.second


def _require_entry(where: str, disease: str, source: str, since: date | None, until: date | None, today: date) -> None:
    if disease not in rule_set(today).diseases:
        raise ListRefusedError(where=where, why="disease")
    if not source.strip():
        raise ListRefusedError(where=where, why="source")
    if since is not None and until is not None and until < since:
        raise ListRefusedError(where=where, why="days")


def _reason(text: str) -> str:
    said = text.strip()
    if len(said) < SHORTEST_REASON:
        raise OutbreakModeError(why="reason")
    return said
