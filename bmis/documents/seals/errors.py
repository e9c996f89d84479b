"""What can be wrong with a seal itself. BMIS-600 and 601; messages carry reasons and fields, never what was read."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError


class SealFormError(OfficerError):
    """Bytes or text that are no seal; ``reason`` says where reading stopped."""

    code: ClassVar[str] = "BMIS-600"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class PassSealError(OfficerError):
    """A value that the seal of a border pass cannot carry; ``field`` names it."""

    code: ClassVar[str] = "BMIS-601"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)
        self.field = field
