"""What the audit page needs of the rooms."""

from typing import Protocol

from bmis.store.audit import ChainReport, Checkpoint


class AuditParts(Protocol):
    """Every call runs on the store thread."""

    def verify(self, anchors: tuple[str, ...]) -> ChainReport:
        """Return what the chain holds, every link, checkpoint and anchor proved.

        Raises:
            BmisError: where it does not prove, or who signed it is not known.
        """

    def checkpoint(self) -> Checkpoint:
        """Return a checkpoint signed now by the person at work.

        Raises:
            NotAllowedError: the role does not sign the audit.
        """
