"""What the lane itself cannot do with a border pass. Codes BMIS-761 and BMIS-762."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError


class PassAlreadyShownError(OfficerError):
    """The traveller has shown a pass already; the other one was not taken."""

    code: ClassVar[str] = "BMIS-761"


class NoPassShownError(OfficerError):
    """There is no pass to declare a load to, or its scheme has no simplified regime."""

    code: ClassVar[str] = "BMIS-762"
