"""What can be wrong with issuing clearance. BMIS-480 is the lane's: bmis.kernel.clearance_token."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class CardRefusedError(OfficerError):
    """A card that cannot be handed out; ``why`` is unknown, used, spoiled, expired, count or outcome."""

    code: ClassVar[str] = "BMIS-487"


class ClearanceRuleError(SiteError):
    """The dated rules of clearance cannot be used."""

    code: ClassVar[str] = "BMIS-488"
