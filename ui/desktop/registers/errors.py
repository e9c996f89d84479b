"""What can be wrong at the desk of registers before a use case is asked. Codes BMIS-810 to 819."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError


class RegisterFieldError(OfficerError):
    """A field of a form holds what it cannot hold; fact ``where`` is the field."""

    code: ClassVar[str] = "BMIS-810"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)
