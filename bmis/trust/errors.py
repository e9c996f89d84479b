"""What can be wrong with keys, certificates and trust bundles: BMIS-602 to 619, BMIS-682 and BMIS-774 to 778."""

from typing import ClassVar

from bmis.kernel.errors import OfficerError, SiteError


class BundleFormError(OfficerError):
    """The file is no trust bundle, or a damaged one; ``reason`` says where reading stopped."""

    code: ClassVar[str] = "BMIS-602"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class BundleSignatureError(OfficerError):
    """The bundle's signature is not that of the root that it names: it was changed."""

    code: ClassVar[str] = "BMIS-603"


class BundleRootError(OfficerError):
    """Another root than those that this home trusts signed the bundle."""

    code: ClassVar[str] = "BMIS-604"


class BundleOlderError(OfficerError):
    """The bundle is not newer than what this home has; that one stays in force."""

    code: ClassVar[str] = "BMIS-605"


class BundleOfTrainingError(OfficerError):
    """The bundle was made for training, and this home is live."""

    code: ClassVar[str] = "BMIS-606"


class SignerMissingError(SiteError):
    """No key of this home may sign passes today."""

    code: ClassVar[str] = "BMIS-607"


class AuthorityMissingError(SiteError):
    """This home has no issuing authority."""

    code: ClassVar[str] = "BMIS-608"


class AuthorityExistsError(OfficerError):
    """This home has an issuing authority, or trusts another, already."""

    code: ClassVar[str] = "BMIS-609"


class SignerUnknownError(OfficerError):
    """The authority has certified no signer of that reference, or has revoked it already."""

    code: ClassVar[str] = "BMIS-610"


class CertificateRefusedError(OfficerError):
    """A certificate, or a request for one, that is not taken; ``reason`` says why."""

    code: ClassVar[str] = "BMIS-611"

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)
        self.reason = reason


class TrustRuleError(SiteError):
    """The dated rules of keys and bundles cannot be used."""

    code: ClassVar[str] = "BMIS-612"


class TrustEmptyError(OfficerError):
    """This home has neither an issuing authority nor a bundle: there is nothing to give."""

    code: ClassVar[str] = "BMIS-613"


class SerialRefusedError(OfficerError):
    """A serial beyond what a status list can hold."""

    code: ClassVar[str] = "BMIS-614"


class PartRefusedError(OfficerError):
    """Signed reference data that a bundle cannot carry; ``reason`` is name, size or count."""

    code: ClassVar[str] = "BMIS-615"


class TrustRecordError(SiteError):
    """What this home keeps of keys and bundles is damaged."""

    code: ClassVar[str] = "BMIS-616"


class SealsInPictureError(OfficerError):
    """The picture shows several seals: nobody could say which one was meant."""

    code: ClassVar[str] = "BMIS-617"


class TrustReasonError(OfficerError):
    """A signer is revoked, a root retired or another State's certificate taken with no reason in words."""

    code: ClassVar[str] = "BMIS-682"


class RootWaitingError(OfficerError):
    """The next root is made already, and has not begun to sign."""

    code: ClassVar[str] = "BMIS-774"


class RootNotWaitingError(OfficerError):
    """No root of that fingerprint waits to begin."""

    code: ClassVar[str] = "BMIS-775"


class RootNotGivenError(OfficerError):
    """No bundle has carried the next root yet: no post would take what it signs."""

    code: ClassVar[str] = "BMIS-776"


class RootInForceError(OfficerError):
    """The root that signs cannot be retired: another must begin first."""

    code: ClassVar[str] = "BMIS-777"


class RootUnknownError(OfficerError):
    """No root of this home has that fingerprint, or it is retired."""

    code: ClassVar[str] = "BMIS-778"
