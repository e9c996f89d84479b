"""Decisions that can be appealed, as the events tell them."""

from collections.abc import Collection, Mapping
from uuid import UUID

from sqlalchemy import select, union

from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import ApplicationState, PassKind, PassState
from bmis.passes.records.keeping import event_of
from bmis.passes.records.tables import BorderPassRow, PassApplicationRow, PassEventRow
from bmis.store.unit import UnitOfWork

DECISIONS = (PassKind.REJECTED, PassKind.SUSPENDED, PassKind.REVOKED)
_TOLD = (*DECISIONS, PassKind.APPEALED, PassKind.APPEAL_UPHELD, PassKind.APPEAL_DISMISSED)
_STANDING = (PassState.SUSPENDED.value, PassState.REVOKED.value)


def decisions_that_stand(unit: UnitOfWork) -> Mapping[UUID, tuple[PassEvent, ...]]:
    """Return, by pass or application against which a decision stands, what was decided and appealed, in order."""
    standing = union(
        select(BorderPassRow.id).where(BorderPassRow.state.in_(_STANDING)),
        select(PassApplicationRow.id).where(PassApplicationRow.state == ApplicationState.REJECTED.value),
    )
    asked = (
        select(PassEventRow.__table__)
        .where(PassEventRow.kind.in_([one.value for one in _TOLD]), PassEventRow.subject_id.in_(standing))
        .order_by(PassEventRow.seq)
    )
    found: dict[UUID, tuple[PassEvent, ...]] = {}
    for row in unit.connection.execute(asked):
        event = event_of(row)
        found[event.subject] = (*found.get(event.subject, ()), event)
    return found


def decided_about(unit: UnitOfWork, subjects: Collection[UUID]) -> tuple[PassEvent, ...]:
    """Return what was decided and appealed about those passes and applications, in order."""
    asked = (
        select(PassEventRow.__table__)
        .where(PassEventRow.kind.in_([one.value for one in _TOLD]), PassEventRow.subject_id.in_(list(subjects)))
        .order_by(PassEventRow.seq)
    )
    return tuple(event_of(row) for row in unit.connection.execute(asked))


def subject_of_notice(unit: UnitOfWork, number: str) -> UUID | None:
    """Return the pass or the application that a notice of that number was about, None where there is none."""
    asked = select(PassEventRow.__table__).where(
        PassEventRow.kind.in_([one.value for one in _TOLD]), PassEventRow.facts.contains(number, autoescape=True)
    )
    for row in unit.connection.execute(asked):
        event = event_of(row)
        told = event.facts.get("notice")
        if isinstance(told, Mapping) and told.get("number") == number:
            return event.subject
    return None
