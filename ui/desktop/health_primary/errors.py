"""What keeps a screening from being kept, before a use case is asked. Codes BMIS-527, 565 to 572 and 574."""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError


class QuestionsOpenError(DecisionError):
    """Questions of the card were neither asked nor said to be unanswered; ``count`` of them."""

    code: ClassVar[str] = "BMIS-565"


class CertificateOpenError(DecisionError):
    """Who comes from a country of the list was not asked for the yellow-fever certificate."""

    code: ClassVar[str] = "BMIS-527"


class TemperatureMissingError(DecisionError):
    """No temperature was taken; saving once more keeps the screening without it, as not known."""

    code: ClassVar[str] = "BMIS-566"


class TemperatureTypedError(OfficerError):
    """The digits are no temperature yet: three are needed."""

    code: ClassVar[str] = "BMIS-567"


class CardTypedError(OfficerError):
    """What was typed or scanned is no card of port health of this post that counts now."""

    code: ClassVar[str] = "BMIS-568"


class CrowdEmptyError(OfficerError):
    """Nobody was counted yet."""

    code: ClassVar[str] = "BMIS-569"


class ExpressIncompleteError(DecisionError):
    """The express record lacks what it cannot be kept without: ``field`` is dehydration or token."""

    code: ClassVar[str] = "BMIS-570"


class ExpressNumberError(OfficerError):
    """An age, hours or minutes of the express record that cannot be; ``field`` names it."""

    code: ClassVar[str] = "BMIS-571"


class NothingToPrintError(OfficerError):
    """No token was made at this desk yet."""

    code: ClassVar[str] = "BMIS-572"


class JourneyRowError(OfficerError):
    """A line of the journey that cannot be read; ``row`` is its number, from 1."""

    code: ClassVar[str] = "BMIS-574"
