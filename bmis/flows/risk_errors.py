"""What can go wrong with selectors of risk (BMIS-745 and 746)."""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError


class SelectorRefusedError(OfficerError):
    """``why``: nationality, basis (no legal basis, or too long a text) or expiry (past, or more than ``most`` days)."""

    code: ClassVar[str] = "BMIS-745"


class SelectorApprovalError(DecisionError):
    """A selector of a nationality needs a second person."""

    code: ClassVar[str] = "BMIS-746"
