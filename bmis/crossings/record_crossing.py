"""Recording a crossing: what the officer saw and decided, its audit link and its message, or nothing."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from bmis.crossings.asking import require_asked
from bmis.crossings.case import Case
from bmis.crossings.check_traveller import CheckTraveller
from bmis.crossings.checks.running import run_checks
from bmis.crossings.crossing import Crossing, CrossingRequest, EventKind, ImageKind, Verdict
from bmis.crossings.deciding import (
    acknowledged,
    needs_second_person,
    require_as_shown,
    require_offered,
    require_protection_answer,
    require_reasons,
    require_stay_allowed,
    without_claim,
)
from bmis.crossings.decision import Decision, RecordMode
from bmis.crossings.errors import (
    DecisionNotOfferedError,
    FormMissingError,
    ImageRefusedError,
    MomentNotAllowedError,
    NotPendingError,
    RequestConflictError,
    SecondPersonNeededError,
)
from bmis.crossings.finding import Finding
from bmis.crossings.images import NewImage
from bmis.crossings.keeping import existing, keep_crossing, keep_event, new_event
from bmis.crossings.payload import plain
from bmis.crossings.records import SqlCrossings
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.identifiers import made_at, new_id
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.unit import OpenUnit, UnitOfWork

LET_THROUGH = "crossing.let_through"
"""The action that a second person signs to let somebody go on against a red finding; the subject is the request."""

BACKFILL = "crossing.backfill"
"""The action that a second person signs for a form typed in late; it covers the decision on the form as well."""

_NAMED_IMAGES = (
    ("traveller_photo_id", ImageKind.TRAVELLER),
    ("document_photo_id", ImageKind.DOCUMENT_PHOTO),
    ("page_image_id", ImageKind.PAGE),
)


@dataclass(frozen=True, slots=True)
class RecordCrossing:
    """Keeps the officer's decision with exactly the findings that were shown.

    The checks run again inside the unit that writes, when nobody else can: what they say there is what is stored.
    """

    open_unit: OpenUnit
    check: CheckTraveller
    also: Callable[[UnitOfWork, Crossing], None] | None = None  # what is kept in the same unit (a used health token)

    def __call__(
        self,
        request: CrossingRequest,
        verdict: Verdict,
        by: Actor,
        *,
        mode: RecordMode | None = None,
        closes: UUID | None = None,
        images: Sequence[NewImage] = (),
        approval: Approval | None = None,
    ) -> Crossing:
        """Return the kept crossing; for a request that was kept before, the same one.

        Args:
            request: the traveller as the desk put them together.
            verdict: the decision, with the findings that were shown (None: a script that showed none).
            by: who decides; for a form typed in, who types.
            mode: how the record comes about; None is normal (training in a training home).
            closes: the pending crossing that this one decides.
            images: exactly the pictures that the request's evidence names.
            approval: the second person's, where one is needed.

        Raises:
            NotAllowedError: the role does not record, type in forms, or decide for people in secondary.
            RequestConflictError: the same request was kept with another content.
            DecisionNotOfferedError, ProtectionAnswerMissingError, ProtectionClaimedError, ReasonsMissingError,
            ReasonUnknownError, ReasonTextMissingError, FieldsMissingError, FieldsNotConfirmedError,
            ValueUnknownError, StayNotAllowedError, MomentNotAllowedError, FormMissingError, ImageRefusedError,
            NotPendingError: what they say.
            FindingsChangedError: the checks no longer say what the officer saw.
            NotAcknowledgedError: a finding was not accepted.
            SecondPersonNeededError: a red finding or another person's face, and nobody signed.
            ApprovalMismatchError: it was signed for something else.
        """
        mode = self._mode(mode)
        require(by, Permission.BACKFILL_PAPER if mode is RecordMode.PAPER_BACKFILL else Permission.RECORD_CROSSING)
        if closes is not None:
            require(by, Permission.DECIDE_SECONDARY)
        require_protection_answer(verdict)
        verdict = without_claim(verdict)
        place = self.check.place()
        with self.open_unit() as unit:
            store = SqlCrossings(unit)
            standing = store.standing(place.desk_id, request.request_id)
            case = self.check.case(request, place, standing.last_seen_at, closes)
            if standing.kept is not None:
                return _same(standing.kept, case.request, verdict)
            self._require_possible(case, verdict, mode, images)
            if closes is not None:
                _require_pending(store, case, verdict, closes)
            findings = run_checks(self.check.checks, case)
            require_as_shown(verdict, findings)
            accepted = acknowledged(verdict, findings)
            face = case.request.evidence.photo_answer
            if needs_second_person(verdict.decision, findings, face) and approval is None:
                raise SecondPersonNeededError(LET_THROUGH, findings)
            if approval is not None:
                _keep_approval(unit, approval, request.request_id, by, case)
            verdict = replace(verdict, acknowledged=accepted, approval_id=approval.id if approval else None)
            crossing = _keep(unit, case, verdict, findings, by, mode, images, approval, standing.next_seq)
            if self.also is not None:
                self.also(unit, crossing)
            unit.commit()
        return crossing

    def _mode(self, mode: RecordMode | None) -> RecordMode:
        if mode is None or mode is RecordMode.NORMAL:
            return RecordMode.TRAINING if self.check.training else RecordMode.NORMAL
        return mode

    @staticmethod
    def _require_possible(case: Case, verdict: Verdict, mode: RecordMode, images: Sequence[NewImage]) -> None:
        """Return only if the decision can be kept whatever the checks say."""
        request, on = case.request, case.day
        if request.occurred_at is not None:
            if mode is not RecordMode.PAPER_BACKFILL and not case.training:
                raise MomentNotAllowedError(why="not_here")
            if request.occurred_at > case.now:
                raise MomentNotAllowedError(why="future")
        if mode is RecordMode.PAPER_BACKFILL and not (request.paper_form and request.written_by):
            raise FormMissingError
        require_offered(request, verdict.decision)
        require_reasons(verdict, on)
        require_asked(request, verdict.decision, on)
        require_stay_allowed(request, verdict.decision, on)
        named = {
            (kind, named) for field, kind in _NAMED_IMAGES if (named := getattr(request.evidence, field)) is not None
        }
        if named != {(image.kind, image.id) for image in images} or len(named) != len(images):
            raise ImageRefusedError(named=len(named), given=len(images))


def _require_pending(store: SqlCrossings, case: Case, verdict: Verdict, closes: UUID) -> None:
    pending = existing(store, closes)
    if not pending.is_open or pending.crossing.direction is not case.direction:
        raise NotPendingError
    if verdict.decision is Decision.PENDING_SECONDARY:
        raise DecisionNotOfferedError(why="pending", decision=verdict.decision.value)


def _keep_approval(unit: UnitOfWork, approval: Approval, subject: UUID, by: Actor, case: Case) -> None:
    action = BACKFILL if approval.action == BACKFILL and case.request.paper_form else LET_THROUGH
    record_approval(unit, approval.covering(action, subject, by.name), case.now)


def _keep(
    unit: UnitOfWork,
    case: Case,
    verdict: Verdict,
    findings: tuple[Finding, ...],
    by: Actor,
    mode: RecordMode,
    images: Sequence[NewImage],
    approval: Approval | None,
    seq: int,
) -> Crossing:
    crossing_id = new_id(case.now)
    document, known = case.document, None
    if document.number and document.issuing_state:
        known = SqlCrossings(unit).traveller_by(document.issuing_state, document.number, case.identity)
    crossing = Crossing(
        id=crossing_id,
        seq=seq,
        request=case.request,
        verdict=replace(verdict, shown=None),  # what was shown is ``findings``
        findings=findings,
        place=replace(case.place, clock_set_back=case.clock_set_back),
        record_mode=mode,
        crossed_at=case.at,
        recorded_at=made_at(crossing_id),
        by=by.name,
        traveller_id=known or new_id(case.now),
        second_officer=approval.second if approval else None,
        closes=case.closes,
        images=tuple(image.kept for image in images),
    )
    keep_crossing(unit, crossing, images, is_new=known is None)
    if case.closes is not None:
        keep_event(unit, new_event(EventKind.CLOSED, case.closes, by.name, case.now, other_id=crossing.id))
    return crossing


def _same(kept: Crossing, request: CrossingRequest, verdict: Verdict) -> Crossing:
    if _content(kept.request, kept.verdict) != _content(request, verdict):
        raise RequestConflictError
    return kept


def _content(request: CrossingRequest, verdict: Verdict) -> Mapping[str, object]:
    """What must be the same when a request comes again: not what was shown, accepted or signed on the way."""
    same = replace(verdict, shown=None, acknowledged=frozenset(), approval_id=None)
    return {"request": plain(request), "verdict": plain(same)}
