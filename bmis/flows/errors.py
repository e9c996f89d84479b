"""What can go wrong with asking for numbers and with the flow-monitoring package."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class PeriodError(OfficerError):
    """``why``: order (the last day is before the first), future, or long (more than ``most`` days)."""

    code: ClassVar[str] = "BMIS-701"


class LevelTakenError(OfficerError):
    """Some of the days were handed over by ``told`` (adm1 or post); ``level`` beside it would give numbers away."""

    code: ClassVar[str] = "BMIS-704"


class DayNotOverError(OfficerError):
    """``day`` is not over: what is handed over holds whole days."""

    code: ClassVar[str] = "BMIS-705"


class ReleasedMeanwhileError(OfficerError):
    """Something was handed over while this was made."""

    code: ClassVar[str] = "BMIS-706"


class FlowReasonError(OfficerError):
    """An export without a reason or without a recipient."""

    code: ClassVar[str] = "BMIS-711"


class FlowFormatError(OfficerError):
    """A format that there is not."""

    code: ClassVar[str] = "BMIS-712"


class FlowFolderError(OfficerError):
    """The folder is there and is not empty."""

    code: ClassVar[str] = "BMIS-713"


class FlowWriteError(SiteError):
    """The package cannot be written; nothing of it was left."""

    code: ClassVar[str] = "BMIS-714"


class ParquetMissingError(SiteError):
    """The library that writes Parquet is not installed."""

    code: ClassVar[str] = "BMIS-715"


class MapReasonError(OfficerError):
    """A map or a matrix for others without a reason or without a recipient."""

    code: ClassVar[str] = "BMIS-716"


class ReleaseFileError(OfficerError):
    """A line of another home's releases is not as it was written there."""

    code: ClassVar[str] = "BMIS-831"


class ToldByOtherHomeError(OfficerError):
    """Another home (``home``) told of people who are counted here, on some of these days (``first`` to ``last``)."""

    code: ClassVar[str] = "BMIS-832"
