"""What can be wrong with keeping a screening. Codes BMIS-173, 412 to 429, 525, 596; facts hold nobody's answer."""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError, SiteError

SHORTEST_REASON = 10  # characters


class ScreeningUnknownError(OfficerError):
    """No screening has this identifier here."""

    code: ClassVar[str] = "BMIS-412"


class ScreeningConflictError(OfficerError):
    """The same request was kept before with another content."""

    code: ClassVar[str] = "BMIS-413"


class ContextRefusedError(OfficerError):
    """Outbreaks, areas or a moment were given by hand (fact ``field``): outside training homes those on record hold."""

    code: ClassVar[str] = "BMIS-414"


class PersonRefusedError(OfficerError):
    """A name was given with a primary screening that passes: none is kept."""

    code: ClassVar[str] = "BMIS-415"


class ScreeningReasonError(DecisionError):
    """A reason of at least ``shortest`` characters is needed; ``of`` says for what."""

    code: ClassVar[str] = "BMIS-416"

    def __init__(self, of: str) -> None:
        super().__init__(of=of, shortest=SHORTEST_REASON)


class ConsentMissingError(DecisionError):
    """An examination without consent before it (IHR art. 23(3)); ``why`` is not_asked, refused, after or not_able."""

    code: ClassVar[str] = "BMIS-417"


class CompulsionError(DecisionError):
    """An order against a refusal lacks something (fact ``field``), or is not the supervisor's (IHR art. 31(2))."""

    code: ClassVar[str] = "BMIS-418"


class NotClosableError(DecisionError):
    """The case cannot be closed like this; ``why`` is risk, disposition, closed, care or supervisor."""

    code: ClassVar[str] = "BMIS-419"


class ChargeRefusedError(DecisionError):
    """A charge that is not allowed (IHR art. 40); ``kind`` is its code, ``why`` free, no_tariff, above or unknown."""

    code: ClassVar[str] = "BMIS-422"


class TemperaturesDifferError(OfficerError):
    """The last measured temperature is not the one on the form."""

    code: ClassVar[str] = "BMIS-423"


class NotStandingError(OfficerError):
    """The screening was voided: nothing follows it."""

    code: ClassVar[str] = "BMIS-424"


class ScreeningDamagedError(SiteError):
    """A stored screening cannot be read."""

    code: ClassVar[str] = "BMIS-425"


class ExpressFormTakenError(OfficerError):
    """Another case is already the form of this express record of cholera: the patient would be counted twice."""

    code: ClassVar[str] = "BMIS-596"


class ScreeningFieldRefusedError(OfficerError):
    """A value that cannot be (fact ``field``)."""

    code: ClassVar[str] = "BMIS-426"


class GlassReasonError(OfficerError):
    """Reading what the role does not show needs a reason of at least ``shortest`` characters."""

    code: ClassVar[str] = "BMIS-427"

    def __init__(self) -> None:
        super().__init__(shortest=SHORTEST_REASON)


class RetentionRuleError(SiteError):
    """The dated rules of retention cannot be used."""

    code: ClassVar[str] = "BMIS-428"


class ErasedError(OfficerError):
    """What was asked for was erased when its time of retention was over."""

    code: ClassVar[str] = "BMIS-429"


class OrderSignatureError(DecisionError):
    """The second signature under an order, or under an end that is the supervisor's, is not a health supervisor's."""

    code: ClassVar[str] = "BMIS-173"


class DemoPersonError(OfficerError):
    """The training user who keeps invented screenings has another password than the first one."""

    code: ClassVar[str] = "BMIS-525"
