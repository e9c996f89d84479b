"""What can be wrong at the secondary health desk. Codes BMIS-575 to 578."""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError


class ConsentFirstError(DecisionError):
    """The examination was opened before the person was asked (IHR art. 23(3)), or against a refusal."""

    code: ClassVar[str] = "BMIS-575"


class CaseMovedError(OfficerError):
    """The case in front was ended, or taken up, at another desk meanwhile."""

    code: ClassVar[str] = "BMIS-576"


class TypedWrongError(OfficerError):
    """Fields hold something that cannot be (fact ``fields``): the case is not closed over them."""

    code: ClassVar[str] = "BMIS-577"


class NobodyNamedError(OfficerError):
    """There is no person to go on with: it was forgotten, or nobody was ever named."""

    code: ClassVar[str] = "BMIS-578"
