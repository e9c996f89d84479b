"""Measures on conveyances (arts 25 to 28, Annex 4) and free pratique: who ordered what, on which basis, when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.staff.approval import Approval
from bmis.staff.records import SqlStaff
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.unit import OpenUnit, UnitOfWork
from poe_health.rules.answer import Answer
from poe_health.store.records.parts import NewPart
from poe_health.voyages.conveyance_measures import order
from poe_health.voyages.declarations import Read, Reading
from poe_health.voyages.errors import VoyageCodeError, VoyageFieldError
from poe_health.voyages.events import (
    AreaSeen,
    ConveyanceInspected,
    ConveyanceJudged,
    EvidenceGiven,
    MeasureDone,
    MeasureOrdered,
    NextPostTold,
    PratiqueTaken,
    VoyageEvent,
)
from poe_health.voyages.free_pratique import PratiqueEvent, Step, next_event, pratique_of
from poe_health.voyages.keep_papers import papers_of
from poe_health.voyages.kept import KeptVoyage
from poe_health.voyages.record_errors import (
    MeasureSignatureError,
    MeasuresOpenError,
    MeasureUnknownError,
    PratiqueNotHereError,
    PratiqueSecondError,
)
from poe_health.voyages.records import SqlVoyages
from poe_health.voyages.sanitation import SanitationState
from poe_health.voyages.settings import bases, inspection_areas, measures, second_person_when
from poe_health.voyages.sheet import WITH_PRATIQUE
from poe_health.voyages.voyage_unit import detail, existing, kept_before, moment, reason_of, stamp
from poe_health.written import require_text

ORDER_MEASURE, FREE_PRATIQUE = "voyage.order_measure", "voyage.free_pratique"
"""What the second person signs; the subject is the voyage."""

_GRANTS = frozenset({Step.GRANT, Step.GRANT_BY_RADIO, Step.FINISH_MEASURES})


@dataclass(frozen=True, slots=True)
class InspectConveyance:
    """Keeps what was found on a conveyance, and whether it counts as affected or comes from an affected area."""

    open_unit: OpenUnit
    now: Clock

    def judge(
        self,
        voyage_id: UUID,
        request_id: UUID,
        affected: Answer,
        from_affected_area: Answer,
        reason: str,
        by: Actor,
    ) -> KeptVoyage:
        """Return the voyage.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, VoyageReasonError.
        """
        parts = detail(reason=reason_of(reason))
        said = {"affected": affected, "from_affected_area": from_affected_area}
        return _keep(self.open_unit, self.now, voyage_id, request_id, ConveyanceJudged, said, parts, by)

    def __call__(
        self,
        voyage_id: UUID,
        request_id: UUID,
        areas: Sequence[AreaSeen],
        at: datetime,
        by: Actor,
        remarks: Mapping[str, str] | None = None,
    ) -> KeptVoyage:
        """Return the voyage with the inspection (Annex 3); ``remarks`` by area.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, VoyageMomentError, VoyageReasonError.
            VoyageCodeError: no such area or measure. VoyageFieldError: no area, one twice, a remark on none of them.
        """
        named = [one.area for one in areas]
        for one in areas:
            if one.area not in inspection_areas():
                raise VoyageCodeError("area", one.area)
            if one.measure is not None and one.measure not in measures():
                raise VoyageCodeError("measures", one.measure)
        if not named or len(set(named)) != len(named) or not set(remarks or {}) <= set(named):
            raise VoyageFieldError("areas")
        said = {"at": moment(at, self.now(), "at"), "areas": tuple(areas)}
        parts = detail(**dict(remarks or {}))
        return _keep(self.open_unit, self.now, voyage_id, request_id, ConveyanceInspected, said, parts, by)


@dataclass(frozen=True, slots=True)
class Order:
    """What is ordered on which basis (code). ``basis_words``: which law or advice, where the basis asks for it."""

    measure: str
    basis: str
    reason: str
    at: datetime
    basis_words: str = ""


@dataclass(frozen=True, slots=True)
class OrderMeasures:
    """Orders measures on a conveyance, says that they were done, that the operator has the evidence."""

    open_unit: OpenUnit
    now: Clock

    def __call__(
        self, voyage_id: UUID, request_id: UUID, said: Order, by: Actor, approval: Approval | None = None
    ) -> KeptVoyage:
        """Return the voyage with the order: of a health supervisor, or under one's signature on ``ORDER_MEASURE``.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, VoyageReasonError, VoyageMomentError.
            MeasureSignatureError: no supervisor stands behind it. ApprovalMismatchError: signed for something else.
            MeasureNotAllowedError: the Regulations forbid it (arts 25, 26).
            VoyageCodeError: no such measure or basis. VoyageFieldError: the words of the basis are missing.
        """
        require(by, Permission.EXAMINE_TRAVELLER)
        now = self.now()
        basis = bases().get(said.basis)
        if basis is None:
            raise VoyageCodeError("basis", said.basis)
        if basis.words and not said.basis_words.strip():
            raise VoyageFieldError("basis_words")
        parts = detail(reason=reason_of(said.reason), basis_words=said.basis_words)
        at = moment(said.at, now, "at")
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            voyage = existing(store, voyage_id)
            if kept_before(store, voyage_id, request_id, MeasureOrdered) is not None:
                return voyage
            order(voyage.limits, said.measure, said.reason, at=at, by=by.name)
            second = _second(unit, approval, ORDER_MEASURE, voyage_id, by, now)
            if not by.may(Permission.ORDER_HEALTH_MEASURE) and not (second and _orders(unit, second)):
                raise MeasureSignatureError
            event = MeasureOrdered(
                **stamp(voyage_id, request_id, by, now, parts),
                measure=said.measure,
                basis=said.basis,
                at=at,
                article=voyage.limits.article,
                second=second,
            )
            after = store.add(event, parts)
            unit.commit()
        return after

    def done(
        self, voyage_id: UUID, request_id: UUID, measure_id: UUID, at: datetime, by: Actor, how: str = ""
    ) -> KeptVoyage:
        """Return the voyage; the measure was carried out.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, VoyageMomentError.
            MeasureUnknownError: no such order, or done before.
        """

        def check(voyage: KeptVoyage) -> None:
            found = next((one for one in voyage.measures if one.order.id == measure_id), None)
            if found is None or found.measure.done_at is not None:
                raise MeasureUnknownError
            moment(at, self.now(), "at", not_before=found.order.at)

        said = {"measure_id": measure_id, "at": at}
        parts = detail(how=how)
        return _keep(self.open_unit, self.now, voyage_id, request_id, MeasureDone, said, parts, by, check)

    def evidence_given(self, voyage_id: UUID, request_id: UUID, measure_ids: Sequence[UUID], by: Actor) -> KeptVoyage:
        """Return the voyage; the operator has the written evidence of these measures.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError. MeasureUnknownError: one that is not done.
        """

        def check(voyage: KeptVoyage) -> None:
            finished = {one.order.id for one in voyage.measures if one.measure.done_at is not None}
            if not measure_ids or not set(measure_ids) <= finished:
                raise MeasureUnknownError

        said = {"measure_ids": tuple(dict.fromkeys(measure_ids))}
        return _keep(self.open_unit, self.now, voyage_id, request_id, EvidenceGiven, said, [], by, check)

    def next_post_told(
        self, voyage_id: UUID, request_id: UUID, place: str, person: str, at: datetime, by: Actor
    ) -> KeptVoyage:
        """Return the voyage; the next point of entry knows that it left untreated.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, VoyageMomentError, VoyageReasonError.
            VoyageFieldError: no place.
        """
        if not 0 < len(place.strip()) <= 80:
            raise VoyageFieldError("place")
        require_text("place", place)
        said = {"place": place.strip(), "at": moment(at, self.now(), "at")}
        parts = detail(person=reason_of(person))
        return _keep(self.open_unit, self.now, voyage_id, request_id, NextPostTold, said, parts, by)


@dataclass(frozen=True, slots=True)
class FreePratique:
    """Takes the steps of free pratique (art. 28). It is never refused for health: it waits, or comes with measures."""

    open_unit: OpenUnit
    now: Clock

    def __call__(
        self,
        voyage_id: UUID,
        request_id: UUID,
        step: Step,
        at: datetime,
        by: Actor,
        reason: str = "",
        approval: Approval | None = None,
    ) -> KeptVoyage:
        """Return the voyage after the step. ``approval``: a second person's signature on ``FREE_PRATIQUE``.

        Raises:
            NotAllowedError, VoyageUnknownError, VoyageConflictError, VoyageMomentError.
            PratiqueNotHereError: no ship, boat or aircraft. PratiqueStepError: the step does not follow.
            VoyageFieldError: the reason is missing. RadioPratiqueError: the papers do not allow it unseen.
            MeasuresOpenError: measures that were ordered are not done, or none was ordered.
            PratiqueSecondError: two people must sign, one of them a supervisor. ApprovalMismatchError.
        """
        require(by, Permission.EXAMINE_TRAVELLER)
        now = self.now()
        with self.open_unit() as unit:
            store = SqlVoyages(unit)
            voyage = existing(store, voyage_id)
            if kept_before(store, voyage_id, request_id, PratiqueTaken) is not None:
                return voyage
            if voyage.sheet.conveyance not in WITH_PRATIQUE:
                raise PratiqueNotHereError
            earlier = voyage.pratique_events
            after_what = earlier[-1].at if earlier else None
            taken = PratiqueEvent(step, moment(at, now, "at", not_before=after_what), by.name)
            papers = papers_of(store, voyage)
            next_event(earlier, step, at=at, by=by.name, papers=papers, reason=reason)
            _require_measures(voyage, step)
            second = _second(unit, approval, FREE_PRATIQUE, voyage_id, by, now)
            if step in _GRANTS and doubts_of(voyage, papers) & second_person_when():
                supervised = by.may(Permission.ORDER_HEALTH_MEASURE) or (second is not None and _orders(unit, second))
                if second is None or not supervised:
                    raise PratiqueSecondError
            parts = detail(reason=reason)
            event = PratiqueTaken(
                **stamp(voyage_id, request_id, by, now, parts),
                step=step,
                state=pratique_of([*earlier, taken]),
                at=at,
                second=second,
            )
            after = store.add(event, parts)
            unit.commit()
        return after


def doubts_of(voyage: KeptVoyage, papers: Read | None) -> frozenset[str]:
    """Return what speaks for a second look before free pratique, as codes of ``second_person_when``."""
    found = set()
    waived = voyage.declared is not None and voyage.declared.waived
    if papers is None or (papers.reading is Reading.INCOMPLETE and not waived):
        found.add("incomplete")
    elif papers.reading is Reading.REPORTED:
        found.add("reported")  # a declaration that is waived leaves open whether it is affected
    if voyage.affected is not Answer.NO:
        found.add("affected" if voyage.affected is Answer.YES else "affected_unknown")
    if voyage.sanitation is not None and voyage.sanitation.state is not SanitationState.VALID:
        found.add("certificate")
    if papers is not None and papers.reading is Reading.NOTHING_REPORTED:
        found.discard("affected_unknown")  # whole papers that report nothing say it
    return frozenset(found)


def _require_measures(voyage: KeptVoyage, step: Step) -> None:
    unfinished = len(voyage.duties().unfinished)
    if step is Step.ORDER_MEASURES and not unfinished:
        raise MeasuresOpenError(0)
    if step in _GRANTS and unfinished:
        raise MeasuresOpenError(unfinished)


def _second(
    unit: UnitOfWork, approval: Approval | None, action: str, voyage_id: UUID, by: Actor, at: datetime
) -> str | None:
    """Return who signed; the signature is kept in the unit. Raises ApprovalMismatchError."""
    if approval is None or approval.second is None:
        return None
    record_approval(unit, approval.covering(action, voyage_id, by.name), at)
    return approval.second


def _orders(unit: UnitOfWork, second: str) -> bool:
    member = SqlStaff(unit).everybody().find(second)
    return member is not None and member.enabled and member.actor.may(Permission.ORDER_HEALTH_MEASURE)


def _keep(
    open_unit: OpenUnit,
    now: Clock,
    voyage_id: UUID,
    request_id: UUID,
    kind: type[VoyageEvent],
    said: Mapping[str, Any],
    parts: Sequence[NewPart],
    by: Actor,
    check: Callable[[KeptVoyage], None] = lambda _voyage: None,
) -> KeptVoyage:
    """Return the voyage after an event that needs nothing but its fields."""
    require(by, Permission.EXAMINE_TRAVELLER)
    with open_unit() as unit:
        store = SqlVoyages(unit)
        voyage = existing(store, voyage_id)
        if kept_before(store, voyage_id, request_id, kind) is not None:
            return voyage
        check(voyage)
        after = store.add(kind(**stamp(voyage_id, request_id, by, now(), parts), **said), parts)
        unit.commit()
    return after
