"""Keeping assessments of core capacities, comparing with the one before, and closing gaps."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import new_id
from bmis.store.canonical import canonical, digest
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.capacity.assessment import Assessment
from poe_health.capacity.assessment_json import assessment_from
from poe_health.capacity.checklist import GAPS, checklist
from poe_health.capacity.kept import (
    AssessmentKept,
    AssessmentView,
    BlockPoints,
    Document,
    GapState,
    GapStepped,
    GapView,
)
from poe_health.capacity.records import SqlAssessments
from poe_health.capacity.scoring import score
from poe_health.keeping.errors import GapStepError, KeptDamagedError, KeptUnknownError, StoreFieldError
from poe_health.keeping.event import DETAIL, LONGEST_TEXT, SHORTEST_REASON
from poe_health.keeping.records import content_of
from poe_health.store.records.parts import NewPart, SqlParts

MOST_LISTED = 100


@dataclass(frozen=True, slots=True)
class GapRequest:
    """What became of a gap. ``responsible`` and ``due`` None: as they were. A note is asked for DROPPED."""

    assessment_id: UUID
    item: str
    state: GapState
    responsible: str | None = None
    due: date | None = None
    note: str | None = None


@dataclass(frozen=True, slots=True)
class KeepAssessment:
    """Keeps assessments and the steps of their gaps. ``today`` is the post's day."""

    open_unit: OpenUnit
    now: Clock
    today: Callable[[], date]

    def __call__(self, document: Document, by: Actor) -> AssessmentView:
        """Return the assessment as kept; the same document again is the same record.

        Raises:
            NotAllowedError: the role does not assess. ChecklistItemError, CapacityAnswerError, AssessedLaterError.
        """
        require(by, Permission.ASSESS_CAPACITY)
        assessment = assessment_from(document)
        today = self.today()
        scored = score(assessment, today)
        content = digest(canonical(document))
        with self.open_unit() as unit:
            store = SqlAssessments(unit)
            kept = store.by_content(content)
            if kept is None:
                identifier = new_id(self.now())
                part = NewPart.of(DETAIL, document)
                kept = AssessmentKept(
                    id=identifier,
                    record_id=identifier,
                    by=by.name,
                    digests={part.part: part.digest},
                    content=content,
                    poe=assessment.poe,
                    poe_type=assessment.poe_type,
                    assessed_on=assessment.assessed_on,
                    answers={code: one.answer for code, one in assessment.items.items()},
                    blocks=tuple(BlockPoints(one.block, one.points, one.possible) for one in scored.blocks),
                    checklist=checklist().version.version,
                    complete=scored.complete,
                    tool_version=assessment.tool_version,
                )
                store.add(kept, (part,))
            view = view_of(unit, kept.id, today)
            unit.commit()
        return view

    def step(self, request: GapRequest, by: Actor) -> AssessmentView:
        """Return the assessment after a step of one gap.

        Raises:
            NotAllowedError: the role does not keep plans. KeptUnknownError: no such assessment.
            GapStepError: no gap of it, closed before, or an open gap without owner and date.
            StoreFieldError: a note that is too short or too long.
        """
        require(by, Permission.KEEP_HEALTH_PLANS)
        note, responsible = (request.note or "").strip(), (request.responsible or "").strip()
        if len(note) > LONGEST_TEXT or (request.state is GapState.DROPPED and len(note) < SHORTEST_REASON):
            raise StoreFieldError("note")
        if len(responsible) > 200:
            raise StoreFieldError("responsible")
        with self.open_unit() as unit:
            gap = next(
                (one for one in view_of(unit, request.assessment_id, self.today()).gaps if one.item == request.item),
                None,
            )
            if gap is None:
                raise GapStepError("unknown")
            if gap.state is not GapState.OPEN:
                raise GapStepError("closed")
            if request.state is GapState.OPEN and not ((responsible or gap.responsible) and (request.due or gap.due)):
                raise GapStepError("no_plan")
            said = {"note": note or None, "responsible": responsible or None}
            part = NewPart.of(DETAIL, {name: value for name, value in said.items() if value})
            event = GapStepped(
                id=new_id(self.now()),
                record_id=request.assessment_id,
                by=by.name,
                digests={part.part: part.digest},
                item=request.item,
                state=request.state,
                due=request.due,
            )
            SqlAssessments(unit).add(event, (part,))
            view = view_of(unit, request.assessment_id, self.today())
            unit.commit()
        return view


