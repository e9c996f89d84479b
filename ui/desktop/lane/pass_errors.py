"""What the lane itself cannot do with a border pass. Code BMIS-761."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError


class PassAlreadyShownError(OfficerError):
    """The traveller has shown a pass already; the other one was not taken."""

    code: ClassVar[str] = "BMIS-761"
