"""What can go wrong while crossings are looked through and handed over (BMIS-740 to 744)."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class ExploreRefusedError(OfficerError):
    """``why``: order (the last day is before the first), limit, or text (longer than any code)."""

    code: ClassVar[str] = "BMIS-740"


class ExportReasonError(OfficerError):
    """Rows are handed over only with a reason and a recipient."""

    code: ClassVar[str] = "BMIS-741"


class ExportTooManyError(OfficerError):
    """``rows`` are found and at most ``most`` are handed over at once."""

    code: ClassVar[str] = "BMIS-742"


class ExportWriteError(SiteError):
    """The file cannot be written; nothing of it was left, and nothing was logged as handed over."""

    code: ClassVar[str] = "BMIS-743"


class SavedFilterError(OfficerError):
    """``why``: name (none, or too long) or many (``most`` are kept already)."""

    code: ClassVar[str] = "BMIS-744"
