"""Typing in a form that was written while the machine was down."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta, timezone

from bmis.crossings.crossing import Crossing, CrossingRequest, Verdict
from bmis.crossings.decision import RecordMode
from bmis.crossings.paperwork.errors import (
    FormNotFreeError,
    FormTimeError,
    FormUnknownError,
    LateBackfillError,
    WriterMissingError,
)
from bmis.crossings.paperwork.events import PaperworkEvent, PaperworkKind
from bmis.crossings.paperwork.forms import ContingencyForm, FormState, parse_form_number
from bmis.crossings.paperwork.records import SqlForms, keep_event
from bmis.crossings.paperwork.rules import FormRule, form_rule
from bmis.crossings.record_crossing import RecordCrossing
from bmis.crossings.records import SqlCrossings
from bmis.crossings.view import RecordState
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.staff.approval import Approval
from bmis.store.unit import OpenUnit, UnitOfWork


@dataclass(frozen=True, slots=True)
class FilledForm:
    """A form as it lies before the officer. ``crossed_at`` is aware: day and time as written, at the post."""

    untrusted_number: str
    crossed_at: datetime
    written_by: str
    request: CrossingRequest
    verdict: Verdict


def written_at(day: date, at: time, utc_offset_minutes: int) -> datetime:
    """Return the aware UTC moment of a day and a time written at the post."""
    return datetime.combine(day, at, timezone(timedelta(minutes=utc_offset_minutes))).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class BackfillForm:
    """Keeps the crossing of a form, and that the form is used.

    The form is bound to the request before the crossing is kept, so that a power cut in between leaves neither a form
    used twice nor a crossing without its form: the same request finds both again.
    """

    open_unit: OpenUnit
    record: RecordCrossing
    now: Clock

    def __call__(self, filled: FilledForm, by: Actor, *, approval: Approval | None = None) -> Crossing:
        """Return the kept crossing; for a request that was kept before, the same one.

        ``approval`` is for the action ``record_crossing.BACKFILL`` on the request.

        Raises:
            FormNumberError, FormUnknownError, FormNotFreeError: the number.
            WriterMissingError: nobody is named as the writer.
            FormTimeError: the time written is in the future or too long ago.
            LateBackfillError: a second person must agree. ApprovalMismatchError: the approval is for something else.
            Everything that RecordCrossing raises; the form stays free then.
        """
        require(by, Permission.BACKFILL_PAPER)
        number = parse_form_number(filled.untrusted_number)
        if not filled.written_by.strip():
            raise WriterMissingError
        at = self.now()
        rule = form_rule(at.date())
        _require_time(filled.crossed_at, at, rule)
        request = replace(
            filled.request,
            paper_form=number,
            written_by=filled.written_by.strip(),
            occurred_at=filled.crossed_at.astimezone(UTC),
        )
        with self.open_unit() as unit:
            settle_reserved(unit, at, by)
            form = _form_for(unit, number, request)
            kept = SqlCrossings(unit).by_request(request.request_id)
            if kept is None and approval is None and at - filled.crossed_at > rule.second_person_after:
                raise LateBackfillError(minutes=rule.second_person_after // timedelta(minutes=1))
            if form.state is not FormState.USED:
                SqlForms(unit).change(replace(form, request_id=request.request_id))
            unit.commit()
        crossing = self.record(request, filled.verdict, by, mode=RecordMode.PAPER_BACKFILL, approval=approval)
        with self.open_unit() as unit:
            settle_reserved(unit, at, by)
            unit.commit()
        return crossing


def settle_reserved(unit: UnitOfWork, at: datetime, by: Actor) -> None:
    """Mark as used every form whose crossing was kept: also those that a power cut left in between."""
    forms, crossings = SqlForms(unit), SqlCrossings(unit)
    for form in forms.reserved():
        kept = crossings.by_request(form.request_id) if form.request_id else None
        if kept is None:
            continue
        forms.change(
            replace(form, state=FormState.USED, crossing_id=kept.id, reason=None, changed_at=at, changed_by=by.name)
        )
        facts = {"crossing_id": str(kept.id), "written_by": kept.request.written_by}
        keep_event(unit, PaperworkEvent(new_id(at), PaperworkKind.FORM_USED, by.name, form.number, facts))


def _require_time(crossed_at: datetime, now: datetime, rule: FormRule) -> None:
    if crossed_at > now:
        raise FormTimeError(why="future", days=rule.oldest.days)
    if now - crossed_at > rule.oldest:
        raise FormTimeError(why="too_old", days=rule.oldest.days)


def _form_for(unit: UnitOfWork, number: str, request: CrossingRequest) -> ContingencyForm:
    """Return the form if this request may use it: free, its own already, or its crossing was taken back."""
    form = SqlForms(unit).find(number)
    if form is None:
        raise FormUnknownError
    if form.state is FormState.SPOILED:
        raise FormNotFreeError(state=form.state.value)
    if form.state is FormState.USED and form.request_id != request.request_id:
        used = SqlCrossings(unit).find(form.crossing_id) if form.crossing_id else None
        if used is None or used.state is RecordState.STANDING:
            raise FormNotFreeError(state=form.state.value)
        return replace(form, state=FormState.ALLOCATED, crossing_id=None)
    return form
