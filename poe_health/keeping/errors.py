"""What can be wrong in the stores of the post: stock, equipment, plans, vaccinations. Codes BMIS-535 to BMIS-549.

An error carries codes, counts and field names, never a person and never what somebody wrote.
"""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError, SiteError
from poe_health.errors import shown


class StoreItemError(OfficerError):
    """An item, a kind or a reason that is in none of the post's lists; ``where`` names the field."""

    code: ClassVar[str] = "BMIS-535"

    def __init__(self, where: str, untrusted_code: str) -> None:
        super().__init__(where=where, given=shown(untrusted_code))


class StoreFieldError(OfficerError):
    """A field that is missing or cannot be; ``where`` names it."""

    code: ClassVar[str] = "BMIS-536"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)


class LotUnusableError(DecisionError):
    """A batch that may not be used or received; ``reason``: expired, unknown, other_expiry, lot_missing."""

    code: ClassVar[str] = "BMIS-537"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class StockShortError(DecisionError):
    """More would leave the shelf than the ledger has; ``held`` is what it has."""

    code: ClassVar[str] = "BMIS-538"

    def __init__(self, held: int) -> None:
        super().__init__(held=held)


class DifferenceUnexplainedError(DecisionError):
    """A count differs from the ledger and no reason is given; ``ledger`` is what should be there."""

    code: ClassVar[str] = "BMIS-539"

    def __init__(self, ledger: int) -> None:
        super().__init__(ledger=ledger)


class NumbersOverlapError(OfficerError):
    """Some of these certificate numbers were received before."""

    code: ClassVar[str] = "BMIS-540"


class StoreConflictError(OfficerError):
    """The same request was kept before with another content."""

    code: ClassVar[str] = "BMIS-541"


class KeptUnknownError(OfficerError):
    """There is no such record; ``what`` says of which kind."""

    code: ClassVar[str] = "BMIS-542"

    def __init__(self, what: str) -> None:
        super().__init__(what=what)


class EquipmentStateError(DecisionError):
    """The step does not follow where the equipment stands; ``state``: its state, or not_checked."""

    code: ClassVar[str] = "BMIS-543"

    def __init__(self, state: str) -> None:
        super().__init__(state=state)


class PlanFileError(OfficerError):
    """A file that cannot be attached; ``reason``: file_missing, file_kind, size, file_pages, empty, text …"""

    code: ClassVar[str] = "BMIS-544"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class PlanVersionError(OfficerError):
    """The version exists with another content, or is older than the one in force; ``reason``: exists, older, dates."""

    code: ClassVar[str] = "BMIS-545"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class SearchWordsError(OfficerError):
    """There is no word to look for."""

    code: ClassVar[str] = "BMIS-546"


class GapStepError(DecisionError):
    """The gap is not one of the assessment, or was closed before; ``reason``: unknown, closed, no_plan."""

    code: ClassVar[str] = "BMIS-547"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class KeptDamagedError(SiteError):
    """What is kept in a store of the post does not prove."""

    code: ClassVar[str] = "BMIS-548"


class PartErasedError(OfficerError):
    """What is needed was erased when its time was over, or this role does not see it."""

    code: ClassVar[str] = "BMIS-549"
