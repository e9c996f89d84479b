"""The supervisor behind what a clinician does not decide alone: an order against a refusal, some ends of a case."""

from datetime import datetime
from uuid import UUID

from bmis.kernel.actor import Actor, Permission
from bmis.staff.approval import Approval
from bmis.staff.records import SqlStaff
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.unit import UnitOfWork
from poe_health.screening.errors import OrderSignatureError
from poe_health.screening.record import Clinical, Secondary

ORDER_MEASURE = "screening.order_measure"
"""What a health supervisor signs; the subject is the request of a new record, or the record that is amended."""


def supervised(unit: UnitOfWork, approval: Approval | None, subject_id: UUID, by: Actor, at: datetime) -> bool:
    """Return whether a health supervisor stands behind it: the person at work, or who signed.

    The signature is kept in the unit; nothing is committed here.

    Raises:
        OrderSignatureError: who signed is no health supervisor. ApprovalMismatchError: it is for something else.
    """
    if approval is None or approval.second is None:
        return by.may(Permission.ORDER_HEALTH_MEASURE)
    approval.covering(ORDER_MEASURE, subject_id, by.name)
    member = SqlStaff(unit).everybody().find(approval.second)
    if member is None or not member.enabled or not member.actor.may(Permission.ORDER_HEALTH_MEASURE):
        raise OrderSignatureError
    record_approval(unit, approval, at)
    return True


def order_stands(before: Clinical | None, secondary: Secondary) -> bool:
    """Return whether the order, and the refusal it answers, are those already on record: they need no new signature."""
    kept = None if before is None else before.secondary
    return (
        kept is not None
        and kept.compulsion is not None
        and (kept.compulsion, kept.consent) == (secondary.compulsion, secondary.consent)
    )
