"""What can go wrong with people, each with its own code."""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError, SiteError


class LockedOutError(OfficerError):
    """Too many wrong passwords; ``seconds`` says how long to wait. The same for a name that nobody has."""

    code: ClassVar[str] = "BMIS-040"


class ReleaseRefusedError(OfficerError):
    """The wait is not lifted: it does not run, somebody else can work, or it was lifted already."""

    code: ClassVar[str] = "BMIS-041"


class UserNameError(OfficerError):
    """A user name is 1 to 40 letters (a-z), digits, full stops, hyphens and underscores."""

    code: ClassVar[str] = "BMIS-042"


class StaffUnknownError(OfficerError):
    """No person of that service has this user name."""

    code: ClassVar[str] = "BMIS-043"


class StaffDisabledError(OfficerError):
    """The person has been disabled."""

    code: ClassVar[str] = "BMIS-044"


class LastAdministratorError(OfficerError):
    """Nobody would be left who can manage the people of the service."""

    code: ClassVar[str] = "BMIS-045"


class OtherServiceError(OfficerError):
    """The role belongs to the other service; its own people manage it."""

    code: ClassVar[str] = "BMIS-046"


class SecondPersonError(DecisionError):
    """The second person must be somebody else, who may sign, with the right password."""

    code: ClassVar[str] = "BMIS-047"


class DeferralRefusedError(DecisionError):
    """The post is not one with a single officer: the second person must sign now."""

    code: ClassVar[str] = "BMIS-048"


class ApprovalUnknownError(OfficerError):
    """No approval with this number waits."""

    code: ClassVar[str] = "BMIS-049"


class ReasonMissingError(OfficerError):
    """A reason must be given."""

    code: ClassVar[str] = "BMIS-050"


class ShiftOpenError(OfficerError):
    """A shift is already open at this desk."""

    code: ClassVar[str] = "BMIS-051"


class NoShiftError(OfficerError):
    """No shift is open at this desk."""

    code: ClassVar[str] = "BMIS-052"


class SignerUnknownError(SiteError):
    """A signature in the store is not of a key that the staff list knows; ``signer`` is its user name."""

    code: ClassVar[str] = "BMIS-053"


class ApprovalMismatchError(DecisionError):
    """The approval was given for another action, another record or another person."""

    code: ClassVar[str] = "BMIS-054"


class NotManagerError(OfficerError):
    """Recovery is for who manages the people; an administrator gives others a new password."""

    code: ClassVar[str] = "BMIS-299"
