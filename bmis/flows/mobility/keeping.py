"""What keeping any record of mobility has in common: one request is kept once, a correction names what it corrects."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, ClassVar, Generic, Protocol, TypeVar
from uuid import UUID

from bmis.flows.mobility.errors import (
    MobilityConflictError,
    MobilityDayError,
    MobilityReasonError,
    MobilityUnknownError,
)
from bmis.flows.mobility.event import MobilityEvent, MobilityKind
from bmis.flows.mobility.records import SqlMobility
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.identifiers import new_id
from bmis.kernel.plain import plain, value_of
from bmis.store.unit import OpenUnit, UnitOfWork

SHORTEST_REASON, LONGEST_REASON = 3, 300


class Noun(Protocol):
    """A frozen dataclass that a record holds."""

    KIND: ClassVar[MobilityKind]

    @property
    def subject(self) -> str:
        """The code of what it is about."""
        ...

    @property
    def first(self) -> date:
        """The first local day it is of."""
        ...

    @property
    def last(self) -> date:
        """The last one; ``date.max``: until something else is said."""
        ...


_Noun = TypeVar("_Noun", bound=Noun)


@dataclass(frozen=True, slots=True)
class Standing(Generic[_Noun]):
    """A record as it stands. ``id`` names the record, ``event_id`` what was said last of it."""

    id: UUID
    event_id: UUID
    by: str
    recorded_at: datetime
    noun: _Noun


def keep(
    unit: UnitOfWork,
    noun: _Noun,
    by: Actor,
    at: datetime,
    *,
    request_id: UUID | None = None,
    amends: UUID | None = None,
    more: Mapping[str, object] | None = None,
) -> tuple[Standing[_Noun], bool]:
    """Return the record as added to a unit that its caller commits, and whether it is new.

    Raises:
        MobilityConflictError: the same request was kept with another content.
        MobilityUnknownError: what it corrects does not stand.
    """
    records = SqlMobility(unit)
    facts: dict[str, Any] = plain(noun) | dict(more or {})
    if request_id is not None:
        known = records.of_request(request_id)
        if known is not None:
            salted = {"answers"}
            if known.kind is not noun.KIND or {k: v for k, v in known.facts.items() if k not in salted} != {
                k: v for k, v in facts.items() if k not in salted
            }:
                raise MobilityConflictError
            return standing_of(known, type(noun)), False
    identifier = new_id(at)
    if amends is not None and not any(one.record_id == amends for one in records.standing(noun.KIND)):
        raise MobilityUnknownError(what=noun.KIND.value)
    event = MobilityEvent(
        identifier, noun.KIND, amends or identifier, noun.subject, noun.first, noun.last, by.name, facts, request_id
    )
    records.add(event)
    return standing_of(event, type(noun)), True


def standing_of(event: MobilityEvent, kind: type[_Noun]) -> Standing[_Noun]:
    """Return the record of an event."""
    return Standing(event.record_id, event.id, event.by, event.recorded_at, value_of(kind, event.facts))


def read_standing(
    unit: UnitOfWork, kind: type[_Noun], first: date = date.min, last: date = date.max, subject: str | None = None
) -> list[Standing[_Noun]]:
    """Return the standing records of a kind whose days touch these, in the order in which they were last said."""
    return [standing_of(one, kind) for one in SqlMobility(unit).standing(kind.KIND, first, last, subject)]


def check_days(first: date, last: date, today: date) -> None:
    """Return only if the days are in order and the first has come.

    Raises:
        MobilityDayError: they are not, or it has not.
    """
    if first > today or last < first:
        raise MobilityDayError


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Takes a record back. It stays in the store with its reason, and counts no more; answers are erased."""

    open_unit: OpenUnit
    now: Clock
    permissions: Mapping[MobilityKind, Permission]
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, record_id: UUID, reason: str, by: Actor) -> MobilityEvent:
        """Return the event that was kept.

        Raises:
            NotAllowedError: the role does not keep such records.
            MobilityReasonError: no reason. MobilityUnknownError: no such record stands.
        """
        said = reason.strip()
        if not SHORTEST_REASON <= len(said) <= LONGEST_REASON:
            raise MobilityReasonError(longest=LONGEST_REASON)
        with self.open_unit() as unit:
            records = SqlMobility(unit)
            events = records.record(record_id)
            if not events or events[-1].kind not in self.permissions:
                for permission in set(self.permissions.values()):
                    if by.may(permission):
                        raise MobilityUnknownError(what="record")
                require(by, next(iter(self.permissions.values())))
            known = events[-1]
            require(by, self.permissions[known.kind])
            today = local(self.now(), self.utc_offset_minutes).date()
            event = MobilityEvent(
                new_id(self.now()),
                MobilityKind.WITHDRAWN,
                record_id,
                known.subject,
                today,
                today,
                by.name,
                {"reason": said, "was": known.kind.value},
            )
            records.add(event)
            records.erase_answers(record_id)
            unit.commit()
        return event
