"""What can go wrong with a report."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class ReportUnknownError(OfficerError):
    """No report has that name."""

    wrong_call: ClassVar[bool] = True
    code: ClassVar[str] = "BMIS-700"


class ReportFormError(OfficerError):
    """A file's ending is none of pdf, xlsx and csv."""

    wrong_call: ClassVar[bool] = True
    code: ClassVar[str] = "BMIS-702"


class ReportReasonError(OfficerError):
    """The file is handed over with a reason and a recipient, and one is missing or longer than ``longest``."""

    code: ClassVar[str] = "BMIS-820"


class ReportWriteError(SiteError):
    """The file cannot be written; nothing of it was left."""

    code: ClassVar[str] = "BMIS-703"


class ReportTargetError(OfficerError):
    """What has the name of the file is no ordinary file; it was not replaced."""

    code: ClassVar[str] = "BMIS-794"


class ReturnKindError(OfficerError):
    """No kind of return has that name on that day."""

    code: ClassVar[str] = "BMIS-720"


class ReturnFigureError(OfficerError):
    """A figure, or what stands around it, will not do: ``item`` names it."""

    code: ClassVar[str] = "BMIS-721"


class ReturnSumError(OfficerError):
    """The parts of ``item`` contradict it."""

    code: ClassVar[str] = "BMIS-722"


class ReturnExistsError(OfficerError):
    """The post has reported that day with other figures; a correction names ``reference``."""

    code: ClassVar[str] = "BMIS-723"


class ReturnAmendsError(OfficerError):
    """The correction does not name the latest return; ``reference`` is that one, or "—" where there is none."""

    code: ClassVar[str] = "BMIS-724"


class MessageDamagedError(OfficerError):
    """The check digits of a daily message do not prove it."""

    code: ClassVar[str] = "BMIS-725"


class MessagePartError(MessageDamagedError):
    """The check digits do not prove it, and what stands in ``parts`` cannot be: ``code first-last`` each, by ;"""

    code: ClassVar[str] = "BMIS-811"


class MessageLikelyError(MessageDamagedError):
    """The check digits do not prove it; one wrong character in one of ``parts`` would explain it."""

    code: ClassVar[str] = "BMIS-812"


class MessageFormError(OfficerError):
    """The message proves, and is not one that we know; ``place`` says where, counted from 1."""

    code: ClassVar[str] = "BMIS-726"


class ReturnDayError(OfficerError):
    """The day has not come, or it was sent before its day."""

    code: ClassVar[str] = "BMIS-727"


class ReportDataError(SiteError):
    """A dated file of reports is missing or damaged; ``file`` says which."""

    code: ClassVar[str] = "BMIS-728"


class BaselineFileError(OfficerError):
    """A file of past figures has a fault; ``line`` and ``column`` say where. Nothing was kept."""

    code: ClassVar[str] = "BMIS-729"


class EditionExistsError(OfficerError):
    """That period was published as ``edition``; what changed since is published as a revision."""

    code: ClassVar[str] = "BMIS-730"


class EditionUnknownError(OfficerError):
    """Nothing was published of that period, or under that number."""

    code: ClassVar[str] = "BMIS-731"


class EditionUnchangedError(OfficerError):
    """No number changed since ``edition``: there is nothing to revise."""

    code: ClassVar[str] = "BMIS-732"


class NotPublishedError(OfficerError):
    """That report is not one that is published in editions."""

    wrong_call: ClassVar[bool] = True
    code: ClassVar[str] = "BMIS-733"


class MessageTooLongError(OfficerError):
    """One kind of return alone does not fit a daily message of ``most`` characters."""

    code: ClassVar[str] = "BMIS-734"


class OneDayError(OfficerError):
    """The report is of one day."""

    code: ClassVar[str] = "BMIS-735"


class OneWeekError(OfficerError):
    """The report is of one epidemiological week; ``first`` and ``last`` are the nearest."""

    code: ClassVar[str] = "BMIS-736"


class ReturnFileError(OfficerError):
    """Neither a file nor a message was given, or both were."""

    code: ClassVar[str] = "BMIS-737"


class BulletinWeekError(OfficerError):
    """The bulletin for the public is of a whole week of the bulletin; ``first`` and ``last`` are the nearest."""

    code: ClassVar[str] = "BMIS-707"


class DraftChangedError(OfficerError):
    """The numbers are no longer those that were looked at before publishing."""

    code: ClassVar[str] = "BMIS-531"


class BaselineLinesError(OfficerError):
    """A file of past figures has ``count`` faults; ``lines`` says where. Nothing was kept."""

    code: ClassVar[str] = "BMIS-532"


class ReturnCellError(OfficerError):
    """What was typed as ``figure`` of a return is no number; of a split one, no letters with a number each."""

    code: ClassVar[str] = "BMIS-533"


class SentMomentError(OfficerError):
    """The hour at which a return was sent is none."""

    code: ClassVar[str] = "BMIS-534"


class BaselineUnreadableError(OfficerError):
    """The file of past figures is not there, or may not be opened."""

    code: ClassVar[str] = "BMIS-579"