@dataclass(frozen=True, slots=True)
class ReadAssessments:
    """Answers kept assessments."""

    open_read: OpenUnit
    today: Callable[[], date]

    def __call__(self, by: Actor, *, limit: int = MOST_LISTED) -> tuple[AssessmentView, ...]:
        """Return the assessments with their gaps, the newest first.

        Raises:
            NotAllowedError: nobody of health. KeptDamagedError: what is kept cannot be read.
        """
        if not by.may(Permission.READ_HEALTH_COUNTS):
            require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return tuple(view_of(unit, one.id, self.today()) for one in SqlAssessments(unit).newest(limit))

    def show(self, assessment_id: UUID, by: Actor) -> AssessmentView:
        """Return one. Raises NotAllowedError, KeptUnknownError, KeptDamagedError."""
        if not by.may(Permission.ASSESS_CAPACITY):
            require(by, Permission.SCREEN_HEALTH)
        with self.open_read() as unit:
            return view_of(unit, assessment_id, self.today())

    def before(self, assessment: Assessment, by: Actor) -> Assessment | None:
        """Return the newest kept assessment of the same post that is earlier, to compare with; None: there is none.

        Raises:
            NotAllowedError: the role does not assess. KeptDamagedError: what is kept cannot be read.
        """
        require(by, Permission.ASSESS_CAPACITY)
        with self.open_read() as unit:
            found = SqlAssessments(unit).before(assessment.poe, assessment.poe_type, assessment.assessed_on)
            return None if found is None else view_of(unit, found.id, self.today()).assessment


def view_of(unit: UnitOfWork, assessment_id: UUID, today: date) -> AssessmentView:
    """Return an assessment with its gaps as they stand.

    Raises:
        KeptUnknownError: there is none. KeptDamagedError: its document is not there or cannot be read.
    """
    kept, steps = SqlAssessments(unit).find(assessment_id)
    if kept is None:
        raise KeptUnknownError("assessment")
    document = content_of(unit, kept).get(DETAIL)
    if document is None:
        raise KeptDamagedError
    try:
        assessment = assessment_from(document, of_any_version=True)
    except (KeyError, TypeError, ValueError) as error:
        raise KeptDamagedError from error
    parts = SqlParts(unit).of_record(assessment_id)
    said: dict[str, list[tuple[GapStepped, Mapping[str, Any]]]] = {}
    for step in steps:
        detail = content_of(unit, step).get(DETAIL, {}) if step.id in parts else {}
        said.setdefault(step.item, []).append((step, detail))
    gaps = tuple(
        _gap(code, one.answer, one.gap_action, one.responsible, one.due, said.get(code, []), today)
        for code, one in assessment.items.items()
        if one.answer in GAPS
    )
    return AssessmentView(kept, assessment, gaps)


def _gap(
    item: str,
    answer: str,
    action: str | None,
    responsible: str | None,
    due: date | None,
    steps: list[tuple[GapStepped, Mapping[str, Any]]],
    today: date,
) -> GapView:
    state, note = GapState.OPEN, None
    for step, detail in steps:
        state, due = step.state, step.due or due
        responsible = detail.get("responsible") or responsible
        note = detail.get("note") or note
    overdue = None if due is None else state is GapState.OPEN and due < today
    return GapView(item, answer, state, action, responsible, due, overdue, note)
