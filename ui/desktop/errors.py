"""What can go wrong at a desk before a use case is asked. Codes BMIS-320 to BMIS-339."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class FileTakenError(OfficerError):
    """A file of that name is there already; it was left as it is."""

    code: ClassVar[str] = "BMIS-320"


class FileNotSavedError(SiteError):
    """The file could not be written where it was wanted."""

    code: ClassVar[str] = "BMIS-321"


class FolderMissingError(OfficerError):
    """The folder that was typed is not there."""

    code: ClassVar[str] = "BMIS-322"


class PasswordsDifferError(OfficerError):
    """The new password was not typed twice the same."""

    code: ClassVar[str] = "BMIS-323"


class FormFieldError(OfficerError):
    """A field of the paper form holds what it cannot hold; ``field`` is its label."""

    code: ClassVar[str] = "BMIS-324"
