"""Proving the audit chain, and signing it."""

from PySide6.QtCore import QObject, Signal

from bmis.kernel.actor import Actor, Permission
from ui.desktop.audit.parts import AuditParts
from ui.desktop.workers.asking import StoreModel
from ui.desktop.workers.runner import Runner


class AuditModel(StoreModel):
    """``verified`` carries (ChainReport, whether an anchor was compared), ``broken`` the error that says where it does
    not prove, ``signed`` a Checkpoint."""

    verified = Signal(object, bool)
    broken = Signal(object)
    signed = Signal(object)

    def __init__(self, parts: AuditParts, actor: Actor, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(runner, parent)
        self._parts, self._actor = parts, actor

    @property
    def may_sign(self) -> bool:
        """Whether the person may sign checkpoints; others only look."""
        return self._actor.may(Permission.CHECKPOINT_AUDIT)

    def verify(self, untrusted_anchor: str) -> None:
        """Prove the chain; ``untrusted_anchor`` is what was typed from a page, "" for none."""
        anchors = tuple(untrusted_anchor.split())
        self.ask(
            lambda: self._parts.verify(anchors),
            lambda report: self.verified.emit(report, bool(anchors)),
            self.broken.emit,
        )

    def sign(self) -> None:
        """Sign the last link now."""
        self.ask(self._parts.checkpoint, self.signed.emit)
