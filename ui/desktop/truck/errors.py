"""What the truck's screen itself cannot do. Codes BMIS-768 to BMIS-769 and BMIS-771 to BMIS-775."""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError


class AnswerFirstError(OfficerError):
    """A traveller is still on the screen: VER and PARAR wait for a key."""

    code: ClassVar[str] = "BMIS-768"


class NotHereError(DecisionError):
    """This traveller cannot be recorded at the truck's screen: something is missing that only the lane asks."""

    code: ClassVar[str] = "BMIS-769"


class NotUnderstoodError(OfficerError):
    """What was typed is no serial of a pass and no plate."""

    code: ClassVar[str] = "BMIS-771"


class TruckDirectionError(OfficerError):
    """Nobody has said which way the travellers go."""

    code: ClassVar[str] = "BMIS-772"


class TruckMovedError(OfficerError):
    """The truck was sent to another post: the program must be opened again before anybody is recorded."""

    code: ClassVar[str] = "BMIS-773"
