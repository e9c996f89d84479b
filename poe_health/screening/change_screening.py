"""What may happen to a kept screening: voided with a reason, corrected, its case ended, let go on. Never deleted."""

from dataclasses import dataclass, replace
from datetime import timedelta
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clearance import ClearanceOutcome
from bmis.kernel.clock import Clock
from bmis.kernel.identifiers import made_at, new_id
from bmis.kernel.plain import Plain, plain
from bmis.staff.approval import Approval
from bmis.store.unit import OpenUnit
from poe_health.clearance.errors import NotWaitingError
from poe_health.screening.errors import (
    SHORTEST_REASON,
    ErasedError,
    NotClosableError,
    NotStandingError,
    ScreeningFieldRefusedError,
    ScreeningReasonError,
    ScreeningUnknownError,
)
from poe_health.screening.ordering import supervised
from poe_health.screening.record import (
    Clinical,
    EventKind,
    Facts,
    Kind,
    Person,
    ScreeningEvent,
    ScreeningRequest,
    ScreeningView,
    State,
)
from poe_health.screening.record_screening import Judged, Kept, RecordScreening
from poe_health.screening.records import SqlScreenings
from poe_health.screening.records.express import SqlExpressForms

OWN_WITHIN = timedelta(hours=12)  # a shift: later it is the supervisor's to void


