"""What the lane itself cannot do with a border pass. Codes BMIS-760 to BMIS-763."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError


class SeveralPassesError(OfficerError):
    """More than one border pass is in view: nobody knows whose they are."""

    code: ClassVar[str] = "BMIS-760"


class PassAlreadyShownError(OfficerError):
    """The traveller has shown a pass already; the other one was not taken."""

    code: ClassVar[str] = "BMIS-761"


class NoPassShownError(OfficerError):
    """There is no pass to declare a load to, or its scheme has no simplified regime."""

    code: ClassVar[str] = "BMIS-762"
