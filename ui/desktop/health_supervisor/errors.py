"""What can be wrong at the health supervisor's desk before a use case is asked. Codes BMIS-590 to 599."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class TypedFieldError(OfficerError):
    """A field of a form holds what it cannot hold; fact ``where`` is the field."""

    code: ClassVar[str] = "BMIS-590"

    def __init__(self, where: str) -> None:
        super().__init__(where=where)


class TrustFileError(SiteError):
    """The file of the trust list is not there, cannot be read, or is larger than any such list."""

    code: ClassVar[str] = "BMIS-591"