@dataclass(frozen=True, slots=True)
class VoidScreening:
    """Takes a record out of every count; it stays on record, with the reason."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, screening_id: UUID, reason: str, by: Actor) -> ScreeningView:
        """Return the record as it now stands. Who recorded it voids it within the shift, the supervisor at any time.

        Raises:
            NotAllowedError: the role does not screen, or it is another person's record or an old one.
            ScreeningReasonError: no reason, or one too short.
            ScreeningUnknownError: there is none. NotStandingError: it was voided before.
        """
        require(by, Permission.SCREEN_HEALTH)
        said = _reason(reason, "void")
        at = self.now()
        with self.open_unit() as unit:
            store = SqlScreenings(unit)
            view = standing(store, screening_id)
            if view.record.by != by.name or at - view.record.recorded_at > OWN_WITHIN:
                require(by, Permission.VOID_SCREENING)
            identifier = new_id(at)
            store.add_event(
                ScreeningEvent(identifier, EventKind.VOIDED, screening_id, by.name, made_at(identifier), said)
            )
            unit.commit()
            return replace(view, state=State.VOIDED)


@dataclass(frozen=True, slots=True)
class AmendScreening:
    """Replaces the answers of a record by new ones, judged by the lists and rules of now; the old ones stay."""

    open_unit: OpenUnit
    record: RecordScreening
    now: Clock

    def __call__(
        self, screening_id: UUID, request: ScreeningRequest, reason: str, by: Actor, approval: Approval | None = None
    ) -> Kept:
        """Return the record as it now stands, with a new token where what immigration may see has changed.

        ``request.request_id`` is not used; ``approval`` as for ``RecordScreening``, its subject is the record. A case
        that is open stays open, or ends where a disposition is given.

        Raises:
            NotAllowedError: the role does not record this kind.
            ScreeningReasonError: why it is corrected; an open case needs none.
            ScreeningUnknownError, NotStandingError, ErasedError: what they say.
            NotClosableError: the case has ended (``closed``): only the supervisor corrects it.
            CholeraUnknownError, ExpressFormTakenError: as ``RecordScreening``; a form may be bound later too.
            ScreeningFieldRefusedError: it is of another stage. The rest as ``RecordScreening``.
        """
        with self.open_unit() as unit:
            store = SqlScreenings(unit)
            view = standing(store, screening_id)
            if view.record.kind.value != request.form.stage.value:
                raise ScreeningFieldRefusedError(field="stage")
            secondary = view.record.kind is Kind.SECONDARY
            require(by, Permission.EXAMINE_TRAVELLER if secondary else Permission.SCREEN_HEALTH)
            if secondary and not view.is_open and not by.may(Permission.ORDER_HEALTH_MEASURE):
                raise NotClosableError(why="closed")
            said = reason.strip() if view.is_open else _reason(reason, "amend")
            before = store.content(view)
            if before.clinical is None or view.erased:
                raise ErasedError
            if request.cholera_id is not None:
                SqlExpressForms(unit).require_free(request.cholera_id, but=screening_id)
            signed = supervised(unit, approval, screening_id, by, self.now())
            judged = self.record.judge(unit, request, by, signed=signed, before=before.clinical)
            judged = replace(judged, facts=_still_waiting(view.facts, judged.facts))
            event = self._event(view, before.clinical, before.person, request, judged, said, by)
            store.add_event(event, judged.parts)
            token = None
            if judged.facts.clearance is not view.facts.clearance:
                token = self.record.token(unit, judged.facts.clearance, view.id, by, request.card)
            found = store.find(screening_id)
            unit.commit()
        assert found is not None  # it was there at the beginning of the same unit
        return Kept(found, token, judged.outcome, judged.clinical.outcome)

    def _event(
        self,
        view: ScreeningView,
        clinical: Clinical,
        person: Person | None,
        request: ScreeningRequest,
        judged: Judged,
        reason: str,
        by: Actor,
    ) -> ScreeningEvent:
        identifier = new_id(self.now())
        ends = view.is_open and judged.facts.disposition is not None
        old, new = _plain(clinical, person), _plain(judged.clinical, request.person)
        return ScreeningEvent(
            id=identifier,
            kind=EventKind.CLOSED if ends else EventKind.AMENDED,
            screening_id=view.id,
            by=by.name,
            recorded_at=made_at(identifier),
            reason=reason,
            facts=judged.facts,
            changed=tuple(sorted(name for name in old.keys() | new.keys() if old.get(name) != new.get(name))),
            rules_digest=judged.outcome.rules_digest,
            list_version=judged.outcome.list_version,
            digests={part.part: part.digest for part in judged.parts},
            cholera_id=None if request.cholera_id == view.cholera_id else request.cholera_id,
        )


@dataclass(frozen=True, slots=True)
class EndSecondLook:
    """Lets go on who waited a short while, by lot or at a full desk, after anybody of health looked a second time."""

    open_unit: OpenUnit
    record: RecordScreening
    now: Clock

    def __call__(self, screening_id: UUID, by: Actor, card: int | None = None) -> Kept:
        """Return the record as it now stands with its token, which says that the health step is done.

        No count changes, and no submitted day is opened again. ``card``: the number of a card signed beforehand.

        Raises:
            NotAllowedError: the role does not screen. NotWaitingError: nobody waits under this record.
            ScreeningUnknownError: there is none. NotStandingError: it was voided.
            CardRefusedError: as ``RecordScreening``.
        """
        require(by, Permission.SCREEN_HEALTH)
        with self.open_unit() as unit:
            store = SqlScreenings(unit)
            view = standing(store, screening_id)
            if not view.facts.waits_for_second_look:
                raise NotWaitingError
            identifier, facts = new_id(self.now()), replace(view.facts, clearance=ClearanceOutcome.H_OK)
            made = made_at(identifier)
            store.add_event(ScreeningEvent(identifier, EventKind.RELEASED, view.id, by.name, made, "", facts))
            token = self.record.token(unit, facts.clearance, view.id, by, card)
            found = standing(store, screening_id)
            unit.commit()
        return Kept(found, token, None)


def _still_waiting(before: Facts, now: Facts) -> Facts:
    """Return corrected facts: a correction is no second look, so who may go on and waited waits on."""
    if now.clearance is not ClearanceOutcome.H_OK:
        return now
    clearance = before.clearance if before.waits_for_second_look else now.clearance
    return replace(now, clearance=clearance, drawn=before.drawn, desk_full=before.desk_full)


def standing(store: SqlScreenings, screening_id: UUID) -> ScreeningView:
    """Return the record, if it counts.

    Raises:
        ScreeningUnknownError: there is none. NotStandingError: it was voided.
    """
    view = store.find(screening_id)
    if view is None:
        raise ScreeningUnknownError
    if view.state is not State.STANDING:
        raise NotStandingError
    return view


def _plain(clinical: Clinical, person: Person | None) -> dict[str, Plain]:
    """Return field to value, the fields of form and secondary and person named one by one."""
    said = plain(clinical)
    found: dict[str, Plain] = {name: said.get(name) for name in ("temperatures", "reason", "asked_result")}
    for outer in ("form", "travel", "secondary"):
        found |= {f"{outer}.{name}": value for name, value in (said.get(outer) or {}).items()}
    if person is not None:
        found |= {f"person.{name}": value for name, value in plain(person).items()}
    return found


def _reason(text: str, of: str) -> str:
    said = text.strip()
    if len(said) < SHORTEST_REASON:
        raise ScreeningReasonError(of)
    return said
