"""Noting a death, a birth, mortal remains, animals or meat at the post, and telling the service that decides."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.kernel.plain import plain, value_of
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.codes import known_choice
from poe_health.events.keep_signals import open_signal
from poe_health.events.signal import Signal
from poe_health.events.signal_json import Reported
from poe_health.keeping.event import DETAIL
from poe_health.post_events.events import (
    DEATH,
    Corrected,
    EventFacts,
    EventPeople,
    Noted,
    PostEvent,
    Printed,
    SignalOpened,
    Told,
)
from poe_health.post_events.records import SqlPostEvents
from poe_health.referrals.open_referral import paper_number
from poe_health.rules.answer import Answer
from poe_health.store.records.access import log_named
from poe_health.store.records.parts import PERSON, NewPart
from poe_health.voyages.record_errors import (
    PeopleErasedError,
    PostEventServiceError,
    PostEventUnknownError,
    VoyageConflictError,
)
from poe_health.voyages.referring import ReferralNote, referred
from poe_health.voyages.voyage_unit import detail, moment, reason_of, stamp
from poe_health.written import require_written

PAPER = "OC"
LISTED = 200
SOURCE = "STAFF"
LOOK_BACK = timedelta(days=60)
LONGEST_NUMBER = 60


@dataclass(frozen=True, slots=True)
class WhatHappened:
    """What the desk notes. ``what`` as in voyages.toml; ``where`` and ``remark`` are of the place, not of a person."""

    what: str
    at: datetime
    where: str
    direction: str | None = None
    number: int | None = None
    cause_known: Answer = Answer.UNKNOWN
    papers_seen: Answer = Answer.UNKNOWN
    remark: str = ""
    voyage_id: UUID | None = None
    screening_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class NoteEvent:
    """Keeps an event at the post; the rule of its day says who is told, and whether it is a signal."""

    open_unit: OpenUnit
    home: Home
    now: Clock

    def __call__(self, request_id: UUID, said: WhatHappened, people: EventPeople, by: Actor) -> PostEvent:
        """Return the event; ``request_id`` is its identifier, and the same again is the same event.

        Raises:
            NotAllowedError: the role does not screen. VoyageConflictError: the request was kept with other facts.
            VoyageCodeError, VoyageFieldError, HealthCodeError, VoyageMomentError: what is wrong with it.
        """
        require(by, Permission.SCREEN_HEALTH)
        now = self.now()
        facts = _facts(said, by, now)
        parts = _parts(people, said)
        with self.open_unit() as unit:
            store = SqlPostEvents(unit)
            kept = store.of_request(request_id)
            if kept is not None:
                if not isinstance(kept, Noted) or kept.facts != facts:
                    raise VoyageConflictError
                return _existing(store, request_id)
            serial = store.next_serial()
            step = Noted(
                **stamp(request_id, request_id, by, now, parts),
                paper=paper_number(PAPER, self.home, now, serial),
                serial=serial,
                facts=facts,
                post_code=self.home.post_code,
            )
            found = self._with_signal(unit, store.add(step, parts), by, now)
            unit.commit()
        return found

    def correct(
        self, event_id: UUID, request_id: UUID, said: WhatHappened, people: EventPeople, reason: str, by: Actor
    ) -> PostEvent:
        """Return the event as corrected; what was first noted stays on record.

        Raises:
            As a call. PostEventUnknownError: there is none. VoyageReasonError. PeopleErasedError.
        """
        require(by, Permission.SCREEN_HEALTH)
        now = self.now()
        facts = _facts(said, by, now)
        parts = _parts(people, said, reason_of(reason))
        with self.open_unit() as unit:
            store = SqlPostEvents(unit)
            event = _existing(store, event_id)
            if _before(store, event_id, request_id, Corrected):
                return event
            if event.erased and any(part.part == PERSON for part in parts):
                raise PeopleErasedError
            corrected = Corrected(**stamp(event_id, request_id, by, now, parts), facts=facts)
            found = self._with_signal(unit, store.add(corrected, parts), by, now)
            unit.commit()
        return found

    def _with_signal(self, unit: UnitOfWork, event: PostEvent, by: Actor, now: datetime) -> PostEvent:
        """Return the event after its signal was opened, where it is one and none was: record and signal, or neither."""
        if event.facts.signal is None or event.signal_number is not None:
            return event
        dead = 1 if event.facts.what == DEATH else None
        # of the place only the post: what was written for this event may be nearer to a person than a signal may be
        signal = Signal(
            event.facts.signal,
            SOURCE,
            min(event.facts.at, now),
            self.home.post_code,
            dead=dead,
            evidence=(str(event.id),),
        )
        request_id = new_id(now)
        opened = open_signal(unit, self.home, request_id, signal, by, now)
        assert isinstance(opened.said, Reported)  # the first event of a signal is its report
        step = SignalOpened(
            **stamp(event.id, request_id, by, now), signal_id=opened.signal_id, number=opened.said.number
        )
        return SqlPostEvents(unit).add(step)


@dataclass(frozen=True, slots=True)
class TellService:
    """Keeps that a service was told, by whom there, and whether it took the matter over."""

    open_unit: OpenUnit
    now: Clock

    def __call__(
        self,
        event_id: UUID,
        request_id: UUID,
        service: str,
        at: datetime,
        person: str,
        by: Actor,
        *,
        taken: Answer = Answer.UNKNOWN,
        their_number: str | None = None,
    ) -> PostEvent:
        """Return the event.

        Raises:
            NotAllowedError, PostEventUnknownError, VoyageConflictError, VoyageMomentError, VoyageReasonError.
            PostEventServiceError: the event is not referred to that service.
        """
        require(by, Permission.SCREEN_HEALTH)
        now = self.now()
        parts = detail(person=person)
        with self.open_unit() as unit:
            store = SqlPostEvents(unit)
            event = _existing(store, event_id)
            if _before(store, event_id, request_id, Told):
                return event
            if service not in event.services:
                raise PostEventServiceError(service if service.isidentifier() else "?")
            step = Told(
                **stamp(event_id, request_id, by, now, parts),
                service=service,
                at=moment(at, now, "at", not_before=event.facts.at),
                taken=taken,
                their_number=(their_number or "").strip()[:LONGEST_NUMBER] or None,
            )
            found = store.add(step, parts)
            unit.commit()
        return found


@dataclass(frozen=True, slots=True)
class ShownPostEvent:
    """An event as its reader may see it. ``people`` None: the role shows no names, or they were erased."""

    event: PostEvent
    people: EventPeople | None
    texts: dict[str, Any]


@dataclass(frozen=True, slots=True)
class ShowPostEvents:
    """Answers events at the post. Whoever opens a name is on record."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, event: UUID | str, by: Actor, *, names: bool = False) -> ShownPostEvent:
        """Return the event of that identifier or number.

        Raises:
            NotAllowedError: the role does not screen, or (``names``) sees no names. PostEventUnknownError.
        """
        require(by, Permission.READ_HEALTH_NAMES if names else Permission.SCREEN_HEALTH)
        with self.open_unit() as unit:
            store = SqlPostEvents(unit)
            found = store.numbered(event) if isinstance(event, str) else store.find(event)
            if found is None:
                raise PostEventUnknownError
            kept = store.parts(found, PERSON) if names else {}
            people = next(
                (value_of(EventPeople, kept[one.id]) for one in reversed(found.steps) if one.id in kept), None
            )
            if people is not None:
                log_named(unit, found.id, by, self.now())
            texts: dict[str, Any] = {}
            said = store.parts(found, DETAIL)
            for step in found.steps:
                if isinstance(step, Noted | Corrected):
                    texts |= said.get(step.id, {})
            unit.commit()
        return ShownPostEvent(found, people, texts)

    def printed(self, event_id: UUID, service: str, by: Actor) -> PostEvent:
        """Return the event after it was kept that the paper for the service was made.

        Raises:
            NotAllowedError, PostEventUnknownError. PostEventServiceError: it is not referred to that service.
        """
        require(by, Permission.READ_HEALTH_NAMES)
        now = self.now()
        with self.open_unit() as unit:
            store = SqlPostEvents(unit)
            if service not in _existing(store, event_id).services:
                raise PostEventServiceError(service if service.isidentifier() else "?")
            found = store.add(Printed(**stamp(event_id, new_id(now), by, now), service=service))
            unit.commit()
        return found

    def listed(
        self, by: Actor, *, first: date | None = None, last: date | None = None, limit: int = LISTED
    ) -> tuple[PostEvent, ...]:
        """Return the events of those days (the last sixty), what is not told first; no names."""
        require(by, Permission.SCREEN_HEALTH)
        today = local(self.now()).date()
        with self.open_unit() as unit:
            return SqlPostEvents(unit).listed(first or today - LOOK_BACK, last or today, limit=limit)


