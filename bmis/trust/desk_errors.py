"""What can be wrong with a file that another desk signed: BMIS-797 to 799, BMIS-747 to 752, BMIS-717 and BMIS-739."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError


class DeskFileFormError(OfficerError):
    """The file is no signed file of a desk of this kind, or a damaged one; ``reason`` says where reading stopped."""

    code: ClassVar[str] = "BMIS-797"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class DeskSignerUnknownError(OfficerError):
    """The authority that this home trusts has certified no signer of that name."""

    code: ClassVar[str] = "BMIS-798"


class DeskFileChangedError(OfficerError):
    """The signature is not that of the signer that the file names: it was changed."""

    code: ClassVar[str] = "BMIS-799"


class DeskSignerRevokedError(OfficerError):
    """The signer is revoked, or its certificate has ended."""

    code: ClassVar[str] = "BMIS-747"


class DeskFileOlderError(OfficerError):
    """More of that desk was heard already than the file says."""

    code: ClassVar[str] = "BMIS-748"


class DeskFileGapError(OfficerError):
    """Something lies between what was heard of the desk and where the file begins."""

    code: ClassVar[str] = "BMIS-749"


class DeskHistoryError(OfficerError):
    """The same numbers say another thing than before, or another desk signs with that desk's key."""

    code: ClassVar[str] = "BMIS-750"


class DeskNothingNewError(OfficerError):
    """The desk's own log does not reach that far, or has nothing after it."""

    code: ClassVar[str] = "BMIS-751"


class DeskFileElsewhereError(OfficerError):
    """The file is this desk's own, or one of training in a live home, or the other way round."""

    code: ClassVar[str] = "BMIS-752"


class NothingReportedError(OfficerError):
    """No desk reports a pass of that serial as withdrawn that is not on the list already."""

    code: ClassVar[str] = "BMIS-717"


class NothingConfirmedError(OfficerError):
    """No pass of that serial is on the list because it was confirmed here."""

    code: ClassVar[str] = "BMIS-739"
