"""Keeping additional measures: taken, WHO informed, looked at again, lifted; and answering them with what is due."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import MAPUTO_OFFSET_MINUTES, Clock, local
from bmis.kernel.identifiers import new_id
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.events.errors import MeasureStepError
from poe_health.keeping.errors import KeptDamagedError, KeptUnknownError, StoreConflictError, StoreFieldError
from poe_health.keeping.event import DETAIL, LONGEST_TEXT, SHORTEST_REASON
from poe_health.keeping.records import content_of
from poe_health.measures.measure import (
    MeasureEnd,
    MeasureEvent,
    MeasureReviewed,
    MeasureTaken,
    MeasureTold,
    MeasureView,
    view_of,
)
from poe_health.measures.records import SqlMeasures
from poe_health.rules.answer import Answer
from poe_health.store.records.parts import NewPart

LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class MeasureRequest:
    """A measure as it is written down. ``hinders`` and ``covered`` UNKNOWN: nobody said, which is never a no."""

    request_id: UUID
    began_at: datetime
    what: str
    reason: str
    evidence: str
    hinders: Answer = Answer.UNKNOWN
    covered: Answer = Answer.UNKNOWN


@dataclass(frozen=True, slots=True)
class KeepMeasures:
    """Keeps additional measures."""

    open_unit: OpenUnit
    now: Clock
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def take(self, asked: MeasureRequest, by: Actor) -> MeasureView:
        """Return the measure as kept; for a request that was kept before, the same.

        Raises:
            NotAllowedError: the role does not judge events. StoreFieldError: a text that is missing, too short or long.
            MeasureStepError: it begins later than now. StoreConflictError: the request was kept with another content.
        """
        require(by, Permission.JUDGE_SIGNALS)
        said = {"what": _text(asked.what, "what", 3)}
        said |= {"reason": _text(asked.reason, "reason"), "evidence": _text(asked.evidence, "evidence")}
        if asked.began_at > self.now():
            raise MeasureStepError("to_come")
        with self.open_unit() as unit:
            store = SqlMeasures(unit)
            kept = store.by_request(asked.request_id)
            if kept is not None:
                view = self._view(unit, kept.id)
                before = (kept.began_at, kept.hinders, kept.covered, view.what, view.reason, view.evidence)
                if before != (asked.began_at, asked.hinders, asked.covered, *said.values()):
                    raise StoreConflictError
                return view
            identifier, part = new_id(self.now()), NewPart.of(DETAIL, said)
            taken = MeasureTaken(
                id=identifier,
                record_id=identifier,
                by=by.name,
                digests={part.part: part.digest},
                request_id=asked.request_id,
                number=store.next_number(),
                began_at=asked.began_at,
                hinders=asked.hinders,
                covered=asked.covered,
            )
            store.add(taken, (part,))
            view = self._view(unit, identifier)
            unit.commit()
        return view

    def told(self, measure_id: UUID, at: datetime, told_by: str, by: Actor) -> MeasureView:
        """Return the measure after the national level informed WHO, as ``told_by`` told the post.

        Raises:
            NotAllowedError. KeptUnknownError: no such measure. StoreFieldError: nobody is named.
            MeasureStepError: before it began, in the future, or told before.
        """
        named = _text(told_by, "told_by", 2)[:LONGEST_NAME]
        event = MeasureTold(id=new_id(self.now()), record_id=measure_id, by=by.name, at=at)

        def fits(view: MeasureView) -> None:
            if view.told_at is not None:
                raise MeasureStepError("told")
            if at < view.taken.began_at or at > self.now():
                raise MeasureStepError("to_come" if at > self.now() else "before")

        return self._step(event, {"told_by": named}, fits, by)

    def reviewed(self, measure_id: UUID, on: date, end: MeasureEnd, reason: str, by: Actor) -> MeasureView:
        """Return the measure after it was looked at again: kept, changed or lifted, with the reason.

        Raises:
            NotAllowedError. KeptUnknownError: no such measure. StoreFieldError: the reason.
            MeasureStepError: lifted before, a day before the last step, or one to come.
        """
        said = _text(reason, "reason")
        event = MeasureReviewed(id=new_id(self.now()), record_id=measure_id, by=by.name, on=on, end=end)

        def fits(view: MeasureView) -> None:
            if not view.in_force:
                raise MeasureStepError("lifted")
            last = view.reviews[-1][0].on if view.reviews else self._day(view.taken.began_at)
            if on < last or on > self._day(self.now()):
                raise MeasureStepError("before" if on < last else "to_come")

        return self._step(event, {"reason": said}, fits, by)

    def _step(
        self, event: MeasureTold | MeasureReviewed, said: dict[str, str], fits: Callable[[MeasureView], None], by: Actor
    ) -> MeasureView:
        require(by, Permission.JUDGE_SIGNALS)
        with self.open_unit() as unit:
            fits(self._view(unit, event.record_id))
            part = NewPart.of(DETAIL, said)
            SqlMeasures(unit).add(replace(event, digests={part.part: part.digest}), (part,))
            view = self._view(unit, event.record_id)
            unit.commit()
        return view

    def _view(self, unit: UnitOfWork, measure_id: UUID) -> MeasureView:
        return _shown(unit, measure_id, self._day)

    def _day(self, at: datetime) -> date:
        return local(at, self.utc_offset_minutes).date()


@dataclass(frozen=True, slots=True)
class ReadMeasures:
    """Answers additional measures, for everybody of health."""

    open_read: OpenUnit
    utc_offset_minutes: int = MAPUTO_OFFSET_MINUTES

    def __call__(self, by: Actor) -> tuple[MeasureView, ...]:
        """Return every measure: those in force by the day of their review, then those that were lifted.

        Raises:
            NotAllowedError: nobody of health. KeptDamagedError: what is kept cannot be read.
        """
        require(by, Permission.REPORT_SIGNAL)
        with self.open_read() as unit:
            found = [_shown(unit, one.id, self._day) for one in SqlMeasures(unit).taken()]
        return tuple(sorted(found, key=lambda one: (one.review_due is None, one.review_due or date.max)))

    def numbered(self, number: int, by: Actor) -> MeasureView:
        """Return the measure of that number. Raises NotAllowedError; KeptUnknownError: there is none."""
        found = next((one for one in self(by) if one.taken.number == number), None)
        if found is None:
            raise KeptUnknownError("measure")
        return found

    def _day(self, at: datetime) -> date:
        return local(at, self.utc_offset_minutes).date()


def _shown(unit: UnitOfWork, measure_id: UUID, day_of: Callable[[datetime], date]) -> MeasureView:
    events: list[MeasureEvent] = SqlMeasures(unit).of(measure_id)
    if not events or not isinstance(events[0], MeasureTaken):
        raise KeptUnknownError("measure")
    try:
        details = {one.id: content_of(unit, one)[DETAIL] for one in events}
        return view_of(events, details, day_of(events[0].began_at))
    except KeyError as error:
        raise KeptDamagedError from error


def _text(untrusted: str, where: str, shortest: int = SHORTEST_REASON) -> str:
    said = untrusted.strip()
    if not shortest <= len(said) <= LONGEST_TEXT:
        raise StoreFieldError(where)
    return said