def _facts(said: WhatHappened, by: Actor, now: datetime) -> EventFacts:
    note = ReferralNote(
        said.what,
        moment(said.at, now, "at"),
        by.name,
        said.where,
        said.direction,
        said.number,
        said.cause_known,
        said.papers_seen,
    )
    if said.direction is not None:
        known_choice("direction", "direction", said.direction)
    goes = referred(note)
    return EventFacts(
        said.what,
        said.at,
        goes.to,
        goes.also,
        goes.rule_from,
        said.direction,
        said.number,
        said.cause_known,
        said.papers_seen,
        goes.signal,
        said.voyage_id,
        said.screening_id,
    )


def _parts(people: EventPeople, said: WhatHappened, reason: str = "") -> list[NewPart]:
    require_written((people, {"where": said.where}))
    parts = detail(where=said.where, remark=said.remark, reason=reason)
    return parts if people == EventPeople() else [*parts, NewPart.of(PERSON, plain(people))]


def _existing(store: SqlPostEvents, event_id: UUID) -> PostEvent:
    found = store.find(event_id)
    if found is None:
        raise PostEventUnknownError
    return found


def _before(store: SqlPostEvents, event_id: UUID, request_id: UUID, kind: type) -> bool:
    kept = store.of_request(request_id)
    if kept is None:
        return False
    if not isinstance(kept, kind) or kept.record_id != event_id:
        raise VoyageConflictError
    return True
