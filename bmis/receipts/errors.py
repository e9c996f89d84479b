"""What can go wrong with money, each with its own code."""

from typing import ClassVar
from uuid import UUID

from bmis.kernel.errors import DecisionError, OfficerError, SiteError


class RateMissingError(OfficerError):
    """No rate of that currency counts today; ``currency`` says which."""

    code: ClassVar[str] = "BMIS-630"


class MoneyError(OfficerError):
    """No amount of money: a number with at most two decimals, and MZN, ZAR, MWK or USD."""

    code: ClassVar[str] = "BMIS-631"


class ReceiptUnknownError(OfficerError):
    """No receipt of this desk has the number."""

    code: ClassVar[str] = "BMIS-632"


class ReceiptStateError(OfficerError):
    """The receipt was cancelled before."""

    code: ClassVar[str] = "BMIS-633"


class PaidDiffersError(OfficerError):
    """What was paid is not what is due at the day's rate; ``due`` says that."""

    code: ClassVar[str] = "BMIS-634"


class ExemptionError(OfficerError):
    """An exemption needs a reason of the list and a few words."""

    code: ClassVar[str] = "BMIS-635"


class TillDifferenceError(DecisionError):
    """What was counted is not what the receipts say, and nobody explained it; ``currency`` says where."""

    code: ClassVar[str] = "BMIS-636"


class TillOpenError(OfficerError):
    """Receipts were given since the till was last closed; close it before the shift."""

    code: ClassVar[str] = "BMIS-637"


class MoneyRuleError(SiteError):
    """A dated file of money is missing or damaged; ``file`` says which."""

    code: ClassVar[str] = "BMIS-638"


class SecondSignatureError(DecisionError):
    """A second person must sign ``action`` for ``subject``; obtain that, and ask again."""

    code: ClassVar[str] = "BMIS-639"

    def __init__(self, action: str, subject: UUID) -> None:
        super().__init__(action=action)
        self.action, self.subject = action, subject


class ReceiptReasonError(OfficerError):
    """A reason is needed, at most 300 characters."""

    code: ClassVar[str] = "BMIS-669"


class ReceiptGivenError(OfficerError):
    """A receipt for the same charge stands already; ``number`` says which."""

    code: ClassVar[str] = "BMIS-660"
