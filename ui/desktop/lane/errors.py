"""What the lane itself cannot do. Codes BMIS-300 to BMIS-319."""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError, SiteError


class DirectionNotChosenError(OfficerError):
    """Nobody has said whether this lane lets people in or out."""

    code: ClassVar[str] = "BMIS-300"


class NothingProposedError(DecisionError):
    """The rules propose no decision: the officer chooses one by its own key."""

    code: ClassVar[str] = "BMIS-301"


class DecisionShutError(DecisionError):
    """The decision is shut; the bar says why."""

    code: ClassVar[str] = "BMIS-302"


class DraftUnreadableError(SiteError):
    """A draft was kept by another version of the program, or is damaged."""

    code: ClassVar[str] = "BMIS-303"


class NoPictureError(OfficerError):
    """There is no picture in view to keep or to read."""

    code: ClassVar[str] = "BMIS-304"


class NothingToUndoError(OfficerError):
    """There is no decision that can still be taken back at this desk."""

    code: ClassVar[str] = "BMIS-306"


class NothingToPrintError(OfficerError):
    """No traveller has been decided whose slip could be printed."""

    code: ClassVar[str] = "BMIS-307"


class ReaderAbsentError(SiteError):
    """This machine has nothing that reads pictures of documents."""

    code: ClassVar[str] = "BMIS-309"


class PrinterAbsentError(SiteError):
    """No printing system is installed: the paper can be saved as a file."""

    code: ClassVar[str] = "BMIS-311"


class PrinterRefusedError(SiteError):
    """The printing system did not take the paper."""

    code: ClassVar[str] = "BMIS-312"
