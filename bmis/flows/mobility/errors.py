"""What can go wrong with observed counts, mobility mapping, surveys and the register of posts. BMIS-780 to 799."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class MobilityFieldError(OfficerError):
    """A field that is missing or cannot be; ``where`` names it."""

    code: ClassVar[str] = "BMIS-780"


class ObservedSumError(OfficerError):
    """The parts of a group do not add up to its total; ``group`` is its place in the list, from one."""

    code: ClassVar[str] = "BMIS-781"


class SlotOverlapError(OfficerError):
    """Part of the slot was observed before at this point; counted twice it would be wrong."""

    code: ClassVar[str] = "BMIS-782"


class ObservedDayError(OfficerError):
    """The day cannot be both: ``status`` is what was said of it (closed, not_observed) or observed."""

    code: ClassVar[str] = "BMIS-783"


class FmpUnknownError(OfficerError):
    """The code is neither a post of the list nor a mapped place."""

    code: ClassVar[str] = "BMIS-784"


class MobilityUnknownError(OfficerError):
    """No such record stands; ``what`` says of which kind."""

    code: ClassVar[str] = "BMIS-785"


class MobilityCodeTakenError(OfficerError):
    """A record of that code stands already."""

    code: ClassVar[str] = "BMIS-786"


class MobilityConflictError(OfficerError):
    """The same request was kept before with another content."""

    code: ClassVar[str] = "BMIS-787"


class MobilityDayError(OfficerError):
    """The days are the wrong way round, or have not come."""

    code: ClassVar[str] = "BMIS-788"


class MobilityReasonError(OfficerError):
    """What is taken back, or handed over, needs a reason of 3 to ``longest`` characters."""

    code: ClassVar[str] = "BMIS-789"


class MobilityListError(SiteError):
    """A dated file of mobility is missing or damaged; ``file`` says which."""

    code: ClassVar[str] = "BMIS-790"


class SurveyAnswerError(OfficerError):
    """A question that is not asked, or an answer that is not of its list; ``question`` names it."""

    code: ClassVar[str] = "BMIS-791"


class SurveyConsentError(OfficerError):
    """Who did not agree, or is under ``least`` years, is not asked."""

    code: ClassVar[str] = "BMIS-792"


class SurveyFewError(OfficerError):
    """Fewer than ``limit`` people were asked: nothing can be handed over."""

    code: ClassVar[str] = "BMIS-793"
