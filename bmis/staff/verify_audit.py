"""Proving the audit chain and who signed it; signing it now."""

from collections.abc import Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bmis.kernel.actor import Actor, Permission, require
from bmis.kernel.clock import Clock
from bmis.staff.approval import ApprovalEvent, statement
from bmis.staff.errors import SignerUnknownError
from bmis.staff.records import SqlStaff
from bmis.staff.session import Session, SignedIn
from bmis.staff.staff_member import StaffList
from bmis.store.audit import ChainReport, Checkpoint, verify_chain
from bmis.store.unit import OpenUnit, UnitOfWork


@dataclass(frozen=True, slots=True)
class VerifyAudit:
    """Proves each link, each checkpoint, each second signature, and that the staff list knows every signer.

    A log rewritten from the start with keys of its own is consistent in itself: only an ``anchor`` that was printed
    on a shift page tells it from the real one.
    """

    session: Session

    def __call__(self, anchors: Sequence[str] = ()) -> ChainReport:
        """Return what the chain holds.

        Raises:
            NotAllowedError: the person at work does not read the audit.
            AuditBrokenError: where it does not prove.
            SignerUnknownError: a signature of nobody in the staff list.
        """
        if isinstance(self.session, SignedIn):
            require(self.session.actor, Permission.READ_AUDIT)
        with self.session.store.read() as unit:
            report = verify_chain(unit.connection, anchors)
            confirm_signers(unit, report)
        return report


@dataclass(frozen=True, slots=True)
class CheckpointAudit:
    """Signs the last link of the chain with the key of the person at work."""

    open_unit: OpenUnit
    now: Clock

    def __call__(self, by: Actor) -> Checkpoint:
        """Return the checkpoint; its ``anchor`` is what to print and keep elsewhere.

        Raises:
            NotAllowedError: the role does not sign the audit.
            AuditBrokenError: nobody with a signing key is at work.
        """
        require(by, Permission.CHECKPOINT_AUDIT)
        with self.open_unit() as unit:
            checkpoint = unit.audit.checkpoint(self.now())
            unit.commit()
        return checkpoint


def confirm_signers(unit: UnitOfWork, report: ChainReport) -> None:
    """Return only if every checkpoint and every second signature is of a key that the staff list knows.

    Raises:
        SignerUnknownError: one is not.
    """
    staff = SqlStaff(unit)
    everybody = staff.everybody()
    for name, key in report.signers:
        if (name, key) not in everybody.signing_keys:
            raise SignerUnknownError(signer=name)
    for approval in staff.signed_approvals():
        if not _is_signed(approval, everybody):
            raise SignerUnknownError(signer=approval.second)


def _is_signed(approval: ApprovalEvent, staff: StaffList) -> bool:
    key, signature, second = approval.second_key, approval.signature, approval.second
    if key is None or signature is None or second is None or (second, key) not in staff.signing_keys:
        return False
    said = statement(approval.approval_id, approval.action, approval.subject_id, approval.by, second)
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, said)
    except (InvalidSignature, ValueError):
        return False
    return True
