"""What can be wrong with a health certificate, a trust list or a vaccination. Codes BMIS-430 to BMIS-449.

An error carries reasons, field names and counts, never a word of the certificate.
"""

from typing import ClassVar

from bmis.kernel.errors import DecisionError, OfficerError, SiteError


class NotACertificateError(OfficerError):
    """The text does not begin as a health certificate does."""

    code: ClassVar[str] = "BMIS-430"


class CertificateTooLargeError(OfficerError):
    """Larger, or packed tighter, than any real certificate; ``most`` is the limit in bytes."""

    code: ClassVar[str] = "BMIS-431"

    def __init__(self, most: int) -> None:
        super().__init__(most=most)


class CertificateDamagedError(OfficerError):
    """The text cannot be unpacked; ``reason`` is base45 or zlib."""

    code: ClassVar[str] = "BMIS-432"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class CertificateStructureError(OfficerError):
    """The unpacked bytes are not one signed message; ``reason`` says which rule broke: cbor or cose."""

    code: ClassVar[str] = "BMIS-433"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class CertificateContentError(OfficerError):
    """A field of the certificate has a value of the wrong kind; ``field`` names it."""

    code: ClassVar[str] = "BMIS-434"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class CertificateKindError(OfficerError):
    """A signed message that holds none of the certificates that are read here (a health link, for example)."""

    code: ClassVar[str] = "BMIS-435"


class TrustListError(SiteError):
    """The file is not a trust list, or is damaged; ``reason`` says how far it was read."""

    code: ClassVar[str] = "BMIS-436"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class NoCertificateInPictureError(OfficerError):
    """The picture shows no health certificate."""

    code: ClassVar[str] = "BMIS-437"


class CertificatesInPictureError(OfficerError):
    """The picture shows several certificates: which one is meant is not guessed."""

    code: ClassVar[str] = "BMIS-438"

    def __init__(self, count: int) -> None:
        super().__init__(count=count)


class ProofIncompleteError(OfficerError):
    """The form of a check contradicts itself; ``field`` names what does not fit."""

    code: ClassVar[str] = "BMIS-439"

    def __init__(self, field: str) -> None:
        super().__init__(field=field)


class ConsentMissingError(DecisionError):
    """Nobody is vaccinated without consent (IHR art. 23(3)); ``reason``: refused, guardian, risks, before, after."""

    code: ClassVar[str] = "BMIS-440"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class BatchUnusableError(DecisionError):
    """The vaccine may not be given; ``reason``: expired, heat, vial_expired, vial_empty, not_approved."""

    code: ClassVar[str] = "BMIS-441"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class ContraindicationError(DecisionError):
    """A clinician must decide first; ``open`` counts questions without an answer, ``yes`` the ones answered yes."""

    code: ClassVar[str] = "BMIS-442"

    def __init__(self, yes: int, open_questions: int) -> None:
        super().__init__(yes=yes, open=open_questions)


class NumberSeriesError(OfficerError):
    """A certificate number that cannot be used; ``reason``: exhausted, outside, used, spoiled, format."""

    code: ClassVar[str] = "BMIS-443"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class AdverseEventError(OfficerError):
    """An adverse event that cannot be; ``reason``: before_dose, future, outcome."""

    code: ClassVar[str] = "BMIS-445"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
