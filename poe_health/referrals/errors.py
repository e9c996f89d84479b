"""What can be wrong with a transfer, the directory and the consent texts. Codes BMIS-500 to 509, 447 and 448.

Facts are codes, limits and names of fields; never a traveller's data.
"""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError, SiteError
from poe_health.errors import shown


class ReferralStepError(OfficerError):
    """This step does not follow where the transfer stands; ``state`` says where."""

    code: ClassVar[str] = "BMIS-500"


class NotAcceptedError(DecisionError):
    """No health unit accepted the patient within ``hours``: nobody leaves without, but in an emergency."""

    code: ClassVar[str] = "BMIS-501"

    def __init__(self, hours: int) -> None:
        super().__init__(hours=hours)


class AcceptanceOutgrownError(DecisionError):
    """Since the unit accepted, the guia says another urgency, protection or suspicion: it is asked again."""

    code: ClassVar[str] = "BMIS-447"


class ReferralReasonError(OfficerError):
    """This step of a transfer or of a monitoring needs a reason of at least ``least`` characters."""

    code: ClassVar[str] = "BMIS-502"

    def __init__(self, least: int) -> None:
        super().__init__(least=least)


class ReferralFieldError(OfficerError):
    """A field is missing, of the wrong kind or cannot be; ``where`` names it."""

    code: ClassVar[str] = "BMIS-503"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)


class ReferralCodeError(OfficerError):
    """A code that is in none of our lists; ``where`` says where."""

    code: ClassVar[str] = "BMIS-504"

    def __init__(self, where: str, untrusted_code: str) -> None:
        super().__init__(where=where, given=shown(untrusted_code))


class ReferralTimeError(OfficerError):
    """A time that lies in the future or before the one it follows; ``where`` names it."""

    code: ClassVar[str] = "BMIS-505"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)


class NothingAmendedError(OfficerError):
    """The guia says all of it already: nothing would change, and no unit is asked again for nothing."""

    code: ClassVar[str] = "BMIS-448"


class ReferralUnknownError(OfficerError):
    """There is no such transfer or monitoring here."""

    code: ClassVar[str] = "BMIS-506"


class ReferralHistoryError(SiteError):
    """The kept history of a transfer or monitoring, or who it is about, does not prove; ``at`` is the place in it."""

    code: ClassVar[str] = "BMIS-507"

    def __init__(self, at: int) -> None:
        super().__init__(at=at)


class ConsentNotApprovedError(DecisionError):
    """There is no approved text in this language: a draft is never given to a traveller."""

    code: ClassVar[str] = "BMIS-508"

    def __init__(self, language: str) -> None:
        super().__init__(language=language)


class HealthFolderError(OfficerError):
    """The folder for the paper is not there. Nothing was done."""

    code: ClassVar[str] = "BMIS-583"


class HealthPaperError(SiteError):
    """The paper could not be written: it is there already, or the folder cannot be written. Nothing was left behind."""

    code: ClassVar[str] = "BMIS-509"
