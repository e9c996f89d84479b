"""What was decided against a person before: passes revoked or suspended, applications refused; not what was undone."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from bmis.passes.border_pass import Notice
from bmis.passes.eligibility import EarlierDecision
from bmis.passes.events import PassEvent
from bmis.passes.lifecycle import PassKind
from bmis.passes.records.appeals import DECISIONS, decided_about
from bmis.passes.records.applications import SqlApplications
from bmis.passes.records.passes import SqlBorderPasses
from bmis.store.unit import UnitOfWork

WHY: Mapping[PassKind, str] = {
    PassKind.REVOKED: "revoked",
    PassKind.SUSPENDED: "suspended",
    PassKind.REJECTED: "refused",
}


def earlier_decisions(unit: UnitOfWork, person_id: UUID) -> tuple[EarlierDecision, ...]:
    """Return them of every scheme, the newest first. One that an appeal took back is held against nobody."""
    subjects = [one.id for one in SqlBorderPasses(unit).of_person(person_id)]
    subjects += [one.id for one in SqlApplications(unit).of_person(person_id)]
    stood: list[PassEvent] = []
    for event in decided_about(unit, subjects):
        if event.kind in DECISIONS:
            stood.append(event)
        elif event.kind is PassKind.APPEAL_UPHELD:
            stood.remove([one for one in stood if one.subject == event.subject][-1])
    return tuple(_told(event) for event in reversed(stood))


def _told(event: PassEvent) -> EarlierDecision:
    told: Any = event.facts["notice"]
    notice = Notice.of(told)
    return EarlierDecision(WHY[event.kind], notice.reason_code, notice.number, notice.decided_on)
