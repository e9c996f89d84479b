"""What can be wrong at the desk of observation before a use case is asked. Codes BMIS-800 to 803."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError


class TallyShortError(OfficerError):
    """The interval has not lasted a minute: it would say nothing."""

    code: ClassVar[str] = "BMIS-800"


class TallyStoppedError(OfficerError):
    """A key was pressed while no interval runs: that person was not counted."""

    code: ClassVar[str] = "BMIS-801"


class TallyWayError(OfficerError):
    """The key's direction is not watched in this interval."""

    code: ClassVar[str] = "BMIS-802"


class ConsentFirstError(OfficerError):
    """Answers were to be kept before the person agreed."""

    code: ClassVar[str] = "BMIS-803"
