"""Annulling a crossing that should not count, by an event with its reason."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from bmis.crossings.crossing import Crossing, EventKind
from bmis.crossings.errors import NotStandingError, ReasonNeededError, SecondPersonNeededError
from bmis.crossings.keeping import existing, keep_event, new_event
from bmis.crossings.records import SqlCrossings
from bmis.crossings.view import CrossingView, RecordState
from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.staff.approval import Approval
from bmis.staff.second_pair_of_eyes import record_approval
from bmis.store.unit import OpenUnit, UnitOfWork

ANNUL = "crossing.annul"
"""The action that a second person signs; the subject is the crossing."""

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class AnnulCrossing:
    """A supervisor annuls what another officer recorded: two people have then seen it. One's own needs a second."""

    open_unit: OpenUnit
    now: Clock
    also: Callable[[UnitOfWork, Crossing], None] | None = None  # done in the same unit: what it had used counts again

    def __call__(self, crossing_id: UUID, reason: str, by: Actor, approval: Approval | None = None) -> CrossingView:
        """Return the crossing as it now stands: annulled. A case that it had decided waits again.

        Raises:
            NotAllowedError: the role does not annul.
            ReasonNeededError: no reason, or one too long.
            CrossingUnknownError: there is none.
            NotStandingError: it was undone or annulled before.
            SecondPersonNeededError: it is the supervisor's own record and nobody else signed.
            ApprovalMismatchError: the signature is for something else.
        """
        require(by, Permission.ANNUL_CROSSING)
        said = reason.strip()
        if not said or len(said) > LONGEST_REASON:
            raise ReasonNeededError(longest=LONGEST_REASON)
        now = self.now()
        with self.open_unit() as unit:
            store = SqlCrossings(unit)
            view = existing(store, crossing_id)
            if view.state is not RecordState.STANDING:
                raise NotStandingError
            if approval is None and view.crossing.by == by.name:
                raise SecondPersonNeededError(ANNUL)
            if approval is not None:
                record_approval(unit, approval.covering(ANNUL, crossing_id, by.name), now)
            second = approval.second if approval else None
            keep_event(unit, new_event(EventKind.ANNULLED, crossing_id, by.name, now, said, second_officer=second))
            if view.crossing.closes is not None:
                keep_event(
                    unit, new_event(EventKind.REOPENED, view.crossing.closes, by.name, now, other_id=crossing_id)
                )
            if self.also is not None:
                self.also(unit, view.crossing)
            annulled = existing(store, crossing_id)
            unit.commit()
        return annulled
