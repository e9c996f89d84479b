"""The second pair of eyes: a second person signs now or, at a post with a single officer, within a day."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from bmis.kernel.actor import Actor, Permission, Service, require
from bmis.kernel.clock import Clock, local
from bmis.kernel.identifiers import new_id
from bmis.staff.approval import Approval, ApprovalEvent, ApprovalKind, PendingApproval, pending_after, statement
from bmis.staff.errors import (
    ApprovalUnknownError,
    DeferralRefusedError,
    ReasonMissingError,
    SecondPersonError,
    UserNameError,
)
from bmis.staff.policy import settle_within
from bmis.staff.records import SqlStaff
from bmis.staff.sign_in import prove_password
from bmis.staff.staff_member import user_name
from bmis.store.errors import WrongPasswordError
from bmis.store.home import Home
from bmis.store.unit import OpenUnit, UnitOfWork


@dataclass(frozen=True, slots=True)
class SecondPairOfEyes:
    """Obtains approvals; the use case keeps them with ``record_approval`` in its own unit of work.

    ``single_officer_on`` says whether the post has a single officer on a day (its own wall-clock day).
    """

    home: Home
    service: Service
    open_to_read: OpenUnit
    single_officer_on: Callable[[date], bool]
    now: Clock

    def immediate(self, action: str, subject_id: UUID, second_name: str, second_password: str, by: Actor) -> Approval:
        """Return the second person's signature on the action, made by the key in that person's own slot.

        Raises:
            SecondPersonError: the same person, one who may not sign, unknown, disabled, or a wrong password.
            LockedOutError: too many wrong passwords.
        """
        try:
            second = user_name(second_name)
        except UserNameError as error:
            raise SecondPersonError from error
        if second == by.name:
            raise SecondPersonError
        try:
            opened = prove_password(self.home, self.service.value, second, second_password, self.now)
        except WrongPasswordError as error:
            raise SecondPersonError from error
        with self.open_to_read() as unit:
            member = SqlStaff(unit).everybody().find(second)
        if member is None or not member.enabled or member.public != opened.public:
            raise SecondPersonError
        if not member.actor.may(Permission.SIGN_SECOND):
            raise SecondPersonError
        approval_id = new_id(self.now())
        signature = opened.signer.sign(statement(approval_id, action, subject_id, by.name, second))
        return Approval(approval_id, action, subject_id, by.name, second, None, opened.public.signing, signature)

    def deferred(self, action: str, subject_id: UUID, by: Actor) -> Approval:
        """Return an approval that is owed: somebody else must settle it before ``due_at``.

        Raises:
            DeferralRefusedError: the post does not have a single officer today.
        """
        at = self.now()
        if not self.single_officer_on(local(at).date()):
            raise DeferralRefusedError
        return Approval(new_id(at), action, subject_id, by.name, None, at + settle_within(at.date()))


def record_approval(unit: UnitOfWork, approval: Approval, at: datetime) -> None:
    """Keep the approval in the unit of work of the action that it allows; nothing is committed here."""
    SqlStaff(unit).add_approval(
        ApprovalEvent(
            new_id(at),
            ApprovalKind.DEFERRED if approval.is_deferred else ApprovalKind.GIVEN,
            approval.id,
            approval.action,
            approval.subject_id,
            approval.by,
            approval.second,
            approval.due_at,
            None,
            approval.second_key,
            approval.signature,
        )
    )


def pending_approvals(unit: UnitOfWork, now: datetime) -> list[PendingApproval]:
    """Return the deferred approvals that nobody has settled, the oldest first."""
    return pending_after(SqlStaff(unit).open_approvals(), now)


@dataclass(frozen=True, slots=True)
class SettleApproval:
    """Approves or rejects, with a reason, what was done without the second person."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, approval_id: UUID, approved: bool, reason: str, by: Actor) -> ApprovalEvent:
        """Return what was written. A rejection undoes nothing: it is for the use case and its people to correct.

        Raises:
            NotAllowedError: the person may not sign as the second.
            ReasonMissingError: no reason.
            ApprovalUnknownError: no such approval waits.
            SecondPersonError: it is the person's own action.
        """
        require(by, Permission.SIGN_SECOND)
        if not reason.strip():
            raise ReasonMissingError
        at = self.now()
        with self.open_unit() as unit:
            found = next((waiting for waiting in pending_approvals(unit, at) if waiting.id == approval_id), None)
            if found is None:
                raise ApprovalUnknownError
            if found.by == by.name:
                raise SecondPersonError
            kind = ApprovalKind.APPROVED if approved else ApprovalKind.REJECTED
            event = ApprovalEvent(
                new_id(at),
                kind,
                found.id,
                found.action,
                found.subject_id,
                by.name,
                by.name,
                found.due_at,
                reason.strip(),
            )
            SqlStaff(unit).add_approval(event)
            unit.commit()
        return event
