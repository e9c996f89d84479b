"""What can go wrong with border passes, each with its own code. None carries a holder's data."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar
from uuid import UUID

from bmis.kernel.errors import DecisionError, OfficerError, SiteError

if TYPE_CHECKING:
    from bmis.passes.eligibility import Answered
    from bmis.passes.matching import Alike


class SchemeFileError(SiteError):
    """A dated file of a scheme or of its goods is missing or damaged; ``file`` says which."""

    code: ClassVar[str] = "BMIS-640"


class SchemeUnknownError(OfficerError):
    """There is no such scheme today, it is a draft, or passes of it are not given out here."""

    code: ClassVar[str] = "BMIS-641"


class ApplicationFieldError(OfficerError):
    """A field of the application is missing or cannot be; ``field`` names it."""

    code: ClassVar[str] = "BMIS-642"


class PassPhotoError(OfficerError):
    """The photo is no JPEG, or too large."""

    code: ClassVar[str] = "BMIS-643"


class ApplicationConflictError(OfficerError):
    """The same request was kept with another content."""

    code: ClassVar[str] = "BMIS-644"


class PerhapsSamePersonError(DecisionError):
    """Somebody like this applicant is known; the officer must say whether it is the same person."""

    code: ClassVar[str] = "BMIS-645"

    def __init__(self, alike: "Sequence[Alike]") -> None:
        super().__init__(count=len(alike))
        self.alike = tuple(alike)


class OnePassOnlyError(DecisionError):
    """The person has a pass, or an application, of this scheme; ``held`` says which, ``number`` is its number."""

    code: ClassVar[str] = "BMIS-646"


class ApplicationUnknownError(OfficerError):
    """There is no such application at this desk."""

    code: ClassVar[str] = "BMIS-647"


class ApplicationStateError(OfficerError):
    """The application does not stand where this step follows; its state says where."""

    code: ClassVar[str] = "BMIS-648"


class SameOfficerError(DecisionError):
    """Who took the application, or an attestation or a photograph of it, does not decide on it."""

    code: ClassVar[str] = "BMIS-649"


class NotEligibleError(DecisionError):
    """The scheme's rules say no; ``asked`` says which."""

    code: ClassVar[str] = "BMIS-650"

    def __init__(self, against: "Sequence[Answered]") -> None:
        super().__init__(asked=",".join(one.check for one in against))
        self.against = tuple(against)


class NotKnownError(DecisionError):
    """Something could not be told, and nobody took it on with a reason; ``asked`` says what."""

    code: ClassVar[str] = "BMIS-651"

    def __init__(self, unknown: "Sequence[Answered]") -> None:
        super().__init__(asked=",".join(dict.fromkeys(one.check for one in unknown)))
        self.unknown = tuple(unknown)


class PassReasonError(OfficerError):
    """A reason is needed, of at least 3 and at most 500 characters."""

    code: ClassVar[str] = "BMIS-652"


class PassUnknownError(OfficerError):
    """No pass with this serial is known at this desk."""

    code: ClassVar[str] = "BMIS-653"


class PassStateError(OfficerError):
    """The pass does not stand where this step follows; its state says where."""

    code: ClassVar[str] = "BMIS-654"


class SerialRangeError(OfficerError):
    """The range of serials cannot be: it is upside down, too long, or overlaps one that is there."""

    code: ClassVar[str] = "BMIS-655"


class SerialsOutError(SiteError):
    """This desk has no serial left."""

    code: ClassVar[str] = "BMIS-656"


class FeeNotPaidError(OfficerError):
    """A fee is due and no receipt for this application is there; ``due`` says how much."""

    code: ClassVar[str] = "BMIS-657"


class ReceiptForOtherError(OfficerError):
    """The receipt is for something else, of another charge, or cancelled."""

    code: ClassVar[str] = "BMIS-658"


class ConsentMissingError(DecisionError):
    """The holder did not agree, was not looked at, or the conditions were not read out."""

    code: ClassVar[str] = "BMIS-659"


class ChildConsentError(DecisionError):
    """A child travels on the pass, and nobody is recorded who agreed: who, in what relation, by what, on which day."""

    code: ClassVar[str] = "BMIS-718"


class SuspensionTooLongError(OfficerError):
    """One officer suspends for at most ``hours``; longer needs the supervisor."""

    code: ClassVar[str] = "BMIS-661"


class HolderForgottenError(OfficerError):
    """The person of this pass was forgotten."""

    code: ClassVar[str] = "BMIS-662"


class PassHistoryError(SiteError):
    """What is kept of a pass or an application does not follow from its events."""

    code: ClassVar[str] = "BMIS-663"


class GoodsLineError(OfficerError):
    """A line of goods cannot be; ``field`` names what."""

    code: ClassVar[str] = "BMIS-664"


class SerialSpoiledError(OfficerError):
    """The serial is used, spoiled before, or not of this desk."""

    code: ClassVar[str] = "BMIS-665"


class RenewalEarlyError(OfficerError):
    """It is too early to renew: from ``day`` on."""

    code: ClassVar[str] = "BMIS-666"


class NotForgettableError(OfficerError):
    """A person is forgotten when no pass and no application of theirs is under way any more."""

    code: ClassVar[str] = "BMIS-667"


class AppealMissingError(OfficerError):
    """Nobody has recorded an appeal here that waits for a decision."""

    code: ClassVar[str] = "BMIS-676"


class AppealOpenError(OfficerError):
    """An appeal against this decision was recorded on ``day`` and is not decided yet."""

    code: ClassVar[str] = "BMIS-677"


class AppealDayError(OfficerError):
    """The day of the appeal lies before the decision, or after today."""

    code: ClassVar[str] = "BMIS-678"


class DecidedBySameError(DecisionError):
    """Who took the decision does not decide on the appeal against it."""

    code: ClassVar[str] = "BMIS-679"


class NoticeUnknownError(OfficerError):
    """No notice of this desk has the number."""

    code: ClassVar[str] = "BMIS-680"


class SignedForOtherPersonError(DecisionError):
    """Somebody said to be the same person, or not, is not among those that are alike."""

    code: ClassVar[str] = "BMIS-668"

    def __init__(self, person: UUID) -> None:
        super().__init__(person=str(person))
