"""What can be wrong with issuing clearance. BMIS-480 is the lane's: bmis.kernel.clearance_token."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class CardRefusedError(OfficerError):
    """A card that cannot be handed out; ``why`` is unknown, used, spoiled, expired, count or outcome."""

    code: ClassVar[str] = "BMIS-487"


class ClearanceRuleError(SiteError):
    """The dated rules of clearance cannot be used."""

    code: ClassVar[str] = "BMIS-488"


class SecondLookCardError(OfficerError):
    """The traveller waits for a short second look, and the card that was typed says that the step is done."""

    code: ClassVar[str] = "BMIS-580"


class NotWaitingError(OfficerError):
    """Nobody waits for a second look under this record: it is done, or there never was one."""

    code: ClassVar[str] = "BMIS-581"
