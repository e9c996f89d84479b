"""What can go wrong with drafts, forms, notices and demo records. Codes BMIS-270 to BMIS-289."""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError, SiteError


class DraftHasDocumentError(DecisionError):
    """The draft holds another document: is this another traveller? Nothing was changed."""

    code: ClassVar[str] = "BMIS-270"


class DraftMissingError(OfficerError):
    """There is no such draft; it was closed, discarded or never begun."""

    code: ClassVar[str] = "BMIS-271"


class DraftOfAnotherError(OfficerError):
    """The draft belongs to another officer."""

    code: ClassVar[str] = "BMIS-272"


class DiscardReasonError(OfficerError):
    """A draft that holds a document is discarded with a reason."""

    code: ClassVar[str] = "BMIS-273"


class FormNumberError(OfficerError):
    """The text is no form number, or its last character does not prove the others: it was misread or mistyped."""

    code: ClassVar[str] = "BMIS-274"


class FormUnknownError(OfficerError):
    """A well-formed number that this desk never gave out."""

    code: ClassVar[str] = "BMIS-275"


class FormNotFreeError(OfficerError):
    """The form is already used or spoiled; fact ``state`` says which."""

    code: ClassVar[str] = "BMIS-276"


class FormCountError(OfficerError):
    """So many forms cannot be given out at once; fact ``largest`` is the greatest number."""

    code: ClassVar[str] = "BMIS-277"


class FormReasonError(OfficerError):
    """A form is marked spoiled or missing with a reason."""

    code: ClassVar[str] = "BMIS-278"


class FormTimeError(OfficerError):
    """The time on the form lies in the future, or further back than ``days``; fact ``why`` is future or too_old."""

    code: ClassVar[str] = "BMIS-279"


class WriterMissingError(OfficerError):
    """The form says who wrote it, and so must the record."""

    code: ClassVar[str] = "BMIS-280"


class LateBackfillError(DecisionError):
    """The form is older than ``minutes``: a second person must agree. Nothing was stored."""

    code: ClassVar[str] = "BMIS-281"


class NoNoticeError(OfficerError):
    """Only a refusal of entry and an exit that was prevented have a notice."""

    code: ClassVar[str] = "BMIS-282"


class TrainingOnlyError(SiteError):
    """Invented travellers belong in a training home, never among real ones."""

    code: ClassVar[str] = "BMIS-283"


class DemoSizeError(OfficerError):
    """So many days or travellers cannot be invented at once; fact ``largest`` is the limit of ``what``."""

    code: ClassVar[str] = "BMIS-284"


class DemoRepeatedError(SiteError):
    """The home already holds the demo records of this seed and this clock."""

    code: ClassVar[str] = "BMIS-285"


class PaperworkRuleError(SiteError):
    """A bundled rule or form is missing, damaged, or none is in force on this day; fact ``file`` is its name."""

    code: ClassVar[str] = "BMIS-286"
