"""What can be wrong with a signal and its clocks. Codes BMIS-463 to 468, 523, 524, 618."""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError, SiteError
from poe_health.errors import shown


class SignalStepError(OfficerError):
    """The step does not follow the state of the signal; ``state`` is where it stands."""

    code: ClassVar[str] = "BMIS-463"


class SignalReasonError(OfficerError):
    """A signal is discarded or closed only with a reason of ``least`` characters."""

    code: ClassVar[str] = "BMIS-464"

    def __init__(self, least: int) -> None:
        super().__init__(least=least)


class EventOrderError(OfficerError):
    """A time that lies before the one it follows, or in the future; ``where`` names it."""

    code: ClassVar[str] = "BMIS-465"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)


class FocalPointDecidesError(DecisionError):
    """Only the national focal point decides whether WHO is notified."""

    code: ClassVar[str] = "BMIS-466"


class SignalHistoryError(SiteError):
    """The kept events of a signal do not follow each other; ``place`` is the place of the first that does not fit."""

    code: ClassVar[str] = "BMIS-467"

    def __init__(self, place: int) -> None:
        super().__init__(place=place)


class SignalFieldError(OfficerError):
    """A field of a signal is missing, or is no code of ours; ``where`` names it, ``given`` is the code."""

    code: ClassVar[str] = "BMIS-468"

    def __init__(self, where: str, untrusted_code: str = "") -> None:
        super().__init__(where=where, given=shown(untrusted_code))


class SignalConflictError(OfficerError):
    """The same request was kept with another content."""

    code: ClassVar[str] = "BMIS-523"


class SignalUnknownError(OfficerError):
    """There is no such signal here."""

    code: ClassVar[str] = "BMIS-524"


class MeasureStepError(DecisionError):
    """The step does not follow where an additional measure stands; ``why``: to_come, before, told, lifted."""

    code: ClassVar[str] = "BMIS-618"

    def __init__(self, why: str) -> None:
        super().__init__(why=why)
