"""What can go wrong with a report."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class ReportUnknownError(OfficerError):
    """No report has that name."""

    code: ClassVar[str] = "BMIS-700"


class ReportPeriodError(OfficerError):
    """``why``: order (the last day is before the first), future, or long (more than ``most`` days)."""

    code: ClassVar[str] = "BMIS-701"


class ReportFormError(OfficerError):
    """A file's ending is none of pdf, xlsx and csv."""

    code: ClassVar[str] = "BMIS-702"


class ReportWriteError(SiteError):
    """The file cannot be written; nothing of it was left."""

    code: ClassVar[str] = "BMIS-703"
