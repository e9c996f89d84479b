"""What can go wrong when a pass is printed."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError


class PassNotPrintableError(OfficerError):
    """The pass is suspended or has ended: nothing of it is printed."""

    code: ClassVar[str] = "BMIS-670"
